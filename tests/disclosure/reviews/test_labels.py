"""Section 四 with its labels beside the figures, or in one table a kind of case."""

import pytest

from ocrpipe.disclosure import read_report
from ocrpipe.document import Table
from ocrpipe.errors import IssueCode
from tests.disclosure import forms
from tests.disclosure.forms import C

NAMES = ("行政复议", "未经复议直接起诉", "复议后起诉")
FIGURES = (("1", "2", "3", "4", "10"), ("5", "0", "", "7", "12"), ("/", "8", "9", "6", "23"))
EXPECTED = {
    "reconsideration": [1, 2, 3, 4, 10],
    "direct_litigation": [5, 0, None, 7, 12],
    "litigation_after_reconsideration": [None, 8, 9, 6, 23],
}


def read(*tables: Table) -> dict[str, list[object]]:
    report, issues = read_report(forms.TITLE_PAGE, [*tables, forms.applications("2021", {})])
    assert report is not None
    missing = [i.message for i in issues if i.code == IssueCode.REPORT_TABLE_MISSING]
    assert not any("四" in message for message in missing)
    reviews = report.reviews
    return {
        kind: [getattr(reviews, kind)[key].value for key in forms.OUTCOMES] for kind in EXPECTED
    }


def kinds_as_rows() -> list[list[C]]:
    rows = [[C(name), *map(C, texts)] for name, texts in zip(NAMES, FIGURES, strict=True)]
    return [[C("类别"), *map(C, forms.OUTCOME_HEADS)], *rows]


def outcomes_as_rows() -> list[list[C]]:
    lines = zip(forms.OUTCOME_HEADS, *FIGURES, strict=True)
    return [[C("结果"), *map(C, NAMES)], *([C(text) for text in line] for line in lines)]


def one_list() -> list[list[C]]:
    lines = [
        [C(outcome), C(text)]
        for texts in FIGURES
        for outcome, text in zip(forms.OUTCOME_HEADS, texts, strict=True)
    ]
    lines[0] = [C(NAMES[0], row_span=5, col_span=2), *lines[0]]
    lines[5] = [C("行政诉讼", row_span=10), C(NAMES[1], row_span=5), *lines[5]]
    lines[10] = [C(NAMES[2], row_span=5), *lines[10]]
    return [[C("类别", col_span=2), C("结果"), C("数量")], *lines]


@pytest.mark.parametrize("rows", [kinds_as_rows(), outcomes_as_rows(), one_list()])
def test_labels_beside_the_figures_are_as_good_as_heads(rows: list[list[C]]) -> None:
    assert read(forms.make_table(rows, "t3")) == EXPECTED


def test_one_table_a_kind_is_named_by_its_caption() -> None:
    tables = [
        forms.make_table([[C(head) for head in forms.OUTCOME_HEADS], list(map(C, texts))], f"t{n}")
        for n, texts in enumerate(FIGURES)
    ]
    captions = ("（一）行政复议", "（二）未经复议直接起诉", "（三）复议后起诉")
    named = [
        table.model_copy(update={"caption": caption})
        for table, caption in zip(tables, captions, strict=True)
    ]
    assert read(*named) == EXPECTED


def test_a_figure_whose_label_is_lost_is_none_of_its_neighbours() -> None:
    rows = kinds_as_rows()
    rows[2][0] = C("某某某某")
    report, _ = read_report(forms.TITLE_PAGE, [forms.make_table(rows, "t3")])
    assert report is not None
    assert report.reviews.direct_litigation == {}
    assert report.reviews.reconsideration["total"].value == 10
