"""Inputs that are damaged, absurd or meant to do harm: each ends in a result or one clear error."""
