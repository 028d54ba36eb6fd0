"""Walls between labels that no row of a page shows, and that the pages before it have."""

import pytest

from ocrpipe.document import Cell, CellRegion, CellState, Origin, Table
from ocrpipe.geometry import Box
from ocrpipe.tables.continued.joint import join_rows
from ocrpipe.tables.continued.lost_walls import with_lost_walls

EDGES = (0.0, 0.1, 0.3, 0.8, 1.0)
Place = tuple[int, int, int, int]


def part(page: int, rows: int, cells: dict[Place, str], origin: Origin = "scanned") -> Table:
    """A table on the columns of `EDGES`, 100 points wide."""

    def cell(place: Place, text: str) -> Cell:
        row, col, row_span, col_span = place
        box = Box(
            100 * EDGES[col], 20.0 * row, 100 * EDGES[col + col_span], 20.0 * (row + row_span)
        )
        state: CellState = "printed" if text else "blank"
        region = CellRegion(page=page, bbox=box)
        return Cell(
            row=row, col=col, row_span=row_span, col_span=col_span, text=text, state=state,
            origin=origin, confidence=1.0, regions=(region,),
        )  # fmt: skip

    placed = tuple(cell(place, text) for place, text in sorted(cells.items()))
    return Table(id="t1", caption=None, n_rows=rows, n_cols=4, pages=(page,), cells=placed)


UPPER = part(
    1,
    2,
    {
        (0, 0, 2, 1): "三、本年度办理结果",
        (0, 1, 1, 2): "（一）予以公开",
        (0, 3, 1, 1): "3",
        (1, 1, 1, 1): "（二）其他处理",
        (1, 2, 1, 1): "1.逾期不补正",
        (1, 3, 1, 1): "4",
    },
)


def lower(first: str, second: str, origin: Origin = "scanned") -> Table:
    return part(
        2,
        3,
        {
            (0, 0, 2, 1): "",
            (0, 1, 1, 2): first,
            (1, 1, 1, 2): second,
            (2, 0, 1, 3): "四、结转下年度",
            **{(row, 3, 1, 1): str(row) for row in range(3)},
        },
        origin,
    )


def places(table: Table) -> dict[str, Place]:
    return {c.text: (c.row, c.col, c.row_span, c.col_span) for c in table.cells}


def test_a_list_goes_on_in_its_column_and_leaves_the_rest_to_the_label_of_the_group() -> None:
    below = with_lost_walls(UPPER, lower("2.逾期未缴费", "3.其他"), EDGES)
    (rest,) = [cell for cell in below.cells if (cell.row, cell.col) == (0, 1)]
    assert (rest.row_span, rest.col_span, rest.state) == (2, 1, "blank")
    assert rest.regions[0].bbox.x1 == pytest.approx(30)

    whole = places(join_rows(UPPER, below))
    assert whole["（二）其他处理"] == (1, 1, 3, 1)
    assert whole["3.其他"] == (3, 2, 1, 1)
    assert whole["四、结转下年度"] == (4, 0, 1, 3)


def test_the_next_group_takes_the_columns_of_both_labels() -> None:
    below = places(with_lost_walls(UPPER, lower("2.逾期未缴费", "（三）总计"), EDGES))
    assert below["2.逾期未缴费"] == (0, 2, 1, 1)
    assert below["（三）总计"] == (1, 1, 1, 2)


@pytest.mark.parametrize(
    ("first", "origin"), [("（三）总计", "scanned"), ("其他", "scanned"), ("2.逾期", "digital")]
)
def test_other_labels_stay_whole(first: str, origin: Origin) -> None:
    below = lower(first, "四、其他", origin)
    assert with_lost_walls(UPPER, below, EDGES) is below
