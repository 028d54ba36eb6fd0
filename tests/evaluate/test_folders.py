"""Which result belongs to which truth, and what becomes of those without one."""

import json
from pathlib import Path

import pytest

from ocrpipe.document import Document
from ocrpipe.errors import UnreadableInputError, UsageError
from ocrpipe.evaluate import evaluate
from ocrpipe.evaluate.folders import find_pairs
from ocrpipe.export import to_json
from tests.evaluate.documents import document, table

LETTERS = table("t1", (0, 0, "项目"), (0, 1, "数量"), (1, 0, "信件"), (1, 1, "17"))
MISREAD = table("t1", (0, 0, "项目"), (0, 1, "数量"), (1, 0, "信件"), (1, 1, "77"))


@pytest.fixture
def read(tmp_path: Path) -> Path:
    folder = tmp_path / "read"
    folder.mkdir()
    return folder


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    folder = tmp_path / "gold"
    folder.mkdir()
    return folder


def put(path: Path, content: Document) -> Path:
    path.write_text(to_json(content), encoding="utf-8")
    return path


def put_truth(folder: Path, name: str, damage: str | None = None) -> Path:
    cells = [cell.model_dump(mode="json") for cell in LETTERS.cells]
    truth = {"file": name, "tables": [{"id": "t1", "n_rows": 2, "n_cols": 2, "cells": cells}]}
    path = folder / f"{name}.truth.json"
    path.write_text(json.dumps({**truth, **({"damage": {"kind": damage}} if damage else {})}))
    return path


def test_results_go_by_the_file_they_are_about(read: Path, gold: Path) -> None:
    page, paper = put_truth(gold, "a.html"), put_truth(gold, "a.pdf")
    first = put(read / "a.json", document(name="a.html"))
    second = put(read / "a-2.json", document(name="a.pdf"))
    assert find_pairs(read, gold).files == ((first, page), (second, paper))


def test_results_go_by_stem_where_the_file_was_renamed(read: Path, gold: Path) -> None:
    truth = put_truth(gold, "a.b.pdf")
    result = put(read / "a.b.json", document(name="scan.pdf"))
    assert find_pairs(read, gold).files == ((result, truth),)


def test_of_two_results_for_one_file_the_one_of_its_stem_counts(read: Path, gold: Path) -> None:
    truth = put_truth(gold, "b.pdf")
    older = put(read / "a.json", document(name="b.pdf"))
    result = put(read / "b.json", document(name="b.pdf"))
    pairs = find_pairs(read, gold)
    assert pairs.files == ((result, truth),)
    assert pairs.ignored == (f"{older}: there is no ground truth for it",)


def test_documents_are_truths_where_no_file_is_called_one(read: Path, gold: Path) -> None:
    truth = put(gold / "a.json", document(name="a.pdf"))
    result = put(read / "a.json", document(name="a.pdf"))
    assert find_pairs(read, gold).files == ((result, truth),)


def test_other_files_among_the_results_are_named(read: Path, gold: Path) -> None:
    put_truth(gold, "a.pdf")
    put(read / "a.json", document(name="a.pdf"))
    (read / "scores.json").write_text("{}")
    assert find_pairs(read, gold).ignored == (
        f"{read / 'scores.json'}: this is not a document of ocrpipe",
    )


def test_a_damaged_result_counts_as_none_and_is_named(read: Path, gold: Path) -> None:
    """A copy that broke off ended the evaluation of all the others."""
    good, bad = put_truth(gold, "a.pdf"), put_truth(gold, "b.pdf")
    result = put(read / "a.json", document(name="a.pdf"))
    (read / "b.json").write_text('{"schema_version": "1", "pages": [')
    pairs = find_pairs(read, gold)
    assert pairs.files == ((result, good), (None, bad))
    assert pairs.ignored == (f"{read / 'b.json'}: this is not JSON in UTF-8",)


def test_totals_are_sums_and_a_truth_without_result_counts(read: Path, gold: Path) -> None:
    for name, damage in (("a.pdf", "fax"), ("b.pdf", "fax"), ("c.pdf", "dust")):
        put_truth(gold, name, damage)
    put(read / "a.json", document([LETTERS], name="a.pdf"))
    put(read / "c.json", document([MISREAD], name="c.pdf"))
    result = evaluate(read, gold)
    assert [entry.name for entry in result.documents] == ["a.pdf", "b.pdf", "c.pdf"]
    assert [entry.score.missing for entry in result.documents] == [0, 1, 0]
    total = result.total
    assert (total.documents, total.missing, total.tables.exact) == (3, 1, 1)
    # 4 and 3 of 12 cells right, 8 found; TEDS 1, 0 and 1 - 0.5/7.
    assert total.cells.f1 == pytest.approx(2 * 7 / (12 + 8))
    assert total.tables.teds == pytest.approx((1 + 13 / 14) / 3)
    assert result.by_damage["fax"].cells.f1 == pytest.approx(2 * 4 / (8 + 4))
    assert result.by_damage["dust"].tables.teds == pytest.approx(13 / 14)


def test_two_files_need_no_names_in_common(read: Path, gold: Path) -> None:
    truth = put_truth(gold, "a.pdf")
    result = put(read / "x.json", document([LETTERS], name="scan.pdf"))
    (entry,) = evaluate(str(result), str(truth), teds=False).documents
    assert (entry.name, entry.read_file, entry.gold_file) == ("scan.pdf", str(result), str(truth))
    assert entry.score.cells.f1 == 1


def test_bad_arguments_are_named(read: Path, gold: Path) -> None:
    truth = put_truth(gold, "a.pdf")
    with pytest.raises(UsageError, match="a file and a folder"):
        evaluate(read, truth)
    with pytest.raises(UnreadableInputError, match="no such file or folder"):
        evaluate(read / "missing", gold)
    with pytest.raises(UsageError, match="no result in"):
        evaluate(read, gold)
    with pytest.raises(UnreadableInputError, match="does not fit a document"):
        evaluate(truth, truth)
