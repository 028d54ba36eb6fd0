"""Pictures of print in a web page: which there are, and where their content is.

What an office shows of a report as pictures, one a page, are scanned pages of that document.
"""

import base64
import binascii
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import PurePosixPath
from urllib.parse import unquote_to_bytes

from lxml.html import HtmlElement

from ocrpipe.ingest.web.companions import Find
from ocrpipe.ingest.web.dom import may_hold_table

_SHORT_SIDE, _LONG_SIDE = 500, 700
"""Pixels of a page of print at least: the text area of an A4 sheet at 72 dots an inch, as which
sites show pages that they make smaller. Charts, icons and most photographs have less."""

_MOST = 1000
"""Pictures of a page that are looked at."""

_ADDRESSES = ("src", "data-src", "data-original", "_src", "data-lazy-src")
"""Attributes that may say where a picture is: scripts that load it late put it into another one."""

_LONGEST_NAME = 60

_EMBEDDED = re.compile(r"""data:([\w/+.;=-]*),([^"'\s)>]{200,})""")
_TOKEN = re.compile(r"data:,(\d{1,6})")


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as large as a page of print.

    `name`: of its file; empty for one in the page itself. `read()` gives its content, None where
    that is no longer there.
    """

    name: str
    read: Callable[[], bytes | None]


class Pictures:
    """The pictures of a web page, and of those in its frames."""

    def __init__(self) -> None:
        self._embedded: list[str] = []
        self._found: dict[HtmlElement, Picture] = {}
        self._seen: set[tuple[Find | None, str]] = set()

    def without_embedded(self, text: str) -> str:
        """The text of a page with short names in the place of the data that it holds: the parser
        allows no attribute of that length."""
        return _EMBEDDED.sub(self._named, text)

    def _named(self, match: re.Match[str]) -> str:
        if not match[1].lower().startswith("image/"):
            return "data:,"
        self._embedded.append(match[0])
        return f"data:,{len(self._embedded) - 1}"

    def look(self, root: HtmlElement, find: Find) -> None:
        """Find the pictures of print in a page, whose files `find` finds; each counts once."""
        for element in root.iter("img"):
            if len(self._seen) >= _MOST:
                return
            if not may_hold_table(element):
                continue
            for address in filter(None, map(element.get, _ADDRESSES)):
                picture = self._picture(address, find)
                if picture is not None:
                    self._found[element] = picture
                    break

    def of(self, element: HtmlElement) -> Picture | None:
        """The picture that an element shows."""
        return self._found.get(element)

    def in_element(self, element: HtmlElement) -> bool:
        """Whether an element, or one in it, shows a picture."""
        return bool(self._found) and any(inner in self._found for inner in element.iter("img"))

    def _picture(self, address: str, find: Find) -> Picture | None:
        # Pillow takes time to load: a page without pictures needs none.
        from ocrpipe.ingest.pictures import picture_size

        token = _TOKEN.fullmatch(address)
        key = (None if token else find, address)
        if key in self._seen:
            return None
        self._seen.add(key)
        read = partial(self._decoded, int(token[1])) if token else partial(find, address)
        data = read()
        size = None if data is None else picture_size(data)
        if size is None or min(size) < _SHORT_SIDE or max(size) < _LONG_SIDE:
            return None
        return Picture(file_name(address), read)

    def _decoded(self, place: int) -> bytes | None:
        if place >= len(self._embedded):
            return None
        kind, _, content = self._embedded[place].partition(",")
        data = unquote_to_bytes(content)
        if not kind.lower().endswith(";base64"):
            return data
        try:
            return base64.b64decode(data)
        except binascii.Error:
            return None


def file_name(address: str) -> str:
    """The file that an address names; none for a picture in the page itself."""
    if address.startswith("data:"):
        return ""
    return PurePosixPath(address.partition("?")[0]).name[:_LONGEST_NAME]
