"""Rows and labels that a page break cuts: their text runs on, and nothing else does."""

import pytest

from ocrpipe.document import Table
from ocrpipe.page import PageTable
from ocrpipe.tables.continued.stitch import stitch
from tests.tables.parts import Entry, part, rows, texts

XS = (60.0, 90.0, 160.0, 360.0, 520.0)
HEIGHT = 60.0
BOTTOM = 770.0
LONG = "因不履行或者不正确履行职责，有下列情形的，应承担相应责任"
WHOLE = f"{LONG}：1.不予受理的；2.未严格审查的。"


def only(*parts: PageTable) -> Table:
    (table,) = stitch(parts)
    return table


def upper(*entries: Entry) -> PageTable:
    return part(entries, 1, xs=XS, row_height=HEIGHT, bottom=BOTTOM)


def lower(*entries: Entry) -> PageTable:
    return part(entries, 2, xs=XS, row_height=HEIGHT)


def places(table: Table) -> dict[tuple[int, int], tuple[int, str]]:
    return {(cell.row, cell.col): (cell.row_span, cell.text) for cell in table.cells}


HEAD: tuple[Entry, ...] = (
    (0, 0, 1, 1, "序号"), (0, 1, 1, 1, "类别"), (0, 2, 1, 1, "事项"), (0, 3, 1, 1, "追责情形"),
)  # fmt: skip


def group(row: int, number: str, kind: str, items: tuple[str, ...], said: str) -> list[Entry]:
    """A group of rows, one an item, beside its number, its kind and what is said of it."""
    span = len(items)
    whole: list[Entry] = [
        (row, 0, span, 1, number), (row, 1, span, 1, kind), (row, 3, span, 1, said),
    ]  # fmt: skip
    return [*whole, *((row + index, 2, 1, 1, item) for index, item in enumerate(items))]


GROUPS = (
    *HEAD,
    *group(1, "1", "行政许可", ("1.受理责任：公示材料。", "2.审查责任：审核材料。"), WHOLE),
    *group(3, "2", "行政处罚", ("1.立案责任：决定立案。", "2.调查责任：指定专人。"), WHOLE),
)


def test_a_group_with_its_number_goes_on_over_the_break_and_so_does_what_is_said_of_it() -> None:
    table = only(
        upper(*GROUPS, *group(5, "3", "行政强制", ("1.催告责任：催告。",), LONG)),
        lower(
            *group(0, "", "", ("2.决定责任：决定。", "3.执行责任：执行。"), "：1.不予受理的；"),
            *group(2, "4", "行政检查", ("1.检查责任：检查。",), WHOLE),
        ),
    )
    cells = places(table)
    assert cells[5, 0] == (3, "3")
    assert cells[5, 1] == (3, "行政强制")
    assert cells[5, 3] == (3, f"{LONG}：1.不予受理的；")
    assert [cells[row, 2][1] for row in (5, 6)] == ["1.催告责任：催告。", "2.决定责任：决定。"]
    assert cells[8, 0] == (1, "4")


def test_a_sentence_that_breaks_off_goes_on_below_though_another_row_begins_there() -> None:
    table = only(
        upper(*GROUPS, *group(5, "3", "行政强制", ("1.催告责任：催告。",), LONG)),
        lower(
            *group(0, "", "", ("2.决定责任：决定。",), "并且依法处理。"),
            *group(1, "4", "行政检查", ("1.检查责任：检查。",), WHOLE),
        ),
    )
    assert places(table)[5, 3] == (2, f"{LONG}并且依法处理。")
    assert places(table)[6, 2] == (1, "2.决定责任：决定。")


def test_a_row_of_a_group_is_cut_where_its_text_ends_with_a_comma() -> None:
    table = only(
        upper(*GROUPS, *group(5, "3", "行政强制", ("1.催告责任：制作催告书、",), LONG)),
        lower(
            *group(0, "", "", ("送达催告书。", "2.决定责任：决定。"), "：1.不予受理的；"),
            *group(2, "4", "行政检查", ("1.检查责任：检查。",), WHOLE),
        ),
    )
    cells = places(table)
    assert cells[5, 2] == (1, "1.催告责任：制作催告书、送达催告书。")
    assert cells[5, 0] == (2, "3")
    assert cells[6, 2] == (1, "2.决定责任：决定。")
    assert cells[7, 0] == (1, "4")


def test_the_rest_of_a_row_of_which_only_the_label_of_its_group_goes_on_is_no_row() -> None:
    table = only(
        upper(*GROUPS, *group(5, "3", "行政强制", ("1.催告责任：催告。",), LONG[:20])),
        lower(
            *group(0, "", "", ("", "2.决定责任：决定。"), LONG[20:] + "。"),
            *group(2, "4", "行政检查", ("1.检查责任：检查。",), WHOLE),
        ),
    )
    cells = places(table)
    assert cells[5, 3] == (2, LONG + "。")
    assert cells[5, 2] == (1, "1.催告责任：催告。")
    assert cells[6, 2] == (1, "2.决定责任：决定。")


def test_a_group_of_which_the_same_is_said_is_another_where_its_number_is_the_next() -> None:
    table = only(
        upper(*GROUPS),
        lower(*group(0, "3", "行政强制", ("1.催告责任：催告。", "2.决定责任：决定。"), WHOLE)),
    )
    assert places(table)[3, 3] == (2, WHOLE)
    assert places(table)[5, 3] == (2, WHOLE)


@pytest.mark.parametrize(("above", "below"), [("", "4"), ("4", "")])
def test_a_record_of_two_rows_is_one_over_the_break_whose_number_stands_on_one_page(
    above: str, below: str
) -> None:
    records = [
        entry
        for row in (1, 3, 5)
        for entry in group(row, str(row // 2 + 1), f"企业{row}", ("92330", "法人"), f"结果{row}")
    ]
    table = only(
        upper(*HEAD, *records, *group(7, above, above and "企业7", ("92330",), above and "结果7")),
        lower(
            *group(0, below, below and "企业7", ("法人",), below and "结果7"),
            *group(1, "5", "企业9", ("92330", "法人"), "结果9"),
        ),
    )
    cells = places(table)
    assert (cells[7, 0], cells[7, 1], cells[7, 3]) == ((2, "4"), (2, "企业7"), (2, "结果7"))
    assert [cells[row, 2][1] for row in (7, 8)] == ["92330", "法人"]


def test_a_text_that_leaves_room_in_its_cell_does_not_go_on_on_the_next_page() -> None:
    table = only(
        upper(
            *HEAD,
            (1, 0, 1, 1, "1"), (1, 1, 1, 1, "登记费"), (1, 2, 1, 1, "住宅"), (1, 3, 1, 1, WHOLE),
            (2, 0, 1, 1, "2"), (2, 1, 1, 1, "处理费"), (2, 2, 1, 1, "住户"), (2, 3, 1, 1, WHOLE),
        ),
        lower(
            (0, 0, 1, 1, ""), (0, 1, 1, 1, ""), (0, 2, 1, 1, "单位"), (0, 3, 1, 1, "按人数计收。"),
            (1, 0, 1, 1, "3"), (1, 1, 1, 1, "资源费"), (1, 2, 1, 1, "用户"), (1, 3, 1, 1, WHOLE),
        ),
    )  # fmt: skip
    cells = places(table)
    assert [cells[row, 2] for row in (2, 3, 4)] == [(1, "住户"), (1, "单位"), (1, "用户")]
    assert cells[2, 0] == (2, "2")
    assert cells[2, 1] == (2, "处理费")


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("王一|办公室|科长|综合", "李二||科员|财务"),
        ("王一||科长|综合", "李二|人事科|科员|财务"),
        ("3|办公室|科长|综合", "4||科员|财务"),
    ],
)
def test_a_blank_cell_beside_the_labels_of_two_rows_stays_one(above: str, below: str) -> None:
    first = ("姓名|部门|职务|分管", "1|财务科|科长|财务", "2|信息中心|主任|网络", above)
    second = (below, "5|督查室|主任|督查")
    table = only(part(rows(*first), 1, xs=XS, bottom=BOTTOM), part(rows(*second), 2, xs=XS))
    assert texts(table) == [*first, *second]
