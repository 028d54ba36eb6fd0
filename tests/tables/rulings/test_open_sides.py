"""A short rule that ends at the open side of its table, where no other rule crosses it."""

import pytest

from ocrpipe.tables.ruled.grid import find_grids
from ocrpipe.tables.rulings.find import detect_rulings
from tests.tables.drawing import (
    HEIGHT,
    WIDTH,
    Layout,
    blank_page,
    draw_rules,
    scanned,
    spans_of,
    write,
)

XS = (60.0, 180.0, 300.0, 420.0, 510.0, 548.0)
YS = (100.0, 119.0, 138.0, 156.0, 175.0, 206.0, 237.0)


@pytest.mark.parametrize(("dpi", "sides"), [(150, "tb"), (200, "tb"), (200, "lrtb")])
def test_the_rule_between_two_heads_of_the_last_column_alone_is_kept(dpi: int, sides: str) -> None:
    heads = {(0, col, 3, 1) for col in range(3)} | {(0, 3, 1, 2), (1, 3, 2, 1)}
    table = Layout.of(XS, YS, heads)
    page = draw_rules(blank_page(dpi), table.rulings(sides))
    write(page, "HEAD", 515, 132)
    write(page, "HEAD", 515, 150)
    grids = find_grids(detect_rulings(scanned(page, noise=3, seed=1)), WIDTH, HEIGHT)
    assert [spans_of(grid) for grid in grids] == [table.spans]
