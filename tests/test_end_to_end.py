"""Every fixture through the whole pipeline, against its ground truth."""

from functools import cache

import pytest
from rapidfuzz.distance import Levenshtein

from ocrpipe import Converter, Document, Options
from ocrpipe.errors import IssueCode
from ocrpipe.geometry import rotate_point
from ocrpipe.options import EngineName
from tests.support.fixtures import fixture_names, fixture_path, load_truth
from tests.support.metrics import (
    body_score,
    cell_overlap,
    cell_score,
    figure_score,
    wrong_fields,
)

READ_BY_OCR = frozenset(
    name
    for name in fixture_names()
    if any(word in name for word in ("gannan", "scan", "turned", "mixed", "tiff", "png", "garbled"))
)


@cache
def converter(engine: EngineName, pages: str | None = None) -> Converter:
    return Converter(
        Options.model_validate({"ocr": {"engine": engine}, "ingest": {"pages": pages}})
    )


@cache
def converted(name: str) -> Document:
    return converter(EngineName.OPENVINO).convert(fixture_path(name))


@pytest.mark.parametrize("name", fixture_names())
def test_every_figure_is_as_on_the_paper(name: str) -> None:
    score = figure_score(load_truth(name)["report"], converted(name).report)
    assert score.wrong == ()
    assert score.invented == ()


@pytest.mark.parametrize("name", fixture_names())
def test_fields_and_sections_of_the_report(name: str) -> None:
    truth, report = load_truth(name)["report"], converted(name).report
    assert wrong_fields(truth, report) == ()
    if truth is not None and report is not None:
        assert [section.number for section in report.sections] == [
            section["number"] for section in truth["sections"]
        ]


@pytest.mark.parametrize("name", fixture_names())
def test_cells_stand_where_they_stand_on_the_paper(name: str) -> None:
    truth = load_truth(name)["tables"]
    found = [table.model_dump(mode="json") for table in converted(name).tables]
    assert cell_score(truth, found).f1 >= (0.98 if name in READ_BY_OCR else 1.0)
    if not name.endswith(".html"):
        assert cell_overlap(truth, found) >= 0.9


@pytest.mark.parametrize("name", fixture_names())
def test_text_is_read_in_order(name: str) -> None:
    rate = body_score(load_truth(name), converted(name)).error_rate
    assert rate <= (0.015 if name in READ_BY_OCR else 0.005)


@pytest.mark.parametrize("name", fixture_names())
def test_pages_are_put_upright(name: str) -> None:
    truth = {page["number"]: page["rotation"] for page in load_truth(name)["pages"]}
    for page in converted(name).pages:
        difference = (page.rotation - truth[page.number] + 180) % 360 - 180
        assert abs(difference) < 0.15, f"page {page.number}"


@pytest.mark.parametrize("name", fixture_names())
def test_the_json_survives_a_round_trip(name: str) -> None:
    text = converted(name).model_dump_json()
    assert Document.model_validate_json(text).model_dump_json() == text


def test_blank_cells_are_blank_and_not_zero() -> None:
    report = converted("gannan-2019.pdf").report
    assert report is not None
    granted = next(row for row in report.applications.rows if row.key == "granted")
    assert {figure.state for figure in granted.figures.values()} == {"blank"}
    assert {figure.value for figure in granted.figures.values()} == {None}


def test_the_label_over_the_page_break_is_one_cell_with_two_places() -> None:
    table = next(
        t for t in converted("gannan-2019.pdf").tables if len(t.pages) == 2 and t.n_cols > 9
    )
    label = next(cell for cell in table.cells if "办理结果" in cell.text)
    assert label.row_span == 20
    assert len({region.page for region in label.regions}) == 2


def test_the_tibetan_letterhead_is_read() -> None:
    truth = load_truth("gannan-2019.pdf")["pages"][0]["blocks"]
    expected = [block["text"] for block in truth if block["language"] == "bo"]
    document = converted("gannan-2019.pdf")
    assert document.report is not None
    tibetan = [line.text for line in document.report.letterhead if line.language == "bo"]
    assert len(tibetan) == len(expected) == 1
    assert Levenshtein.distance(tibetan[0], expected[0]) <= 1


def test_wrong_sums_of_a_filing_are_reported_and_its_figures_kept() -> None:
    # 楚雄 prints 0 as its total of results beside results that add up to 3.
    report = converted("chuxiong-2019.pdf").report
    assert report is not None
    total = next(row for row in report.applications.rows if row.key == "total").figures["total"]
    assert (total.value, total.trust) == (0, "doubtful")
    assert any(check.state == "fail" for check in report.checks)


def test_a_page_with_an_unsound_text_layer_is_read_from_its_picture() -> None:
    document = converted("budget-2024-garbled.pdf")
    assert {page.origin for page in document.pages} == {"scanned"}
    assert IssueCode.TEXT_LAYER_REJECTED in {issue.code for issue in document.issues}


def test_one_file_may_mix_digital_and_scanned_pages() -> None:
    origins = [page.origin for page in converted("qinghe-2022-mixed.pdf").pages]
    assert set(origins) == {"digital", "scanned"}


@pytest.mark.parametrize("engine", list(EngineName))
def test_every_engine_reads_the_matrix(engine: EngineName) -> None:
    truth = load_truth("qinghe-2022-scan.pdf")
    pages = sorted({page for table in truth["tables"] for page in table["pages"]})
    chosen = ",".join(map(str, pages))
    document = converter(engine, chosen).convert(fixture_path("qinghe-2022-scan.pdf"))
    score = figure_score(truth["report"], document.report)
    assert score.total > 150
    assert score.wrong == ()


def test_boxes_lie_on_the_stored_page_after_turning_back() -> None:
    document = converted("qinghe-2022-turned.pdf")
    for page in document.pages:
        stored = (page.width, page.height)
        quarters = round(page.rotation / 90) % 4
        if quarters % 2:
            stored = (page.height, page.width)
        for block in page.blocks:
            assert block.bbox is not None
            x, y = rotate_point(*block.bbox.center, page.width, page.height, -page.rotation)
            assert 0 <= x <= stored[0]
            assert 0 <= y <= stored[1]
