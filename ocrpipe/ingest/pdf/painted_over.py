"""Characters of a PDF page that something was painted over later: what was corrected on it.

Whoever corrects a number in a PDF puts a white box over it, and often the new one over the box. The
old one stays in the file. Whoever puts a black one there wants nobody to read it. Points of the
page as displayed throughout.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from ocrpipe.geometry import Box
from ocrpipe.ingest.pdf.text_runs import UNMAPPED, Char, Run
from ocrpipe.page import PageImage, Pixels

_LEAST = 3.0
"""Points: a box that is thinner is a rule."""

_CONTRAST = 40
"""Levels of grey between the darkest and the lightest pixel of a character that shows, at least; it
is black on white nearly always, and a raster of 100 dpi leaves half of that of thin strokes."""

_DARK = 100
"""Level of grey of a box that blackens what it lies on."""

_MARGIN = 0.15
"""Share of a character's box on each side that may hold a rule beside it, and no ink of its own."""

_COMMON = 0.5
"""Share of the smaller one of two characters that the other one lies on, from which the ink that
shows there may be that of the later one alone."""


class Painted(NamedTuple):
    """What was painted, and when: the place in the order of the page's drawing commands."""

    order: int
    box: Box
    text: str = ""


def may_cover(covers: Sequence[Painted], first_text: int) -> list[Painted]:
    """The opaque boxes that were painted after a first text and are no rules."""
    return [
        cover
        for cover in covers
        if cover.order > first_text and min(cover.box.width, cover.box.height) >= _LEAST
    ]


def hide_painted_over(
    runs: Sequence[Run],
    chars: Sequence[Painted],
    covers: Sequence[Painted],
    look: Callable[[], PageImage],
) -> tuple[Run, ...]:
    """The runs with the characters marked invisible that lie under something painted later.

    Digits that were blackened are UNMAPPED instead: something stands there, and not a blank.

    A box may be clipped to a part of what it claims, or let what is below it through: such a
    character counts as hidden only where no ink shows at its place, or that of a later one does.

    Args:
        runs: Of the page.
        chars: Every character, in the order of the file.
        covers: What `may_cover`.
        look: Gives a raster of the page; called only when a character may be hidden.
    """
    under = [char for char in chars if char.text.strip() and _is_under(char, covers)]
    if not under:
        return tuple(runs)
    image = look()
    hidden: dict[str, list[tuple[Box, bool]]] = defaultdict(list)
    for char in under:
        replaced = _is_replaced(char, chars, covers)
        if replaced or not _shows(image, char.box):
            black = not replaced and char.text.isdigit() and _level(image, char.box) < _DARK
            hidden[char.text].append((char.box, black))
    return tuple(
        replace(run, chars=tuple(_hide(char, hidden) for char in run.chars)) for run in runs
    )


def _is_under(char: Painted, covers: Sequence[Painted]) -> bool:
    x, y = char.box.center
    return any(cover.order > char.order and cover.box.contains_point(x, y) for cover in covers)


def _shows(image: PageImage, box: Box) -> bool:
    inside = _inside(image, box)
    return inside.size > 0 and int(np.ptp(inside)) >= _CONTRAST


def _level(image: PageImage, box: Box) -> float:
    inside = _inside(image, box)
    return float(inside.mean()) if inside.size else 255.0


def _inside(image: PageImage, box: Box) -> Pixels:
    inner = box.padded(-_MARGIN * box.width, -_MARGIN * box.height)
    x0, y0, x1, y1 = (round(value) for value in inner.scaled(image.scale))
    return image.pixels[max(0, y0) : y1 + 1, max(0, x0) : x1 + 1]


def _is_replaced(char: Painted, chars: Sequence[Painted], covers: Sequence[Painted]) -> bool:
    """Whether another character was painted in the place of one, after it was covered."""
    covered = min(cover.order for cover in covers if _is_under(char, [cover]))
    return any(
        other.order > covered and other.text.strip() and _lies_on(other.box, char.box)
        for other in chars
    )


def _lies_on(one: Box, other: Box) -> bool:
    common = one.intersection(other)
    return common is not None and common.area > _COMMON * min(one.area, other.area)


def _hide(char: Char, hidden: dict[str, list[tuple[Box, bool]]]) -> Char:
    """The character, invisible if it is a hidden one, which is taken from the list then: another
    may have been typed in its place."""
    boxes = hidden.get(char.text, [])
    for at, (box, black) in enumerate(boxes):
        if char.visible and char.box.contains_point(*box.center):
            del boxes[at]
            return replace(char, text=UNMAPPED) if black else replace(char, visible=False)
    return char
