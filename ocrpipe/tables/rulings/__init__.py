"""Rulings of a raster: strokes of one direction, and which of them are rules."""

from ocrpipe.tables.rulings.find import detect_rulings
from ocrpipe.tables.rulings.segmentation.second_look import with_seen_rules
from ocrpipe.tables.rulings.stamps import without_stamp_strokes
from ocrpipe.tables.rulings.strokes.responses import dark_ink

__all__ = ["dark_ink", "detect_rulings", "with_seen_rules", "without_stamp_strokes"]
