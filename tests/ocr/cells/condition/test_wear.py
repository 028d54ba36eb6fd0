"""Tables whose figures are broken into pieces."""

import numpy as np

from ocrpipe.ocr.cells.condition.wear import broken_share, weighed_by_wear
from ocrpipe.ocr.cells.ink.parts import Part
from ocrpipe.ocr.cells.ink.printed import CellInk
from ocrpipe.page import CellReading

NOTHING = np.zeros((1, 1), dtype=np.uint8)


def cell(text: str, pieces: int, specks: float = 0.0) -> tuple[CellInk, CellReading]:
    parts = tuple(Part(i, 8 * i, 0, 8 * i + 6, 10, 40) for i in range(pieces))
    state = "printed" if text else "blank"
    numeric = text if text.isdecimal() else None
    return CellInk(NOTHING, NOTHING, parts, specks=specks), CellReading(
        text, state, 0.99, numeric, 0.99
    )


def weighed(*cells: tuple[CellInk, CellReading], frayed: bool = False) -> list[float]:
    inks, readings = zip(*cells, strict=True)
    return [reading.confidence for reading in weighed_by_wear(inks, readings, frayed=frayed)]


def test_whole_figures_stay_sure() -> None:
    cells = [cell("12", 2), cell("7", 1), cell("0", 1), cell("30", 1), cell("5", 1)]
    assert weighed(*cells, cell("合计", 9), cell("", 0, 1.5)) == [0.99] * 7


def test_one_broken_figure_in_many_changes_nothing() -> None:
    assert weighed(*[cell("7", 1)] * 12, cell("4", 2)) == [0.99] * 13


def test_among_broken_figures_none_is_sure_and_no_blank_with_dust() -> None:
    cells = [cell("12", 4), cell("7", 1), cell("0", 2), cell("30", 2), cell("5", 1)]
    others = [cell("合计", 9), cell("", 0, 1.5), cell("", 0, 0.0)]
    assert weighed(*cells, *others) == [0.85] * 5 + [0.99, 0.85, 0.99]


def test_few_figures_say_nothing() -> None:
    inks, readings = zip(cell("12", 4), cell("7", 3), strict=True)
    assert broken_share(inks, readings) is None
    assert weighed(cell("12", 4), cell("7", 3)) == [0.99] * 2


def test_frayed_figures_too_few_to_show_whether_their_strokes_hold_are_not_sure() -> None:
    """A fax left the stem of the 4 in 144.1: 141.1 to every picture."""
    cells = [cell("141", 3), cell("7", 1), cell("采购总金额", 9)]
    assert weighed(*cells, frayed=True) == [0.85, 0.85, 0.99]
    assert weighed(*[cell("7", 1)] * 12, frayed=True) == [0.99] * 12
