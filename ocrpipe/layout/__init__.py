"""What the parts of a page are and in which order they are read."""

from ocrpipe.layout.blocks import build_blocks
from ocrpipe.layout.headings import heading_level
from ocrpipe.layout.regions import find_regions
from ocrpipe.layout.running import mark_running

__all__ = ["build_blocks", "find_regions", "heading_level", "mark_running"]
