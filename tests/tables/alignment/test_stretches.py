"""What of the text of a cell may be cells of their own."""

from ocrpipe.geometry import Box
from ocrpipe.page import GridCell, TableGrid
from ocrpipe.tables.alignment.stretches import read_apart, stretches_of
from tests.tables.typing_marks import text

CELL = Box(100, 100, 300, 130)
GRID = TableGrid(CELL, 1, 1, (GridCell(0, 0, 1, 1, CELL),))


def test_wide_whites_part_the_text_of_a_cell() -> None:
    ((first, second),) = stretches_of(GRID, text(110, 115, 3) + text(220, 115, 2))
    assert first.ink.x1 < 150 < second.ink.x0
    assert first.room.x0 == CELL.x0
    assert first.room.x1 == second.room.x0
    assert second.room.x1 == CELL.x1
    assert read_apart(CELL, (first, second))


def test_lines_below_each_other_are_one_stretch() -> None:
    (own,) = stretches_of(GRID, text(110, 108, 6) + text(110, 122, 3))
    assert len(own) == 1
    assert not read_apart(CELL, own)


def test_a_blank_cell_has_none() -> None:
    assert stretches_of(GRID, []) == ((),)


def test_room_reaches_over_an_edge_that_runs_through_the_ink() -> None:
    ((stretch,),) = stretches_of(GRID, text(292, 115, 1))
    assert stretch.room.x1 > stretch.ink.x1 > CELL.x1
    assert read_apart(CELL, (stretch,))
