"""Pictures of print in a web page are pages of the document."""

import base64
import io
from pathlib import Path

import pytest
from PIL import Image

from ocrpipe.errors import UnreadableInputError
from ocrpipe.ingest import open_source
from ocrpipe.ingest.web.source import WebPage, read_page
from ocrpipe.options import IngestOptions

PAGE = "<html><head><title>年度报告</title></head><body>{}</body></html>"
TEXT = "<p>本年度共收到政府信息公开申请七件，均已按期答复。</p>"
TABLE = "<table><tr><td>申请</td><td>7</td></tr><tr><td>答复</td><td>6</td></tr></table>"


def picture(width: int = 500, height: int = 700, kind: str = "PNG", grey: int = 255) -> bytes:
    buffer = io.BytesIO()
    Image.new("L", (width, height), grey).save(buffer, kind)
    return buffer.getvalue()


def read(body: str, **files: bytes) -> WebPage:
    found = {f"{name}.png": data for name, data in files.items()}
    return read_page(PAGE.format(body).encode(), "a.html", find=found.get)


def test_pages_of_print_stand_between_the_texts() -> None:
    body = f"{TEXT}<p><img src=a.png> <img src=b.png></p>{TEXT}{TABLE}<center><img src=c.png>"
    page = read(body, a=picture(), b=picture(1000, 1400), c=picture(700, 500))
    assert {number: one.name for number, one in page.pictures.items()} == {
        2: "a.png", 3: "b.png", 5: "c.png"
    }  # fmt: skip
    assert page.document.source.page_count == 5
    assert [one.number for one in page.document.pages] == [1, 4]
    assert [block.id for block in page.document.pages[1].blocks] == ["p4-b1", "p4-b2"]
    assert page.document.tables[0].pages == (4,)
    assert page.document.issues == ()


@pytest.mark.parametrize("body", ["<img src=a.png>", "<h1><img src=a.png></h1>", (
    "<table><tr><td><img src=a.png></td></tr><tr><td><img src=b.png></td></tr></table>"
)])  # fmt: skip
def test_a_page_may_be_pictures_alone(body: str) -> None:
    page = read(body, a=picture(), b=picture())
    assert list(page.pictures) == [*range(1, 1 + body.count("<img"))]
    assert page.document.pages == ()


@pytest.mark.parametrize(
    "tag",
    [
        "<img src=a.png>",
        "<img src=a.png width=60 height=80>",
        "<img src=a.png style='display:none'>",
        "<img src=http://site/a.png>",
        "<img src=b.png>",
    ],
)
def test_other_pictures_are_no_pages(tag: str) -> None:
    sizes = (499, 900) if tag == "<img src=a.png>" else (500, 700)
    page = read(TEXT + tag, a=picture(*sizes), b=b"<html>404")
    assert page.pictures == {}
    assert len(page.document.pages) == 1


def test_what_is_shown_twice_or_loaded_late_is_one_page() -> None:
    body = "<img src=dot.png data-src=a.png><img src=a.png>"
    page = read(TEXT + body, a=picture(), dot=picture(1, 1))
    assert [one.name for one in page.pictures.values()] == ["a.png"]
    assert page.document.issues == ()


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_picture_in_the_page_itself_is_a_page(kind: str) -> None:
    data = picture(kind=kind)
    address = f"data:image/{kind.lower()};base64,{base64.b64encode(data).decode()}"
    page = read(f"{TEXT}<img src='data:image/png;base64,{'A' * 300}'><img src='{address}'>")
    assert [one.read() for one in page.pictures.values()] == [data]
    assert [issue.message for issue in page.document.issues] == ["pictures were not read: 1"]


def test_a_picture_of_a_frame_stands_where_the_frame_does(tmp_path: Path) -> None:
    (tmp_path / "a_files").mkdir()
    (tmp_path / "a_files" / "f.html").write_text(PAGE.format(TABLE + "<img src=1.png>"))
    (tmp_path / "a_files" / "1.png").write_bytes(picture())
    (tmp_path / "a.html").write_text(PAGE.format(f"{TEXT}<iframe src=a_files/f.html></iframe>"))
    with open_source(tmp_path / "a.html", IngestOptions()) as source:
        assert (source.page_numbers, source.paper) == ((1, 2), (2,))


def test_a_page_is_rasterized_and_one_that_is_damaged_names_its_file(tmp_path: Path) -> None:
    (tmp_path / "1.jpg").write_bytes(picture(kind="JPEG"))
    (tmp_path / "2.png").write_bytes(picture(1000, 1400)[:200])
    body = f"{TEXT}<img src=1.jpg><img src=2.png>"
    (tmp_path / "a.html").write_text(PAGE.format(body))
    with open_source(tmp_path / "a.html", IngestOptions()) as source:
        assert [page.number for page in map(source.page, source.paper[:1])] == [2]
        assert source.page(2).render(200).pixels.shape[:2] == (1400, 1000)
        with pytest.raises(UnreadableInputError, match=r"a\.html, page 3: the picture 2\.png"):
            source.page(3)
        with pytest.raises(UnreadableInputError, match="page 1: a web page has no picture"):
            source.page(1)


def test_a_page_with_hardly_a_text_names_the_pictures_that_are_not_at_hand() -> None:
    """Only those beside the longest text were named, and that was the title."""
    page = read("<div><p>某局年度报告信息公开工作年度报告</p></div><div><img src=gone.png></div>")
    assert [issue.message for issue in page.document.issues] == [
        "pictures were not read: 1 (gone.png)"
    ]
