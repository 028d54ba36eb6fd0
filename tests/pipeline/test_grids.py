"""Which grids a page has: those of its rules, and those that only its text shows."""

from ocrpipe.document import BlockKind, Page
from ocrpipe.errors import IssueCode
from ocrpipe.geometry import Box
from ocrpipe.page import Glyph, Region, Ruling
from ocrpipe.pipeline.grids import glyph_marks, page_grids
from ocrpipe.pipeline.page_issues import with_aligned_issues
from ocrpipe.pipeline.result import PageResult
from tests.tables.drawing import HEIGHT, WIDTH
from tests.tables.typing_marks import prose
from tests.tables.unruled.test_aligned import table
from tests.tables.unruled.test_open_rules import XS, body, rules

YS = (500.0, 520.0, 540.0, 560.0)


def test_tables_with_rules_and_without_are_told_apart() -> None:
    grids = page_grids(rules(*YS), [*table(220, 6), *body(YS)], (), WIDTH, HEIGHT)
    assert [(grid.n_rows, grid.n_cols) for grid in grids.ruled] == [(3, 5)]
    assert [(grid.n_rows, grid.n_cols) for grid in grids.aligned] == [(6, 5)]
    assert grids.every == [*grids.aligned, *grids.ruled]


def test_the_columns_of_a_frame_without_inner_verticals_are_those_of_its_text() -> None:
    sides = [Ruling(x, YS[0], x, YS[-1]) for x in (XS[0], XS[-1])]
    frame = [*rules(*YS), *sides]
    (grid,) = page_grids(frame, body(YS), (), WIDTH, HEIGHT).every
    assert (grid.n_rows, grid.n_cols) == (3, 5)
    (notes,) = page_grids(frame, prose(80, 512, 3, 40), (), WIDTH, HEIGHT).every
    assert (notes.n_rows, notes.n_cols) == (3, 1)


def test_a_row_alone_on_its_page_has_the_columns_of_its_walls_and_not_those_of_its_text() -> None:
    ys, xs = YS[:2], (40.0, *XS)
    walls = [Ruling(x, ys[0], x, ys[1]) for x in xs]
    (grid,) = page_grids([*rules(*ys, left=40), *walls], body(ys), (), WIDTH, HEIGHT).every
    assert (grid.n_rows, grid.n_cols) == (1, 6)


def test_a_row_alone_on_its_page_of_which_walls_are_lost_has_the_columns_of_its_text() -> None:
    ys = YS[:2]
    walls = [Ruling(x, ys[0], x, ys[1]) for x in XS if x not in XS[2:4]]
    (grid,) = page_grids([*rules(*ys), *walls], body(ys), (), WIDTH, HEIGHT).every
    assert (grid.n_rows, grid.n_cols) == (1, 5)


def test_a_wall_behind_the_first_column_leaves_the_others_to_the_text() -> None:
    ys, wall = (100.0, 120.0, 240.0), (XS[0] + XS[1]) / 2 + 20
    lines = [(100.0 + 20 * row, 120.0 + 20 * row) for row in range(7)]
    marks = [mark for line in lines for mark in body(line)]
    page = [*rules(*ys), Ruling(wall, ys[0], wall, ys[-1])]
    (grid,) = page_grids(page, marks, (), WIDTH, HEIGHT).every
    assert (grid.n_rows, grid.n_cols) == (7, 5)


def test_what_the_layout_model_calls_a_figure_may_be_a_table_and_a_seal_may_not() -> None:
    box = Box(60, 200, 540, 350)
    kinds: tuple[tuple[BlockKind, int], ...] = (("figure", 1), ("seal", 0))
    for kind, count in kinds:
        region = Region(kind, box, 0.9)
        grids = page_grids((), table(220, 6), (region,), WIDTH, HEIGHT)
        assert len(grids.aligned) == count


def test_boxes_of_a_text_layer_that_touch_the_next_line_are_lines_of_their_own() -> None:
    glyphs = [
        Glyph("字", Box(mark.x0, mark.center[1] - 10, mark.x1, mark.center[1] + 10))
        for mark in table(220, 6)
    ]
    (grid,) = page_grids((), glyph_marks(glyphs), (), WIDTH, HEIGHT).aligned
    assert (grid.n_rows, grid.n_cols) == (6, 5)


def test_a_table_of_aligned_text_says_so() -> None:
    page = Page(number=3, width=WIDTH, height=HEIGHT, rotation=0, origin="scanned", blocks=())
    grids = page_grids((), table(220, 6), (), WIDTH, HEIGHT).aligned
    (issue,) = with_aligned_issues(PageResult(page, (), ()), grids).issues
    assert (issue.code, issue.severity, issue.page) == (IssueCode.TABLE_ALIGNED, "info", 3)


def test_a_box_with_ticks_along_its_side_is_no_table() -> None:
    edges = [Ruling(x, 100, x, 200) for x in (80, 86, 480)]
    levels = [Ruling(80, y, 480, y) for y in (100, 200)]
    ticks = [Ruling(80, y, 86, y) for y in (120, 140, 160, 180)]
    words = [Box(200, 130, 300, 150)]
    assert page_grids([*edges, *levels, *ticks], words, (), WIDTH, HEIGHT).every == []
