"""Ones that lean as the others of their table do not."""

import cv2
import numpy as np
import pytest

from ocrpipe.ocr.cells.ink.parts import Part
from ocrpipe.ocr.cells.ink.printed import CellInk
from ocrpipe.ocr.cells.marks.leaning_ones import doubted_by_lean, slashes_by_company
from ocrpipe.page import CellReading


def ink_of(*leans: int) -> CellInk:
    """Stems 20 pixels high of which each leans so many pixels to the right."""
    mask = np.zeros((40, 80), np.uint8)
    for index, lean in enumerate(leans):
        foot = 10 + 20 * index
        cv2.line(mask, (foot, 30), (foot + lean, 10), 1, 3)
    _, _, stats, _ = cv2.connectedComponentsWithStats(mask)
    parts = [Part(i, x, y, x + w, y + h, a) for i, (x, y, w, h, a) in enumerate(stats.tolist())]
    return CellInk(mask * np.uint8(200), mask, tuple(parts[1:]))


def sure(text: str) -> CellReading:
    return CellReading(text, "printed", 0.99, text, 0.99)


@pytest.mark.parametrize("italic", [0, 4])
def test_a_one_that_leans_more_than_the_others_is_doubtful(italic: int) -> None:
    inks = [ink_of(italic) for _ in range(5)]
    leaning = ink_of(italic, italic + 5)
    found = doubted_by_lean([*inks, leaning], [*map(sure, "11111"), sure("21")])
    assert [reading.confidence for reading in found] == [0.99] * 5 + [0.8]
    assert found[-1].text == "21"


def test_few_ones_and_other_digits_tell_nothing() -> None:
    inks = [ink_of(0), ink_of(0), ink_of(5)]
    readings = [sure("1")] * 3
    assert doubted_by_lean(inks, readings) == readings
    inks = [*(ink_of(0) for _ in range(5)), ink_of(5), ink_of(0, 5)]
    readings = [*map(sure, "111117"), sure("1")]
    assert doubted_by_lean(inks, readings) == readings


def test_a_one_of_a_figure_that_leans_as_a_slash_does_is_doubtful_by_itself() -> None:
    """7/7 read 717 in a table without ones."""
    found = doubted_by_lean([ink_of(0, 6, 0), ink_of(0, 3, 0)], [sure("717"), sure("717")])
    assert [reading.confidence for reading in found] == [0.8, 0.99]


FIGURES = [ink_of(0, 0) for _ in range(4)]


def test_lone_ones_that_all_lean_beside_upright_figures_are_slashes() -> None:
    inks = [*FIGURES, *(ink_of(4) for _ in range(6)), ink_of(0)]
    read = [*map(sure, ["11"] * 4), *map(sure, "11111/"), sure("1")]
    found = slashes_by_company(inks, read, frayed=True)
    assert [reading.text for reading in found] == ["11"] * 4 + ["/"] * 6 + ["1"]
    assert {reading.confidence for reading in found[4:9]} == {0.8}
    assert found[4].numeric_text == "/"
    assert found[4].alternatives[0].text == "1"
    assert found[9:] == read[9:]


def test_lone_ones_that_lean_as_figures_do_or_are_few_stay() -> None:
    italic = [*(ink_of(4, 4) for _ in range(4)), *(ink_of(4) for _ in range(6))]
    read = [*map(sure, ["11"] * 4), *map(sure, "111111")]
    assert slashes_by_company(italic, read, frayed=True) == read
    few = [*FIGURES, *(ink_of(4) for _ in range(4))]
    assert slashes_by_company(few, read[:8], frayed=True) == read[:8]
    unlike = [*FIGURES, *(ink_of(lean) for lean in (3, 5, 7, 9, 11, 13))]
    assert slashes_by_company(unlike, read, frayed=True) == read


def test_lone_ones_that_stand_upright_tell_slashes_from_ones() -> None:
    inks = [*(ink_of(0) for _ in range(4)), *(ink_of(4) for _ in range(5))]
    found = slashes_by_company(inks, [sure("1")] * 9, frayed=True)
    assert [reading.text for reading in found] == ["1"] * 4 + ["/"] * 5


def test_a_lone_one_that_leans_in_clear_print_is_a_slash() -> None:
    inks = [*FIGURES, ink_of(4), ink_of(0)]
    found = slashes_by_company(inks, [*map(sure, ["11"] * 4), sure("1"), sure("1")], frayed=False)
    assert [reading.text for reading in found[4:]] == ["/", "1"]
