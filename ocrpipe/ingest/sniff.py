"""What a file is, told from its content; the name only has to agree."""

import re
from pathlib import PurePath

from ocrpipe.errors import UnreadableInputError

PDF = "application/pdf"
HTML = "text/html"

HEAD_BYTES = 4096
"""How much of the start of a file `media_type` wants to see."""

_NAMES = {
    PDF: "a PDF",
    HTML: "a web page",
    "image/png": "a PNG picture",
    "image/jpeg": "a JPEG picture",
    "image/tiff": "a TIFF picture",
    "image/bmp": "a BMP picture",
    "image/webp": "a WebP picture",
    "image/gif": "a GIF picture",
}

_EXTENSIONS = {
    ".pdf": PDF,
    ".html": HTML,
    ".htm": HTML,
    ".xhtml": HTML,
    ".shtml": HTML,
    ".mhtml": HTML,
    ".mht": HTML,
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".tif": "image/tiff",
    ".tiff": "image/tiff",
    ".bmp": "image/bmp",
    ".webp": "image/webp",
    ".gif": "image/gif",
}

_MAGIC = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"II+\x00", "image/tiff"),  # BigTIFF
    (b"MM\x00+", "image/tiff"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
)

_HEIF_BRANDS = (b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1")
"""Major brands of HEIF files (ISO/IEC 23008-12, annex B), which telephones save."""

_AVIF_BRANDS = (b"avif", b"avis")
"""Brands of AVIF files, major or among those after it (AV1 Image File Format, 6)."""

_SAVE_AS_PDF = "Open it in the program that made it and save it as PDF."
_SUPPORTED = "ocrpipe reads PDF, PNG, JPEG, TIFF, BMP, WebP and saved HTML pages."

_UNPACK = "Unpack it and convert the files in it."
_ZIP = b"PK\x03\x04"
_OFFICE = (b"[Content_Types].xml", b"_rels/", b"word/", b"xl/", b"ppt/", b"docProps/", b"mimetype")
"""Names of what office documents begin with: those of OOXML, and of OpenDocument."""

# Formats that people do hand in, each with what to do about it.
_UNSUPPORTED = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an office document (.doc, .xls, .wps)", _SAVE_AS_PDF),
    (b"{\\rtf", "an RTF document", _SAVE_AS_PDF),
    (b"%!PS", "a PostScript file", "Convert it to PDF, for instance with ps2pdf."),
    (b"AT&TFORM", "a DjVu file", "Convert it to PDF, for instance with ddjvu -format=pdf."),
    (b"\x00\x00\x00\x0cjP  ", "a JPEG 2000 picture", "Convert it to PNG."),
    (b"\xffO\xffQ", "a JPEG 2000 picture", "Convert it to PNG."),
    (b"\x00\x00\x01\x00", "an icon file", "Convert it to PNG."),
    (b"Rar!", "an archive", _UNPACK),
    (b"7z\xbc\xaf", "an archive", _UNPACK),
    (b"\x1f\x8b", "a compressed file", _UNPACK),
)

_HTML_START = re.compile(
    rb"<\s*(?:!doctype\s+html|html|head|body|meta|title|table|div|p|h1|span|article|section)\b",
    re.IGNORECASE,
)
_ASCII_BYTES = 12
"""As many as "<html>" takes in UTF-16, the shortest that pages begin with."""

_ANY_TAG = re.compile(rb"<\s*/?[a-z!]", re.IGNORECASE)


def media_type(head: bytes, source: str | None = None) -> str:
    """The media type of a file that starts with `head` (its first HEAD_BYTES or all of it).

    Raises:
        UnreadableInputError: the file is empty or of a format that is not read.
    """
    if not head:
        raise UnreadableInputError(
            "the file is empty (0 bytes)", source=source, remedy="Fetch or export it again."
        )
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "image/webp"
    # Readers accept a PDF header anywhere in the first 1024 bytes (PDF reference 1.7, appendix H).
    if b"%PDF-" in head[:1024]:
        return PDF
    if head.startswith(_ZIP):
        what, remedy = _kind_of_zip(head)
        raise UnreadableInputError(f"this is {what}", source=source, remedy=remedy)
    for magic, what, remedy in _UNSUPPORTED:
        if head.startswith(magic):
            raise UnreadableInputError(f"this is {what}", source=source, remedy=remedy)
    if head[4:8] == b"ftyp" and head[8:12] in (*_HEIF_BRANDS, *_AVIF_BRANDS):
        what = "an AVIF" if any(brand in head[8:64] for brand in _AVIF_BRANDS) else "a HEIC"
        raise UnreadableInputError(
            f"this is {what} picture", source=source, remedy="Save or export it as JPEG or PNG."
        )
    if head.startswith(b"BM") and _is_bitmap_header(head):
        return "image/bmp"
    if _looks_like_html(head):
        return HTML
    raise UnreadableInputError(
        "the content is of no known format", source=source, remedy=_SUPPORTED
    )


def _kind_of_zip(head: bytes) -> tuple[str, str]:
    """What a ZIP file is by the names in it, and what to do about it."""
    if b"OFD.xml" in head or b"Doc_0/" in head:
        return "an OFD document", "Open it in an OFD reader and print or export it as PDF."
    # A local header has 30 bytes before its first name (PKWARE APPNOTE, 4.3.7).
    if head[30:].startswith(_OFFICE):
        return "an office document", _SAVE_AS_PDF
    return "a ZIP archive or an office document", f"{_UNPACK[:-1]}, or save it as PDF."


def _is_bitmap_header(head: bytes) -> bool:
    # The two reserved words of a bitmap's file header are 0; a text that begins with "BM" is not.
    return len(head) >= 18 and head[6:10] == b"\0\0\0\0"


def unmarked_utf16(data: bytes) -> str | None:
    """The byte order of UTF-16 text that has no byte order mark and begins with ASCII characters.

    Markup does, and in no other encoding is every second of its first bytes 0.
    """
    even, odd = data[:_ASCII_BYTES:2], data[1:_ASCII_BYTES:2]
    if not even or len(even) != len(odd):
        return None
    if all(even) and not any(odd):
        return "utf-16-le"
    return "utf-16-be" if all(odd) and not any(even) else None


def _looks_like_html(head: bytes) -> bool:
    unmarked = unmarked_utf16(head)
    if unmarked is not None:
        head = head[: len(head) // 2 * 2].decode(unmarked, "replace").encode("utf-8")
    elif head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head.decode("utf-16", "replace").encode("utf-8")
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if b"\0" in text:
        return False
    if b"mime-version:" in text.lower() and b"multipart/related" in text.lower():
        return True  # a web archive
    # A comment or an XML declaration may stand before the first element.
    return bool(_ANY_TAG.match(text) or text.startswith(b"<?xml")) and bool(
        _HTML_START.search(text)
    )


def check_name(name: str | None, kind: str, source: str | None = None) -> None:
    """Refuse a file whose name promises another family of format than its content is.

    A picture under the extension of another picture format is let through: nothing that follows
    depends on it.

    Raises:
        UnreadableInputError: for instance a PNG picture named report.pdf.
    """
    suffix = PurePath(name).suffix.lower() if name else ""
    expected = _EXTENSIONS.get(suffix)
    if expected is None or _family(expected) == _family(kind):
        return
    right = next(extension for extension, value in _EXTENSIONS.items() if value == kind)
    raise UnreadableInputError(
        f"the name says {suffix}, but the content is {_NAMES[kind]}",
        source=source,
        remedy=f"Rename it to {PurePath(name or '').stem}{right}, or export it as {suffix} again.",
    )


def has_known_extension(name: str) -> bool:
    """Whether a file of that name is likely to be of a format that is read."""
    return PurePath(name).suffix.lower() in _EXTENSIONS


def _family(kind: str) -> str:
    return "image" if kind.startswith("image/") else kind
