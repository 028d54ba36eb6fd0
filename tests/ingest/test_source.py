import hashlib
import io
import os
from pathlib import Path

import pymupdf
import pytest
from PIL import Image

from ocrpipe.errors import UnreadableInputError, UsageError
from ocrpipe.ingest import open_source
from ocrpipe.options import IngestOptions


def pdf_bytes(pages: int = 1) -> bytes:
    pdf = pymupdf.open()
    for _ in range(pages):
        pdf.new_page()
    data: bytes = pdf.tobytes()
    return data


def png_bytes() -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (20, 20), "white").save(buffer, "PNG")
    return buffer.getvalue()


def test_a_pdf_whose_name_is_no_utf8_is_opened(tmp_path: Path) -> None:
    """It was called damaged."""
    path = tmp_path / os.fsdecode("年报.pdf".encode("gb18030"))
    try:
        path.write_bytes(pdf_bytes(2))
    except OSError:  # Not every system has such names.
        return
    with open_source(path, IngestOptions()) as source:
        assert source.page_count == 2
        assert source.page(2).number == 2


def test_path_bytes_and_file_object_say_the_same(tmp_path: Path) -> None:
    data = pdf_bytes(2)
    path = tmp_path / "年报.pdf"
    path.write_bytes(data)
    with path.open("rb") as file:
        sources = [
            open_source(path, IngestOptions()),
            open_source(str(path), IngestOptions()),
            open_source(data, IngestOptions(), "年报.pdf"),
            open_source(file, IngestOptions()),
            open_source(io.BytesIO(data), IngestOptions(), "年报.pdf"),
        ]
        for source in sources:
            with source:
                assert source.name == "年报.pdf"
                assert source.sha256 == hashlib.sha256(data).hexdigest()
                assert (source.media_type, source.page_count) == ("application/pdf", 2)
                assert source.document is None


def test_content_goes_before_a_missing_name() -> None:
    with open_source(png_bytes(), IngestOptions()) as source:
        assert source.media_type == "image/png"
        assert source.name


def test_a_pdf_without_extension_is_read(tmp_path: Path) -> None:
    path = tmp_path / "download"
    path.write_bytes(pdf_bytes())
    with open_source(path, IngestOptions()) as source:
        assert source.media_type == "application/pdf"


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("missing.pdf", None, "no such file"),
        ("empty.pdf", b"", "empty"),
        ("picture.pdf", png_bytes(), "PNG picture"),
        ("text.pdf", b"just words", "no known format"),
        ("report.png", pdf_bytes(), "a PDF"),
    ],
)
def test_bad_files_give_one_line_with_name_and_remedy(
    tmp_path: Path, name: str, content: bytes | None, said: str
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(UnreadableInputError, match=said) as caught:
        open_source(path, IngestOptions())
    assert name in str(caught.value)
    assert "\n" not in str(caught.value)
    assert caught.value.remedy


def test_a_dash_is_told_to_be_no_input(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UnreadableInputError, match="standard input is not read"):
        open_source("-", IngestOptions())


@pytest.mark.parametrize("kind", [str, Path])
def test_an_address_is_not_taken_for_a_misspelt_path(kind: type[str | Path]) -> None:
    with pytest.raises(UnreadableInputError, match="Download it"):
        open_source(kind("https://example.org/a.pdf"), IngestOptions())


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInputError, match="folder"):
        open_source(tmp_path, IngestOptions())


def test_text_instead_of_bytes_is_a_usage_error() -> None:
    with pytest.raises(UsageError, match="StringIO"):
        open_source(io.StringIO("x"), IngestOptions())  # type: ignore[arg-type]


def test_a_closed_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf_bytes(1))
    with path.open("rb") as file:
        pass
    with pytest.raises(UnreadableInputError, match=r"a\.pdf: the file object .*closed"):
        open_source(file, IngestOptions())


def test_pages_outside_the_file_are_a_usage_error() -> None:
    with pytest.raises(UsageError, match="2 pages"):
        open_source(pdf_bytes(2), IngestOptions(pages="2-5"))


def test_a_web_page_comes_as_a_document_and_has_no_pages() -> None:
    data = "<html><body><p>一、总体情况</p></body></html>".encode()
    with open_source(data, IngestOptions(), "a.html") as source:
        assert source.document is not None
        assert source.document.source.name == "a.html"
        assert list(source.pages()) == []
        with pytest.raises(UnreadableInputError):
            source.page(1)


def test_a_file_name_that_is_no_utf8_can_be_written_to_a_result() -> None:
    with open_source(png_bytes(), IngestOptions(), name="a\udcff.png") as source:
        assert source.name == "a\\udcff.png"
