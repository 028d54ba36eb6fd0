"""Detection leaves wide tables out and finds the rest where it stands."""

from collections.abc import Sequence

import numpy as np
import pytest

from ocrpipe.geometry import Box
from ocrpipe.ocr.lines.crops import hull
from ocrpipe.ocr.lines.search import find_quads
from ocrpipe.ocr.port import Recognition, TextQuad
from ocrpipe.page import PageImage, Pixels

SCALE = 200 / 72
INK = Box(100, 20, 180, 32), Box(100, 300, 180, 312), Box(100, 700, 180, 712)


class Darkness:
    """An engine that finds each run of inked rows, and notes how much it was shown."""

    name = "darkness"

    def __init__(self) -> None:
        self.seen: list[tuple[int, ...]] = []

    def detect(self, pixels: Pixels) -> tuple[TextQuad, ...]:
        self.seen.append(pixels.shape)
        rows = np.flatnonzero((pixels < 128).any(axis=1))
        found = []
        for run in np.split(rows, np.flatnonzero(np.diff(rows) > 1) + 1):
            if run.size:
                columns = np.flatnonzero((pixels[run] < 128).any(axis=0))
                x0, x1, y0, y1 = columns[0], columns[-1] + 1, run[0], run[-1] + 1
                corners = np.array([[x0, y0], [x1, y0], [x1, y1], [x0, y1]], float)
                found.append(TextQuad(corners, 0.9))
        return tuple(found)

    def recognize(self, crops: Sequence[Pixels]) -> tuple[Recognition, ...]:
        raise AssertionError("nothing is read here")


def page(ink: Sequence[Box] = INK) -> PageImage:
    image = PageImage(np.full((2339, 1653), 255, np.uint8), SCALE)
    for box in ink:
        x0, y0, x1, y1 = (round(value) for value in image.to_pixels(box))
        image.pixels[y0:y1, x0:x1] = 0
    return image


def found(engine: Darkness, exclude: Sequence[Box]) -> list[Box]:
    image = page()
    quads = find_quads(image, engine, exclude)
    corners = (np.concatenate([quad.points[0], quad.points[2]]) for quad in quads)
    return [image.to_points(Box(*map(float, some))) for some in corners]


def near(first: Box, second: Box) -> bool:
    return all(abs(a - b) < 1.0 for a, b in zip(first, second, strict=True))


def test_strips_around_a_wide_table_show_the_rest_of_the_page() -> None:
    engine = Darkness()
    boxes = found(engine, [Box(40, 100, 560, 600)])
    assert len(boxes) == 2
    assert near(boxes[0], INK[0])
    assert near(boxes[1], INK[2])
    shown = sum(height * width for height, width in engine.seen)
    assert shown < 0.5 * 1024 * 736
    assert max(width for _, width in engine.seen) <= 736


@pytest.mark.parametrize("table", [Box(40, 100, 240, 600), Box(40, 100, 560, 200)])
def test_a_page_with_a_narrow_or_a_small_table_is_searched_whole(table: Box) -> None:
    engine = Darkness()
    boxes = found(engine, [table])
    assert engine.seen == [(1024, 736)]
    assert all(near(box, ink) for box, ink in zip(boxes, INK, strict=True))


def test_a_page_that_is_a_table_is_searched_at_its_edges_alone() -> None:
    engine = Darkness()
    assert found(engine, [Box(20, -5, 580, 400), Box(20, 380, 580, 850)]) == []
    assert sum(height for height, _ in engine.seen) <= 3 * 32


@pytest.mark.parametrize(
    ("small", "seen"),
    [
        (Box(100, 500, 300, 506), [(1024, 736), (1280, 896)]),
        (Box(290, 790, 300, 796), [(1024, 736)]),
    ],
)
def test_a_page_with_small_print_is_searched_again_in_a_finer_raster(
    small: Box, seen: list[tuple[int, int]]
) -> None:
    engine = Darkness()
    image = page([*INK, small])
    quads = find_quads(image, engine)
    assert engine.seen == seen
    assert len(quads) == 4
    assert any(near(image.to_points(hull(quad.points)), small) for quad in quads)


def test_small_print_in_a_table_is_none_of_its_business() -> None:
    engine = Darkness()
    small = Box(100, 500, 300, 506)
    find_quads(page([*INK, small]), engine, [Box(90, 490, 310, 520)])
    assert engine.seen == [(1024, 736)]


def test_a_picture_of_many_screens_is_searched_page_by_page() -> None:
    """Shrunk to the height of a page, its print was too small to be found."""
    width = 800
    image = PageImage(np.full((9000, width), 255, np.uint8), 96 / 72)
    tops = range(40, 8900, 130)
    for top in tops:
        image.pixels[top : top + 14, 100:300] = 0
    engine = Darkness()
    boxes = sorted(hull(quad.points) for quad in find_quads(image, engine))
    middles = sorted(box.center[1] for box in boxes)
    assert middles == pytest.approx([top + 7 for top in tops], abs=2)
    assert all(shape[0] <= 2 * width and shape[1] > 0.7 * width for shape in engine.seen)
