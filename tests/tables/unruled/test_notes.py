"""Units, notes and prose around a table without rules."""

import pytest

from ocrpipe.geometry import Box
from ocrpipe.tables.alignment.words import Word
from ocrpipe.tables.unruled.notes import without_notes, without_prose

XS = (100.0, 200.0, 300.0, 400.0, 500.0)
HEIGHT = 10.0
ROW = [Word(110, 150), Word(230, 260), Word(330, 360), Word(430, 460)]
UNIT = [Word(430, 495)]
NOTE = [Word(110, 240)]
PROSE = [Word(105, 290), Word(296, 498)]


def marks(rows: list[list[Word]], whites: list[float]) -> list[list[Box]]:
    """A mark a word, in rows that are so far below each other."""
    tops = [0.0]
    for white in whites:
        tops.append(tops[-1] + HEIGHT + white)
    return [
        [Box(word.x0, top, word.x1, top + HEIGHT) for word in row]
        for row, top in zip(rows, tops, strict=True)
    ]


def test_a_unit_above_the_last_column_and_a_note_below_the_first_are_left_out() -> None:
    assert without_notes([UNIT, ROW, ROW, ROW, NOTE], XS, HEIGHT) == (1, 4)
    assert without_notes([ROW, ROW, ROW], XS, HEIGHT) == (0, 3)


@pytest.mark.parametrize(("white", "last"), [(20.0, 4), (5.0, 5)])
def test_prose_is_left_out_where_it_is_farther_below_than_rows_are(white: float, last: int) -> None:
    rows = [ROW, ROW, ROW, ROW, PROSE]
    found = without_prose(rows, marks(rows, [5.0, 5.0, 5.0, white]), XS, len(rows), HEIGHT)
    assert found == last


def test_a_row_that_stands_apart_is_kept_as_its_words_keep_to_columns() -> None:
    rows = [ROW] * 5
    found = without_prose(rows, marks(rows, [5.0, 5.0, 5.0, 20.0]), XS, len(rows), HEIGHT)
    assert found == len(rows)
