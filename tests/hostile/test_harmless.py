"""Nothing goes to the network, nothing else of the disk is read or written, nothing comes alive."""

import io
import re
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import lxml.html
import openpyxl
import pytest
from markdown_it import MarkdownIt

import ocrpipe
from ocrpipe.cli.convert import convert_files
from ocrpipe.document import Document
from ocrpipe.errors import UnreadableInputError
from ocrpipe.options import ExportOptions, Format, Options
from ocrpipe.pipeline import render_formats
from tests.hostile.pdfs import PDFS
from tests.hostile.web_pages import WEB_PAGES, page

OPTIONS = Options(export=ExportOptions(format=tuple(Format)))
REACHING = {
    **{
        f"{name}.pdf": PDFS[name]
        for name in ("actions", "contents-outside", "contents-local", "attached", "form-xfa")
    },
    **{
        f"{name}.html": WEB_PAGES[name]
        for name in ("outside", "entities", "entity-of-file", "entity-of-address")
    },
}

LIVE = (
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "javascript:alert(1)",
    "[press](javascript:alert(1))", "![x](http://127.0.0.1/x.png)", "<http://127.0.0.1/>",
    "http://127.0.0.1/a", "www.example.org", "=1+1", "+1+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)",
    '=HYPERLINK("http://127.0.0.1")', "{{ 7*7 }}", "</style><style>*{}", "[a]: http://127.0.0.1/",
    "&lt;script&gt;alert(2)&lt;/script&gt;", "\" onclick=alert(1) x=\"", "<!-- -->", "|a|b|",
)  # fmt: skip


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the network is used")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.fixture
def listener() -> Iterator[tuple[int, list[object]]]:
    """A port of this machine, and who called it: native code knows nothing of the guard above."""
    calls: list[object] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def accept() -> None:
            while True:
                try:
                    caller, address = server.accept()
                except OSError:
                    return
                calls.append(address)
                caller.close()

        thread = threading.Thread(target=accept, daemon=True)
        thread.start()
        yield server.getsockname()[1], calls
        server.shutdown(socket.SHUT_RDWR)
        thread.join()


def everything(data: bytes, name: str) -> dict[Format, bytes]:
    document = ocrpipe.convert(data, OPTIONS, name=name)
    return dict(render_formats(data, document, OPTIONS))


@pytest.mark.usefixtures("no_network")
@pytest.mark.parametrize("name", REACHING)
def test_python_opens_no_connection(name: str) -> None:
    everything(REACHING[name](), name)


@pytest.mark.parametrize("name", REACHING)
def test_native_code_opens_no_connection_and_no_file(
    name: str, listener: tuple[int, list[object]]
) -> None:
    port, calls = listener
    data = REACHING[name]().replace(b"127.0.0.1:00009", b"127.0.0.1:%05d" % port)
    results = everything(data, name)
    assert calls == []
    assert not any(b"root:" in content for content in results.values())


def live_document() -> dict[Format, bytes]:
    escaped = [text.replace("&", "&amp;").replace("<", "&lt;") for text in LIVE]
    cells = "".join(f"<tr><td>{text}</td><td>1</td></tr>" for text in escaped)
    paragraphs = "".join(f"<p>{text}</p><h2>{text}</h2>" for text in escaped)
    body = f"{paragraphs}<table><caption>{escaped[0]}</caption>{cells}</table>"
    return everything(page(body, f"<title>{escaped[0]}</title>"), "=1+<script>x<script>.html")


def test_text_is_not_live_in_html() -> None:
    root = lxml.html.document_fromstring(live_document()[Format.HTML].decode())
    assert len(root.findall(".//script")) == 1
    assert "alert" not in (root.find(".//script").text or "")
    assert len(root.findall(".//style")) == 1
    for element in root.iter():
        for name, value in element.attrib.items():
            assert not name.startswith("on")
            if name in ("href", "src", "action", "data"):
                assert value.startswith(("#", "data:image/"))
    assert "<script>alert(1)</script>" in root.text_content()


@pytest.mark.parametrize("preset", ["commonmark", "gfm-like"])
def test_text_is_not_live_in_markdown(preset: str) -> None:
    reader = MarkdownIt(preset, {"linkify": False})
    shown = reader.render(live_document()[Format.MARKDOWN].decode())
    root = lxml.html.fragment_fromstring(shown, create_parent=True)
    found = {element.tag for element in root.iter() if isinstance(element.tag, str)}
    assert not found & {"a", "img", "script", "style", "iframe"}
    assert not any(name.startswith("on") for element in root.iter() for name in element.attrib)


def test_text_is_not_live_in_a_spreadsheet() -> None:
    book = openpyxl.load_workbook(io.BytesIO(live_document()[Format.XLSX]))
    cells = [cell for sheet in book for row in sheet for cell in row]
    assert {"=1+1", "@SUM(A1)"} <= {cell.value for cell in cells}
    assert all(cell.data_type != "f" and cell.hyperlink is None for cell in cells)


def test_results_stay_in_their_folder_whatever_the_inputs_are_called(tmp_path: Path) -> None:
    names = (
        "..html", "...html", "a\nb.html", "\x1b[31m.html", "CON.html", "长" * 80 + ".html",
        "-o.html", "\udcff.html", "%2e%2e%2fx.html", "..\\..\\x.html", "<script>.html",
        "twice.html", "TWICE.html",
    )  # fmt: skip
    files = [tmp_path / "in" / name for name in names]
    files += [tmp_path / "in" / folder / "twice.html" for folder in ("b", "..b")]
    for file in files:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(page(""))
    before = sorted(tmp_path.rglob("*"))
    out = tmp_path / "out"
    assert convert_files(files, out, OPTIONS, strict=False, quiet=True) == 0
    written = [path for path in sorted(tmp_path.rglob("*")) if path not in before]
    assert {path.parent for path in written} == {tmp_path, out}
    assert len([*out.iterdir()]) == len(files) * len(Format)
    for path in out.glob("*.json"):
        assert re.fullmatch(r"[^\x00-\x1f/\\<>]{1,220}", path.name)
        Document.model_validate_json(path.read_bytes())


def test_a_name_that_no_file_can_have_is_refused() -> None:
    with pytest.raises(UnreadableInputError, match="cannot be opened"):
        ocrpipe.convert("a\0b.html")


@pytest.mark.parametrize("name", ["a\0b.html", "../../x.html", "长" * 500 + ".html", "\udcff.html"])
def test_any_name_may_be_given_with_the_content(name: str) -> None:
    assert everything(page(""), name)[Format.JSON]
