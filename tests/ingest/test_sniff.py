import io
import zipfile

import pytest

from ocrpipe.errors import UnreadableInputError
from ocrpipe.ingest.sniff import check_name, media_type


def _zip(*names: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            archive.writestr(name, "<x/>")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"%PDF-1.7\n", "application/pdf"),
        (b"\xef\xbb\xbf\n%PDF-1.4", "application/pdf"),
        (b"junk" * 200 + b"%PDF-1.4", "application/pdf"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 8, "image/png"),
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"II*\0\x08\0\0\0", "image/tiff"),
        (b"MM\0*\0\0\0\x08", "image/tiff"),
        (b"BM\x36\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0", "image/bmp"),
        (b"RIFF\x10\0\0\0WEBPVP8 ", "image/webp"),
        (b"<!DOCTYPE html><html>", "text/html"),
        (b"\xef\xbb\xbf\r\n <HTML><body>", "text/html"),
        (b"<!-- saved from url -->\n<html>", "text/html"),
        (b'<?xml version="1.0"?><html xmlns="x">', "text/html"),
        (b"<table><tr><td>1", "text/html"),
        ("<html><title>年报</title>".encode("gb18030"), "text/html"),
        ("\ufeff<html>".encode("utf-16-le"), "text/html"),
        ("<html><title>年报</title>".encode("utf-16-le"), "text/html"),
        ("<html><title>年报</title>".encode("utf-16-be"), "text/html"),
    ],
)
def test_media_type_comes_from_the_content(head: bytes, kind: str) -> None:
    assert media_type(head) == kind


@pytest.mark.parametrize(
    ("head", "said"),
    [
        (b"", "empty"),
        (_zip("[Content_Types].xml", "word/document.xml"), "an office document. Open it in the"),
        (_zip("OFD.xml", "Doc_0/Document.xml"), "an OFD document. Open it in an OFD reader"),
        (_zip("年报.pdf"), "Unpack it and convert the files in it, or save it as PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "save it as PDF"),
        (b"{\\rtf1", "save it as PDF"),
        (b"\0\0\0\x0cjP  \r\n\x87\n", "PNG"),
        (b"\0\0\0\x24ftypheic\0\0\0\0mif1heic", "this is a HEIC picture. Save or export it as"),
        (b"\0\0\0\x20ftypavif\0\0\0\0avifmif1", "this is an AVIF picture. Save or export it as"),
        (b"\0\0\0\x20ftypmif1\0\0\0\0mif1avif", "this is an AVIF picture"),
        (b"BMW is a maker of cars", "no known format"),
        ("一、总体情况".encode(), "no known format"),
        (b"<svg xmlns='x'></svg>", "no known format"),
    ],
)
def test_other_content_is_refused_with_a_remedy(head: bytes, said: str) -> None:
    with pytest.raises(UnreadableInputError, match=said) as caught:
        media_type(head, "x.bin")
    assert str(caught.value).startswith("x.bin: ")


def test_a_picture_renamed_pdf_is_refused_and_told_its_right_name() -> None:
    with pytest.raises(UnreadableInputError, match=r"PNG picture.*report\.png"):
        check_name("report.PDF", "image/png", "in/report.PDF")


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.pdf", "application/pdf"),
        ("a.JPG", "image/jpeg"),
        ("a.png", "image/jpeg"),  # another picture format is no obstacle
        ("a.dat", "image/png"),
        ("a", "text/html"),
        (None, "application/pdf"),
    ],
)
def test_names_that_agree_or_say_nothing_pass(name: str | None, kind: str) -> None:
    check_name(name, kind)
