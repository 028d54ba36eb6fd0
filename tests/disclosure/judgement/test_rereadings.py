"""Re-readings of the same ink that explain why sums fail, and what they mean for the others."""

from collections.abc import Mapping, Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from ocrpipe.disclosure import read_report
from ocrpipe.document import Issue
from ocrpipe.errors import IssueCode
from ocrpipe.page import Alternative, Alternatives, CellPlace
from ocrpipe.report import DisclosureReport, Figure
from tests.disclosure import forms
from tests.disclosure.strategies import Lawful, lawful_applications

editions = st.sampled_from(["2019", "2021"])
slow = settings(max_examples=25, deadline=None)
Place = tuple[str, int]
"""A row's key and the index of a column of section 三."""


def cell_of(edition: str, place: Place) -> CellPlace:
    """Three rows of heads stand above the figures, and three columns of labels beside them."""
    key, column = place
    return "t2", 3 + forms.row_keys(edition).index(key), 3 + column


def path_of(place: Place) -> str:
    return f"applications/{place[0]}/{forms.COLUMNS[place[1]]}"


def read(
    edition: str, rows: Lawful, alternatives: Mapping[Place, Sequence[str]]
) -> tuple[DisclosureReport, tuple[Issue, ...]]:
    texts = {key: [str(value) for value in values] for key, values in rows.items()}
    others: Alternatives = {
        cell_of(edition, place): tuple(Alternative(text, 0.3) for text in readings)
        for place, readings in alternatives.items()
    }
    report, issues = read_report(forms.TITLE_PAGE, [forms.applications(edition, texts)], others)
    assert report is not None
    return report, issues


def figures_of(report: DisclosureReport) -> dict[str, Figure]:
    return {
        f"applications/{row.key}/{column}": figure
        for row in report.applications.rows
        for column, figure in row.figures.items()
    }


def offered(issues: Sequence[Issue]) -> dict[CellPlace, str]:
    """The messages that name a likely reading, by the cell that they point at."""
    return {
        (issue.table_id or "", issue.row or 0, issue.col or 0): issue.message
        for issue in issues
        if issue.code == IssueCode.FIGURE_DOUBTFUL and "likely" in issue.message
    }


def misread(rows: Lawful, place: Place, value: int) -> Lawful:
    key, column = place
    values = [value if index == column else other for index, other in enumerate(rows[key])]
    return {**rows, key: values}


@st.composite
def places(draw: st.DrawFn, edition: str) -> Place:
    return draw(st.sampled_from(forms.row_keys(edition))), draw(st.integers(0, 6))


@slow
@given(st.data(), editions)
def test_the_only_re_reading_that_mends_the_sums_is_offered(
    data: st.DataObject, edition: str
) -> None:
    rows = data.draw(lawful_applications(edition))
    place = data.draw(places(edition))
    true = rows[place[0]][place[1]]
    wrong = data.draw(st.integers(0, 99_999).filter(lambda value: value != true))
    # Every figure could be read otherwise: by one more or less, and by what is wrong here.
    alternatives: dict[Place, list[str]] = {
        (key, column): [str(value + 1), str(value + abs(true - wrong)), str(abs(value - 1))]
        for key, values in rows.items()
        for column, value in enumerate(values)
    }
    alternatives[place] = [str(true), str(true + 7), "0"]

    report, issues = read(edition, misread(rows, place, wrong), alternatives)

    figures = figures_of(report)
    path = path_of(place)
    found = offered(issues)
    assert list(found) == [cell_of(edition, place)]
    assert f"likely '{true}'" in found[cell_of(edition, place)]
    assert repr(str(wrong)) in found[cell_of(edition, place)]
    assert path in found[cell_of(edition, place)]
    assert (figures[path].value, figures[path].trust) == (wrong, "doubtful")
    others = {name: figure.trust for name, figure in figures.items() if name != path}
    assert set(others.values()) == {"confirmed"}
    failed = [check for check in report.checks if check.state == "fail"]
    assert failed
    assert all(path in check.figures for check in failed)


@slow
@given(st.data(), editions)
def test_two_misread_figures_are_both_offered(data: st.DataObject, edition: str) -> None:
    rows = data.draw(lawful_applications(edition))
    first, second = data.draw(
        st.tuples(places(edition), places(edition)).filter(
            lambda pair: pair[0][0] != pair[1][0] and pair[0][1] != pair[1][1]
        )
    )
    changed = rows
    for place, more in ((first, 6), (second, 70)):
        changed = misread(changed, place, rows[place[0]][place[1]] + more)
    alternatives = {place: [str(rows[place[0]][place[1]])] for place in (first, second)}

    report, issues = read(edition, changed, alternatives)

    assert set(offered(issues)) == {cell_of(edition, first), cell_of(edition, second)}
    figures = figures_of(report)
    doubtful = {path for path, figure in figures.items() if figure.trust == "doubtful"}
    assert doubtful == {path_of(first), path_of(second)}


@slow
@given(st.data(), editions)
def test_a_filing_whose_own_sums_are_wrong_keeps_its_figures(
    data: st.DataObject, edition: str
) -> None:
    rows = data.draw(lawful_applications(edition))
    place = data.draw(places(edition))
    printed = rows[place[0]][place[1]] + data.draw(st.integers(1, 9))
    # Its ink may be read otherwise, but in no way that would mend the sums.
    alternatives = {place: [str(printed + 1000), "7 7"]}

    report, issues = read(edition, misread(rows, place, printed), alternatives)

    figures = figures_of(report)
    failed = [check for check in report.checks if check.state == "fail"]
    assert figures[path_of(place)].value == printed
    assert offered(issues) == {}
    named = {path for check in failed for path in check.figures}
    assert {path for path in figures if figures[path].trust == "doubtful"} == named
    told = [issue for issue in issues if issue.code == IssueCode.CHECK_FAILED]
    assert len(told) == len(failed)
    for issue, check in zip(told, failed, strict=True):
        assert all(path in issue.message for path in check.figures)
        assert (issue.page, issue.table_id) == (1, "t2")
    assert not [issue for issue in issues if issue.code == IssueCode.FIGURE_DOUBTFUL]


def read_reviews(
    figures: Sequence[str], others: Mapping[int, str]
) -> tuple[DisclosureReport, tuple[Issue, ...]]:
    """Section 四; `others` are other readings by the index of the figure."""
    alternatives = {("t3", 3, index): (Alternative(text, 0.4),) for index, text in others.items()}
    report, issues = read_report(forms.TITLE_PAGE, [forms.reviews(figures)], alternatives)
    assert report is not None
    return report, issues


def test_of_two_equally_small_sets_none_is_offered() -> None:
    figures = ["6", "7", "0", "0", "12", *["0"] * 10]
    report, issues = read_reviews(figures, {0: "5", 1: "6"})
    assert offered(issues) == {}
    kind = report.reviews.reconsideration
    assert {figure.trust for figure in kind.values()} == {"doubtful"}


def test_one_check_alone_does_not_clear_its_other_figures() -> None:
    """Which of the five was misread is only likely: another one may have no reading at hand."""
    figures = ["6", "7", "0", "0", "12", *["0"] * 10]
    report, issues = read_reviews(figures, {0: "5"})
    assert list(offered(issues)) == [("t3", 3, 0)]
    kind = report.reviews.reconsideration
    assert {figure.trust for figure in kind.values()} == {"doubtful"}
    assert kind["upheld"].value == 6
    assert {f.trust for f in report.reviews.direct_litigation.values()} == {"confirmed"}


def test_ink_that_may_be_none_is_a_re_reading() -> None:
    """A ghost of the other side read as 1 where the cell is blank."""
    report, issues = read_reviews(["3", "1", "", "", "3", *["0"] * 10], {1: "", 4: "8"})
    assert "likely blank" in offered(issues)["t3", 3, 1]
    assert report.reviews.reconsideration["corrected"].value == 1


def test_a_smaller_set_wins() -> None:
    figures = ["6", "7", "1", "0", "13", *["0"] * 10]
    _, issues = read_reviews(figures, {0: "5", 1: "8", 2: "0", 4: "15"})
    # 13 = 6 + 7 + 0 by one reading; 13 = 5 + 7 + 1 as well.
    assert offered(issues) == {}
    _, issues = read_reviews(figures, {1: "8", 2: "0", 4: "15"})
    assert list(offered(issues)) == [("t3", 3, 2)]


def test_an_unread_figure_is_given_the_reading_that_its_sums_ask_for() -> None:
    rows = forms.reviews_rows(["6", "7", "1", "0", "14", *["0"] * 10])
    rows[-1][1] = forms.C("", state="unread")
    alternatives = {("t3", 3, 1): (Alternative("1", 0.5), Alternative("7", 0.2))}
    report, issues = read_report(forms.TITLE_PAGE, [forms.make_table(rows, "t3")], alternatives)
    assert report is not None
    (told,) = (issue for issue in issues if issue.code == IssueCode.FIGURE_UNREAD)
    assert "likely '7'" in told.message
    figure = report.reviews.reconsideration["corrected"]
    assert (figure.value, figure.state, figure.trust) == (None, "unread", "doubtful")


@slow
@given(st.data(), editions)
def test_scattered_misreadings_are_all_offered(data: st.DataObject, edition: str) -> None:
    """One in each column, as when the slash that stands for none is read as 1."""
    rows = data.draw(lawful_applications(edition))
    keys = data.draw(
        st.lists(st.sampled_from(forms.results(edition)), min_size=5, max_size=5, unique=True)
    )
    changed = rows
    alternatives: dict[Place, list[str]] = {}
    for column, key in enumerate(keys):
        alternatives[key, column] = [str(rows[key][column]), "/"]
        changed = misread(changed, (key, column), rows[key][column] + 1)

    report, issues = read(edition, changed, alternatives)

    assert set(offered(issues)) == {cell_of(edition, place) for place in alternatives}
    doubtful = {path for path, f in figures_of(report).items() if f.trust == "doubtful"}
    assert doubtful == {path_of(place) for place in alternatives}
