"""Boxes around tables and around running text are none themselves."""

from ocrpipe.geometry import Box
from ocrpipe.page import GridCell, Ruling, TableGrid
from ocrpipe.tables import find_grids, is_text_frame
from ocrpipe.tables.ruled.frames import without_frames, without_margins
from tests.tables.drawing import HEIGHT, WIDTH
from tests.tables.ruled.test_drawings import grid, table

PROSE = "本机关依法公开政府信息，方便群众办事。" * 6


def ruled(xs: tuple[float, ...], ys: tuple[float, ...]) -> list[Ruling]:
    """The rules of a closed table with edges at `xs` and `ys`."""
    across = [Ruling(xs[0], y, xs[-1], y) for y in ys]
    return [*across, *(Ruling(x, ys[0], x, ys[-1]) for x in xs)]


INNER = ruled((80, 200, 300, 400, 520), (160, 180, 200, 220, 240))


def shapes(rulings: list[Ruling]) -> list[tuple[int, int]]:
    left = without_frames(rulings, find_grids(rulings, WIDTH, HEIGHT), WIDTH, HEIGHT)
    return [(one.n_rows, one.n_cols) for one in find_grids(left, WIDTH, HEIGHT)]


def test_a_frame_that_holds_a_table_leaves_the_table() -> None:
    assert shapes([*ruled((70, 530), (70, 150, 400, 600)), *INNER]) == [(4, 4)]
    # A name stands beside what is laid out.
    assert shapes([*ruled((40, 72, 530), (155, 250, 260)), *INNER]) == [(4, 4)]


def test_a_small_table_in_a_cell_leaves_the_outer_one_a_table() -> None:
    outer = ruled((40, 72, 530), (100, 250, 400, 500, 600, 700, 800))
    assert shapes([*outer, *INNER]) == [(6, 2)]
    assert shapes(INNER) == [(4, 4)]


def test_boxes_of_several_sentences_are_text_and_a_column_of_notes_is_a_table() -> None:
    drawn = grid(2, 1)
    assert is_text_frame(table(drawn, r0c0="五、存在的主要问题", r1c0=PROSE))
    assert not is_text_frame(table(drawn, r0c0="项目", r1c0="注：本表按年度统计。"))
    assert not is_text_frame(table(grid(2, 2), r0c0="项目", r1c1=PROSE))


def test_a_cell_keeps_the_rules_of_its_own_edges() -> None:
    """Without a table inside nothing is taken off, whatever strokes a cell holds."""
    box = Box(70, 70, 530, 600)
    alone = TableGrid(box, 1, 1, (GridCell(0, 0, 1, 1, box),))
    strokes = [Ruling(100, y, 160, y) for y in (100, 120, 140, 160, 180)]
    assert without_frames(strokes, [alone], WIDTH, HEIGHT) == strokes


def test_the_margin_of_a_frame_that_meets_its_table_is_no_part_of_it() -> None:
    frame = ruled((74, 520), (130, 240))
    (framed,) = find_grids([*frame, *INNER], WIDTH, HEIGHT)
    (inner,) = find_grids(INNER, WIDTH, HEIGHT)
    assert (framed.n_rows, framed.n_cols) == (5, 5)
    print_inside = [cell.box.padded(-5) for cell in inner.cells]
    left = without_margins(framed, print_inside)
    places = [(cell.row, cell.col, cell.row_span, cell.col_span) for cell in left.cells]
    assert sorted(places) == [(row, col, 1, 1) for row in range(4) for col in range(4)]
    assert left.box.overlap(inner.box) > 0.99


def test_blank_rows_and_columns_of_a_table_stay() -> None:
    (blank,) = find_grids(INNER, WIDTH, HEIGHT)
    assert without_margins(blank, []) == blank
    (narrow,) = find_grids(ruled((76, 80, 200, 300), (160, 180, 200)), WIDTH, HEIGHT)
    tick = Box(77, 165, 79, 175)
    assert without_margins(narrow, [tick]) == narrow


def test_no_edge_is_left_that_the_margin_alone_had() -> None:
    """Short rules at the side of a box are the cells of a column too narrow for print."""
    box = ruled((80, 480), (100, 200))
    ticks = [Ruling(80, y, 86, y) for y in (120, 140, 160, 180)]
    edge = Ruling(86, 100, 86, 200)
    (found,) = find_grids([*box, *ticks, edge], WIDTH, HEIGHT)
    assert (found.n_rows, found.n_cols, len(found.cells)) == (5, 2, 6)
    left = without_margins(found, [Box(200, 130, 300, 150)])
    assert (left.n_rows, left.n_cols) == (1, 1)
    assert [(cell.row, cell.row_span) for cell in left.cells] == [(0, 1)]
    assert left.box == Box(86, 100, 480, 200)
