"""Style sheets and framed pages in files beside a saved web page, and in web archives."""

from pathlib import Path

import pytest

from ocrpipe.document import Document
from ocrpipe.ingest import open_source
from ocrpipe.ingest.web.companions import beside
from ocrpipe.ingest.web.source import companions_of, read_html
from ocrpipe.options import IngestOptions

TABLE = "<table><tr><td>申请</td><td>7<i class='old'>4</i></td></tr><tr><td>答复<td>6</table>"
PAGE = f"<html><head><link rel='stylesheet' href='{{}}'></head><body>{TABLE}</body></html>"
SHEET = ".old { display: none }"


def read(path: Path) -> Document:
    with open_source(path, IngestOptions()) as source:
        assert source.document is not None
        return source.document


def cells(document: Document) -> list[str]:
    return [cell.text for cell in document.tables[0].cells]


@pytest.mark.parametrize(
    "address",
    ["a_files/x.css", "./a_files/x.css?v=3", "a_files\\x.css", "%61_files/x.css#top"],
)
def test_a_style_sheet_beside_the_page_hides_what_it_says(tmp_path: Path, address: str) -> None:
    """A hidden 4 made 74 of the 7 that a browser shows, and it was sure."""
    (tmp_path / "a_files").mkdir()
    (tmp_path / "a_files" / "x.css").write_text(SHEET)
    (tmp_path / "a.html").write_text(PAGE.format(address))
    assert cells(read(tmp_path / "a.html")) == ["申请", "7", "答复", "6"]


@pytest.mark.parametrize(
    "address",
    ["../x.css", "{root}/x.css", "file://{root}/x.css", "//site/x.css", "http://site/x.css",
     "link.css", "folder", "a\0b", "x" * 5000, "http://[", ""],
)  # fmt: skip
def test_nothing_else_is_read(tmp_path: Path, address: str) -> None:
    folder = tmp_path / "page"
    (folder / "folder").mkdir(parents=True)
    (tmp_path / "x.css").write_text(SHEET)
    (folder / "link.css").symlink_to(tmp_path / "x.css")
    assert beside(folder / "a.html")(address.format(root=tmp_path)) is None


def test_the_page_in_a_frame_is_read_where_it_stands(tmp_path: Path) -> None:
    frames = "<p>{0}</p><iframe src='t.html'></iframe><iframe src='v.pdf'></iframe><p>{0}</p>"
    prose = "本年度的情况如下所述，全年共收到申请七件，均已按期答复。"
    (tmp_path / "t.html").write_bytes(f"<body>{TABLE}<iframe src='a.html'>".encode("gb18030"))
    (tmp_path / "v.pdf").write_bytes(b"%PDF-1.4 " + b"7 " * 1000)
    (tmp_path / "a.html").write_text(f"<html><body>{frames.format(prose)}</body></html>")
    document = read(tmp_path / "a.html")
    assert cells(document) == ["申请", "74", "答复", "6"]
    assert [block.kind for block in document.pages[0].blocks] == ["text", "table", "text"]


def test_a_page_of_frames_alone_has_what_they_show(tmp_path: Path) -> None:
    """It was refused, though the pages lie beside it."""
    frames = "<frameset cols='2,8'><frame src='m.html'><frame src='t.html'></frameset>"
    (tmp_path / "m.html").write_text("<body><a href=x>首页</a></body>")
    (tmp_path / "t.html").write_text(f"<body>{TABLE}</body>")
    (tmp_path / "a.html").write_text(f"<html><head></head>{frames}</html>")
    assert cells(read(tmp_path / "a.html")) == ["申请", "74", "答复", "6"]


def test_a_hidden_frame_is_not_looked_into(tmp_path: Path) -> None:
    (tmp_path / "t.html").write_text(f"<body>{TABLE}</body>")
    hidden = "<iframe src=t.html style='display:none'></iframe><iframe src=t.html width=1></iframe>"
    (tmp_path / "a.html").write_text(f"<html><body><p>总体情况</p>{hidden}</body></html>")
    assert read(tmp_path / "a.html").tables == ()


def test_a_style_sheet_of_a_web_archive_counts() -> None:
    archive = "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=XX\r\n\r\n"
    for kind, location, part in (
        ("text/html; charset=utf-8", "http://site/a/b.html", PAGE.format("../x.css")),
        ("text/css", "http://site/x.css", SHEET),
    ):
        archive += f"--XX\r\nContent-Type: {kind}\r\nContent-Location: {location}\r\n\r\n{part}\r\n"
    document = read_html(f"{archive}--XX--\r\n".encode(), "a.mhtml")
    assert cells(document) == ["申请", "7", "答复", "6"]


@pytest.mark.parametrize(
    "rule",
    ['@import "x.css";', "@charset 'utf-8'; /* old */ @IMPORT url( 'x.css' ) screen;",
     "@import url(none.css);@import url(x.css) print, all;"],
)  # fmt: skip
@pytest.mark.parametrize("place", ["sheet", "page"])
def test_a_sheet_that_another_one_imports_counts(tmp_path: Path, rule: str, place: str) -> None:
    """Sites name one sheet, which imports the others: a hidden 4 made 74 of 7."""
    (tmp_path / "css").mkdir()
    (tmp_path / "css" / "x.css").write_text(SHEET)
    (tmp_path / "css" / "all.css").write_text(rule + " td { color: black }")
    page = PAGE.format("css/all.css")
    if place == "page":
        page = page.replace(
            "</head>", f"<style>{rule.replace('x.css', 'css/x.css')}</style></head>"
        )
        (tmp_path / "css" / "all.css").unlink()
    (tmp_path / "a.html").write_text(page)
    assert cells(read(tmp_path / "a.html"))[1] == "7"


@pytest.mark.parametrize(
    "css",
    ["/* @import 'x.css'; */", "td {} @import 'x.css';", "@import 'x.css' print;",
     "@import 'all.css';" * 50 + "@import 'b.css';"],
)  # fmt: skip
def test_what_imports_no_sheet(tmp_path: Path, css: str) -> None:
    (tmp_path / "x.css").write_text(SHEET)
    (tmp_path / "all.css").write_text(css)
    (tmp_path / "b.css").write_text("@import 'all.css';" * 50)
    (tmp_path / "a.html").write_text(PAGE.format("all.css"))
    assert cells(read(tmp_path / "a.html"))[1] == "74"


def test_a_frame_finds_what_lies_beside_it(tmp_path: Path) -> None:
    """Browsers save the pages of frames, and their sheets, in a folder."""
    (tmp_path / "a_files").mkdir()
    (tmp_path / "a_files" / "x.css").write_text(SHEET)
    (tmp_path / "a_files" / "f.html").write_text(PAGE.format("./x.css"))
    (tmp_path / "a.html").write_text("<html><body><iframe src='./a_files/f.html'></iframe>")
    assert cells(read(tmp_path / "a.html"))[1] == "7"


@pytest.mark.parametrize("start", ["", "\ufeff", "\r\n", "\ufeff\n"])
@pytest.mark.parametrize("source", ["f.html", "http://site/a/f.html", "cid:frame-1@x"])
def test_a_web_archive_keeps_the_text_around_its_frame(start: str, source: str) -> None:
    """The frame's page has more cells, and was all that was read; and a byte order mark before the
    first header hid that it is an archive."""
    prose = "本年度的情况如下所述，全年共收到申请七件，均已按期答复。"
    parts = {
        "http://site/a/a.html": f"<body><p>{prose}</p><iframe src='{source}'></iframe></body>",
        "http://site/a/f.html": f"<body>{TABLE}</body>",
    }
    archive = f"{start}From: <Saved>\r\nMIME-Version: 1.0\r\n"
    archive += "Content-Type: multipart/related; boundary=XX\r\n\r\n"
    for number, (location, part) in enumerate(parts.items()):
        archive += f"--XX\r\nContent-Type: text/html\r\nContent-ID: <frame-{number}@x>\r\n"
        archive += f"Content-Location: {location}\r\n\r\n{part}\r\n"
    document = read_html(f"{archive}--XX--\r\n".encode(), "a.mhtml")
    assert [block.kind for block in document.pages[0].blocks] == ["text", "table"]


def test_the_files_that_a_page_depends_on_are_known_there_or_not(tmp_path: Path) -> None:
    (tmp_path / "a_files").mkdir()
    framed = PAGE.format("./x.css?v=3").replace("<body>", "<body><img src=2.png>")
    (tmp_path / "a_files" / "f.html").write_text(framed)
    frame = "<iframe src='./a_files/f.html'></iframe><img src='a_files/b/../1.png'>"
    outside = "<img src=../3.png><img src=/4.png><img src=http://site/5.png><img src='data:,6'>"
    (tmp_path / "a.html").write_text(PAGE.format("y.css").replace(TABLE, frame + outside))
    assert companions_of(tmp_path / "a.html") == (
        "2.png", "a_files/1.png", "a_files/2.png", "a_files/f.html", "a_files/x.css",
        "a_files/x.css?v=3", "x.css", "x.css?v=3", "y.css",
    )  # fmt: skip
