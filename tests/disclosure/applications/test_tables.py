"""Section 三 with more columns than the form, or in parts where one table would not fit."""

from ocrpipe.disclosure import read_report
from ocrpipe.document import Table
from ocrpipe.errors import IssueCode
from ocrpipe.page import Alternative
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


def transposed(table: Table) -> Table:
    cells = [
        cell.model_copy(
            update={
                "row": cell.col,
                "col": cell.row,
                "row_span": cell.col_span,
                "col_span": cell.row_span,
            }
        )
        for cell in table.cells
    ]
    ordered = tuple(sorted(cells, key=lambda cell: (cell.row, cell.col)))
    return table.model_copy(
        update={"cells": ordered, "n_rows": table.n_cols, "n_cols": table.n_rows}
    )


def test_a_matrix_with_the_applicants_for_rows_is_read_as_the_form() -> None:
    one_head = [C("申请人"), *map(C, forms.HEADS)]
    listed = [[C(row[-8].text), *row[-7:]] for row in BODY]
    for rows in (ROWS, [one_head, *listed]):
        report = read(transposed(forms.make_table(rows)))
        assert counts(report.applications) == COUNTS
        assert report.edition == "2021"
        assert not doubted(report.applications)


def test_a_transposed_matrix_in_two_tables_one_below_the_other_is_read_whole() -> None:
    head = [C("申请人"), *map(C, forms.HEADS)]
    listed = [[C(row[-8].text), *row[-7:]] for row in BODY]
    parts = [
        transposed(forms.make_table([head, *listed[start:end]], name))
        for name, start, end in (("t1", 0, 12), ("t2", 12, 25))
    ]
    assert counts(read(*parts).applications) == COUNTS


def test_the_places_of_a_transposed_matrix_are_those_of_the_printed_table() -> None:
    listed = [[C(row[-8].text), *row[-7:]] for row in BODY]
    listed[3][2] = C("0", state="unread")
    listed[5][0] = C("9.认不出来的一行")
    table = transposed(forms.make_table([[C("申请人"), *map(C, forms.HEADS)], *listed]))
    place = ("t1", 2, 4)
    assert next(cell.text for cell in table.cells if (cell.row, cell.col) == place[1:]) == "0"
    value = str(COUNTS[KEYS[3]][1])
    likely = {place: (Alternative(value, 0.8),)}
    report, issues = read_report(forms.TITLE_PAGE, (table,), likely)

    assert report is not None
    unread = [issue for issue in issues if issue.code == IssueCode.FIGURE_UNREAD]
    assert [(issue.table_id, issue.row, issue.col) for issue in unread] == [place]
    assert f"likely '{value}'" in unread[0].message
    unknown = [issue for issue in issues if issue.code == IssueCode.REPORT_ROW_UNKNOWN]
    assert {(issue.table_id, issue.row, issue.col) for issue in unknown} == {("t1", None, 6)}


def other_year(name: str, caption: str | None) -> Table:
    """The table with every figure one more than in `COUNTS`."""
    more = {key: [str(n + 1) for n in COUNTS[key]] for key in KEYS}
    table = forms.make_table(forms.applications_rows("2021", more), name)
    return table.model_copy(update={"caption": caption})


def test_a_table_of_last_year_is_passed_over() -> None:
    own = forms.make_table(ROWS, "t2").model_copy(update={"caption": "2021年"})
    for caption in ("附：上年度对照", "去年情况", "上一年度数据", "2020年"):
        report = read(other_year("t1", caption), own)
        assert counts(report.applications) == COUNTS
        assert not doubted(report.applications)


def test_of_two_tables_with_other_figures_none_is_sure() -> None:
    report, issues = read_report(
        forms.TITLE_PAGE, (forms.make_table(ROWS, "t1"), other_year("t2", "局属事业单位情况"))
    )
    assert report is not None
    assert counts(report.applications) == COUNTS
    trusts = {it.trust for row in report.applications.rows for it in row.figures.values()}
    assert trusts == {"doubtful"}
    assert any("table t2 has '" in issue.message for issue in issues)


def test_a_table_that_is_printed_twice_is_as_sure_as_once() -> None:
    assert not doubted(read(*(forms.make_table(ROWS, name) for name in ("t1", "t2"))).applications)


def test_the_heads_of_the_last_small_table_are_not_its_total() -> None:
    listed = [[C(row[-8].text), *row[-7:]] for row in BODY]
    head = [C("情形"), *map(C, forms.HEADS)]
    parts = [
        forms.make_table([head, *listed[start:end]], name)
        for name, start, end in (("t1", 0, 4), ("t2", 4, 12), ("t3", 12, 23), ("t4", 23, 25))
    ]
    report = read(*parts)
    assert counts(report.applications) == COUNTS
    assert not doubted(report.applications)


def test_merged_zeros_of_some_rows_cost_no_figure_of_the_others() -> None:
    body = [
        [*row[:-7], C("0", col_span=7)] if key in RESULTS[2:] else row
        for key, row in zip(KEYS, BODY, strict=True)
    ]
    report = read(forms.make_table([*HEAD, *body]))
    read_counts = counts(report.applications)
    whole = [key for key in KEYS if key not in RESULTS[2:]]
    assert {key: read_counts[key] for key in whole} == {key: COUNTS[key] for key in whole}
    for row in report.applications.rows:
        states = {it.state for it in row.figures.values()}
        assert states == ({"printed"} if row.key in whole else {"unread"})


def test_strongly_shortened_labels_are_sure() -> None:
    short = {
        "new": "本年新收",
        "carried_over": "上年结转",
        "unable.not_held": "本机关不掌握",
        "unable.needs_making": "需要另行制作",
        "unprocessed.reissue": "重新出具已获取信息",
        "carried_forward": "结转下年度",
    }
    body = [
        [*row[:-8], C(short[key], col_span=row[-8].col_span), *row[-7:]] if key in short else row
        for key, row in zip(KEYS, BODY, strict=True)
    ]
    report = read(forms.make_table([*HEAD, *body]))
    assert counts(report.applications) == COUNTS
    assert not doubted(report.applications)


def test_two_rows_under_the_heads_of_the_form_are_a_part_of_it() -> None:
    """The page break comes after 一 and 二, and no table could be found on the next page."""
    found = read(forms.make_table([*HEAD, *BODY[:2]])).applications
    assert counts(found) == {key: list(COUNTS[key]) for key in ("new", "carried_over")}
    assert not read(forms.make_table(BODY[:2])).applications.rows
