"""Bytes of a web page to text, and its white space to what a browser shows."""

import codecs
import re
from email import message_from_bytes

from ocrpipe.ingest.characters import is_wide

_DECLARED = re.compile(rb"""charset\s*=\s*["']?\s*([A-Za-z0-9_:.-]+)""", re.IGNORECASE)
_XML_ENCODING = re.compile(rb"""^\s*<\?xml[^>]*encoding\s*=\s*["']([A-Za-z0-9_-]+)""")
_HEAD_BYTES = 4096

_NO_CHARSETS = frozenset(("idna", "punycode", "unicode-escape", "raw-unicode-escape"))
"""Codecs of Python that do make text of bytes, but of no web page."""

_TOLERATED = 0.005
"""Share of undecodable characters up to which an encoding is believed: pages are cut off, or have
one odd byte from a database."""

_SPACES = re.compile(r"[\s\u00a0\u2000-\u200b\u202f\u3000\ufeff]+")
_BREAKS = re.compile(r"[\r\n\t\f]+")
_WIDE_SPACES = re.compile("[\u2001\u2003\u3000]|[\u00a0\u2000-\u200a\u202f]{2}")


def decode_html(data: bytes) -> str:
    """The text of a saved web page.

    A byte order mark decides, then valid UTF-8, then the declared encoding, then GB 18030. UTF-8
    goes before the declaration because tools save pages anew in UTF-8 and keep the old tag, and no
    Chinese text in another encoding happens to be valid UTF-8.
    """
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    declared = _declared_encoding(data)
    candidates = ["utf-8", *([declared] if declared else []), "gb18030"]
    decoded = [(data.decode(encoding, "replace")) for encoding in candidates]
    for text in decoded:
        if text.count("\ufffd") <= _TOLERATED * len(text):
            return text
    return min(decoded, key=lambda text: text.count("\ufffd"))


def unpack_archive(data: bytes) -> bytes:
    """The page inside a web archive (.mhtml, RFC 2557); other data as it is.

    Raises:
        RecursionError: its parts lie one inside the other, hundreds deep.
    """
    head = data[:2048].lower()
    if b"mime-version:" not in head or b"multipart/related" not in head:
        return data
    # The modern policy takes minutes over a header that is long.
    message = message_from_bytes(data)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            content = part.get_payload(decode=True)
            if isinstance(content, bytes):
                return content
    return data


def flowed(text: str | None) -> str:
    """Text of the page's source in which a line break or a tab is a mere blank, as HTML has it."""
    return _BREAKS.sub(" ", text or "")


def collapse(text: str) -> str:
    """White space as it is seen: none at the ends, and inside one space between Latin words.

    Between Chinese characters a line break or blank of the page's source is not seen, and a gap
    that was made of wide or several hard spaces is kept as one.
    """
    pieces: list[str] = []
    end = 0
    for match in _SPACES.finditer(text):
        pieces.append(text[end : match.start()])
        before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
        if before and after:
            pieces.append(_gap(match.group(), before, after))
        end = match.end()
    return "".join([*pieces, text[end:]])


def join_lines(lines: list[str]) -> str:
    """Lines that belong together as one: a space only between two Latin words."""
    return collapse("\n".join(line for line in lines if line))


def _gap(spaces: str, before: str, after: str) -> str:
    if set(spaces) <= {"\u200b", "\ufeff"}:
        return ""
    if _WIDE_SPACES.search(spaces):
        return "\u3000" if "\u3000" in spaces else " "
    return "" if is_wide(before) or is_wide(after) else " "


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
