"""The sheet of paper that a PDF page stands for, where the page calls itself far larger or smaller.

Programs that put pictures into a PDF make each of their dots a point, or stretch them over a wall.
"""

from collections.abc import Iterable
from dataclasses import replace
from statistics import median

from ocrpipe.document import Origin
from ocrpipe.geometry import Box
from ocrpipe.ingest.pdf.text_layer import PageFacts
from ocrpipe.page import POINTS_PER_INCH, PageImage, Ruling, SourcePage, TextLine

_A4_SHORT_SIDE = 595.28
_LARGEST_SHORT_SIDE = 2 * _A4_SHORT_SIDE
"""Points. A2 is no larger, and no filing is: as it is held of pictures."""

_SMALLEST_LONG_SIDE = 216.0
"""Points: three inches, on which there is no room for a table that can be read."""

_DPI = 200.0
"""A raster of a page at this resolution has the dots of its picture, then."""

_PRINT = 10.5
"""Points: the size of the print of tables (五号)."""

_USUAL_PRINT = (4.0, 30.0)
"""Points: print that is read as it is. Footnotes have 6, and slides 28."""


def sheet_unit(facts: PageFacts, origin: Origin) -> float:
    """Points of a page that one point of its sheet takes; 1 for every page of a usual size."""
    short, long = sorted((facts.width, facts.height))
    if short <= _LARGEST_SHORT_SIDE and long >= _SMALLEST_LONG_SIDE:
        return 1.0
    if origin == "digital":
        sizes = [min(char.box.height, 2 * char.box.width) for char in facts.chars if char.visible]
        size = median(sizes) if sizes else _PRINT
        return 1.0 if _USUAL_PRINT[0] <= size <= _USUAL_PRINT[1] else size / _PRINT
    if facts.dots <= 0:
        return max(1.0, short / _A4_SHORT_SIDE)
    unit = _DPI / POINTS_PER_INCH / facts.dots
    return max(1.0, unit) if short > _LARGEST_SHORT_SIDE else min(1.0, unit)


def on_sheet(page: SourcePage, unit: float) -> SourcePage:
    """A page in points of its sheet, of which each takes `unit` points of the page."""
    if unit == 1:
        return page
    render = page.render

    def rendered(dpi: float) -> PageImage:
        image = render(dpi / unit)
        return replace(image, scale=image.scale * unit)

    return replace(
        page,
        width=page.width / unit,
        height=page.height / unit,
        render=rendered,
        lines=_lines(page.lines, unit),
        glyphs=tuple(replace(glyph, box=glyph.box.scaled(1 / unit)) for glyph in page.glyphs),
        rulings=tuple(_scaled(ruling, 1 / unit) for ruling in page.rulings),
        pictures=_boxes(page.pictures, unit),
        overlays=_lines(page.overlays, unit),
        drawn=_boxes(page.drawn, unit),
        struck=_boxes(page.struck, unit),
        unit=unit,
    )


def _lines(lines: Iterable[TextLine], unit: float) -> tuple[TextLine, ...]:
    return tuple(replace(line, box=line.box.scaled(1 / unit)) for line in lines)


def _scaled(rule: Ruling, factor: float) -> Ruling:
    x0, y0, x1, y1 = (value * factor for value in (rule.x0, rule.y0, rule.x1, rule.y1))
    return Ruling(x0, y0, x1, y1, rule.thickness * factor, rule.cut)


def _boxes(boxes: Iterable[Box], unit: float) -> tuple[Box, ...]:
    return tuple(box.scaled(1 / unit) for box in boxes)
