from collections.abc import Sequence
from dataclasses import replace

import pytest

from ocrpipe.disclosure import read_report
from ocrpipe.document import Issue, Table
from ocrpipe.errors import IssueCode
from ocrpipe.report import ApplicationRow, DisclosureReport
from tests.disclosure import forms
from tests.disclosure.forms import C


def read(*tables: Table) -> tuple[DisclosureReport, tuple[Issue, ...]]:
    report, issues = read_report(forms.TITLE_PAGE, tables)
    assert report is not None
    return report, issues


def rows_of(report: DisclosureReport) -> dict[str, ApplicationRow]:
    return {row.key: row for row in report.applications.rows}


def values(row: ApplicationRow) -> list[object]:
    return [figure.value for figure in row.figures.values()]


def marked(edition: str) -> dict[str, list[str]]:
    """Figures that all differ, so that none can stand under a wrong key unseen."""
    keys = forms.row_keys(edition)
    return {
        key: [str(100 * row + col) for col in range(7)] for row, key in enumerate(keys, start=1)
    }


def as_numbers(figures: dict[str, list[str]]) -> dict[str, list[int]]:
    return {key: [int(text) for text in texts] for key, texts in figures.items()}


def codes(issues: Sequence[Issue]) -> set[IssueCode]:
    return {issue.code for issue in issues}


@pytest.mark.parametrize("edition", ["2019", "2021"])
def test_every_row_and_column_has_its_key(edition: str) -> None:
    figures = marked(edition)
    report, issues = read(forms.applications(edition, figures))

    assert report.edition == edition
    assert tuple(row.key for row in report.applications.rows) == forms.row_keys(edition)
    assert all(tuple(row.figures) == forms.COLUMNS for row in report.applications.rows)
    assert {row.key: values(row) for row in report.applications.rows} == as_numbers(figures)
    assert rows_of(report)["refused.three_securities"].label == "3.危及“三安全一稳定”"
    assert IssueCode.REPORT_ROW_MISSING not in codes(issues)


def test_a_filing_may_mix_editions() -> None:
    disclosed = forms.make_table(forms.PROACTIVE_2021, "t1")
    report, _ = read(disclosed, forms.applications("2019", {}))
    assert report.edition == "2019"
    assert set(report.proactive.rows[0].figures) == {
        "made_this_year",
        "repealed_this_year",
        "in_force",
    }


def test_figures_keep_page_and_box() -> None:
    table = forms.make_table(forms.applications_rows("2019", {}), "t9", lambda row: 1 + row // 12)
    report, _ = read(table)
    figure = rows_of(report)["carried_forward"].figures["natural_person"]
    cell = next(cell for cell in table.cells if (cell.row, cell.col) == (25, 3))
    assert (figure.page, figure.bbox) == (3, cell.regions[0].bbox)
    assert figure.confidence == cell.confidence


@pytest.mark.parametrize(
    ("key", "label"),
    [
        ("refused.internal_affairs", "5.属于三类内部事物信息"),
        ("refused.process_information", "6.属于四类过渡性信息"),
        ("refused.forbidden_by_law", "2.其他法律行政止公开"),
        ("refused.three_securities", '３。危及"三安全-稳定"'),
        ("unprocessed.repeated", "2.重复中请"),
        ("partly_granted", "(二) 部分公开(区分处理的, 只计这一情形, 不计其他情形)"),
        ("carried_forward", "四、结转下年度继 续 办 理"),
    ],
)
def test_labels_may_differ_from_the_form(key: str, label: str) -> None:
    figures = marked("2019")
    table = forms.applications(
        "2019", figures, label=lambda row, text: label if row == key else text
    )
    report, _ = read(table)
    assert {row.key: values(row) for row in report.applications.rows} == as_numbers(figures)
    assert rows_of(report)[key].label == label


def test_a_row_whose_label_is_lost_is_told_by_its_place_and_doubted() -> None:
    figures = marked("2021")
    table = forms.applications(
        "2021", figures, label=lambda key, text: "乱码" if key == "unable.needs_making" else text
    )
    report, issues = read(table)
    row = rows_of(report)["unable.needs_making"]
    assert values(row) == as_numbers(figures)["unable.needs_making"]
    assert {figure.trust for figure in row.figures.values()} == {"doubtful"}
    assert any(
        issue.code == IssueCode.REPORT_ROW_UNKNOWN and "unable.needs_making" in issue.message
        for issue in issues
    )


def test_a_label_beside_two_rows_of_figures_makes_none_of_them_sure() -> None:
    # All sums hold, whichever row is whose.
    zeros = {key: ["0"] * 7 for key in forms.row_keys("2019")}
    lines = forms.applications_rows("2019", zeros)
    (at,) = [i for i, line in enumerate(lines) if any(c.text.startswith("4.无正当") for c in line)]
    labels = "4.无正当理由大量反复申请5.要求行政机关确认或重新出具已获取信息"
    place = len(lines[at]) - 8
    lines[at][place] = C(labels, row_span=2)
    del lines[at + 1][0]
    report, _ = read(forms.make_table(lines))
    for key in ("unprocessed.excessive", "unprocessed.reissue"):
        if key in rows_of(report):
            figures = rows_of(report)[key].figures.values()
            assert {figure.trust for figure in figures} == {"doubtful"}


def test_a_label_of_two_rows_makes_no_figure_sure_where_the_rule_between_them_was_lost() -> None:
    # Nothing but a 1 is printed, in the first of the two rows, and all sums hold.
    printed = ["1", *[""] * 5, "1"]
    figures = {key: [""] * 7 for key in forms.row_keys("2019")}
    figures |= dict.fromkeys(("new", "refused.forbidden_by_law", "total"), printed)
    lines = forms.applications_rows("2019", figures)
    (at,) = [i for i, line in enumerate(lines) if any(c.text == "1.属于国家秘密" for c in line)]
    group = lines[at][0]
    lines[at + 1] = [
        replace(group, row_span=group.row_span - 1),
        C("1.属于国家秘密2.其他法律行政法规禁止公开"),
        *lines[at + 1][1:],
    ]
    del lines[at]
    outer = [i for i, line in enumerate(lines) if line[0].text == "三、本年度办理结果"]
    lines[outer[0]][0] = replace(lines[outer[0]][0], row_span=lines[outer[0]][0].row_span - 1)
    report, _ = read(forms.make_table(lines))
    row = rows_of(report).get("refused.forbidden_by_law")
    assert row is None or row.figures["natural_person"].trust == "doubtful"
    assert rows_of(report)["new"].figures["natural_person"].trust != "doubtful"


def test_a_row_that_is_not_printed_is_left_out() -> None:
    lines = forms.applications_rows("2019", marked("2019"))
    short = [line for line in lines if all(cell.text != "2.重复申请" for cell in line)]
    report, issues = read(forms.make_table(short))
    assert "unprocessed.repeated" not in rows_of(report)
    assert [i for i in issues if i.code == IssueCode.REPORT_ROW_MISSING and "repeated" in i.message]
    assert {c.state for c in report.checks if c.rule == "applications.results"} == {"unassessable"}


def test_a_row_that_the_form_does_not_know_is_reported() -> None:
    lines = forms.applications_rows("2019", marked("2019"))
    extra = [C("备注：上级机关转办数量", col_span=3), *[C("5")] * 7]
    report, issues = read(forms.make_table([*lines, extra]))
    assert (
        values(rows_of(report)["carried_forward"]) == as_numbers(marked("2019"))["carried_forward"]
    )
    unknown = [issue for issue in issues if issue.code == IssueCode.REPORT_ROW_UNKNOWN]
    assert [(issue.table_id, issue.row) for issue in unknown] == [("t1", len(lines))]


def test_a_row_cut_by_a_page_break_is_one_row() -> None:
    lines = forms.applications_rows("2019", marked("2019"))
    at = next(
        index for index, line in enumerate(lines) if line[1 % len(line)].text.startswith("1.信访")
    )
    group, label, *figures = lines[at]
    upper = [C("（五）"), C("1.信访举报投诉类申"), *[C("")] * 7]
    lower = [C("不予处理", row_span=group.row_span), C("请"), *figures]
    body = lines[3 + 2]
    lines[3 + 2] = [C(body[0].text, row_span=body[0].row_span + 1), *body[1:]]
    table = forms.make_table(
        [*lines[:at], upper, lower, *lines[at + 1 :]], "t2", lambda row: 1 if row <= at else 2
    )
    report, _ = read(table)
    row = rows_of(report)["unprocessed.petition"]
    assert row.label == label.text
    assert values(row) == as_numbers(marked("2019"))["unprocessed.petition"]
    assert row.figures["total"].page == 2
    assert tuple(r.key for r in report.applications.rows) == forms.row_keys("2019")


@pytest.mark.parametrize(("rest", "trust"), [("9", "doubtful"), ("", "read")])
def test_figures_that_a_page_break_may_have_cut_are_doubtful(rest: str, trust: str) -> None:
    blank = {key: [""] * 7 for key in forms.row_keys("2019")}
    lines = forms.applications_rows("2019", blank | {"carried_over": ["1235", *[""] * 6]})
    below = [C("", col_span=3), C(rest), *[C("")] * 6]
    table = forms.make_table(
        [*lines[:5], below, *lines[5:]], "t2", lambda row: 1 if row <= 4 else 2
    )
    figure = rows_of(read(table)[0])["carried_over"].figures["natural_person"]
    assert (figure.value, figure.trust) == (1235, trust)


def test_two_tables_that_were_not_joined_are_read_as_one() -> None:
    figures = marked("2021")
    lines = forms.applications_rows("2021", figures)
    first = [
        [C(c.text, min(c.row_span, 12 - y), c.col_span) for c in line]
        for y, line in enumerate(lines[:12])
    ]
    second = [[C("", row_span=14), C("", row_span=2), *lines[12]], *lines[13:]]
    report, _ = read(forms.make_table(first, "t1"), forms.make_table(second, "t2"))
    assert {row.key: values(row) for row in report.applications.rows} == as_numbers(figures)


def test_a_row_that_lost_a_label_cell_is_not_read_one_column_off() -> None:
    figures = marked("2019")
    lines = forms.applications_rows("2019", figures)
    at = next(index for index, line in enumerate(lines) if line[0].text == "2.重复申请")
    lines[at - 1][0] = C("（五）不予处理", row_span=1)
    lines[at + 1] = [C("", row_span=3), *lines[at + 1]]
    report, _ = read(forms.make_table(lines, "t2", None))
    assert (
        values(rows_of(report)["unprocessed.repeated"])
        == as_numbers(figures)["unprocessed.repeated"]
    )


def test_without_heads_the_seven_columns_go_by_the_form() -> None:
    figures = marked("2019")
    report, _ = read(forms.applications("2019", figures, heads=False))
    assert {row.key: values(row) for row in report.applications.rows} == as_numbers(figures)


def test_a_head_that_was_misread_is_told_by_its_place() -> None:
    figures = marked("2019")
    lines = forms.applications_rows("2019", figures)
    lines[1][0] = C("白烧入", row_span=2)
    report, _ = read(forms.make_table(lines))
    assert {row.key: values(row) for row in report.applications.rows} == as_numbers(figures)


def test_empty_columns_that_the_grid_adds_are_passed_over() -> None:
    figures = marked("2019")
    lines = forms.applications_rows("2019", figures)
    wide = [[C(c.text, c.row_span, c.col_span * 2) for c in line] for line in lines]
    for line in wide[3:]:
        last = line.pop()
        line += [C("", 1, 1), C(last.text, 1, 1)]
    report, _ = read(forms.make_table(wide))
    assert {row.key: values(row) for row in report.applications.rows} == as_numbers(figures)


def test_five_columns_under_their_own_heads() -> None:
    heads = ["自然人", "商业企业", "科研机构", "社会公益组织", "总计"]
    lines = forms.applications_rows(
        "2019", {"new": ["1", "2", "3", "4", "10"]}, heads=False, width=5
    )
    table = forms.make_table([[C("", col_span=3), *map(C, heads)], *lines])
    report, _ = read(table)
    row = rows_of(report)["new"]
    assert values(row) == [1, 2, 3, 4, None, None, 10]
    assert [figure.state for figure in row.figures.values()][4:6] == ["absent", "absent"]
    assert row.figures["legal_service"].trust == "read"


def test_a_head_of_two_columns_is_that_of_none_where_the_wall_between_them_was_lost() -> None:
    # Only natural persons applied, and what the office did not count it left blank.
    printed = ["3", *[""] * 4, "3"]
    figures = {key: [""] * 6 for key in forms.row_keys("2019")}
    figures |= dict.fromkeys(("new", "granted", "total"), printed)
    heads = ["自然人商业企业", *forms.HEADS[2:]]
    lines = forms.applications_rows("2019", figures, heads=False, width=6)
    report, _ = read(forms.make_table([[C("", col_span=3), *map(C, heads)], *lines]))
    row = rows_of(report)["new"].figures
    for key in ("natural_person", "company"):
        assert (row[key].value, row[key].trust) == (None, "doubtful")
    assert row["total"].value == 3


def test_totals_that_were_not_found_are_not_left_out() -> None:
    figures = {key: ["0"] * 6 for key in forms.row_keys("2019")}
    lines = forms.applications_rows("2019", figures, heads=False, width=6)
    report, _ = read(forms.make_table([[C("", col_span=3), *map(C, forms.HEADS[:6])], *lines]))
    total = rows_of(report)["new"].figures["total"]
    assert (total.state, total.trust) == ("absent", "doubtful")


def test_a_column_without_which_totals_exceed_their_parts_is_not_left_out() -> None:
    new, rest = ["1", "0", "0", "0", "0", "3"], ["0"] * 6
    figures = dict.fromkeys(forms.row_keys("2019"), rest) | {"new": new}
    heads = [head for head in forms.HEADS if head != "科研机构"]
    lines = forms.applications_rows("2019", figures, heads=False, width=6)
    report, _ = read(forms.make_table([[C("", col_span=3), *map(C, heads)], *lines]))
    for row in rows_of(report).values():
        lost = row.figures["research_institution"]
        assert (lost.state, lost.trust) == ("absent", "doubtful")
    failed = [check for check in report.checks if check.state == "fail"]
    assert "row new" in {check.scope for check in failed}


def five_under_seven(new: list[str], page_of: object) -> Table:
    figures = {"new": new, "granted": new, "total": new}
    lines = forms.applications_rows("2019", figures, width=5)
    return forms.make_table(lines, "t2", page_of)  # type: ignore[arg-type]


def test_five_figures_under_seven_heads_are_not_put_under_the_wrong_heads() -> None:
    report, issues = read(five_under_seven(["1", "0", "2", "0", "3"], None))
    row = rows_of(report)["new"]
    assert (row.figures["natural_person"].value, row.figures["total"].value) == (1, 3)
    between = [row.figures[key] for key in forms.COLUMNS[1:6]]
    assert {figure.trust for figure in between} == {"doubtful"}
    assert [figure.state for figure in between].count("absent") == 2
    assert IssueCode.TABLE_INCOMPLETE in codes(issues)


def test_a_part_with_all_columns_is_read_by_them_below_a_part_with_fewer() -> None:
    """Of heads that a page break repeats as grey as their rules nothing is found."""
    first = forms.applications_rows("2019", {}, heads=False, width=5)[:2]
    rest = forms.applications_rows(
        "2019", {"granted": ["1", "", "2", "", "", "", "3"]}, heads=False
    )[2:]
    report, _ = read(forms.make_table(first, "t2"), forms.make_table(rest, "t3"))
    figures = rows_of(report)["granted"].figures
    assert [figures[key].value for key in forms.COLUMNS] == [1, None, 2, None, None, None, 3]
    assert rows_of(report)["new"].figures["company"].trust == "doubtful"


def test_short_rows_that_do_not_add_up_are_all_doubted() -> None:
    report, _ = read(five_under_seven(["1", "0", "2", "0", "9"], None))
    figures = rows_of(report)["new"].figures.values()
    assert {figure.trust for figure in figures} == {"doubtful"}


def test_a_blank_cell_is_not_zero_and_leaves_its_neighbours_alone() -> None:
    blank = {key: [""] * 7 for key in forms.results("2019")}
    report, issues = read(forms.applications("2019", blank))
    states = {figure.state for figure in rows_of(report)["other"].figures.values()}
    assert states == {"blank"}
    assert all(figure.value is None for figure in rows_of(report)["granted"].figures.values())
    by_rule = {
        rule: {check.state for check in report.checks if check.rule == rule}
        for rule in ("applications.balance", "applications.results")
    }
    assert by_rule == {"applications.balance": {"pass"}, "applications.results": {"unassessable"}}
    assert rows_of(report)["new"].figures["total"].trust == "confirmed"
    assert issues == () or codes(issues) == {IssueCode.REPORT_TABLE_MISSING}


def test_a_stroke_is_no_number_and_keeps_its_ink() -> None:
    report, _ = read(forms.applications("2019", {"granted": ["—"] * 7}))
    figure = rows_of(report)["granted"].figures["total"]
    assert (figure.value, figure.state, figure.raw) == (None, "blank", "—")


def test_low_confidence_is_doubtful_although_the_sums_hold() -> None:
    unsure = [C("0", confidence=0.7), *["0"] * 6]
    report, issues = read(forms.applications("2019", {"granted": unsure}))
    figures = rows_of(report)["granted"].figures
    assert figures["natural_person"].trust == "doubtful"
    assert figures["company"].trust == "confirmed"
    doubtful = [issue for issue in issues if issue.code == IssueCode.FIGURE_DOUBTFUL]
    assert [(i.page, i.table_id, i.row, i.col) for i in doubtful] == [(1, "t2", 5, 3)]


def test_a_number_across_columns_or_rows_belongs_to_none() -> None:
    lines = forms.applications_rows("2019", {})
    lines[3] = [lines[3][0], C("6", col_span=6), C("6")]
    report, _ = read(forms.make_table(lines))
    figures = rows_of(report)["new"].figures
    assert {figures[key].state for key in forms.COLUMNS[:6]} == {"unread"}
    assert figures["total"].value == 6


def test_a_table_of_another_year_in_another_edition_leaves_none_of_its_own_rows_sure() -> None:
    # Which of the two is this year's nothing says, and the sums of each hold.
    new = {"2019": ["5", *["0"] * 5, "5"], "2021": ["3", *["0"] * 5, "3"]}
    lines = {
        edition: forms.applications_rows(edition, {"new": row, "granted": row, "total": row})
        for edition, row in new.items()
    }
    tables = [forms.make_table(lines[edition], f"t{edition}") for edition in ("2021", "2019")]
    report, _ = read(*tables)
    for key in ("other.not_corrected", "new"):
        assert rows_of(report)[key].figures["total"].trust == "doubtful"
    assert rows_of(report)["carried_over"].figures["total"].trust == "confirmed"


def test_a_table_of_another_year_with_fewer_columns_leaves_the_others_unsure() -> None:
    row = ["3", "0", "0", "0", "1", "0", "4"]
    figures = dict.fromkeys(("new", "granted", "total"), row)
    whole = forms.applications("2019", figures)
    heads = [*forms.HEADS[:4], forms.HEADS[6]]
    short = forms.applications_rows("2019", {}, heads=False, width=5)
    other = forms.make_table([[C("", col_span=3), *map(C, heads)], *short], "t4")
    report, _ = read(whole, other)
    assert rows_of(report)["new"].figures["legal_service"].trust == "doubtful"
