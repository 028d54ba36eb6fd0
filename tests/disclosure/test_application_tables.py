"""Section 三 with more columns than the form, or in parts where one table would not fit."""

from ocrpipe.disclosure import read_report
from ocrpipe.document import Table
from ocrpipe.report import Applications, DisclosureReport
from tests.disclosure import forms
from tests.disclosure.forms import C

KEYS = forms.row_keys("2021")
RESULTS = forms.results("2021")


def lawful() -> dict[str, list[int]]:
    """Figures that differ from row to row and from column to column, and whose sums hold."""
    found = {key: [7 * row + col for col in range(6)] for row, key in enumerate(RESULTS)}
    found["total"] = [sum(found[key][col] for key in RESULTS) for col in range(6)]
    found["carried_forward"] = [5, 4, 3, 2, 1, 0]
    found["carried_over"] = [1, 3, 5, 7, 9, 11]
    balance = zip(found["total"], found["carried_forward"], found["carried_over"], strict=True)
    found["new"] = [total + forward - before for total, forward, before in balance]
    return {key: [*found[key], sum(found[key])] for key in KEYS}


COUNTS = lawful()

ROWS = forms.applications_rows("2021", {key: [str(n) for n in COUNTS[key]] for key in KEYS})
HEAD, BODY = ROWS[:3], ROWS[3:]


def read(*tables: Table) -> DisclosureReport:
    report, _ = read_report(forms.TITLE_PAGE, tables)
    assert report is not None
    return report


def counts(applications: Applications) -> dict[str, list[object]]:
    return {row.key: [row.figures[key].value for key in forms.COLUMNS] for row in applications.rows}


def doubted(applications: Applications) -> bool:
    return any(
        figure.trust == "doubtful" for row in applications.rows for figure in row.figures.values()
    )


def test_a_subtotal_that_an_office_adds_is_no_total_and_makes_nothing_doubtful() -> None:
    for name in ("小计", "合计"):
        head = [
            [HEAD[0][0], C("申请人情况", col_span=8)],
            [HEAD[1][0], C("法人或其他组织", col_span=6), HEAD[1][2]],
            [*HEAD[2], C(name)],
        ]
        body = [
            [*row[:-1], C(str(sum(COUNTS[key][1:6]))), row[-1]]
            for key, row in zip(KEYS, BODY, strict=True)
        ]
        # A column with a head of its own that stands in one row with the form's.
        for rows in ([*head, *body], [flat_head(name), *body]):
            report = read(forms.make_table(rows))
            assert counts(report.applications) == COUNTS
            assert not doubted(report.applications)


def flat_head(name: str) -> list[C]:
    return [C("项目", col_span=3), *map(C, [*forms.HEADS[:6], name, forms.HEADS[6]])]


def test_a_matrix_cut_into_two_tables_by_its_columns_is_read_whole() -> None:
    def part(name: str, start: int, end: int) -> Table:
        head = [C("项目", col_span=3), *map(C, forms.HEADS[start:end])]
        body = [[*row[:-7], *row[-7:][start:end]] for row in BODY]
        return forms.make_table([head, *body], name)

    report = read(part("t1", 0, 3), part("t2", 3, 7))
    assert counts(report.applications) == COUNTS
    assert not doubted(report.applications)
    assert (
        read(part("t1", 0, 3), part("t2", 0, 3)).applications == read(part("t1", 0, 3)).applications
    )


def test_a_matrix_set_in_two_halves_side_by_side_is_read_whole() -> None:
    lines = [[C(row[-8].text), *row[-7:]] for row in BODY]
    head = [C("处理情形"), *map(C, forms.HEADS)]
    lines.append([C("")] * 8)
    rows = [[*left, *right] for left, right in zip(lines[:13], lines[13:], strict=True)]
    report = read(forms.make_table([[*head, *head], *rows]))

    assert counts(report.applications) == COUNTS
    assert report.edition == "2021"
    assert not doubted(report.applications)
