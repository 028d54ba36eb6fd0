"""Grids of tables without vertical rules, or without any: from the alignment of text."""
