"""Grids of ruled tables: from rules to rows, columns and merged cells."""
