"""Cells of a table: the ink of each, the ways to read it, and the best reading."""
