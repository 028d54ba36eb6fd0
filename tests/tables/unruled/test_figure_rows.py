"""Tables without rules whose labels take several lines beside one line of figures."""

from ocrpipe.geometry import Box
from ocrpipe.tables.unruled.aligned import find_aligned_grids
from tests.tables.drawing import HEIGHT, WIDTH, spans_of
from tests.tables.typing_marks import centered, prose, text
from tests.tables.unruled.test_open_rules import tiles

COLUMNS = (330.0, 390.0, 450.0, 510.0)
LINES = (1, 3, 1, 2, 1, 1, 2, 1)
"""Of the label of each row."""


def rows(left: float, top: float, lines: tuple[int, ...]) -> tuple[list[Box], list[float]]:
    """Labels from `left`, with figures in the middle beside them; the middles of the rows."""
    marks, middles = [], []
    for row, count in enumerate(lines):
        bottom = top + 11 * count + 8
        middles.append((top + bottom) / 2)
        for line in range(count):
            y = middles[-1] + 11 * (line - (count - 1) / 2)
            marks += text(left, y, 5 + row % 4 if line == count - 1 else 14)
        for column, x in enumerate(COLUMNS):
            marks += centered(x, middles[-1], 1 + (row + column) % 3, wide=False)
        top = bottom
    return marks, middles


def test_rows_are_those_of_the_figures() -> None:
    marks, _ = rows(90, 220, LINES)
    (grid,) = find_aligned_grids(marks, (), (), (), WIDTH, HEIGHT)
    assert spans_of(grid) == {(row, col, 1, 1) for row in range(len(LINES)) for col in range(5)}


def test_labels_of_groups_stand_between_the_rows_of_theirs() -> None:
    marks, middles = rows(150, 220, LINES)
    marks += text(90, (middles[0] + middles[3]) / 2, 4)
    marks += text(90, (middles[4] + middles[7]) / 2 - 5.5, 4)
    marks += text(90, (middles[4] + middles[7]) / 2 + 5.5, 2)
    heads = [mark for x in COLUMNS for mark in centered(x, 205, 2)]
    text_above, text_below = prose(70, 100, 4, 44), prose(70, 440, 4, 44)
    every = [*text_above, *heads, *marks, *text_below]
    (grid,) = find_aligned_grids(every, (), (), (), WIDTH, HEIGHT)
    assert tiles(grid)
    assert (grid.n_rows, grid.n_cols) == (9, 6)
    assert {(1, 0, 4, 1), (5, 0, 4, 1)} <= spans_of(grid)
    assert {(row, col, 1, 1) for row in range(1, 9) for col in range(1, 6)} <= spans_of(grid)


def test_a_group_of_heads_spans_those_below_it() -> None:
    marks, _ = rows(90, 240, LINES)
    heads = centered(420, 200, 6) + [mark for x in COLUMNS[1:3] for mark in centered(x, 224, 2)]
    heads += [mark for x in (COLUMNS[0], COLUMNS[3]) for mark in centered(x, 217, 2)]
    (grid,) = find_aligned_grids([*heads, *marks], (), (), (), WIDTH, HEIGHT)
    assert (grid.n_rows, grid.n_cols) == (10, 5)
    assert {(0, 2, 1, 2), (1, 2, 1, 1), (1, 3, 1, 1)} <= spans_of(grid)


def test_groups_of_heads_stand_above_rows_of_one_line_and_a_caption_does_not() -> None:
    """The heads are in the middle of columns whose figures are set flush right."""
    marks = centered(300, 180, 8) + text(92, 208, 2)
    marks += [mark for x in (350, 470) for mark in centered(x, 201, 2)]
    marks += [mark for x in (320, 380, 440, 500) for mark in centered(x, 215, 3)]
    for row in range(6):
        y = 238 + 20 * row
        marks += text(90, y, 3 + row % 3)
        for x in (346, 406, 466, 526):
            length = 3 + (row + x) % 4
            marks += text(x - 5 * length, y, length, wide=False)
    every = [*prose(70, 90, 4, 44), *marks, *prose(70, 400, 4, 44)]
    (grid,) = find_aligned_grids(every, (), (), (), WIDTH, HEIGHT)
    heads = {(0, 0, 2, 1), (0, 1, 1, 2), (0, 3, 1, 2)} | {(1, col, 1, 1) for col in range(1, 5)}
    assert spans_of(grid) == heads | {(row, col, 1, 1) for row in range(2, 8) for col in range(5)}


def test_a_caption_above_heads_of_columns_is_no_head_of_a_group() -> None:
    marks, _ = rows(90, 220, (1,) * 6)
    heads = [mark for x in COLUMNS for mark in centered(x, 205, 2)]
    every = [*prose(70, 100, 3, 44), *centered(420, 185, 8), *heads, *marks]
    (grid,) = find_aligned_grids(every, (), (), (), WIDTH, HEIGHT)
    assert (grid.n_rows, grid.n_cols) == (7, 5)


def test_a_line_of_prose_above_the_head_is_no_row_of_figures() -> None:
    """Its end stands over the first column of figures alone, and is a number."""
    marks, _ = rows(120, 220, LINES)
    heads = [mark for x in COLUMNS for mark in centered(x, 205, 4, wide=False)] + text(140, 205, 2)
    line = text(60, 178, 25)
    end = max(mark.x1 for mark in line)
    line += text(end + 1, 178, 6, wide=False)
    (grid,) = find_aligned_grids([*line, *heads, *marks], (), (), (), WIDTH, HEIGHT)
    assert grid.n_cols == 5
    assert grid.box.y0 > 180
