"""What text adds to the grid of a ruled table: rows, heads and labels without rules."""
