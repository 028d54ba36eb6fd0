"""Ground truth from both shapes, and clear errors for what is neither."""

import json
from pathlib import Path
from typing import Any

import pytest

from ocrpipe.errors import UnreadableInputError
from ocrpipe.evaluate.gold import load_document, load_gold
from ocrpipe.export import to_json
from tests.evaluate.documents import document, figure, table
from tests.support.fixtures import FOLDER, fixture_names, load_truth

CELL = {"row": 0, "col": 0, "row_span": 1, "col_span": 1, "text": "17",
        "regions": [{"page": 1, "bbox": [1, 2, 3, 4]}]}  # fmt: skip
TABLE = {"id": "t1", "n_rows": 1, "n_cols": 1, "pages": [1], "cells": [CELL]}


def written(folder: Path, data: Any) -> Path:
    path = folder / "a.pdf.truth.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    return path


@pytest.mark.parametrize("name", fixture_names())
def test_every_truth_of_the_fixtures_is_read(name: str) -> None:
    gold, truth = load_gold(FOLDER / f"{name}.truth.json"), load_truth(name)
    assert gold.pages is not None
    assert gold.tables is not None
    assert gold.file == name
    assert len(gold.pages) == len(truth["pages"])
    assert [len(found.cells) for found in gold.tables] == [
        len(part["cells"]) for part in truth["tables"]
    ]
    assert gold.figures is not None
    assert len(gold.figures) == len(truth["report"]["figures"] if truth["report"] else ())


def test_a_document_is_a_truth_too(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    given = document([table("t1", (0, 0, "17"))], [("text", "正文")], {"total": figure(17)})
    path.write_text(to_json(given), encoding="utf-8")
    gold = load_gold(path)
    assert gold.file == "a.pdf"
    assert gold.tables is not None
    assert gold.tables[0].cells[0].regions == given.tables[0].cells[0].regions
    assert gold.figures is not None
    assert gold.figures["applications/new/total"].value == 17
    assert load_document(path) == given


def test_parts_that_a_truth_leaves_out_are_unknown(tmp_path: Path) -> None:
    gold = load_gold(written(tmp_path, {"tables": [TABLE]}))
    assert (gold.pages, gold.figures) == (None, None)
    gold = load_gold(written(tmp_path, {"pages": [], "report": None}))
    assert (gold.tables, gold.pages, gold.figures) == (None, (), {})


def test_damage_is_known_and_boxes_of_a_photo_are_not_used(tmp_path: Path) -> None:
    told = {"tables": [TABLE], "boxes": False, "damage": {"kind": "photo", "parameters": {}}}
    gold = load_gold(written(tmp_path, told))
    assert gold.damage == "photo"
    assert gold.tables is not None
    assert gold.tables[0].cells[0].regions == ()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("{", "not JSON"),
        ("[1]", "neither a document of ocrpipe nor a ground truth"),
        ('{"tables": [{"id": "t1"}]}', r"tables\.0\.n_rows"),
        ('{"schema_version": "1.0", "source": {}}', "does not fit a document"),
    ],
)
def test_what_is_neither_is_named(tmp_path: Path, content: str, message: str) -> None:
    path = tmp_path / "odd.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(UnreadableInputError, match=message) as caught:
        load_gold(path)
    assert "odd.json" in str(caught.value)


def test_a_file_that_is_not_text_is_named(tmp_path: Path) -> None:
    path = tmp_path / "odd.json"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(UnreadableInputError, match="not JSON in UTF-8"):
        load_gold(path)
