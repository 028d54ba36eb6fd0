"""Which ink of a cell is print: without rules, dust, and strokes that run through it."""
