"""White space of a web page as a browser shows it."""

import re

from ocrpipe.ingest.characters import INVISIBLE, is_wide

_SPACES = re.compile(r"[\s\u00a0\u2000-\u200a\u202f\u3000]+")
_UNSEEN = dict.fromkeys(map(ord, INVISIBLE | {"\u00ad"}))
"""A soft hyphen is seen at the end of a line alone, where nobody has put it in Chinese."""
_BREAKS = re.compile(r"[\r\n\t\f]+")
_WIDE_SPACES = re.compile("[\u2001\u2003\u3000]|[\u00a0\u2000-\u200a\u202f]{2}")


_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that no XML has (XML 1.0, 2.2): lxml reads them, and refuses to write them."""


def writable(text: str | None) -> str:
    """Text without the characters that may not be put into an element."""
    return _FORBIDDEN.sub("", text or "")


def flowed(text: str | None) -> str:
    """Text of the page's source in which a line break or a tab is a mere blank, as HTML has it."""
    return _BREAKS.sub(" ", text or "")


def collapse(text: str) -> str:
    """White space as it is seen: none at the ends, and inside one space between Latin words.

    Between Chinese characters a line break or blank of the page's source is not seen, and a gap
    that was made of wide or several hard spaces is kept as one.
    """
    text = text.translate(_UNSEEN)
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
    if _WIDE_SPACES.search(spaces):
        return "\u3000" if "\u3000" in spaces else " "
    return "" if is_wide(before) or is_wide(after) else " "
