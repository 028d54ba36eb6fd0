"""Rows of section 三 by their labels, in the form's order."""

import pytest

from ocrpipe.disclosure.applications.rows import (
    LABEL_THRESHOLD,
    FormRow,
    known_keys,
    match_rows,
    score_row,
    table_rows,
)
from ocrpipe.disclosure.grid import view_table
from tests.disclosure import forms


def matched(edition: str, key: str, label: str) -> tuple[FormRow, ...]:
    """The rows of a table that prints `label` beside the row `key`."""
    figures = {name: [str(number)] * 7 for number, name in enumerate(forms.row_keys(edition))}
    rows = forms.applications_rows(
        edition, figures, label=lambda name, text: label if name == key else text
    )
    return match_rows(table_rows(view_table(forms.make_table(rows))))


def test_rows_that_a_filing_prints_in_another_order_are_doubted() -> None:
    figures = {key: [str(number)] * 7 for number, key in enumerate(forms.row_keys("2021"))}
    rows = forms.applications_rows("2021", figures)
    first = next(index for index, row in enumerate(rows) if row[0].text.startswith("一、"))
    rows[first], rows[first + 1] = rows[first + 1], rows[first]
    found = match_rows(table_rows(view_table(forms.make_table(rows))))
    # 一 and 二 add up to the same in either order: no sum would tell.
    assert [row.key for row in found if row.doubt] == ["new", "carried_over"]


@pytest.mark.parametrize("label", ["（六）其他", "其他"])
def test_a_single_row_of_other_results_may_be_printed_short(label: str) -> None:
    found = matched("2019", "other", label)
    assert [row.key for row in found] == list(forms.row_keys("2019"))


def test_the_last_of_three_rows_of_other_results_is_not_the_single_one() -> None:
    """Where the two above it were made one, it is the only one that its label names."""
    table = forms.make_table(
        [
            [forms.C(text), *map(forms.C, "1234567")]
            for text in (
                "4.无正当理由大量反复申请",
                "5.要求行政机1.申请人无正2.申请人",
                "3.其他",
                "（七）总计",
            )
        ]
    )
    keys = [row.key for row in match_rows(table_rows(view_table(table)))]
    assert "other.other" in keys
    assert "other" not in keys


@pytest.mark.parametrize("label", ["", "（六）其他处理"])
def test_the_first_of_three_rows_of_other_results_is_none_of_the_single_one(label: str) -> None:
    found = matched("2021", "other.not_corrected", label)
    assert [row.key for row in found] == list(forms.row_keys("2021"))


@pytest.mark.parametrize("group", ["（三）不予公开", "（四）无法提供", "（六）其他处理"])
def test_rows_beside_a_group_whose_label_could_not_be_read_have_their_own(group: str) -> None:
    figures = {key: [str(number)] * 7 for number, key in enumerate(forms.row_keys("2021"))}
    rows = [
        [forms.C("", cell.row_span, state="unread") if cell.text == group else cell for cell in row]
        for row in forms.applications_rows("2021", figures)
    ]
    found = match_rows(table_rows(view_table(forms.make_table(rows))))
    assert [(row.key, row.doubt) for row in found] == [
        (key, None) for key in forms.row_keys("2021")
    ]


def test_a_stamp_beside_figures_that_could_not_be_read_is_no_label() -> None:
    texts = ["1.属于国家秘密", "", "政府", "1", "2", "3", "4", "5"]
    cells = [forms.C(text, state=None if text else "unread") for text in texts]
    (row,) = table_rows(view_table(forms.make_table([cells])))
    assert row.labels == ("1.属于国家秘密",)
    assert len(row.figure_cells) == 7


def test_one_label_that_is_the_forms_own_is_more_than_two_that_are_like_it() -> None:
    label = "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请"
    worn = label[:11] + "口" * 14 + label[25:]
    table = forms.make_table([[forms.C(text), *map(forms.C, "1234567")] for text in (label, worn)])
    rows = table_rows(view_table(table))
    assert LABEL_THRESHOLD <= max(score_row(rows[1])) < LABEL_THRESHOLD + 0.05
    assert known_keys(rows) == ("other.fee_unpaid",)
