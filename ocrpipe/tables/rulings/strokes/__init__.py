"""From pixels to strokes: thin straight features of one direction, before any judgement."""
