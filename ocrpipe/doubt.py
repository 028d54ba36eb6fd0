"""Confidences that steps agree on: who doubts a reading lowers it for those who judge it."""

LOW_CONFIDENCE = 0.9
"""Confidence under which a reading is not sure in itself: most misread digits lie below it."""

UNSURE = 0.8
"""Confidence, at most, of a reading that its marks, its column or the print around it speak
against: under `LOW_CONFIDENCE`, so that the figure is doubtful by itself, and high enough for sums
in two directions to prove it."""
