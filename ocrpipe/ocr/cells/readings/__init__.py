"""Readings of a cell: its rows, their pictures, the ways to read them, and the best one."""
