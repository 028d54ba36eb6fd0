"""Pages that call themselves far larger or smaller than their sheets of paper."""

import numpy as np
import pymupdf
import pytest

from ocrpipe.document import Origin
from ocrpipe.geometry import Box
from ocrpipe.ingest import open_source
from ocrpipe.ingest.pdf.sheets import sheet_unit
from ocrpipe.ingest.pdf.text_layer import PageFacts
from ocrpipe.ingest.pdf.text_runs import Char
from ocrpipe.options import IngestOptions

A4 = (595.28, 841.89)


def facts(width: float, height: float, *, size: float = 0, dots: float = 0) -> PageFacts:
    chars = tuple(
        Char("字", Box(100 + at * size, 100, 100 + (at + 1) * size, 100 + size), size, "F", True)
        for at in range(5 if size else 0)
    )
    return PageFacts(width, height, chars, dots=dots)


@pytest.mark.parametrize(
    ("origin", "page", "unit"),
    [
        ("scanned", facts(*A4, dots=8.3), 1),  # a scan at 600 dpi
        ("scanned", facts(827, 1169, dots=1), 1),
        ("scanned", facts(1684, 2384, dots=300 / 72), 1),  # A1 as fine as any
        ("scanned", facts(1653, 2339, dots=1), 200 / 72),  # a dot a point
        ("scanned", facts(8 * A4[0], 8 * A4[1], dots=200 / 72 / 8), 8),
        ("scanned", facts(A4[0] / 10, A4[1] / 10, dots=2000 / 72), 0.1),
        ("scanned", facts(10 * A4[0], 10 * A4[1]), 10),  # outlines without a picture
        ("digital", facts(5000, 5000, size=10), 1),
        ("digital", facts(5950, 8419, size=105), 10),
        ("digital", facts(119, 168, size=2.1), 0.2),
        ("digital", facts(5000, 5000), 1),
    ],
)
def test_the_unit_of_a_page_is_told_by_its_dots_or_its_print(
    origin: Origin, page: PageFacts, unit: float
) -> None:
    assert sheet_unit(page, origin) == pytest.approx(unit, rel=0.01)


def test_a_picture_of_which_each_dot_is_a_point_is_a_scanned_sheet() -> None:
    """Five such pages took 35 seconds for 10, and were refused where they were larger."""
    with pymupdf.open() as pdf:
        page = pdf.new_page(width=1653, height=2339)
        dots = np.full((2339, 1653), 255, np.uint8)
        dots[400:410, 300:1300] = 0
        grey = pymupdf.Pixmap(pymupdf.csGRAY, 1653, 2339, dots.tobytes(), False)
        page.insert_image(page.rect, pixmap=grey)
        data = bytes(pdf.tobytes(deflate=True))
    with open_source(data, IngestOptions()) as source:
        sheet = source.page(1)
        image = sheet.render(200)
    assert (sheet.width, sheet.height) == pytest.approx(A4, abs=1)
    assert sheet.unit == pytest.approx(200 / 72)
    assert (image.width, image.height) == (1653, 2339)
    assert image.scale == pytest.approx(200 / 72)
    assert sheet.pictures[0] == pytest.approx((0, 0, *A4), abs=1)


def test_the_text_and_rules_of_a_page_on_a_wall_are_those_of_its_sheet() -> None:
    with pymupdf.open() as pdf, pymupdf.open() as wall:
        page = pdf.new_page()
        page.insert_text((100, 100), "Received 1205 of 3849", fontsize=10)
        page.draw_line((100, 200), (400, 200), width=1)
        large = wall.new_page(width=5950, height=8420)
        large.show_pdf_page(large.rect, pdf, 0)
        data = bytes(wall.tobytes())
    with open_source(data, IngestOptions()) as source:
        sheet = source.page(1)
        image = sheet.render(100)
    (line,), (rule,) = sheet.lines, sheet.rulings
    size = line.box.height
    assert 8 < size < 15
    assert line.text == "Received 1205 of 3849"
    assert (rule.y0, rule.x1) == pytest.approx((2000 / sheet.unit, 4000 / sheet.unit), abs=1)
    assert image.scale == pytest.approx(100 / 72, rel=0.01)
    assert image.pixels[round(rule.y0 * image.scale), round(rule.x0 * image.scale) + 5].min() < 128
