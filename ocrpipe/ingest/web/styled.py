"""A web page made as its style sheets show it: what they hide, strike, draw or add."""

import re
from collections.abc import Collection, Mapping

from lxml.html import HtmlElement

from ocrpipe.ingest.web.dom import BLOCK_TAGS, UNREAD_MARK, seen_pieces, tag_of
from ocrpipe.ingest.web.stylesheets import StyleSheets
from ocrpipe.ingest.web.text import writable

_LONGEST_CELL = 1000
"""Characters in a cell of data; what places a page has more."""

_MOST_HIDDEN = 0.7
"""Share of a page's text: two thirds are hidden where three years stand behind tabs, and more where
the sections of one report do, of which the short first one is shown."""

_NOTHING = re.compile(r"0(?:\.0*)?(?:px|pt|em|rem|%)?")
_FAR_OFF = re.compile(r"-\d{3,}(?:\.\d*)?(?:px|pt|em|rem)?|-\d{2,}em")
_WHITE = re.compile(
    r"white|transparent|#fff(?:fff)?|rgba?\(255,\s*255,\s*255(?:,\s*1(?:\.0)?)?\)", re.IGNORECASE
)
_STRING = re.compile(r""""([^"]*)"|'([^']*)'|attr\(\s*([\w-]+)\s*\)""")
_ESCAPE = re.compile(r"\\([0-9a-fA-F]{1,6})\s?|\\(.)")


def apply_styles(root: HtmlElement, styles: StyleSheets) -> None:
    """Mark in place what the style sheets of a page hide and strike, and write what they add.

    Outside of tables a sheet is believed only as long as it leaves a good part of the text: the
    others are pages whose parts a script shows.
    """
    hidden: list[HtmlElement] = []
    cells = _data_cells(root)
    for element in list(root.iter()):
        if not tag_of(element):
            continue
        style = styles.of(element)
        inside = _is_inside(element, cells)
        away = _is_out_of_sight(element, style) or _is_white_on_white(element, style, styles)
        if _is_unseen(style) or (inside and away):
            hidden.append(element)
        if inside:
            _strike(element, style)
            _add_generated(element, styles)
            if "url(" in style.get("background-image", style.get("background", "")):
                _mark_picture(element)
    _hide(root, hidden, cells)


def _data_cells(root: HtmlElement) -> set[HtmlElement]:
    """The cells of tables that hold no others and no text of a page."""
    return {
        cell
        for cell in root.iter("td", "th")
        if next(cell.iter("table"), None) is None and len(cell.text_content()) <= _LONGEST_CELL
    }


def _is_inside(element: HtmlElement, cells: Collection[HtmlElement]) -> bool:
    """Whether an element is a cell or stands in one."""
    if tag_of(element) in ("td", "th"):
        return element in cells
    return next(element.iterancestors("td", "th"), None) in cells


def _is_unseen(style: Mapping[str, str]) -> bool:
    return style.get("display") == "none" or style.get("visibility") in ("hidden", "collapse")


def _is_out_of_sight(element: HtmlElement, style: Mapping[str, str]) -> bool:
    """Whether text is there for machines alone: clear, of no size, or far off the page."""
    if tag_of(element) in ("td", "th"):
        return False
    small = _NOTHING.fullmatch(style.get("font-size", "1")) and not len(element)
    clear = _NOTHING.fullmatch(style.get("opacity", "1"))
    placed = style.get("position") in ("absolute", "fixed")
    off = any(_FAR_OFF.fullmatch(style.get(name, "")) for name in ("left", "top"))
    cut = re.match(r"rect\(\s*(?:0|1px)\b", style.get("clip", ""))
    moved = _FAR_OFF.fullmatch(style.get("text-indent", ""))
    return bool(small or clear or moved or (placed and (off or cut)))


def _hide(root: HtmlElement, hidden: list[HtmlElement], cells: Collection[HtmlElement]) -> None:
    outside = [element for element in hidden if not _is_inside(element, cells)]
    total = _seen(root)
    known = set(outside)
    outer = [one for one in outside if not any(above in known for above in one.iterancestors())]
    believed = sum(map(_seen, outer)) <= _MOST_HIDDEN * total
    for element in hidden:
        if believed or element not in known:
            element.set("hidden", "")


def _is_white_on_white(element: HtmlElement, style: Mapping[str, str], styles: StyleSheets) -> bool:
    """Whether text beside other text of its cell has the colour of the paper.

    White text alone in its cell may stand on what a sheet in another file paints.
    """
    if not _WHITE.fullmatch(style.get("color", "")):
        return False
    cell = next(element.iterancestors("td", "th"), None)
    if cell is None or _seen(cell) == _seen(element):
        return False
    return not any(
        one.get("bgcolor") or any(name.startswith("background") for name in styles.of(one))
        for one in (element, *element.iterancestors())
    )


def _seen(element: HtmlElement) -> int:
    """Characters that are seen in an element."""
    return sum(len(piece.strip()) for piece in seen_pieces(element))


def _strike(element: HtmlElement, style: Mapping[str, str]) -> None:
    lines = style.get("text-decoration-line", style.get("text-decoration", ""))
    if "line-through" in lines and tag_of(element) not in BLOCK_TAGS:
        element.set("style", "text-decoration:line-through")


def _add_generated(element: HtmlElement, styles: StyleSheets) -> None:
    before, after = (_generated(element, styles.of(element, part)) for part in ("before", "after"))
    if before:
        element.text = writable(before + (element.text or ""))
    if after and len(element):
        element[-1].tail = writable((element[-1].tail or "") + after)
    elif after:
        element.text = writable((element.text or "") + after)


def _generated(element: HtmlElement, style: Mapping[str, str]) -> str:
    """The words or numbers that a sheet writes into an element; pictures are marked there."""
    content = style.get("content", "none")
    if _is_unseen(style) or _NOTHING.fullmatch(style.get("height", "auto")):
        return ""
    if "url(" in content or "counter" in content:
        _mark_picture(element)
        return ""
    text = "".join(_piece(match, element) for match in _STRING.finditer(content))
    return text if any(char.isalnum() for char in text) else ""


def _piece(match: re.Match[str], element: HtmlElement) -> str:
    """A string of a value, or the attribute of the element that it names."""
    if match[3]:
        return element.get(match[3]) or ""
    return _unescaped(match[1] or match[2] or "")


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(lambda match: _character(match[1]) if match[1] else match[2], text)


def _character(code: str) -> str:
    number = int(code, 16)
    return chr(number) if 0 < number < 0x110000 else "\ufffd"


def _mark_picture(element: HtmlElement) -> None:
    """What a browser paints in an element may be print; a background behind text is not."""
    if tag_of(element) not in ("td", "th"):
        element.set(UNREAD_MARK, "")
