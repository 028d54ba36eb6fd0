"""Pages flat, upright and straight, and pictures without red ink."""

from ocrpipe.imaging.cleaning.colour import grey_if_colourless
from ocrpipe.imaging.cleaning.dark_bands import without_dark_bands
from ocrpipe.imaging.cleaning.hairlines import with_dark_hairlines
from ocrpipe.imaging.cleaning.halftone import without_halftone
from ocrpipe.imaging.cleaning.negative import positive
from ocrpipe.imaging.cleaning.pale_rules import with_dark_rules
from ocrpipe.imaging.cleaning.reverse import without_reverse
from ocrpipe.imaging.cleaning.rules_on_fills import with_rules_on_fills
from ocrpipe.imaging.cleaning.streaks import without_streaks
from ocrpipe.imaging.cleaning.watermark import without_watermark
from ocrpipe.imaging.paper import looked_over
from ocrpipe.imaging.photograph.flatten import Flattened, flatten
from ocrpipe.imaging.photograph.outline import PageOutline, find_page
from ocrpipe.imaging.photograph.placement import PagePlacement
from ocrpipe.imaging.seals.coloured_ink import without_coloured_ink
from ocrpipe.imaging.seals.grey_seals import without_grey_seals
from ocrpipe.imaging.seals.red_ink import seal_regions, without_red, without_seals
from ocrpipe.imaging.upright import Upright, skew_of, straighten, turn

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
    "with_rules_on_fills",
    "without_coloured_ink",
    "without_dark_bands",
    "without_grey_seals",
    "without_halftone",
    "without_red",
    "without_reverse",
    "without_seals",
    "without_streaks",
    "without_watermark",
]
