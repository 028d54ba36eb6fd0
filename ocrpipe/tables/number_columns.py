"""What the numbers of a column tell of one that is written otherwise."""

ODD = 0.6
"""Confidence, at most, of a number that is not written as the others of its column."""

_FEWEST, _ALIKE = 4, 0.75
"""Other numbers of a column that tell how its numbers are written, and the share that are alike."""


def are_alike(alike: int, others: int) -> bool:
    """Whether `alike` of the `others` of a column tell how its numbers are written."""
    return alike >= max(_FEWEST, _ALIKE * others)
