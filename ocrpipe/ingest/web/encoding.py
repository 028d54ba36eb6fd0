"""Bytes of a saved web page or web archive to text."""

import codecs
import re
from email import message_from_bytes

from ocrpipe.ingest.sniff import unmarked_utf16
from ocrpipe.ingest.web.companions import Find, in_archive

_DECLARED = re.compile(rb"""charset\s*=\s*["']?\s*([A-Za-z0-9_:.-]+)""", re.IGNORECASE)
_XML_ENCODING = re.compile(rb"""^\s*<\?xml[^>]*encoding\s*=\s*["']([A-Za-z0-9_-]+)""")
_MIME = b"mime-version:"
_FRAME = re.compile(rb"""<i?frame\b[^>]*?\ssrc\s*=\s*["']?([^"'>\s]+)""", re.IGNORECASE)
_CELL = re.compile(rb"<t[dh]\b", re.IGNORECASE)
_HEAD_BYTES = 4096
"""The HTML standard has browsers look at the first 1024; scripts may stand before it."""

_NO_CHARSETS = frozenset(("idna", "punycode", "unicode-escape", "raw-unicode-escape"))
"""Codecs of Python that do make text of bytes, but of no web page."""

_SAMPLE, _MOSTLY = 5000, 0.9
"""Characters beyond ASCII that are looked at, and the share of them that is common in Chinese: all
in two pages of ours, 4 to 29% in French, German and Portuguese, 78% in Russian."""

_FREQUENT = range(0xA1, 0xC7)
"""First bytes of the symbols and of the 5401 frequently used characters of Big5."""

_TOLERATED = 0.005
"""Share of undecodable characters up to which an encoding is believed: pages are cut off, or have
one odd byte from a database."""


def decode_html(data: bytes) -> str:
    """The text of a saved web page.

    A byte order mark decides, or that every second byte is 0, then valid UTF-8, then the declared
    encoding, then GB 18030, or Big5 where that makes common characters and GB 18030 does not. UTF-8
    goes before the declaration because tools save pages anew in UTF-8 and keep the old tag, and no
    Chinese text in another encoding happens to be valid UTF-8. A declaration of a Western encoding
    is not believed over Chinese text: the server's header, which is not saved, said better.
    """
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    unmarked = unmarked_utf16(data)
    if unmarked is not None:
        return data.decode(unmarked, "replace")
    declared = _declared_encoding(data)
    if declared is not None and _has_no_pairs(declared) and _is_chinese(data):
        declared = None
    unknown = declared is None and not _is_chinese(data) and _is_big5(data)
    chinese = "big5hkscs" if unknown else "gb18030"
    candidates = ["utf-8", *([declared] if declared else []), chinese]
    decoded = [(data.decode(encoding, "replace")) for encoding in candidates]
    for text in decoded:
        if text.count("\ufffd") <= _TOLERATED * len(text):
            return text
    return min(decoded, key=lambda text: text.count("\ufffd"))


def _has_no_pairs(encoding: str) -> bool:
    """Whether each byte is a character in an encoding."""
    return len(bytes(range(256)).decode(encoding, "replace")) == 256


def _is_chinese(data: bytes) -> bool:
    """Whether bytes make common Chinese characters in pairs, as those of Western letters do not:
    the second byte of one in GB 2312 is no letter of ASCII."""
    text = data.decode("gb18030", "replace")
    wide = [char for char in text if char > "\x7f"][:_SAMPLE]
    common = sum(len(char.encode("gb2312", "ignore")) == 2 for char in wide)
    return common > _MOSTLY * len(wide)


def _is_big5(data: bytes) -> bool:
    """Whether bytes make Chinese characters of the frequent half of Big5, or its symbols."""
    text = data.decode("big5", "replace")
    wide = [char for char in text if char > "\x7f"][:_SAMPLE]
    common = sum(char.encode("big5", "replace")[0] in _FREQUENT for char in wide)
    return common > _MOSTLY * len(wide)


def unpack_archive(data: bytes) -> tuple[bytes, Find | None]:
    """The page inside a web archive (.mhtml, RFC 2557), and what finds the archive's other parts;
    other data as it is, and None.

    Of several pages it is the one with most table cells, or the first one where that shows this
    one in a frame.

    Raises:
        RecursionError: its parts lie one inside the other, hundreds deep.
    """
    data = data.removeprefix(codecs.BOM_UTF8).lstrip() if _MIME in data[:2048].lower() else data
    head = data[:2048].lower()
    if _MIME not in head or b"multipart/related" not in head:
        return data, None
    # The modern policy takes minutes over a header that is long.
    message = message_from_bytes(data)
    pages: list[tuple[bytes, str, str]] = []
    parts: dict[str, bytes] = {}
    for part in message.walk():
        content = part.get_payload(decode=True)
        if isinstance(content, bytes):
            location = str(part.get("Content-Location", "")).strip()
            parts[location] = content
            identity = "cid:" + str(part.get("Content-ID", "")).strip(" <>")
            parts[identity] = content
            if part.get_content_type() == "text/html":
                pages.append((content, location, identity))
    # The first one is the page itself; what else there is may be all that it is there for.
    best = max(pages, key=lambda one: len(_CELL.findall(one[0])), default=(data, "", ""))
    page, location, _ = pages[0] if pages and _shows(pages[0][0], best) else best
    return page, in_archive(parts, location)


def _shows(page: bytes, other: tuple[bytes, str, str]) -> bool:
    """Whether a page of an archive has a frame with another one: its content, its location and its
    identity."""
    sources = {match[1].decode("utf-8", "replace").strip() for match in _FRAME.finditer(page)}
    _, location, identity = other
    return identity in sources or any(
        location == source or (source and location.endswith("/" + source.lstrip("./")))
        for source in sources
    )


def _declared_encoding(data: bytes) -> str | None:
    head = data[:_HEAD_BYTES]
    match = _DECLARED.search(head) or _XML_ENCODING.search(head)
    if match is None:
        return None
    name = match[1].decode("ascii").lower()
    # What is declared as GB 2312 is GBK or GB 18030 in practice (WHATWG Encoding Standard).
    if name.startswith(("gb", "x-gb", "cp936", "hz")):
        return "gb18030"
    try:
        known = codecs.lookup(name).name
        # Not every codec of Python makes text of bytes (hex, idna, undefined ...).
        b"a".decode(known, "replace")
    except (LookupError, UnicodeError):
        return None
    return None if known in _NO_CHARSETS else known
