"""Pages upright and straight, and pictures without red ink."""

from ocrpipe.imaging.ink import has_red_ink, red_regions, seal_regions, without_red, without_seals
from ocrpipe.imaging.upright import Upright, straighten, turn

__all__ = [
    "Upright",
    "has_red_ink",
    "red_regions",
    "seal_regions",
    "straighten",
    "turn",
    "without_red",
    "without_seals",
]
