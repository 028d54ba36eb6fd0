"""Marks told by their shape: dashes, slashes, hyphens, check marks and worn ones."""
