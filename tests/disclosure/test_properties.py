from hypothesis import given, settings
from hypothesis import strategies as st

from ocrpipe.disclosure import read_report
from ocrpipe.document import Issue
from ocrpipe.report import DisclosureReport, Figure
from tests.disclosure import forms
from tests.disclosure.strategies import Lawful, lawful_applications, lawful_reviews

editions = st.sampled_from(["2019", "2021"])
settings.register_profile("disclosure", max_examples=25, deadline=None)
slow = settings.get_profile("disclosure")


def read(edition: str, rows: Lawful, decided: list[int]) -> DisclosureReport:
    texts = {key: [str(value) for value in values] for key, values in rows.items()}
    tables = [
        forms.applications(edition, texts),
        forms.reviews([str(value) for value in decided]),
    ]
    report, _ = read_report(forms.TITLE_PAGE, tables)
    assert report is not None
    return report


def figures_of(report: DisclosureReport) -> dict[str, Figure]:
    found = {
        f"applications/{row.key}/{column}": figure
        for row in report.applications.rows
        for column, figure in row.figures.items()
    }
    for kind in forms.KINDS:
        outcomes: dict[str, Figure] = getattr(report.reviews, kind)
        found |= {f"reviews/{kind}/{key}": figure for key, figure in outcomes.items()}
    return found


def expected_values(rows: Lawful, decided: list[int]) -> dict[str, int]:
    values = {
        f"applications/{key}/{column}": value
        for key, numbers in rows.items()
        for column, value in zip(forms.COLUMNS, numbers, strict=True)
    }
    places = [(kind, outcome) for kind in forms.KINDS for outcome in forms.OUTCOMES]
    for (kind, outcome), value in zip(places, decided, strict=True):
        values[f"reviews/{kind}/{outcome}"] = value
    return values


@slow
@given(st.data(), editions)
def test_lawful_figures_are_read_and_confirmed(data: st.DataObject, edition: str) -> None:
    rows = data.draw(lawful_applications(edition))
    decided = data.draw(lawful_reviews())

    report = read(edition, rows, decided)

    figures = figures_of(report)
    assert {path: figure.value for path, figure in figures.items()} == expected_values(
        rows, decided
    )
    assert {check.state for check in report.checks} == {"pass"}
    assert {figure.trust for figure in figures.values()} == {"confirmed"}
    assert report.edition == edition


@slow
@given(st.data(), editions)
def test_a_changed_figure_fails_a_check_that_names_it(data: st.DataObject, edition: str) -> None:
    rows = data.draw(lawful_applications(edition))
    decided = data.draw(lawful_reviews())
    values = expected_values(rows, decided)
    path = data.draw(st.sampled_from(sorted(values)))
    wrong = data.draw(st.integers(0, 99_999).filter(lambda value: value != values[path]))
    section, key, column = path.split("/")
    if section == "applications":
        rows[key][forms.COLUMNS.index(column)] = wrong
    else:
        decided[5 * forms.KINDS.index(key) + forms.OUTCOMES.index(column)] = wrong

    report = read(edition, rows, decided)

    failed = [check for check in report.checks if check.state == "fail"]
    assert any(path in check.figures for check in failed)
    figures = figures_of(report)
    assert figures[path].value == wrong
    assert figures[path].trust == "doubtful"
    named = {name for check in failed for name in check.figures}
    assert all((figures[name].trust == "doubtful") == (name in named) for name in figures)


@slow
@given(st.data(), editions)
def test_an_unread_figure_leaves_its_checks_open(data: st.DataObject, edition: str) -> None:
    rows = data.draw(lawful_applications(edition))
    path, report, issues = read_with(data, edition, rows, forms.C("", state="unread"))
    figure = figures_of(report)[path]
    assert (figure.value, figure.state, figure.trust) == (None, "unread", "doubtful")
    covering = {check.state for check in report.checks if path in check.figures}
    assert covering == {"unassessable"}
    assert {check.state for check in report.checks if path not in check.figures} == {"pass"}
    assert "figure.unread" in {issue.code for issue in issues}


@slow
@given(st.data(), editions)
def test_a_blank_is_not_zero_and_adds_nothing(data: st.DataObject, edition: str) -> None:
    rows = data.draw(lawful_applications(edition))
    path, report, _ = read_with(data, edition, rows, forms.C("", state="blank"))
    _, key, column = path.split("/")
    lost = rows[key][forms.COLUMNS.index(column)]
    figure = figures_of(report)[path]
    assert (figure.value, figure.state) == (None, "blank")
    for check in report.checks:
        if path not in check.figures:
            assert check.state == "pass"
        elif path == check.figures[0] and check.rule != "applications.balance":
            # The total is stated nowhere.
            assert check.state == "unassessable"
        else:
            assert check.state == ("fail" if lost else "pass")


def read_with(
    data: st.DataObject, edition: str, rows: Lawful, cell: forms.C
) -> tuple[str, DisclosureReport, tuple[Issue, ...]]:
    """A report of which one figure of section 三 stands as `cell`, and the figure's path."""
    key = data.draw(st.sampled_from(forms.row_keys(edition)))
    column = data.draw(st.integers(0, 6))
    texts: dict[str, list[str | forms.C]] = {
        name: [str(value) for value in values] for name, values in rows.items()
    }
    texts[key][column] = cell
    report, issues = read_report(forms.TITLE_PAGE, [forms.applications(edition, texts)])
    assert report is not None
    return f"applications/{key}/{forms.COLUMNS[column]}", report, issues
