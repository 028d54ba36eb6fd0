"""Whole documents, by values worked out by hand and by the measures that the tests use."""

import random
import subprocess
import sys

import pytest

from ocrpipe.document import Document, Source
from ocrpipe.evaluate import Gold, compare_documents
from ocrpipe.evaluate.gold import load_gold
from ocrpipe.report import DisclosureReport
from tests.evaluate.documents import document, figure, table
from tests.support.fixtures import FOLDER, load_truth
from tests.support.metrics import body_score, cell_score, figure_score

LETTERS = table("t1", (0, 0, "项目"), (0, 1, "数量"), (1, 0, "信件"), (1, 1, "17"))


def test_a_document_is_all_right_against_itself() -> None:
    same = document([LETTERS], [("text", "正文")], {"total": figure(17, "confirmed")})
    result = compare_documents(same, same)
    score = result.score
    assert (score.tables.exact, score.tables.teds, score.tables.teds_structure) == (1, 1, 1)
    assert score.cells.f1 == 1
    assert score.all_text.error_rate == 0
    assert (score.figures.right, score.figures.silent) == (1, 0)
    assert (result.tables[0].wrong, result.wrong_figures) == ((), ())


def test_a_missing_result_has_everything_missed() -> None:
    gold = document([LETTERS], [("text", "正文")], {"total": figure(17)})
    result = compare_documents(None, gold)
    score = result.score
    assert (result.name, score.missing) == ("a.pdf", 1)
    assert (score.tables.expected, score.tables.found, score.tables.teds) == (1, 0, 0)
    assert (score.cells.f1, score.all_text.error_rate) == (0, 1)
    assert (score.figures.missed, score.figures.silent) == (1, 0)


def test_what_the_truth_does_not_know_is_not_measured() -> None:
    read = document([LETTERS], [("text", "正文")], {"total": figure(17)})
    score = compare_documents(read, Gold(file="a.pdf")).score
    assert (score.cells.f1, score.tables.found, score.text) == (None, 0, {})
    assert (score.figures.expected, score.figures.invented) == (0, 0)
    known = compare_documents(read, Gold(tables=(), pages=(), figures={})).score
    assert (known.tables.found, known.tables.teds) == (1, 0)
    assert (known.all_text.edits, known.figures.invented) == (2, 1)


def test_teds_can_be_left_out() -> None:
    same = document([LETTERS])
    result = compare_documents(same, same, teds=False)
    assert (result.tables[0].teds, result.score.tables.teds) == (None, None)
    assert result.score.tables.exact == 1


def test_a_wrong_cell_tells_the_trust_of_its_figure() -> None:
    wrong = table("t1", (0, 0, "项目"), (0, 1, "数量"), (1, 0, "信牛"), (1, 1, "77"))
    read = document([wrong], figures={"total": figure(77, "confirmed", row=1)})
    gold = document([LETTERS], figures={"total": figure(17, row=1)})
    label, number = compare_documents(read, gold).tables[0].wrong
    assert (label.read, label.trust) == ("信牛", None)
    assert (number.gold, number.read, number.trust) == ("17", "77", "confirmed")
    assert number.regions == wrong.cells[3].regions


def _damaged(truth_name: str) -> Document:
    """A document as a truth tells it, with some cells, blocks and figures changed at random."""
    source = load_truth(truth_name)
    chance = random.Random(5)
    for part in source["tables"]:
        for cell in part["cells"]:
            if chance.random() < 0.1:
                cell["text"] += chance.choice(("1", "。", " "))
    pages = [
        {**page, "blocks": [
            {"id": str(index), "kind": block["kind"], "bbox": None, "confidence": 1,
             "language": block["language"], "text": block["text"].replace("政", "攻")}
            for index, block in enumerate(page["blocks"])
        ]}
        for page in source["pages"]
    ]  # fmt: skip
    rows: dict[str, dict[str, object]] = {}
    for path, gold in source["report"]["figures"].items():
        section, row, *rest = path.split("/")
        if section == "applications" and chance.random() < 0.9:
            changed = gold if chance.random() < 0.8 else {"value": 9, "raw": "9"}
            given = {**gold, **changed, "state": "printed", "confidence": 1,
                     "trust": chance.choice(("confirmed", "read", "doubtful"))}  # fmt: skip
            if given["value"] is None:
                given["state"] = chance.choice(("blank", "absent"))
            rows.setdefault(row, {})["/".join(rest)] = given
    empty = {"reconsideration": {}, "direct_litigation": {}, "litigation_after_reconsideration": {}}
    given_report = DisclosureReport.model_validate(
        {**dict.fromkeys(("edition", "organization", "document_number", "signer", "title", "year",
                          "issue_date")),
         "letterhead": [], "sections": [], "proactive": {"rows": []}, "reviews": empty,
         "checks": [],
         "applications": {"rows": [{"key": key, "label": "", "figures": figures}
                                   for key, figures in rows.items()]}}
    )  # fmt: skip
    return Document.model_validate(
        {"source": Source(name=truth_name, sha256="", media_type="", page_count=1),
         "pages": pages, "tables": source["tables"], "issues": [], "report": given_report}
    )  # fmt: skip


@pytest.mark.parametrize("name", ["gannan-2019.pdf", "baoji-2019.html"])
def test_agrees_with_the_measures_that_the_tests_use(name: str) -> None:
    read, truth = _damaged(name), load_truth(name)
    result = compare_documents(read, load_gold(FOLDER / f"{name}.truth.json"), teds=False)
    cells = cell_score(truth["tables"], [part.model_dump(mode="json") for part in read.tables])
    ours = result.score.cells
    assert (ours.right, ours.expected, ours.found) == (cells.right, cells.expected, cells.found)
    assert 0 < ours.right < ours.expected
    figures = figure_score(truth["report"], read.report)
    score = result.score.figures
    assert (score.right, score.expected) == (figures.right, figures.total)
    assert score.wrong + score.missed == len(figures.wrong) > 0
    assert score.invented == len(figures.invented)
    assert score.confirmed.wrong == len(figures.confirmed_wrong) > 0
    body = body_score(truth, read)
    chinese = [text for script, text in result.score.text.items() if script != "Tibetan"]
    assert sum(text.edits for text in chinese) == body.edits > 0
    assert sum(text.characters for text in chinese) == body.characters


def test_the_library_is_at_hand_and_cheap() -> None:
    code = (
        "import sys, ocrpipe; ocrpipe.evaluate.compare_documents; "
        "print([name for name in ('cv2', 'scipy', 'jinja2', 'pymupdf') if name in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
