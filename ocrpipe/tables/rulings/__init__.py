"""Rulings of a raster: strokes of one direction, and which of them are rules."""
