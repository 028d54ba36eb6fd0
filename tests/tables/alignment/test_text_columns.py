"""Columns from the words of rows alone; points."""

from hypothesis import given
from hypothesis import strategies as st

from ocrpipe.tables.alignment.text_columns import column_edges
from ocrpipe.tables.alignment.words import Word

LEFT, RIGHT = 40.0, 560.0
HEIGHT = 10.0


@st.composite
def right_aligned(draw: st.DrawFn) -> list[list[Word]]:
    """Rows of figures that end at one place a column, below heads in the middle."""
    count = draw(st.integers(2, 6))
    pitch = (RIGHT - LEFT) / count
    rows = []
    for _ in range(draw(st.integers(3, 8))):
        widths = draw(st.lists(st.floats(5, pitch - 9), min_size=count, max_size=count))
        ends = [LEFT + pitch * (column + 1) - 3 for column in range(count)]
        rows.append([Word(end - width, end) for end, width in zip(ends, widths, strict=True)])
    return rows


@given(right_aligned())
def test_an_edge_parts_the_words_and_touches_none(rows: list[list[Word]]) -> None:
    edges = column_edges(rows, [], LEFT, RIGHT, HEIGHT)
    assert len(edges) == len(rows[0]) + 1
    for edge in edges[1:-1]:
        assert all(word.x1 + 1 < edge or edge < word.x0 - 1 for row in rows for word in row)
