"""One figure from its cell or cells."""

from decimal import Decimal

import pytest

from ocrpipe.disclosure.figures import read_cells
from ocrpipe.document import Cell, CellState, Origin


def cell(
    text: str, col: int = 0, origin: Origin = "scanned", state: CellState | None = None
) -> Cell:
    return Cell(
        row=0, col=col, row_span=1, col_span=1, text=text, origin=origin, confidence=0.99,
        state=state or ("printed" if text else "blank"), regions=(),
    )  # fmt: skip


@pytest.mark.parametrize("texts", [("", ""), ("12", ""), ("", "3")])
def test_a_figure_that_a_scans_grid_splits_is_doubtful(texts: tuple[str, str]) -> None:
    """A false rule through a digit leaves two halves, and either may look blank."""
    cells = [cell(text, col) for col, text in enumerate(texts)]
    assert read_cells("t1", cells, count=True).doubt is not None


def test_a_figure_split_on_a_digital_page_is_not_doubtful_for_that() -> None:
    cells = [cell("12", 0, "digital"), cell("", 1, "digital")]
    placed = read_cells("t1", cells, count=True)
    assert (placed.figure.value, placed.doubt) == (12, None)


@pytest.mark.parametrize("mark", ["①", "¹", "*", " ②", "件①", "[1]", "²"])
def test_a_mark_of_a_note_is_no_part_of_a_digital_number(mark: str) -> None:
    placed = read_cells("t1", [cell(f"56{mark}", origin="digital")], count=True)
    assert (placed.figure.value, placed.figure.state) == (56, "printed")
    assert placed.doubt is not None
    # What a recogniser takes for a mark may be a digit, and is doubted as well.
    scanned = read_cells("t1", [cell(f"56{mark}")], count=True)
    assert (scanned.figure.value, scanned.doubt is not None) == (56, True)


@pytest.mark.parametrize("text", ["①", "¹", "*", "[1]", "5/①"])
def test_a_mark_alone_is_no_number(text: str) -> None:
    figure = read_cells("t1", [cell(text, origin="digital")], count=True).figure
    assert (figure.state, figure.value) == ("unread", None)


@pytest.mark.parametrize("origin", ["digital", "scanned"])
def test_a_zero_spelled_out_is_one(origin: Origin) -> None:
    placed = read_cells("t1", [cell("零", origin=origin)], count=True)
    assert (placed.figure.value, placed.figure.state, placed.doubt) == (0, "printed", None)
    assert read_cells("t1", [cell("八")], count=True).figure.state == "unread"


def test_a_lone_stroke_on_a_scan_states_no_number() -> None:
    figure = read_cells("t1", [cell("一")], count=True).figure
    assert (figure.state, figure.value, figure.raw) == ("blank", None, "一")
    assert read_cells("t1", [cell("一", origin="digital")], count=True).figure.state == "unread"


@pytest.mark.parametrize(
    ("text", "value"), [("1.052", 1052), ("12．345", 12345), ("1.052.077", 1052077)]
)
def test_a_count_whose_comma_was_read_as_a_point_is_whole(text: str, value: int) -> None:
    figure = read_cells("t1", [cell(text)], count=True).figure
    assert (figure.value, figure.raw) == (value, text)


@pytest.mark.parametrize("text", ["1.05", "0.125", "1052.077"])
def test_other_fractions_are_no_counts(text: str) -> None:
    assert read_cells("t1", [cell(text)], count=True).doubt is not None


def test_an_amount_of_money_keeps_its_fraction() -> None:
    assert read_cells("t1", [cell("1.052")], count=False).figure.value == Decimal("1.052")
