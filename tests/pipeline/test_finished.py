"""Pages of print among the texts of a web page."""

import base64
import pickle
from pathlib import Path

import pymupdf
import pytest

from ocrpipe import Converter, Options
from ocrpipe.document import Document
from ocrpipe.errors import UnreadableInputError
from ocrpipe.pipeline import put_together
from ocrpipe.pipeline.pictures import page_pictures
from ocrpipe.pipeline.result import ConvertedPages

ROWS = (("项目", "件数"), ("收到申请", "205"), ("予以公开", "31"), ("结转下年", "17"))
TABLE = "<table><tr><td>收费</td><td>金额</td></tr><tr><td>合计</td><td>0</td></tr></table>"
TEXT = "<p>本年度的情况如下所述，全年共收到申请二百零五件，均已按期答复。</p>"


def print_of(rows: tuple[tuple[str, str], ...]) -> bytes:
    """A page of print with a ruled table, at 150 dots an inch."""
    with pymupdf.open() as pdf:
        page = pdf.new_page(width=400, height=560)
        page.insert_text((60, 60), "各类申请的数量见下表。", fontname="china-s", fontsize=12)
        for edge in range(len(rows) + 1):
            page.draw_line((60, 90 + 30 * edge), (340, 90 + 30 * edge), width=0.8)
        for x in (60, 200, 340):
            page.draw_line((x, 90), (x, 90 + 30 * len(rows)), width=0.8)
        for row, texts in enumerate(rows):
            for x, text in zip((80, 250), texts, strict=True):
                page.insert_text((x, 110 + 30 * row), text, fontname="china-s", fontsize=12)
        return bytes(page.get_pixmap(dpi=150).tobytes("png"))


@pytest.fixture(scope="module")
def converter() -> Converter:
    return Converter()


@pytest.fixture(scope="module")
def web_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Text, two pages of print of which the second is damaged, and a text with a table."""
    folder = tmp_path_factory.mktemp("web")
    data = base64.b64encode(print_of(ROWS)).decode()
    (folder / "bad.png").write_bytes(print_of(ROWS)[:3000])
    pictures = f"<img src='data:image/png;base64,{data}'><img src='bad.png'>"
    path = folder / "a.html"
    path.write_text(f"<html><body>{TEXT}{TABLE}{pictures}{TEXT}{TABLE}</body></html>")
    return path


@pytest.fixture(scope="module")
def document(converter: Converter, web_page: Path) -> Document:
    return converter.convert(web_page)


def test_pages_of_print_are_read_where_they_stand(document: Document) -> None:
    assert [(page.number, page.origin) for page in document.pages] == [
        (1, "digital"), (2, "scanned"), (4, "digital")
    ]  # fmt: skip
    assert [(table.id, table.pages) for table in document.tables] == [
        ("t1", (1,)), ("t2", (2,)), ("t3", (4,))
    ]  # fmt: skip
    blocks = [block.table_id for page in document.pages for block in page.blocks]
    assert [name for name in blocks if name] == ["t1", "t2", "t3"]
    read = document.tables[1].cells
    assert [cell.text for cell in read] == [text for row in ROWS for text in row]
    assert {region.page for cell in read for region in cell.regions} == {2}


def test_a_damaged_picture_costs_itself_and_is_named(document: Document) -> None:
    (issue,) = (issue for issue in document.issues if issue.code == "page.failed")
    assert issue.page == 3
    assert "the picture bad.png: the PNG picture is truncated or damaged" in issue.message


def test_parts_put_together_are_the_whole(
    converter: Converter, document: Document, web_page: Path
) -> None:
    assert converter.page_numbers(web_page) == (2, 3)
    parts = [converter.convert_pages(web_page, [number]) for number in (3, 2)]
    parts = pickle.loads(pickle.dumps(parts))
    assert put_together(parts) == document
    lost = ConvertedPages(parts[0].source, (), {2: UnreadableInputError("gone", remedy="Mend it")})
    assert [page.number for page in put_together([parts[0], lost]).pages] == [1, 4]


def test_chosen_pages_keep_their_numbers(web_page: Path) -> None:
    document = Converter(Options(ingest={"pages": "4"})).convert(web_page)
    assert [page.number for page in document.pages] == [4]
    assert [table.pages for table in document.tables] == [(4,)]
    assert document.source.page_count == 4
    with pytest.raises(UnreadableInputError, match=r"bad\.png"):
        Converter(Options(ingest={"pages": "3"})).convert(web_page)


def test_exports_show_the_pages_of_print(document: Document, web_page: Path) -> None:
    with page_pictures(web_page, document, Options()) as picture:
        shown = [picture(page.number) is not None for page in document.pages]
    assert shown == [False, True, False]
