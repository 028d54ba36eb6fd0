"""The contract: frozen, closed, tiled exactly, and the same JSON after a round trip."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from ocrpipe.document import Cell, Document, Source, Table
from ocrpipe.report import Figure


def cell(row: int, col: int, row_span: int = 1, col_span: int = 1) -> Cell:
    return Cell(
        row=row, col=col, row_span=row_span, col_span=col_span, text="", state="blank",
        origin="digital", confidence=1.0, regions=(),
    )  # fmt: skip


def table(cells: list[Cell], n_rows: int, n_cols: int) -> Table:
    return Table(
        id="t1", caption=None, n_rows=n_rows, n_cols=n_cols, pages=(1,), cells=tuple(cells)
    )


def test_cells_that_tile_the_grid_are_accepted() -> None:
    assert len(table([cell(0, 0, 2), cell(0, 1), cell(1, 1)], 2, 2).cells) == 3


@pytest.mark.parametrize(
    ("cells", "complaint"),
    [
        ([cell(0, 0, 2), cell(0, 1)], "holes"),
        ([cell(0, 0, 2), cell(0, 1, 2), cell(1, 1)], "two cells at row 1, column 1"),
        ([cell(0, 0, 2), cell(0, 1, 3)], "outside"),
    ],
)
def test_cells_that_do_not_tile_are_refused(cells: list[Cell], complaint: str) -> None:
    with pytest.raises(ValidationError, match=complaint):
        table(cells, 2, 2)


def test_values_are_frozen_and_closed() -> None:
    source = Source(name="a.pdf", sha256="0" * 64, media_type="application/pdf", page_count=1)
    with pytest.raises(ValidationError, match="frozen"):
        source.name = "b.pdf"  # type: ignore[misc]
    with pytest.raises(ValidationError, match="extra"):
        Source.model_validate({**source.model_dump(), "pages": 1})


figures: st.SearchStrategy[Any] = st.one_of(
    st.none(), st.integers(-(10**9), 10**9), st.decimals(-(10**6), 10**6, places=2)
)


@given(figures)
def test_a_figure_is_the_same_after_a_round_trip(value: int | Decimal | None) -> None:
    figure = Figure(value=value, raw=str(value), state="printed", confidence=1.0, trust="read")
    text = figure.model_dump_json()
    again = Figure.model_validate_json(text)
    assert again.model_dump_json() == text
    assert again.value == value


def test_a_whole_number_stays_whole_in_json() -> None:
    figure = Figure(value=560, raw="560", state="printed", confidence=1.0, trust="read")
    assert '"value":560,' in figure.model_dump_json()


def test_the_json_schema_names_what_the_contract_names() -> None:
    properties = Document.model_json_schema()["properties"]
    assert list(properties) == ["schema_version", "source", "pages", "tables", "issues", "report"]


def test_cells_share_the_set_of_their_fields_and_copies_leave_it_alone() -> None:
    first, second = cell(0, 0), cell(0, 1)
    assert first.model_fields_set is second.model_fields_set
    assert first.model_copy(update={"row": 3}).row == 3
    assert first.model_fields_set == set(Cell.model_fields)
