"""Is the text layer of a page what the page shows? Pure functions over facts about the page.

A text layer lies in many ways: an earlier OCR left it invisible over or under a scan, a font maps
its glyphs to the wrong characters, or it is a mere stamp on a page that is a picture.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ocrpipe.document import Origin
from ocrpipe.geometry import Box
from ocrpipe.ingest.pdf.text_runs import UNMAPPED, Char

_SYMBOL_FONTS = ("wingding", "webding", "symbol", "dingbat", "marlett")


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What decides whether a text layer is believed; boxes in points of the page as displayed.

    Attributes:
        chars: All characters of the layer, invisible ones too.
        pictures: Boxes of the pictures.
        drawings: Number of painted vector paths.
        outlines: How many of them are filled and of the size of a character.
        buried: Share of the text that was painted before a picture which covers it.
        dots: Per point, of the finest of the large pictures; 0 where there is none.
    """

    width: float
    height: float
    chars: tuple[Char, ...]
    pictures: tuple[Box, ...] = ()
    drawings: int = 0
    outlines: int = 0
    buried: float = 0.0
    dots: float = 0.0


@dataclass(frozen=True, slots=True)
class Verdict:
    """Where a page is to be read from, and why its text layer is not believed."""

    origin: Origin
    rejected: str | None = None


def judge(facts: PageFacts, explained: Callable[[Sequence[Box]], float]) -> Verdict:
    """Decide whether a page is read from its text layer or from its picture.

    Args:
        facts: What is on the page.
        explained: Share of the page's ink that lies in the given boxes (see `ink_share`); called
            only when the facts alone do not decide, since it takes a raster of the page.
    """
    printed = [char for char in facts.chars if not char.is_space]
    visible = [char for char in printed if char.visible]
    painted = bool(facts.pictures) or facts.drawings > 0
    if not visible:
        if not painted:
            return Verdict("digital")
        return Verdict("scanned", "all its text is invisible" if printed else None)
    reason = buried(facts.buried) or bad_mapping(visible) or bad_geometry(visible)
    if reason is None and _may_be_a_picture(facts, len(visible)):
        share = explained([char.box for char in visible])
        if share < 0.5:
            reason = f"it holds only {share:.0%} of what is printed"
    return Verdict("digital") if reason is None else Verdict("scanned", reason)


def buried(share: float) -> str | None:
    """Reason to reject text that lies under a picture, where nobody sees it."""
    return "its text lies under a picture" if share > 0.5 else None


def bad_mapping(chars: Sequence[Char]) -> str | None:
    """Reason to reject characters that cannot be what is printed, or None."""
    fonts: dict[str, list[Char]] = defaultdict(list)
    for char in chars:
        if not any(name in char.font.lower() for name in _SYMBOL_FONTS):
            fonts[char.font].append(char)
    texts = [char.text for group in fonts.values() for char in group]
    if _share(map(_is_unmapped, texts)) > 0.1:
        return "its characters are not mapped to Unicode"
    for group in fonts.values():
        if len(group) >= 10 and _share(_is_unmapped(char.text) for char in group) > 0.5:
            return "a font's characters are not mapped to Unicode"
    if len(texts) >= 10:
        return _improbable(texts) or _too_wide(chars)
    return None


def _improbable(texts: Sequence[str]) -> str | None:
    if _share("\x80" <= text[0] <= "\xff" for text in texts) > 0.3:
        return "its characters are mapped to accented Latin letters"
    hanzi = [text for text in texts if _is_hanzi(text)]
    if len(hanzi) >= 10 and _share(map(_is_rare_hanzi, hanzi)) > 0.2:
        return "its characters are mapped to rare Chinese characters"
    scripts: dict[str, int] = defaultdict(int)
    for text in texts:
        if text[0].isalpha():
            scripts[unicodedata.name(text[0], "UNKNOWN").split()[0]] += 1
    usual = sum(scripts.get(name, 0) for name in _USUAL_SCRIPTS)
    strange = sum(scripts.values()) - usual
    # A page in one foreign script is honest; letters of many scripts at once are a wrong mapping.
    if len(scripts) >= 4 and strange > 0.3 * len(texts):
        return "its characters are mapped to letters of many scripts"
    return None


_USUAL_SCRIPTS = ("LATIN", "CJK", "TIBETAN", "HIRAGANA", "KATAKANA", "FULLWIDTH", "IDEOGRAPHIC")


def _too_wide(chars: Sequence[Char]) -> str | None:
    """Latin letters a full em wide are Chinese glyphs under a wrong mapping."""
    latin = [char for char in chars if char.text.isascii() and char.text.isalnum()]
    if len(latin) < 10:
        return None
    wide = _share(min(char.box.width, char.box.height) > 0.9 * char.size > 0 for char in latin)
    return "its Latin letters are as wide as Chinese characters" if wide > 0.5 else None


def bad_geometry(chars: Sequence[Char]) -> str | None:
    """Reason to reject characters whose boxes cannot be where they are printed, or None."""
    if _share(char.box.width < 0.05 or char.box.height < 0.05 for char in chars) > 0.5:
        return "its characters have no extent"
    places = {(round(char.box.center[0]), round(char.box.center[1])) for char in chars}
    if len(chars) >= 20 and len(places) < 0.3 * len(chars):
        return "its characters lie on top of each other"
    return None


def _may_be_a_picture(facts: PageFacts, count: int) -> bool:
    cover = covered_share(facts.pictures, facts.width, facts.height)
    few = count < 60
    return cover > 0.7 or (cover > 0.4 and few) or facts.outlines > max(150, 2 * count)


def covered_share(boxes: Iterable[Box], width: float, height: float, steps: int = 64) -> float:
    """Share of a page that lies under `boxes`, which may overlap; on a grid of steps x steps."""
    if width <= 0 or height <= 0:
        return 0.0
    grid = np.zeros((steps, steps), dtype=bool)
    for box in boxes:
        x0, x1 = (min(steps, max(0, round(x / width * steps))) for x in (box.x0, box.x1))
        y0, y1 = (min(steps, max(0, round(y / height * steps))) for y in (box.y0, box.y1))
        grid[y0:y1, x0:x1] = True
    return float(grid.mean())


def ink_share(grey: NDArray[np.uint8], scale: float, boxes: Sequence[Box]) -> float:
    """Share of the ink of a raster that lies in `boxes`; 1 where there is no ink.

    Args:
        grey: (height, width) raster of the page.
        scale: Its pixels per point.
        boxes: In points.
    """
    paper = float(np.median(grey))
    ink = grey < paper - 80 if paper > 100 else grey > paper + 80
    total = int(ink.sum())
    if total == 0:
        return 1.0
    inside = np.zeros_like(ink)
    for box in boxes:
        x0, y0, x1, y1 = box.scaled(scale)
        inside[max(0, int(y0) - 1) : int(y1) + 2, max(0, int(x0) - 1) : int(x1) + 2] = True
    return int((ink & inside).sum()) / total


def _share(values: Iterable[bool]) -> float:
    flags = list(values)
    return sum(flags) / len(flags) if flags else 0.0


def _is_unmapped(text: str) -> bool:
    return text[0] == UNMAPPED or unicodedata.category(text[0]) in ("Co", "Cn", "Cc", "Cs")


def _is_hanzi(text: str) -> bool:
    code = ord(text[0])
    return 0x3400 <= code <= 0x9FFF or 0x20000 <= code <= 0x3FFFF


def _is_rare_hanzi(text: str) -> bool:
    """Whether a character is in neither of the two standard sets, simplified or traditional."""
    return not (_encodes(text, "gb2312") or _encodes(text, "big5") or _encodes(text, "shift_jis"))


def _encodes(text: str, encoding: str) -> bool:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
