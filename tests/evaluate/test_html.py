"""The HTML report: every error beside its crop, and nothing that reaches out or comes alive."""

import base64
import hashlib
import logging
import re
from pathlib import Path

import cv2
import lxml.html
import numpy as np
import pymupdf
import pytest

from ocrpipe.document import Document
from ocrpipe.evaluate import Evaluation, evaluate, evaluation_html
from ocrpipe.evaluate.crops import open_crops
from ocrpipe.evaluate.html import MAX_SHOWN
from ocrpipe.export import to_json
from tests.evaluate.documents import COLUMN, LEFT, ROW, TOP, document, figure, region, table

LETTERS = table("t1", (0, 0, "项目"), (0, 1, "数量"), (1, 0, "信件"), (1, 1, "17"))
MISREAD = table("t1", (0, 0, "项目"), (0, 1, "<b>数</b>"), (1, 0, "信件"), (1, 1, "77"))


@pytest.fixture
def paper(tmp_path: Path) -> tuple[Path, str]:
    """A PDF whose cell in row 1, column 1 is green, in a folder; with its checksum."""
    folder = tmp_path / "sources"
    folder.mkdir()
    with pymupdf.open() as pdf:
        page = pdf.new_page(width=595, height=842)
        x, y = LEFT + COLUMN, TOP + ROW
        page.draw_rect((x, y, x + COLUMN, y + ROW), color=(0, 1, 0), fill=(0, 1, 0))
        pdf.save(folder / "a.pdf")
    return folder, hashlib.sha256((folder / "a.pdf").read_bytes()).hexdigest()


def misread(sha256: str) -> Document:
    figures = {"total": figure(77, "confirmed", row=1)}
    return document([MISREAD], figures=figures, sha256=sha256)


def evaluated(folder: Path, read: Document) -> Evaluation:
    gold = document([LETTERS], figures={"total": figure(17, row=1)})
    for name, content in (("read.json", read), ("gold.json", gold)):
        (folder / name).write_text(to_json(content), encoding="utf-8")
    return evaluate(folder / "read.json", folder / "gold.json")


def picture(uri: str) -> np.ndarray:
    media_type, data = uri.split(",", 1)
    assert media_type == "data:image/jpeg;base64"
    pixels = cv2.imdecode(np.frombuffer(base64.b64decode(data), np.uint8), cv2.IMREAD_COLOR)
    assert pixels is not None
    return pixels


def test_each_wrong_cell_stands_beside_its_crop(tmp_path: Path, paper: tuple[Path, str]) -> None:
    folder, sha256 = paper
    page = lxml.html.fromstring(evaluation_html(evaluated(tmp_path, misread(sha256)), folder))
    rows = [row for row in page.iter("tr") if row.findall(".//img")]
    texts = [[cell.text_content().strip() for cell in row] for row in rows]
    assert texts[0][0] == "applications/new/total"
    assert texts[0][2:7] == ["17", "77", "wrong", "0.950", "confirmed"]
    assert texts[1][4:6] == ["数量", "<b>数</b>"]
    assert texts[2][4:8] == ["17", "77", "0.900", "confirmed"]
    green = picture(rows[2].find(".//img").get("src"))
    # 150 dpi, and a margin of 4 points on each side.
    assert green.shape[1] == pytest.approx((COLUMN + 8) * 150 / 72, abs=2)
    assert green.shape[0] == pytest.approx((ROW + 8) * 150 / 72, abs=2)
    blue_green_red = green[green.shape[0] // 2, green.shape[1] // 2].astype(int)
    assert blue_green_red[1] > 200
    assert max(blue_green_red[0], blue_green_red[2]) < 100
    white = picture(rows[1].find(".//img").get("src"))
    assert white[10, 10].min() > 200


def test_nothing_reaches_out_and_only_the_own_style_works(
    tmp_path: Path, paper: tuple[Path, str]
) -> None:
    folder, sha256 = paper
    text = evaluation_html(evaluated(tmp_path, misread(sha256)), folder)
    page = lxml.html.fromstring(text)
    assert not page.xpath("//script | //link | //iframe | //object | //*[@style] | //b")
    assert all(image.get("src").startswith("data:") for image in page.iter("img"))
    policy = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    style = page.xpath("string(//style)")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert policy.startswith("default-src 'none'; ")
    assert f"style-src 'sha256-{digest}'" in policy
    assert "script-src" not in policy
    assert not re.search(r"https?://|url\(", text)


def test_short_texts_that_look_the_same_show_their_code_points(tmp_path: Path) -> None:
    for name, text in (("read.json", "\u4e00"), ("gold.json", "\u2014")):
        content = document([table("t1", (0, 0, text), (0, 1, "甲"))])
        (tmp_path / name).write_text(to_json(content), encoding="utf-8")
    text = evaluation_html(evaluate(tmp_path / "read.json", tmp_path / "gold.json"))
    assert "<small>U+2014</small>" in text
    assert "<small>U+4E00</small>" in text
    assert text.count("<small>U+") == 2


def test_without_sources_there_are_errors_and_no_crops(
    tmp_path: Path, paper: tuple[Path, str]
) -> None:
    text = evaluation_html(evaluated(tmp_path, misread(paper[1])))
    assert "applications/new/total" in text
    assert "<img" not in text
    assert "No crops" in text


@pytest.mark.parametrize("name", ["a.pdf", "other.pdf"])
def test_no_crops_from_another_file(
    paper: tuple[Path, str], name: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    read = document(name=name, sha256="0" * 64)
    with open_crops(read, paper[0]) as crops:
        assert crops([region(1, 1)]) == ()
    assert name in caplog.text


def test_a_source_is_not_looked_for_outside_its_folder(paper: tuple[Path, str]) -> None:
    folder, sha256 = paper
    (folder / "inner").mkdir()
    with open_crops(document(name="../a.pdf", sha256=sha256), folder / "inner") as crops:
        assert crops([region(1, 1)]) == ()


def test_a_cell_off_the_page_or_on_no_page_has_no_crop(paper: tuple[Path, str]) -> None:
    folder, sha256 = paper
    with open_crops(document(sha256=sha256), folder) as crops:
        assert crops([region(100, 1), region(1, 1).model_copy(update={"page": 7})]) == ()
        assert len(crops([region(0, 0), region(1, 1)])) == 2


def test_a_document_without_a_result_and_a_total_miss_are_said(tmp_path: Path) -> None:
    for folder in ("read", "gold"):
        (tmp_path / folder).mkdir()
    for path, content in (
        ("read/a.json", document()),
        ("gold/a.json", document([LETTERS])),
        ("gold/b.json", document([LETTERS], name="b.pdf")),
    ):
        (tmp_path / path).write_text(to_json(content), encoding="utf-8")
    text = evaluation_html(evaluate(tmp_path / "read", tmp_path / "gold"))
    assert "b.pdf (无结果 no result)" in text
    assert "未找到 not found" in text


def test_a_long_list_of_errors_is_cut_and_says_so(tmp_path: Path) -> None:
    count = MAX_SHOWN + 5
    read = table("t1", (0, 0, "甲"), *((row, 0, "误读") for row in range(1, count + 1)))
    gold = table("t1", (0, 0, "甲"), *((row, 0, "对") for row in range(1, count + 1)))
    for name, content in (("read.json", read), ("gold.json", gold)):
        (tmp_path / name).write_text(to_json(document([content])), encoding="utf-8")
    result = evaluate(tmp_path / "read.json", tmp_path / "gold.json", teds=False)
    text = evaluation_html(result)
    assert text.count(">误读 ") == MAX_SHOWN
    assert "and 5 格 more" in text
