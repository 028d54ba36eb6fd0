"""Boxes of a page that was read from a flattened photograph, in the frame of the photograph."""

import numpy as np
import pytest

from ocrpipe.document import Block, Cell, CellRegion, Page, Table
from ocrpipe.geometry import Box
from ocrpipe.imaging import PageOutline, PagePlacement
from ocrpipe.imaging.photograph.sheet import sheet_map
from ocrpipe.pipeline.frames import in_page_frames
from ocrpipe.pipeline.result import Enlarged, PageResult

A4 = (595.28, 841.89)


def placement(turned: float) -> PagePlacement:
    """A sheet that lies at half its size at (100, 50) of a photograph of 500 x 600 points."""
    corners = np.array([[0, 0], [A4[0], 0], A4, [0, A4[1]]]) / 2 + [100, 50]
    t = np.linspace(0, 1, 20)[:, None]
    sides = [a + t * (b - a) for a, b in zip(corners, np.roll(corners, -1, axis=0), strict=True)]
    outline = PageOutline((sides[0], sides[1], sides[2], sides[3]))
    return PagePlacement(sheet_map(outline, (500.0, 600.0)), turned, (500.0, 600.0))


def page(number: int, bbox: Box | None) -> Page:
    block = Block(
        id=f"p{number}-b1", kind="text", bbox=bbox, text="文", language="zh-Hans", confidence=1
    )
    return Page(
        number=number, width=595.28, height=841.89, rotation=0, origin="scanned", blocks=(block,)
    )


def table(boxes: dict[int, Box]) -> Table:
    regions = tuple(CellRegion(page=number, bbox=box) for number, box in boxes.items())
    cell = Cell(
        row=0, col=0, row_span=1, col_span=1, text="1", state="printed", origin="scanned",
        confidence=1, regions=regions,
    )  # fmt: skip
    return Table(id="t1", caption=None, n_rows=1, n_cols=1, pages=tuple(boxes), cells=(cell,))


def test_boxes_of_the_photographed_page_move_and_those_of_others_stay() -> None:
    box = Box(20, 40, 120, 80)
    pages = (page(1, box), page(2, box), page(3, None))
    results = [
        PageResult(pages[0], (), ()),
        PageResult(pages[1], (), (), placement(0)),
        PageResult(pages[2], (), (), placement(0)),
    ]

    moved_pages, (moved,) = in_page_frames(pages, (table({1: box, 2: box}),), results)

    assert moved_pages[0] == pages[0]
    assert moved_pages[1].blocks[0].bbox == pytest.approx((110, 70, 160, 90), abs=0.02)
    assert (moved_pages[1].width, moved_pages[1].height) == (500, 600)
    assert moved_pages[2].blocks[0].bbox is None
    here, there = moved.cells[0].regions
    assert here.bbox == box
    assert there.bbox == pytest.approx((110, 70, 160, 90), abs=0.02)


@pytest.mark.parametrize(
    ("turned", "size", "expected"),
    [
        # On the sheet turned clockwise by 90 the box (20, 40, 120, 80) lies, before the turn, at
        # x 40 to 80 and y H-120 to H-20; that is (120, H/2-10) to (140, H/2+40) in the photograph.
        (90, (600, 500), (600 - (A4[1] / 2 + 40), 120, 600 - (A4[1] / 2 - 10), 140)),
        (180, (500, 600), (500 - (A4[0] / 2 + 90), 600 - (A4[1] / 2 + 30),
                           500 - (A4[0] / 2 + 40), 600 - (A4[1] / 2 + 10))),
    ],
)  # fmt: skip
def test_a_turned_sheet(
    turned: float, size: tuple[float, float], expected: tuple[float, ...]
) -> None:
    place = placement(turned)
    assert place.rotation == turned
    assert place.size == size
    assert place.box_to_page(Box(20, 40, 120, 80)) == pytest.approx(expected, abs=0.02)


def test_without_photographs_nothing_changes() -> None:
    pages = (page(1, Box(1, 2, 3, 4)),)
    tables = (table({1: Box(1, 2, 3, 4)}),)
    assert in_page_frames(pages, tables, [PageResult(pages[0], (), ())]) == (pages, tables)


@pytest.mark.parametrize(
    ("inner", "bbox"), [(None, (40, 80, 240, 160)), (placement(0), (220, 140, 320, 180))]
)
def test_boxes_of_a_sheet_are_given_in_points_of_its_page(
    inner: PagePlacement | None, bbox: tuple[float, ...]
) -> None:
    box = Box(20, 40, 120, 80)
    result = PageResult(page(1, box), (), (), Enlarged(2.0, (500, 600), inner))

    (moved,), (placed,) = in_page_frames((page(1, box),), (table({1: box}),), [result])

    assert (moved.width, moved.height) == (1000, 1200)
    assert moved.blocks[0].bbox == pytest.approx(bbox, abs=0.03)
    assert placed.cells[0].regions[0].bbox == pytest.approx(bbox, abs=0.03)
