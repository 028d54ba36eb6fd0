"""The measures themselves, on small cases worked out by hand."""

from decimal import Decimal
from typing import Any

import pytest

from ocrpipe.document import Block, Document, Page, Source
from ocrpipe.report import (
    ApplicationRow,
    Applications,
    DisclosureReport,
    Figure,
    ProactiveDisclosure,
    ProactiveRow,
    Reviews,
)
from tests.support.metrics import (
    body_score,
    cell_overlap,
    cell_score,
    figure_score,
    fold,
    match_tables,
    normalise,
    text_score,
    wrong_fields,
)


def cell(row: int, col: int, text: str, spans: tuple[int, int] = (1, 1)) -> dict[str, Any]:
    box = [10.0 * col, 10.0 * row, 10.0 * (col + spans[1]), 10.0 * (row + spans[0])]
    return {
        "row": row, "col": col, "row_span": spans[0], "col_span": spans[1], "text": text,
        "regions": [{"page": 1, "bbox": box}],
    }  # fmt: skip


def table(*cells: dict[str, Any]) -> dict[str, Any]:
    return {"cells": list(cells)}


def figure(value: int | None, state: str = "printed", trust: str = "read") -> Figure:
    return Figure.model_validate(
        {"value": value, "raw": "", "state": state, "confidence": 1, "trust": trust}
    )


def report(**figures: Figure) -> DisclosureReport:
    row = ApplicationRow(key="new", label="", figures=figures)
    fee = Figure(value=Decimal("12.50"), raw="12.50", state="printed", confidence=1, trust="read")
    proactive = ProactiveRow(
        article="第二十条第(八)项", item="行政事业性收费", figures={"fee_amount": fee}
    )
    return DisclosureReport(
        edition="2021", letterhead=(), organization="某 局", document_number=None, signer=None,
        title="某局2022年报告", year=2022, issue_date=None, sections=(),
        proactive=ProactiveDisclosure(rows=(proactive,)),
        applications=Applications(rows=(row,)),
        reviews=Reviews(
            reconsideration={}, direct_litigation={}, litigation_after_reconsideration={}
        ),
        checks=(),
    )  # fmt: skip


def truth_figures(**states: tuple[int | None, str]) -> dict[str, Any]:
    figures: dict[str, Any] = {
        f"applications/new/{key}": {"value": value, "raw": "", "state": state}
        for key, (value, state) in states.items()
    }
    figures["proactive/第二十条第（八）项/行政事业性收费/fee_amount"] = {
        "value": 12.5, "raw": "12.50", "state": "printed",
    }  # fmt: skip
    return {"figures": figures}


def test_white_space_does_not_count_but_punctuation_does() -> None:
    assert normalise("一、 总体\u3000情况\n") == "一、总体情况"
    assert normalise("“（一）”") == "“（一）”"
    assert fold("“（一）”") == '"(一)"'


def test_character_error_rate_counts_edits_over_the_truth() -> None:
    score = text_score(["主动公开", "情况"], ["主 动公升情", "况1"])
    assert (score.edits, score.characters) == (2, 6)
    assert score.error_rate == pytest.approx(1 / 3)


def test_error_rate_of_an_empty_truth() -> None:
    assert text_score([], [" "]).error_rate == 0
    assert text_score([], ["多"]).error_rate == 1


def test_body_leaves_out_tables_page_numbers_and_tibetan() -> None:
    def blocks(*entries: tuple[str, str, str]) -> tuple[Block, ...]:
        return tuple(
            Block.model_validate(
                {"id": str(i), "kind": kind, "bbox": None, "text": text, "language": language,
                 "confidence": 1}
            )
            for i, (kind, text, language) in enumerate(entries)
        )  # fmt: skip

    read = blocks(
        ("text", "正文", "zh-Hans"), ("table", "表", "zh-Hans"), ("letterhead", "ཀ", "bo")
    )
    document = Document(
        source=Source(name="a", sha256="", media_type="", page_count=1),
        pages=(Page(number=1, width=1, height=1, rotation=0, origin="scanned", blocks=read),),
        tables=(), issues=(),
    )  # fmt: skip
    expected = [
        {"kind": "letterhead", "text": "ཁག", "language": "bo"},
        {"kind": "text", "text": "正文章", "language": "zh-Hans"},
        {"kind": "page_number", "text": "- 1 -", "language": "zh-Hans"},
    ]
    truth = {"pages": [{"number": 1, "blocks": expected}, {"number": 2, "blocks": []}]}
    score = body_score(truth, document)
    assert (score.edits, score.characters) == (1, 3)


def test_a_cell_is_right_when_place_spans_and_text_agree() -> None:
    truth = [table(cell(0, 0, "甲", (1, 2)), cell(1, 0, "1"), cell(1, 1, ""))]
    same = [table(cell(0, 0, " 甲", (1, 2)), cell(1, 0, "1"), cell(1, 1, ""))]
    assert cell_score(truth, same).f1 == 1
    split = [table(cell(0, 0, "甲"), cell(0, 1, ""), cell(1, 0, "7"), cell(1, 1, ""))]
    score = cell_score(truth, split)
    assert (score.right, score.expected, score.found) == (1, 3, 4)
    assert score.f1 == pytest.approx(2 / 7)


def test_each_table_is_matched_once() -> None:
    one, two = table(cell(0, 0, "甲"), cell(0, 1, "乙")), table(cell(0, 0, "甲"), cell(0, 1, "丙"))
    assert sorted(match_tables([one, two], [two, one])) == [(0, 1, 2), (1, 0, 2)]
    score = cell_score([one, one], [one])
    assert (score.right, score.expected, score.found) == (2, 4, 2)


def test_no_tables_at_all_is_right_only_where_none_are_expected() -> None:
    assert cell_score([], []).f1 == 1
    assert cell_score([table(cell(0, 0, "甲"))], []).f1 == 0
    assert cell_score([], [table(cell(0, 0, "甲"))]).f1 == 0


def test_overlap_is_one_for_equal_boxes_and_zero_for_missing_ones() -> None:
    truth = [table(cell(0, 0, "甲"), cell(0, 1, "乙"))]
    assert cell_overlap(truth, truth) == pytest.approx(1)
    half = cell(0, 0, "甲")
    half["regions"][0]["bbox"] = [0.0, 0.0, 5.0, 10.0]
    assert cell_overlap(truth, [table(half)]) == pytest.approx(0.25)


def test_figures_agree_in_state_and_value() -> None:
    truth = truth_figures(
        natural_person=(3, "printed"), company=(None, "blank"), other=(None, "absent"),
        total=(3, "printed"),
    )  # fmt: skip
    score = figure_score(
        truth,
        report(natural_person=figure(3), company=figure(0), total=figure(8, trust="confirmed")),
    )
    assert (score.right, score.total) == (2, 4)
    assert score.wrong == ("applications/new/company", "applications/new/total")
    assert score.confirmed_wrong == ("applications/new/total",)
    assert score.invented == ()


def test_a_figure_that_is_not_on_the_paper_is_invented() -> None:
    truth = truth_figures(other=(None, "absent"))
    score = figure_score(truth, report(other=figure(0), total=figure(1)))
    assert set(score.invented) == {"applications/new/other", "applications/new/total"}
    assert figure_score(truth, report(other=figure(None, "absent"))).invented == ()


def test_a_missing_report_has_no_figure_right() -> None:
    score = figure_score(truth_figures(total=(1, "printed")), None)
    assert (score.right, score.total) == (0, 2)


def test_fields_are_compared_without_spaces() -> None:
    truth = {
        "edition": "2021", "organization": "某局", "document_number": None, "signer": "张三",
        "title": "某局2022年 报告", "year": 2022, "issue_date": None,
    }  # fmt: skip
    assert wrong_fields(truth, report()) == ("signer",)
    assert wrong_fields(None, None) == ()
    assert "title" in wrong_fields(None, report())
