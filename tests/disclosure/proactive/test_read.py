from dataclasses import replace
from decimal import Decimal

import pytest

from ocrpipe.disclosure import read_report
from ocrpipe.document import Issue, Table
from ocrpipe.errors import IssueCode
from ocrpipe.report import ProactiveRow
from tests.disclosure import forms
from tests.disclosure.forms import C


def read(*tables: Table) -> tuple[list[ProactiveRow], tuple[Issue, ...]]:
    report, issues = read_report(forms.TITLE_PAGE, tables)
    assert report is not None
    return list(report.proactive.rows), issues


def values(rows: list[ProactiveRow]) -> dict[str, dict[str, object]]:
    return {row.item: {key: figure.value for key, figure in row.figures.items()} for row in rows}


OLD = {
    "规章": {"made_this_year": 1, "published_this_year": 2, "published_total": 3},
    "规范性文件": {"made_this_year": 4, "published_this_year": 5, "published_total": 6},
    "行政许可": {"previous_items": 12, "change": 15, "decisions": 7},
    "其他对外管理服务事项": {"previous_items": 0, "change": 0, "decisions": 0},
    "行政处罚": {"previous_items": 4, "change": -3, "decisions": 1},
    "行政强制": {"previous_items": 8, "change": 0, "decisions": 9},
    "行政事业性收费": {"previous_items": 3, "change": -1},
    "政府集中采购": {"procurement_items": 34, "procurement_amount": Decimal("560.5")},
}
NEW = {
    "规章": {"made_this_year": 1, "repealed_this_year": 0, "in_force": 5},
    "行政规范性文件": {"made_this_year": 2, "repealed_this_year": 3, "in_force": 4},
    "行政许可": {"decisions": 550},
    "行政处罚": {"decisions": 4119},
    "行政强制": {"decisions": 195},
    "行政事业性收费": {"fee_amount": Decimal("7730.28")},
}


def test_the_form_of_2019() -> None:
    rows, issues = read(forms.make_table(forms.PROACTIVE_2019))
    assert values(rows) == OLD
    assert [row.article for row in rows][2] == "第二十条第（五）项"
    assert rows[2].figures["change"].raw == "+15"
    assert rows[2].figures["change"].trust == "read"
    assert IssueCode.REPORT_ROW_MISSING not in {issue.code for issue in issues}


def test_the_form_of_2021() -> None:
    rows, issues = read(forms.make_table(forms.PROACTIVE_2021))
    assert values(rows) == NEW
    assert IssueCode.REPORT_ROW_MISSING not in {issue.code for issue in issues}


def test_a_figure_in_one_cell_with_its_label_is_not_left_out() -> None:
    rows = [list(row) for row in forms.PROACTIVE_2021]
    rows[2] = [C("规章 1", col_span=2), *rows[2][2:]]
    figure = read(forms.make_table(rows))[0][0].figures["made_this_year"]
    assert (figure.value, figure.trust) == (None, "doubtful")


@pytest.mark.parametrize("heading", [[], [[C("三、收到和处理政府信息公开申请情况", col_span=10)]]])
def test_rows_of_another_section_in_the_same_grid_are_none_of_section_2(
    heading: list[list[C]],
) -> None:
    rows, _ = read(
        forms.make_table([*forms.PROACTIVE_2019, *heading, *forms.applications_rows("2019", {})])
    )
    assert values(rows) == OLD


def test_columns_that_an_office_adds_before_and_behind_those_of_the_form_are_passed_over() -> None:
    def wider(number: int, line: list[C]) -> list[C]:
        if len(line) == 1:
            return [C(line[0].text, col_span=6)]
        heading = line[0].text == "信息内容"
        return [C("序号" if heading else str(number)), *line, C("备注" if heading else "")]

    for lines, expected in ((forms.PROACTIVE_2019, OLD), (forms.PROACTIVE_2021, NEW)):
        rows, _ = read(forms.make_table([wider(n, line) for n, line in enumerate(lines)]))
        assert values(rows) == expected
        assert {figure.trust for row in rows for figure in row.figures.values()} == {"read"}


def test_one_table_an_item() -> None:
    lines = forms.PROACTIVE_2019
    starts = [i for i, line in enumerate(lines) if line[0].text.startswith("第二十条")]
    ends = [*starts[1:], len(lines)]
    tables = [
        forms.make_table(lines[start:end], f"t{start}")
        for start, end in zip(starts, ends, strict=True)
    ]
    rows, _ = read(*tables)
    assert values(rows) == OLD


def test_an_article_may_be_parted_from_its_rows_by_a_page_break() -> None:
    upper = forms.make_table(forms.PROACTIVE_2021[:8], "t1")
    lower = forms.make_table(forms.PROACTIVE_2021[8:], "t2", lambda row: 2)
    rows, _ = read(upper, lower)
    assert values(rows) == NEW
    assert [row.article for row in rows][3:5] == ["第二十条第（六）项"] * 2


def test_the_head_that_copies_two_columns_into_one() -> None:
    lines = [list(line) for line in forms.PROACTIVE_2019]
    lines[13][2] = C("本年增/减处理决定数量", col_span=2)
    lines[5][2] = C("本年增/")
    rows, _ = read(forms.make_table(lines))
    assert values(rows) == OLD


def test_an_article_that_was_not_recognised_is_told_by_what_stands_under_it() -> None:
    lines = [list(line) for line in forms.PROACTIVE_2019]
    lines[15] = [C("弟一卡", col_span=4)]
    rows, _ = read(forms.make_table(lines))
    assert values(rows) == OLD
    lines[15] = [C("第二十条第（力）项", col_span=4)]
    rows, _ = read(forms.make_table(lines))
    assert values(rows) == OLD
    assert rows[-1].article == "第二十条第（九）项"


def test_a_head_that_was_misread_is_told_by_its_place() -> None:
    lines = [list(line) for line in forms.PROACTIVE_2021]
    lines[1][2] = C("木仨废正仟歉")
    rows, _ = read(forms.make_table(lines))
    assert values(rows) == NEW


def test_a_row_that_the_form_does_not_know_is_kept_and_doubted() -> None:
    lines = [*forms.PROACTIVE_2021[:4], [C("党内文件"), C("7"), C("8"), C("9")],
             *forms.PROACTIVE_2021[4:]]  # fmt: skip
    rows, issues = read(forms.make_table(lines))
    extra = rows[2]
    assert (extra.item, extra.figures["in_force"].value) == ("党内文件", 9)
    assert {figure.trust for figure in extra.figures.values()} == {"doubtful"}
    assert IssueCode.REPORT_ROW_UNKNOWN in {issue.code for issue in issues}


@pytest.mark.parametrize("label", ["規章", "规草"])
def test_a_misread_label_is_told_by_its_place_and_its_figures_are_doubted(label: str) -> None:
    lines = [list(line) for line in forms.PROACTIVE_2021]
    lines[2] = [C(label), *lines[2][1:]]
    rows, issues = read(forms.make_table(lines))
    assert values(rows) == NEW
    assert {figure.trust for figure in rows[0].figures.values()} == {"doubtful"}
    assert {figure.trust for figure in rows[1].figures.values()} == {"read"}
    assert any("by its place it is 规章" in issue.message for issue in issues)
    assert IssueCode.REPORT_ROW_MISSING not in {issue.code for issue in issues}


def test_another_label_in_the_place_of_an_item_stays_as_it_is() -> None:
    lines = [list(line) for line in forms.PROACTIVE_2021]
    lines[2] = [C("党内文件"), *lines[2][1:]]
    rows, issues = read(forms.make_table(lines))
    assert rows[0].item == "党内文件"
    assert IssueCode.REPORT_ROW_MISSING in {issue.code for issue in issues}


def test_a_number_under_two_heads_belongs_to_none_of_them() -> None:
    lines = [list(line) for line in forms.PROACTIVE_2021]
    lines[3][1:3] = [C("12", col_span=2)]
    rows, _ = read(forms.make_table(lines))
    figures = rows[1].figures
    for key in ("made_this_year", "repealed_this_year"):
        assert (figures[key].state, figures[key].value) == ("unread", None)
    assert figures["in_force"].value == 4


def test_a_misread_figure_costs_its_row_no_other() -> None:
    lines = [
        [C("正丈") if cell.text == "+15" else cell for cell in line]
        for line in forms.PROACTIVE_2019
    ]
    rows, _ = read(forms.make_table(lines))
    figures = {row.item: row.figures for row in rows}["行政许可"]
    assert figures["change"].state == "unread"
    assert (figures["previous_items"].value, figures["decisions"].value) == (12, 7)


def test_a_number_beside_two_rows_is_doubted() -> None:
    """On the paper it stands beside the first or the second: the wall between is lost."""
    lines = [list(line) for line in forms.PROACTIVE_2019]
    first = next(i for i, line in enumerate(lines) if line[0].text == "行政许可")
    lines[first][-1] = replace(lines[first][-1], row_span=2)
    del lines[first + 1][-1]
    rows, _ = read(forms.make_table(lines))
    decisions = {row.item: row.figures for row in rows}["行政许可"]["decisions"]
    assert (decisions.value, decisions.trust) == (7, "doubtful")


def test_blank_cells_stay_blank() -> None:
    lines = [list(line) for line in forms.PROACTIVE_2021]
    lines[2] = [C("规章"), C(""), C(""), C("　")]
    rows, _ = read(forms.make_table(lines))
    assert [figure.state for figure in rows[0].figures.values()] == ["blank"] * 3


def test_an_item_printed_twice_is_kept_once_and_reported() -> None:
    twice = [*forms.PROACTIVE_2021[:7], [C("行政许可"), C("551", col_span=3)],
             *forms.PROACTIVE_2021[7:]]  # fmt: skip
    rows, issues = read(forms.make_table(twice))
    assert values(rows) == NEW
    assert any("twice" in issue.message for issue in issues)
    contradicted = [issue for issue in issues if "has '551' in its place" in issue.message]
    assert [issue.code for issue in contradicted] == [IssueCode.FIGURE_DOUBTFUL]


def test_dust_beside_a_label_does_not_change_its_key() -> None:
    """Paths must be the same over many filings, whatever lay on the glass."""
    table = forms.make_table(forms.PROACTIVE_2019)
    dusty = {"第二十条第（五）项": "•第二十条第（五）项", "行政许可": "行政许可·"}
    cells = tuple(
        cell.model_copy(update={"text": dusty.get(cell.text, cell.text)}) for cell in table.cells
    )
    assert any(cell.text == "行政许可·" for cell in cells)
    rows, _ = read(table.model_copy(update={"cells": cells}))
    assert values(rows) == OLD
    assert rows[2].article == "第二十条第（五）项"


def test_an_item_above_figures_without_a_label_is_doubtful() -> None:
    """A page break cut the figures of the row: 550 and 12 may be one number."""
    lines = list(forms.PROACTIVE_2021)
    at = next(index for index, line in enumerate(lines) if line[0].text == "行政许可")
    lines.insert(at + 1, [C(""), *(C("12", col_span=cell.col_span) for cell in lines[at][1:])])
    rows, _ = read(forms.make_table(lines))
    trusts = {row.item: {figure.trust for figure in row.figures.values()} for row in rows}
    assert trusts["行政许可"] == {"doubtful"}
    assert trusts["行政处罚"] == {"read"}


def test_an_item_under_a_misread_article_has_the_columns_of_its_own() -> None:
    """六 was read as 八, whose one column is not that of 行政处罚."""
    lines = [list(line) for line in forms.PROACTIVE_2021]
    at = next(index for index, line in enumerate(lines) if line[0].text == "第二十条第（六）项")
    lines[at] = [C("第二十条第（八）项", col_span=4)]
    rows, _ = read(forms.make_table(lines))
    assert values(rows) == NEW
    trusts = {row.item: {figure.trust for figure in row.figures.values()} for row in rows}
    assert trusts["行政处罚"] == trusts["行政强制"] == {"doubtful"}
    assert trusts["行政许可"] == trusts["行政事业性收费"] == {"read"}


def test_a_label_beside_several_rows_of_figures_is_doubtful() -> None:
    """The rule between two labels is lost, and the lower one's figures stand in the upper row."""
    lines = [list(line) for line in forms.PROACTIVE_2021]
    lines[2][0] = C("规章行政规范性文件", row_span=2)
    del lines[3][0]
    rows, _ = read(forms.make_table(lines))
    assert {figure.trust for figure in rows[0].figures.values()} == {"doubtful"}
    assert {figure.trust for figure in rows[1].figures.values()} == {"read"}


def test_an_item_under_the_names_of_two_editions_is_of_two_years() -> None:
    rows, _ = read(
        forms.make_table(forms.PROACTIVE_2021, "t1"), forms.make_table(forms.PROACTIVE_2019, "t2")
    )
    named = {row.item: {of.trust for of in row.figures.values()} for row in rows}
    assert named["规范性文件"] == named["行政规范性文件"] == {"doubtful"}
    assert named["行政事业性收费"] == {"doubtful"}
    assert named["政府集中采购"] == {"read"}


def test_columns_beside_a_number_without_a_head_are_doubtful() -> None:
    """Without rules the columns of a scan are those of its text, here of numbers left of theirs."""
    table = forms.make_table(
        [
            [C("信息内容"), C(""), *forms.PROACTIVE_2021[1][1:]],
            [C("规章"), C(""), C("11"), C("6"), C("")],
            [C("行政规范性文件"), C("9"), C("2"), C("2672"), C("")],
        ]
    )
    for origin, trust in (("scanned", "doubtful"), ("digital", "read")):
        cells = tuple(cell.model_copy(update={"origin": origin}) for cell in table.cells)
        rows, _ = read(table.model_copy(update={"cells": cells}))
        assert {of.trust for row in rows for of in row.figures.values()} == {trust}
