"""Figures of a digital page that are drawn, or pictures, and no text."""

import numpy as np
import pymupdf
import pytest

from ocrpipe import convert
from ocrpipe.document import Cell

ROWS = ("收到申请", "予以公开", "不予公开", "结转下年", "其他处理")
VALUES = ("205", "", "31", "17", "48")


def table(drawn: str) -> dict[str, Cell]:
    """The figures by label of a table in which one number is drawn otherwise than as text."""
    with pymupdf.open() as pdf:
        page = pdf.new_page()
        page.insert_text((70, 70), "各类申请的数量见下表。", fontname="china-s", fontsize=12)
        for edge in range(len(ROWS) + 1):
            page.draw_line((70, 100 + 30 * edge), (370, 100 + 30 * edge), width=0.6)
        for x in (70, 220, 370):
            page.draw_line((x, 100), (x, 100 + 30 * len(ROWS)), width=0.6)
        for row, (label, value) in enumerate(zip(ROWS, VALUES, strict=True)):
            page.insert_text((80, 120 + 30 * row), label, fontname="china-s", fontsize=12)
            if value != "31" or drawn == "struck":
                page.insert_text((290, 120 + 30 * row), value, fontsize=12)
        if drawn == "picture":
            page.insert_image((285, 164, 310, 186), stream=picture())
        elif drawn == "struck":
            page.draw_line((290, 176), (290 + pymupdf.get_text_length("31", fontsize=12), 176))
        elif drawn == "outline":
            outline(page)
        data = pdf.tobytes()
    document = convert(data)
    assert document.pages[0].origin == "digital"
    cells = {(cell.row, cell.col): cell for cell in document.tables[0].cells}
    return {cells[row, 0].text: cells[row, 1] for row in range(len(ROWS))}


def picture() -> bytes:
    with pymupdf.open() as pdf:
        page = pdf.new_page(width=25, height=22)
        page.insert_text((5, 16), "31", fontsize=12)
        return bytes(page.get_pixmap(dpi=200).tobytes("png"))


def test_a_figure_that_is_struck_out_leaves_no_blank() -> None:
    found = table("struck")
    assert (found["不予公开"].text, found["不予公开"].state) == ("", "unread")
    assert [found[label].state for label in ("予以公开", "结转下年")] == ["blank", "printed"]


def outline(page: pymupdf.Page) -> None:
    """A 4 as the polygon of its outline."""
    points = np.array([(5, 0), (8, 0), (8, 8), (10, 8), (10, 10), (8, 10), (8, 13), (6, 13)])
    points = np.vstack([points, [(6, 10), (0, 10), (0, 8)]]) * 0.8 + (290, 169)
    shape = page.new_shape()
    shape.draw_polyline([*map(tuple, points), tuple(points[0])])
    shape.finish(fill=(0, 0, 0), color=None)
    hole = np.array([(6, 3), (6, 8), (2.5, 8), (6, 3)]) * 0.8 + (290, 169)
    shape.draw_polyline([*map(tuple, hole)])
    shape.finish(fill=(1, 1, 1), color=None)
    shape.commit()


@pytest.mark.parametrize(("drawn", "text"), [("picture", "31"), ("outline", "4")])
def test_a_figure_that_is_no_text_is_read_from_the_page(drawn: str, text: str) -> None:
    found = table(drawn)
    assert found["不予公开"].text == text
    assert found["不予公开"].origin == "scanned"
    assert found["予以公开"].state == "blank"
    assert found["予以公开"].origin == "digital"
    assert found["结转下年"].text == "17"


def test_a_cell_without_anything_is_blank() -> None:
    assert table("").pop("不予公开").state == "blank"
