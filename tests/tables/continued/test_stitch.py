"""Tables over pages: what belongs together, and what the break cut."""

from dataclasses import replace

import pytest

from ocrpipe.document import Table
from ocrpipe.page import PageTable
from ocrpipe.tables.continued.stitch import stitch
from tests.tables.parts import Entry, entries_of, part, rows, texts

BOTTOM = 770.0
XS = (60.0, 200.0, 320.0, 440.0)
FORM_XS = (60.0, 80.0, 160.0, 260.0, 330.0, 400.0, 470.0)


def only(*parts: PageTable) -> Table:
    (table,) = stitch(parts)
    return table


def cell(table: Table, row: int, col: int) -> tuple[int, int, str, list[int]]:
    (found,) = [one for one in table.cells if (one.row, one.col) == (row, col)]
    return found.row_span, found.col_span, found.text, [one.page for one in found.regions]


def figures(row: int, values: str, start: int = 3) -> list[Entry]:
    return [
        (row, start + index, 1, 1, "" if value == "_" else value)
        for index, value in enumerate(values)
    ]


def plain(page: int, *lines: str, **options: object) -> PageTable:
    return part(rows(*lines), page, xs=XS, **options)  # type: ignore[arg-type]


def test_one_table_over_three_pages() -> None:
    table = only(
        plain(1, "项目|预算|决算", "教育|1|2", bottom=BOTTOM),
        plain(2, "卫生|3|4", "交通|5|6", bottom=BOTTOM),
        plain(3, "合计|9|12"),
    )
    assert texts(table) == ["项目|预算|决算", "教育|1|2", "卫生|3|4", "交通|5|6", "合计|9|12"]
    assert table.pages == (1, 2, 3)
    assert [region.page for one in table.cells for region in one.regions] == [1] * 6 + [2] * 6 + [
        3
    ] * 3


def test_a_repeated_header_is_dropped_also_when_a_character_is_misread() -> None:
    header = "功能分类科目名称|年初预算数|本年决算数"
    table = only(
        plain(1, header, "教育|1|2", bottom=BOTTOM),
        plain(2, "功能分类科日名称|年初预算数|本年决算数", "卫生|3|4", bottom=BOTTOM),
        plain(3, header, "交通|5|6"),
    )
    assert texts(table) == [header, "教育|1|2", "卫生|3|4", "交通|5|6"]


def test_a_header_that_a_page_ends_with_is_dropped_where_it_is_repeated() -> None:
    """Browsers part a header that does not fit, and print all of it on the next page."""
    head = (0, 0, 1, 1, "行政复议"), (0, 1, 1, 2, "行政诉讼")
    below = [*head, *rows("", "维持|维持|纠正", "1|2|3")[1:]]
    table = only(part([*head], 1, xs=XS, top=BOTTOM - 20, bottom=BOTTOM), part(below, 2, xs=XS))
    assert texts(table)[1:] == ["维持|维持|纠正", "1|2|3"]
    assert table.n_rows == 3


@pytest.mark.parametrize("count", ["栏次|1|2", "甲|1|2", "|1|2"])
def test_the_numbers_of_the_columns_are_dropped_with_the_header_that_they_belong_to(
    count: str,
) -> None:
    header = "项目|预算|决算"
    table = only(
        plain(1, header, count, "教育|3|4", bottom=BOTTOM),
        plain(2, header, count, "卫生|5|6"),
    )
    assert texts(table) == [header, count, "教育|3|4", "卫生|5|6"]


def test_a_row_of_figures_that_are_no_count_is_kept_on_both_pages() -> None:
    header, same = "项目|预算|决算", "其他|1|3"
    table = only(plain(1, header, same, bottom=BOTTOM), plain(2, header, same))
    assert texts(table) == [header, same, same]


def test_a_header_of_three_rows_is_dropped_though_one_of_its_cells_was_not_read() -> None:
    def header(last: str) -> list[Entry]:
        return [
            (0, 0, 3, 3, "（本列数据的勾稽关系：一加二之和）"), (0, 3, 1, 3, "申请人情况"),
            (1, 3, 2, 1, "自然人"), (1, 4, 1, 2, "法人或其他组织"),
            (2, 4, 1, 1, "商业企业"), (2, 5, 1, 1, last),
        ]  # fmt: skip

    table = only(
        part([*header("社会公益"), (3, 0, 1, 3, "一、新收"), *figures(3, "123")], 1,
             xs=FORM_XS, bottom=BOTTOM),
        part([*header(""), (3, 0, 1, 3, "二、结转"), *figures(3, "456")], 2, xs=FORM_XS),
    )  # fmt: skip
    assert table.n_rows == 5
    assert cell(table, 4, 0) == (1, 3, "二、结转", [2])


def test_a_repeated_header_is_dropped_though_false_rules_split_one_of_its_cells() -> None:
    rest: list[Entry] = [
        (0, 3, 1, 3, "申请人情况"), (1, 3, 2, 1, "自然人"), (1, 4, 1, 2, "法人或其他组织"),
        (2, 4, 1, 1, "商业企业"), (2, 5, 1, 1, "社会公益"),
    ]  # fmt: skip
    whole: list[Entry] = [(0, 0, 3, 3, "（本列数据的勾稽关系：一加二之和）")]
    split: list[Entry] = [
        (0, 0, 1, 3, ""), (1, 0, 1, 3, "（本列数据的勾稽关系：一加二之和）"), (2, 0, 1, 3, ""),
    ]  # fmt: skip
    table = only(
        part([*whole, *rest, (3, 0, 1, 3, "一、新收"), *figures(3, "123")], 1,
             xs=FORM_XS, bottom=BOTTOM),
        part([*split, *rest, (3, 0, 1, 3, "二、结转"), *figures(3, "456")], 2, xs=FORM_XS),
    )  # fmt: skip
    assert table.n_rows == 5
    assert cell(table, 4, 0) == (1, 3, "二、结转", [2])


@pytest.mark.parametrize("falsely_ruled", ["first", "second"])
def test_a_repeated_header_is_dropped_though_a_false_rule_gives_it_another_row(
    falsely_ruled: str,
) -> None:
    whole: list[Entry] = [
        (0, 0, 2, 1, "项目"), (0, 1, 1, 2, "金额"), (1, 1, 1, 1, "预算数"), (1, 2, 1, 1, "决算数"),
        (2, 0, 1, 1, "教育"), (2, 1, 1, 1, "1"), (2, 2, 1, 1, "2"),
    ]  # fmt: skip
    split: list[Entry] = [
        (0, 0, 3, 1, "项目"), (0, 1, 1, 2, "金额"), (1, 1, 1, 1, "预算数"), (2, 1, 1, 1, ""),
        (1, 2, 2, 1, "决算数"), (3, 0, 1, 1, "卫生"), (3, 1, 1, 1, "3"), (3, 2, 1, 1, "4"),
    ]  # fmt: skip
    first, second = (whole, split) if falsely_ruled == "second" else (split, whole)
    table = only(part(first, 1, xs=XS, bottom=BOTTOM), part(second, 2, xs=XS))
    assert [cell.text for cell in table.cells].count("项目") == 1
    assert texts(table)[-1] == ("卫生|3|4" if falsely_ruled == "second" else "教育|1|2")


def test_a_repeated_header_is_dropped_though_one_of_its_heads_has_a_figure_below_it() -> None:
    """What a coarse fax made of the rule below the last head: one dot."""
    head: list[Entry] = [
        (0, 0, 2, 1, "（本列数据的勾稽关系：一加二之和）"), (0, 1, 1, 2, "申请人情况"),
        (1, 1, 1, 1, "自然人"),
    ]  # fmt: skip
    joined: list[Entry] = [
        *head, (1, 2, 2, 1, "总计5"), (2, 0, 1, 1, "一、新收"), (2, 1, 1, 1, "5"),
    ]  # fmt: skip
    whole: list[Entry] = [
        *head, (1, 2, 1, 1, "总计"),
        (2, 0, 1, 1, "二、结转"), (2, 1, 1, 1, "7"), (2, 2, 1, 1, "7"),
    ]  # fmt: skip
    table = only(part(joined, 1, xs=XS, bottom=BOTTOM), part(whole, 2, xs=XS))
    assert table.n_rows == 4
    assert cell(table, 3, 0) == (1, 1, "二、结转", [2])


@pytest.mark.parametrize(("misread", "count"), [((), 3), (("商业企业", "科研机构"), 4)])
def test_a_repeated_header_is_dropped_though_its_longest_text_is_misread_as_a_whole(
    misread: tuple[str, ...], count: int
) -> None:
    """A copy of a copy."""
    heads = ("商业企业", "科研机构", "公益组织", "法律服务", "自然人", "总计")
    xs = tuple(60.0 * column for column in range(1, 9))

    def page(number: int, long: str, label: str, **options: float) -> PageTable:
        shown = [word[:1] if number > 1 and word in misread else word for word in heads]
        lines = ["|".join([long, *shown]), "|".join([label, *"123456"])]
        return part(rows(*lines), number, xs=xs, **options)  # type: ignore[arg-type]

    table = only(
        page(1, "（本列数据的勾稽关系：一加二等于三加四）", "一、新收", bottom=BOTTOM),
        page(2, "本列數鋁旳勾格夫系通二亍弟三項四項", "二、结转"),
    )  # fmt: skip
    assert table.n_rows == count


def test_a_repeated_header_with_merged_heads_is_dropped_though_half_of_them_are_misread() -> None:
    """A coarse fax."""

    def page(number: int, long: str, total: str, label: str, **options: float) -> PageTable:
        cells: list[Entry] = [
            (0, 0, 3, 3, long), (0, 3, 1, 4, "申请人情况"), (1, 3, 2, 1, "自然人"),
            (1, 4, 1, 2, "法人或其他组织"), (2, 4, 1, 1, "商业企业"), (2, 5, 1, 1, "科研机构"),
            (1, 6, 2, 1, total), (3, 0, 1, 3, label), *figures(3, "1236"),
        ]  # fmt: skip
        return part(cells, number, xs=(*FORM_XS, 540.0), **options)  # type: ignore[arg-type]

    first = page(1, "（本列数据的勾稽关系）", "总计", "一、新收", bottom=BOTTOM)
    table = only(first, page(2, "C本勾", "Ωil", "二、结转"))
    assert table.n_rows == 5


def test_equal_rows_of_figures_are_no_header() -> None:
    table = only(plain(1, "0|0|0", "0|1|0", bottom=BOTTOM), plain(2, "0|0|0", "0|1|0", "1|1|1"))
    assert texts(table) == ["0|0|0", "0|1|0", "0|0|0", "0|1|0", "1|1|1"]


@pytest.mark.parametrize(
    "second",
    [
        plain(3, "合计|9|12"),
        plain(2, "合计|9|12", first=False),
        plain(2, "合计|9|12", caption="表二 收入"),
        part(rows("合计|9|12"), 2, xs=(60, 100, 240, 440)),
        part(rows("合计|9|12"), 2, xs=(60, 150, 200, 260)),
    ],
    ids=["a page between", "text above", "another caption", "other columns", "narrower"],
)
def test_another_table_stays_one(second: PageTable) -> None:
    first = plain(1, "项目|预算|决算", "教育|1|2", bottom=BOTTOM, caption="表一 支出")
    assert [table.id for table in stitch([first, second])] == ["t1", "t2"]


def test_a_table_that_ends_high_on_its_page_or_above_text_does_not_go_on() -> None:
    assert len(stitch([plain(1, "a|1|2"), plain(2, "b|3|4")])) == 2
    assert len(stitch([plain(1, "a|1|2", bottom=BOTTOM, last=False), plain(2, "b|3|4")])) == 2


def test_a_table_that_ends_high_goes_on_where_the_header_or_many_columns_say_so() -> None:
    head = "项目|预算|决算"
    table = only(plain(1, head, "教育|1|2"), plain(2, head, "卫生|3|4"))
    assert texts(table) == [head, "教育|1|2", "卫生|3|4"]
    wide = (60, 130, 190, 240, 300, 350, 400, 440)
    upper = part(rows("教育|1|2|3|4|5|6"), 1, xs=wide)
    assert only(upper, part(rows("卫生|3|4|5|6|7|8"), 2, xs=wide)).n_rows == 2


def test_pages_of_a_scan_are_shifted_and_scaled_by_themselves() -> None:
    moved = tuple(25 + 1.015 * x for x in XS)
    table = only(
        plain(1, "项目|预算|决算", "教育|1|2", bottom=BOTTOM),
        part(rows("卫生|3|4"), 2, xs=moved, bottom=BOTTOM),
        plain(3, "交通|5|6"),
    )
    assert texts(table)[2:] == ["卫生|3|4", "交通|5|6"]
    assert table.cells[6].regions[0].bbox.x0 == pytest.approx(moved[0])


def test_a_part_that_lost_its_outer_rule_is_put_on_the_columns_above_it() -> None:
    xs = (60.0, 200.0, 260.0, 320.0, 380.0, 440.0)
    lines = ["单位|年|月|日|数", "甲|1|2|3|4"]
    upper = [(row, col, 1, 1, text) for row, line in enumerate(lines)
             for col, text in enumerate(line.split("|"))]  # fmt: skip
    lower = [(0, col, 1, 1, text) for col, text in enumerate(["乙", "5", "6", "7", "8"])]
    table = only(
        part(upper, 1, xs=xs, bottom=BOTTOM),
        part(lower, 2, xs=(60.0, 200.0, 260.0, 320.0, 380.0, 425.0)),
    )
    assert texts(table) == [*lines, "乙|5|6|7|8"]


def test_a_part_that_lacks_column_edges_is_put_on_those_of_the_whole() -> None:
    upper = part(
        [(0, 0, 1, 2, "一、总数"), *figures(0, "12", 2), (1, 0, 1, 1, "二"), (1, 1, 1, 1, "小"),
         *figures(1, "34", 2)],
        1, xs=(60, 100, 200, 320, 440), bottom=BOTTOM,
    )  # fmt: skip
    table = only(upper, part(rows("三、总计|5|6"), 2, xs=(60, 200, 320, 440)))
    assert table.n_cols == 4
    assert entries_of(table)[-3:] == [
        (2, 0, 1, 2, "三、总计"),
        (2, 2, 1, 1, "5"),
        (2, 3, 1, 1, "6"),
    ]
    table = only(part(rows("三、总计|5|6"), 1, xs=(60, 200, 320, 440), bottom=BOTTOM), *[
        PageTable(upper.table.model_copy(update={"pages": (2,), "cells": tuple(
            one.model_copy(update={"regions": (one.regions[0].model_copy(update={"page": 2}),)})
            for one in upper.table.cells
        )}), upper.box, 2, 595, 842, True, True)
    ])  # fmt: skip
    assert entries_of(table)[0] == (0, 0, 1, 2, "三、总计")


def test_an_all_empty_column_stays() -> None:
    table = only(plain(1, "项目|备注|决算", "教育||2", bottom=BOTTOM), plain(2, "卫生||4"))
    assert texts(table) == ["项目|备注|决算", "教育||2", "卫生||4"]


def upper_half(label: str, group: str, last: str, values: str = "000") -> PageTable:
    """The statutory matrix down to the second row of （四）."""
    return part(
        [
            (0, 0, 1, 3, ""), (0, 3, 1, 1, "自然人"), (0, 4, 1, 1, "其他"), (0, 5, 1, 1, "总计"),
            (1, 0, 1, 3, "一、本年新收"), *figures(1, "101"),
            (2, 0, 3, 1, label), (2, 1, 1, 2, "（一）予以公开"), *figures(2, "___"),
            (3, 1, 2, 1, group), (3, 2, 1, 1, "1.本机关不掌握"), *figures(3, "___"),
            (4, 2, 1, 1, last), *figures(4, values),
        ],
        1, xs=FORM_XS, bottom=BOTTOM,
    )  # fmt: skip


def lower_half(label: str, group: str, first: str, values: str = "___") -> PageTable:
    return part(
        [
            (0, 0, 4, 1, label), (0, 1, 2, 1, group), (0, 2, 1, 1, first), *figures(0, values),
            (1, 2, 1, 1, "4.其他"), *figures(1, "___"),
            (2, 1, 1, 2, "（六）其他处理"), *figures(2, "___"),
            (3, 1, 1, 2, "（七）总计"), *figures(3, "000"),
            (4, 0, 1, 3, "四、结转"), *figures(4, "101"),
        ],
        2, xs=FORM_XS,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("above", "below", "label"),
    [
        ("三、本年度办理结果", "", "三、本年度办理结果"),
        ("", "三、本年度办理结果", "三、本年度办理结果"),
        ("三、本年度办", "理结果", "三、本年度办理结果"),
        ("三、本年度办理结果", "三、本年度办理结果", "三、本年度办理结果"),
        ("三、本年度办理结果", "本年度办理结果", "三、本年度办理结果"),
        ("三、本年度办理结果", "三本果", "三、本年度办理结果"),
        ("二1本年度办理结果", "三、本年度办理结果", "三、本年度办理结果"),
        ("三、本年度办理结果", "二本年度办理结果", "三、本年度办理结果"),
    ],
)
def test_a_label_that_spans_the_break_is_one_cell(above: str, below: str, label: str) -> None:
    table = only(
        upper_half(above, "（四）无法提供", "2.没有现成信息"), lower_half(below, "", "3.补正后")
    )
    assert cell(table, 2, 0) == (7, 1, label, [1, 2])
    assert cell(table, 3, 1) == (4, 1, "（四）无法提供", [1, 2])
    assert cell(table, 4, 2) == (1, 1, "2.没有现成信息", [1])
    assert cell(table, 5, 2) == (1, 1, "3.补正后", [2])
    assert table.n_rows == 10


def test_a_group_is_one_cell_though_its_label_stands_on_the_third_page() -> None:
    upper = part(
        [
            (0, 0, 1, 3, ""), (0, 3, 1, 1, "自然人"), (0, 4, 1, 1, "其他"), (0, 5, 1, 1, "总计"),
            (1, 0, 3, 1, "三、结果"), (1, 1, 2, 1, "（四）无法提供"), (1, 2, 1, 1, "1.不掌握"),
            (2, 2, 1, 1, "2.没有现成信息"), (3, 1, 1, 1, ""), (3, 2, 1, 1, "1.信访举报"),
            *figures(1, "000"), *figures(2, "000"), *figures(3, "000"),
        ],
        1, xs=FORM_XS, bottom=BOTTOM,
    )  # fmt: skip
    middle = part(
        [(0, 0, 1, 1, ""), (0, 1, 1, 1, ""), (0, 2, 1, 1, "2.重复申请"), *figures(0, "000")],
        2, xs=FORM_XS, bottom=BOTTOM,
    )  # fmt: skip
    lower = part(
        [
            (0, 0, 2, 1, ""), (0, 1, 2, 1, "（五）不予处理"), (0, 2, 1, 1, "3.要求提供"),
            (1, 2, 1, 1, "4.反复申请"), *figures(0, "000"), *figures(1, "000"),
        ],
        3, xs=FORM_XS,
    )  # fmt: skip
    table = only(upper, middle, lower)
    assert cell(table, 3, 1) == (4, 1, "（五）不予处理", [1, 2, 3])


def test_a_group_label_cut_by_the_break_is_one_cell_though_each_page_has_one_row_of_it() -> None:
    upper = part(
        [
            (0, 0, 1, 3, ""), (0, 3, 1, 1, "自然人"), (0, 4, 1, 1, "其他"), (0, 5, 1, 1, "总计"),
            (1, 0, 3, 1, "三、结果"), (1, 1, 2, 1, "（四）无法提供"), (1, 2, 1, 1, "1.不掌握"),
            (2, 2, 1, 1, "2.没有现成信息"), (3, 1, 1, 1, "（五）不予"), (3, 2, 1, 1, "1.信访举报"),
            *figures(1, "000"), *figures(2, "000"), *figures(3, "000"),
        ],
        1, xs=FORM_XS, bottom=BOTTOM,
    )  # fmt: skip
    lower = part(
        [(0, 0, 1, 1, ""), (0, 1, 1, 1, "处理"), (0, 2, 1, 1, "2.重复申请"), *figures(0, "000")],
        2, xs=FORM_XS,
    )  # fmt: skip
    assert cell(only(upper, lower), 3, 1) == (2, 1, "（五）不予处理", [1, 2])


def test_groups_with_other_numbers_and_the_same_words_are_two() -> None:
    table = only(
        upper_half("三、结果", "（四）其他各类情形", "2.没有现成信息"),
        lower_half("", "（五）其他各类情形", "1.信访举报"),
    )
    assert cell(table, 3, 1)[:3] == (2, 1, "（四）其他各类情形")


def test_a_group_that_begins_with_the_page_is_a_cell_of_its_own() -> None:
    table = only(
        upper_half("三、结果", "（四）无法提供", "2.没有现成信息"),
        lower_half("", "（五）不予处理", "1.信访举报"),
    )
    assert cell(table, 2, 0) == (7, 1, "三、结果", [1, 2])
    assert cell(table, 3, 1)[:3] == (2, 1, "（四）无法提供")
    assert cell(table, 5, 1)[:3] == (2, 1, "（五）不予处理")


@pytest.mark.parametrize("values", ["___", "0_0", "无无无"])
def test_blank_and_printed_figures_are_not_joined(values: str) -> None:
    table = only(
        upper_half("三、结果", "（四）无法提供", "2.没有现成信息", values),
        lower_half("", "", "3.补正后", values),
    )
    for col in range(3, 6):
        assert [cell(table, row, col)[0] for row in (4, 5)] == [1, 1]


@pytest.mark.parametrize(
    ("below", "joined"), [("本年度办理结果", True), ("P4、其他办理结果", False)]
)
def test_a_label_of_many_rows_goes_on_below_what_was_misread_where_all_others_are_numbered(
    below: str, joined: bool
) -> None:
    """Of 三、本年度办理结果 the first row, which ends a page, has the number alone."""
    upper = part(
        [
            (0, 0, 1, 3, ""), (0, 3, 1, 1, "自然人"), (0, 4, 1, 1, "其他"), (0, 5, 1, 1, "总计"),
            (1, 0, 1, 3, "一、本年新收"), (2, 0, 1, 3, "二、上年结转"),
            (3, 0, 1, 1, "二1一"), (3, 1, 1, 2, "（一）予以公开"),
            *figures(1, "000"), *figures(2, "000"), *figures(3, "000"),
        ],
        1, xs=FORM_XS, bottom=BOTTOM,
    )  # fmt: skip
    lower = part(
        [
            (0, 0, 3, 1, below), (0, 1, 1, 2, "（二）部分公开"), (1, 1, 2, 1, "（三）不予公开"),
            (1, 2, 1, 1, "1.国家秘密"), (2, 2, 1, 1, "2.法律禁止"),
            *figures(0, "000"), *figures(1, "000"), *figures(2, "000"),
        ],
        2, xs=FORM_XS,
    )  # fmt: skip
    table = only(upper, lower)
    assert (cell(table, 3, 0)[0] == 4) == joined


def test_a_row_cut_through_its_label_is_one_row() -> None:
    table = only(
        upper_half("三、结果", "（五）", "1.信访举报投诉类申", "___"),
        lower_half("", "不予处理", "请", "___"),
    )
    assert table.n_rows == 9
    assert cell(table, 4, 2) == (1, 1, "1.信访举报投诉类申请", [1, 2])
    assert cell(table, 4, 3) == (1, 1, "", [1, 2])
    assert cell(table, 3, 1) == (3, 1, "（五）不予处理", [1, 2])
    assert cell(table, 2, 0)[0] == 6


def test_two_rows_with_figures_are_two_rows_whatever_their_labels() -> None:
    table = only(
        upper_half("三、结果", "（五）", "1.信访举报投诉类申", "000"),
        lower_half("", "不予处理", "请", "000"),
    )
    assert table.n_rows == 10


def test_a_header_cell_cut_in_its_bracket_is_one_cell() -> None:
    upper = part(
        [(0, 0, 1, 1, "（本列数据的勾稽关系为：第一项加第"), (0, 1, 1, 1, "申请人情况")],
        1, xs=(60.0, 260.0, 470.0), bottom=BOTTOM,
    )  # fmt: skip
    lower = part(
        [
            (0, 0, 2, 3, "二项之和，等于第三项加第四项之和）"),
            (0, 3, 2, 1, "自然人"), (0, 4, 1, 2, "法人或其他组织"),
            (1, 4, 1, 1, "其他"), (1, 5, 1, 1, "总计"),
            (2, 0, 1, 3, "一、本年新收"), *figures(2, "101"),
        ],
        2, xs=FORM_XS,
    )  # fmt: skip
    table = only(upper, lower)
    whole = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
    assert cell(table, 0, 0) == (3, 3, whole, [1, 2])
    assert cell(table, 0, 3)[:3] == (1, 3, "申请人情况")


def test_a_row_of_figures_below_the_head_is_a_row_though_some_of_its_cells_are_blank() -> None:
    """Heads without a figure below them looked like labels, and those that span rows went on."""
    heads = [(0, 0, 1, 3, "复议"), (0, 3, 1, 3, "诉讼")]
    heads += [(1, col, 2, 1, head) for col, head in enumerate(("维持", "纠正", "总计"))]
    heads += [(1, 3, 1, 3, "起诉"), *((2, col, 1, 1, f"结果{col}") for col in (3, 4, 5))]
    table = only(
        part(heads, 1, xs=FORM_XS, bottom=BOTTOM),
        part(figures(0, "2_2345", start=0), 2, xs=FORM_XS),
    )
    assert table.n_rows == 4
    assert cell(table, 1, 1) == (2, 1, "纠正", [1])
    assert cell(table, 3, 1) == (1, 1, "", [2])


def test_a_break_between_the_rows_of_a_head_leaves_its_cells_whole() -> None:
    """Blank cells of the head's last row looked like a row of their own."""
    heads = [(0, 0, 1, 3, "复议"), (0, 3, 1, 3, "诉讼")]
    heads += [(1, col, 1, 1, head) for col, head in enumerate(("维持", "纠正", "总计"))]
    heads += [(1, 3, 1, 3, "起诉")]
    rest = [(0, col, 1, 1, "") for col in (0, 1, 2)]
    rest += [(0, col, 1, 1, f"结果{col}") for col in (3, 4, 5)]
    rest += figures(1, "202_45", start=0)
    table = only(part(heads, 1, xs=FORM_XS, bottom=BOTTOM), part(rest, 2, xs=FORM_XS))
    assert table.n_rows == 4
    assert [cell(table, 1, col) for col in (0, 1, 2)] == [
        (2, 1, "维持", [1, 2]), (2, 1, "纠正", [1, 2]), (2, 1, "总计", [1, 2]),
    ]  # fmt: skip
    assert cell(table, 2, 3) == (1, 1, "结果3", [2])


def test_a_row_of_texts_cut_by_the_break_is_one_row() -> None:
    table = only(
        plain(1, "1|采购|按规定程", "2|验收|由使用部门与", bottom=BOTTOM),
        plain(2, "||供应商共同验收", "3|付款|按合同办理"),
    )
    assert texts(table) == [
        "1|采购|按规定程",
        "2|验收|由使用部门与供应商共同验收",
        "3|付款|按合同办理",
    ]


@pytest.mark.parametrize(
    ("last", "rest"),
    [
        ("1.受理 2.审查 3.决", "4.送达"),
        ("（一）受理；（二）审查", "（三）送达"),
        ("①受理②审查", "③送达"),
        ("一、受理", "二、审查"),
    ],
)
def test_a_row_cut_between_items_of_a_list_is_one_row(last: str, rest: str) -> None:
    above = f"2|验收|由使用部门与|{last}"
    below = f"||供应商共同验收|{rest}"
    xs = (*XS, 520.0)
    table = only(
        part(rows("1|采购|按规定|1.公告", above), 1, xs=xs, bottom=BOTTOM),
        part(rows(below, "3|付款|按合同办理|1.申请"), 2, xs=xs),
    )
    assert texts(table)[1] == f"2|验收|由使用部门与供应商共同验收|{last}{rest}"
    assert table.n_rows == 3


def test_an_item_that_does_not_follow_the_last_one_begins_a_row() -> None:
    table = only(
        plain(1, "1|采购|1.公告", "2|验收|1.抽样 2.检验", bottom=BOTTOM),
        plain(2, "||1.申请", "3|付款|1.转账"),
    )
    assert table.n_rows == 4


def test_equal_labels_of_single_rows_are_two_rows() -> None:
    table = only(plain(1, "单位|年|数", "甲|1|2", bottom=BOTTOM), plain(2, "甲|3|4", "乙|5|6"))
    assert texts(table) == ["单位|年|数", "甲|1|2", "甲|3|4", "乙|5|6"]


def test_equal_labels_of_single_rows_are_two_rows_though_heads_above_them_span_rows() -> None:
    def page(number: int, *lines: str) -> PageTable:
        heads: list[Entry] = [
            (0, 0, 2, 1, "采购单位"),
            (0, 1, 2, 1, "采购项目"),
            (0, 2, 1, 2, "金额"),
        ]
        heads += [(1, 2, 1, 1, "预算"), (1, 3, 1, 1, "合同")]
        entries = [(2 + row, *rest) for row, *rest in rows(*lines)]
        xs = (60.0, 160.0, 300.0, 370.0, 440.0)
        return part([*heads, *entries], number, xs=xs, bottom=BOTTOM if number == 1 else None)

    lines = ("甲县教育局|校舍维修|1|2", "乙县教育局|校舍维修|3|4")
    table = only(page(1, *lines), page(2, "丙县教育局|校舍维修|5|6", "丁县教育局|运维|7|8"))
    assert table.n_rows == 6
    assert cell(table, 3, 1) == (1, 1, "校舍维修", [1])


def test_a_form_that_ends_high_goes_on_though_its_label_columns_begin_on_the_next_page() -> None:
    xs = (60.0, 90.0, 200.0, 280.0, 330.0, 370.0, 420.0, 470.0, 540.0)
    upper = part([(0, 0, 1, 1, "一、新收"), *figures(0, "123456", 1)], 1,
                 xs=(60.0, *xs[2:]), top=90.0)  # fmt: skip
    lower = part([(0, 0, 1, 1, "三、结果"), (0, 1, 1, 1, "（一）予以公开"),
                  *figures(0, "654321", 2)], 2, xs=xs)  # fmt: skip
    table = only(upper, lower)
    assert (table.n_rows, table.n_cols) == (2, 8)
    assert cell(table, 0, 0) == (1, 2, "一、新收", [1])


def test_tables_that_end_high_and_share_some_columns_stay_two() -> None:
    xs = (60.0, 150.0, 210.0, 280.0, 330.0, 370.0, 420.0, 470.0)
    other = (60.0, 180.0, *xs[2:7], 445.0, 470.0)
    upper = part([(0, 0, 1, 1, "甲"), *figures(0, "123456", 1)], 1, xs=xs, top=90.0)
    lower = part([(0, 0, 1, 1, "乙"), *figures(0, "6543217", 1)], 2, xs=other)
    assert len(stitch([upper, lower])) == 2


@pytest.mark.parametrize(("label", "rows_above"), [("（三）不予公开", 1), ("农村", 2)])
def test_a_group_label_printed_again_is_one_cell(label: str, rows_above: int) -> None:
    upper = part(
        [
            (0, 0, rows_above, 1, "城镇"),
            *[(row, 0, 1, 1, "其他") for row in range(rows_above, 2)],
            (2, 0, 1, 1, label),
            *[(row, 1, 1, 1, f"第{row}类") for row in range(3)],
            *[(row, 2, 1, 1, "1") for row in range(3)],
        ],
        1,
        xs=XS,
        bottom=BOTTOM,
    )
    table = only(upper, plain(2, f"{label}|男|2", "合计|全部|3"))
    assert cell(table, 2, 0) == (2, 1, label, [1, 2])


def test_no_tables() -> None:
    assert stitch([]) == ()


@pytest.mark.parametrize(
    ("count", "width", "tables"), [(8, 800.0, 1), (8, 595.0, 2), (3, 800.0, 2)]
)
def test_a_page_cut_out_of_its_photograph_goes_on_on_one_that_was_not(
    count: int, width: float, tables: int
) -> None:
    """Where the ground is seen on one page alone, the columns tell, if they are enough."""
    line = "|".join("123456789"[:count])
    upper = part(rows(line, line), 1, xs=[30.0 + 66 * n for n in range(count + 1)], bottom=BOTTOM)
    lower = part(rows(line), 2, xs=[116.0 + 50 * n for n in range(count + 1)])
    assert len(stitch([upper, replace(lower, page_width=width)])) == tables
