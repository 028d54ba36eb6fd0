"""The columns that the parts of a table over several pages have in common."""

from ocrpipe.tables.alignment.words import Word
from ocrpipe.tables.unruled.open_grid import RowWords, columns_of


def page(rows: int) -> RowWords:
    """Heads in the middle of wide columns, one of them aside of the figures at the left."""
    heads = (Word(60, 90), Word(125, 155), Word(195, 210), Word(225, 255))
    figures = (Word(2, 40), Word(62, 66), Word(122, 130), Word(178, 182), Word(222, 230))
    return RowWords((heads, *(figures for _ in range(rows))), (), (), 8.0)


def test_heads_that_are_repeated_on_a_page_are_above_the_figures_of_all() -> None:
    assert len(columns_of([page(4)], 0.0, 260.0)) == 6
    assert len(columns_of([page(4), page(5)], 0.0, 260.0)) == 6
