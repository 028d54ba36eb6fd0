"""Pages flat, upright and straight, and pictures without red ink."""

from ocrpipe.imaging.colour import grey_if_colourless
from ocrpipe.imaging.dark_bands import without_dark_bands
from ocrpipe.imaging.flatten import Flattened, flatten
from ocrpipe.imaging.grey_seals import without_grey_seals
from ocrpipe.imaging.hairlines import with_dark_hairlines
from ocrpipe.imaging.halftone import without_halftone
from ocrpipe.imaging.negative import positive
from ocrpipe.imaging.outline import PageOutline, find_page
from ocrpipe.imaging.pale_rules import with_dark_rules
from ocrpipe.imaging.paper import looked_over
from ocrpipe.imaging.placement import PagePlacement
from ocrpipe.imaging.red_ink import seal_regions, without_red, without_seals
from ocrpipe.imaging.reverse import without_reverse
from ocrpipe.imaging.streaks import without_streaks
from ocrpipe.imaging.upright import Upright, skew_of, straighten, turn
from ocrpipe.imaging.watermark import without_watermark

__all__ = [
    "Flattened",
    "PageOutline",
    "PagePlacement",
    "Upright",
    "find_page",
    "flatten",
    "grey_if_colourless",
    "looked_over",
    "positive",
    "seal_regions",
    "skew_of",
    "straighten",
    "turn",
    "with_dark_hairlines",
    "with_dark_rules",
    "without_dark_bands",
    "without_grey_seals",
    "without_halftone",
    "without_red",
    "without_reverse",
    "without_seals",
    "without_streaks",
    "without_watermark",
]
