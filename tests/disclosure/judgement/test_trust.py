"""What confidence and sums are worth: correlated misreadings, damaged pages, lone blanks."""

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ocrpipe.disclosure import read_report
from ocrpipe.report import Figure
from tests.disclosure import forms
from tests.disclosure.forms import C
from tests.disclosure.strategies import lawful_applications

slow = settings(max_examples=25, deadline=None)


def read(figures: forms.Figures, edition: str = "2019") -> dict[str, Figure]:
    """The figures of section 三 by row key and column, rows that are not named being all 0."""
    report, _ = read_report(forms.TITLE_PAGE, [forms.applications(edition, figures)])
    assert report is not None
    return {
        f"{row.key}/{column}": figure
        for row in report.applications.rows
        for column, figure in row.figures.items()
    }


def natural_persons(number: str, confidence: float) -> dict[str, Sequence[str | C]]:
    """A filing of which nothing is known but one number, in the column 自然人 and in 总计."""
    cell = C(number, confidence=confidence)
    row = [cell, *["0"] * 5, cell]
    return {"new": row, "granted": row, "total": row}


def test_a_number_that_stands_everywhere_alike_may_be_misread_everywhere_alike() -> None:
    """1 = 1 would hold as well were the paper's 7 read as 1 in every place."""
    for confidence, trust in ((0.99, "confirmed"), (0.96, "doubtful"), (0.92, "doubtful")):
        figures = read(natural_persons("1", confidence))
        assert figures["new/natural_person"].trust == trust
        assert figures["total/total"].trust == trust


def test_sums_in_two_directions_prove_a_number_of_low_confidence() -> None:
    rows: dict[str, Sequence[str | C]] = {
        "new": ["8", "4", "0", "0", "0", "0", "12"],
        "granted": [C("5", confidence=0.7), "4", "0", "0", "0", "0", "9"],
        "partly_granted": ["3", "0", "0", "0", "0", "0", "3"],
        "total": ["8", "4", "0", "0", "0", "0", "12"],
    }
    assert read(rows)["granted/natural_person"].trust == "confirmed"
    low = {**rows, "granted": [C("5", confidence=0.5), *rows["granted"][1:]]}
    assert read(low)["granted/natural_person"].trust == "doubtful"


def test_a_sum_does_not_tell_nothing_from_zero() -> None:
    rows = {"granted": [C("0", confidence=0.8), *["0"] * 6]}
    assert read(rows)["granted/natural_person"].trust == "doubtful"


def test_sums_in_two_directions_prove_a_zero_of_worn_print() -> None:
    rows = {"granted": [C("0", confidence=0.85), *["0"] * 6]}
    assert read(rows)["granted/natural_person"].trust == "confirmed"


@slow
@given(st.data(), st.sampled_from("123456789"), st.sampled_from("123456789"))
def test_a_digit_misread_alike_wherever_it_stands_is_not_confirmed(
    data: st.DataObject, printed: str, seen: str
) -> None:
    rows = data.draw(lawful_applications("2019"))
    cells = {
        key: [C(str(value).replace(printed, seen), confidence=0.96) for value in values]
        for key, values in rows.items()
    }
    figures = read(cells)
    for key, values in rows.items():
        for column, value in zip(forms.COLUMNS, values, strict=True):
            figure = figures[f"{key}/{column}"]
            assert figure.value == value or figure.trust != "confirmed"


@pytest.mark.parametrize(("blanks", "trust"), [(2, "doubtful"), (140, "read")])
def test_a_lone_blank_among_printed_zeros_is_doubtful(blanks: int, trust: str) -> None:
    places = [(key, column) for key in forms.results("2019") for column in range(7)][:blanks]
    rows = {
        key: ["" if (key, column) in places else "0" for column in range(7)]
        for key in forms.results("2019")
    }
    figure = read(rows)["granted/natural_person"]
    assert (figure.state, figure.trust) == ("blank", trust)


@pytest.mark.parametrize(("confidence", "trust"), [(0.99, "read"), (0.95, "doubtful")])
def test_a_cell_without_any_ink_is_blank_on_a_worn_page_where_sums_want_no_number(
    confidence: float, trust: str
) -> None:
    """Every number is hard to read; a cell with dust may hold what is left of a 0."""

    def worn(*texts: str) -> list[C]:
        return [C(text, confidence=0.7 if text else confidence) for text in texts]

    rows = {key: worn(*[""] * 7) for key in forms.results("2019")}
    rows |= {key: worn("12", "4", "", "", "", "", "16") for key in ("new", "total")}
    rows["granted"] = worn("12", "", "", "", "", "", "12")
    rows["partly_granted"] = worn("", "4", "", "", "", "", "5")
    figures = read(rows)
    assert figures["granted/company"].trust == trust
    # A number that a sum misses may stand in any cell of it, and one sum alone misses no 0.
    assert figures["partly_granted/natural_person"].trust == "doubtful"
    assert figures["granted/other"].trust == "doubtful"


def test_an_empty_total_of_printed_parts_is_doubtful() -> None:
    rows = {key: ["3", "0", "", "", "", "", ""] for key in forms.results("2019")}
    rows["granted"] = [""] * 7
    figures = read(rows)
    assert figures["partly_granted/total"].trust == "doubtful"
    assert figures["granted/total"].trust == "read"
    assert figures["partly_granted/other"].trust == "read"


@pytest.mark.parametrize(
    ("unsure", "confidence", "trust"),
    [
        (0, 0.985, "read"),
        (0, 0.97, "doubtful"),
        (3, 0.985, "doubtful"),
        (3, 0.995, "read"),
        (6, 0.995, "doubtful"),
    ],
)
def test_a_confidence_is_worth_what_its_page_shows(
    unsure: int, confidence: float, trust: str
) -> None:
    """Section 二 has no sums; of its 18 figures some were hard to read."""
    rows = []
    left = unsure
    for row in forms.PROACTIVE_2019:
        cells = []
        for cell in row:
            if not cell.text.lstrip("+-")[:1].isdigit():
                cells.append(cell)
            elif row[0].text == "规章" and cell.text == "1":
                cells.append(C(cell.text, cell.row_span, cell.col_span, confidence=confidence))
            else:
                sure = 0.99 if left <= 0 else 0.5
                left -= 1
                cells.append(C(cell.text, cell.row_span, cell.col_span, confidence=sure))
        rows.append(cells)
    report, _ = read_report(forms.TITLE_PAGE, [forms.make_table(rows)])
    assert report is not None
    (first,) = (row for row in report.proactive.rows if row.item == "规章")
    assert first.figures["made_this_year"].trust == trust


def test_parts_that_exceed_their_total_fail_whatever_is_unread() -> None:
    figures = ["38", "7", "", "0", "17", *["0"] * 10]
    rows = forms.reviews_rows(figures)
    rows[-1][2] = C("", state="unread")
    report, _ = read_report(forms.TITLE_PAGE, [forms.make_table(rows)])
    assert report is not None
    check = next(check for check in report.checks if check.scope == "kind reconsideration")
    assert (check.state, check.expected, check.actual) == ("fail", 17, 45)
    assert report.reviews.reconsideration["total"].trust == "doubtful"


def test_a_stroke_states_that_there_is_none_and_an_empty_cell_states_nothing() -> None:
    for total, state in (("/", "fail"), ("", "unassessable")):
        figures = ["1", "/", "/", "/", total, *["0"] * 10]
        report, _ = read_report(forms.TITLE_PAGE, [forms.reviews(figures)])
        assert report is not None
        assert report.checks[0].state == state


def test_blanks_add_nothing_to_a_sum() -> None:
    report, _ = read_report(
        forms.TITLE_PAGE, [forms.reviews(["9", "", "", "7", "16", *[""] * 5, *["0"] * 5])]
    )
    assert report is not None
    states = [check.state for check in report.checks]
    assert states == ["pass", "unassessable", "pass"]
    kind = report.reviews.reconsideration
    assert [kind[key].value for key in forms.OUTCOMES] == [9, None, None, 7, 16]
    assert [kind[key].trust for key in forms.OUTCOMES] == [
        "confirmed", "read", "read", "confirmed", "confirmed",
    ]  # fmt: skip
