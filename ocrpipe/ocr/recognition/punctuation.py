"""Whether punctuation among Chinese is full-width or half-width, by the room that it takes.

A recogniser answers with either form, surely and wrongly: ( and （ are the same ink. In print a
full-width mark takes a square, a half-width one half of it or less; the ink before and after a mark
shows which.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

import numpy as np
from numpy.typing import NDArray

from ocrpipe.ideographs import IDEOGRAPH, has_ideograph, is_ideograph
from ocrpipe.ocr.port import Recognition
from ocrpipe.page import Pixels
from ocrpipe.runs import Run, find_runs, inked_height
from ocrpipe.signs import SIGN

WIDE_FORMS = {"(": "（", ")": "）", ",": "，", ":": "：", ";": "；", "?": "？", "!": "！"}
NARROW_FORMS = {wide: narrow for narrow, wide in WIDE_FORMS.items()}
WIDENING = str.maketrans(WIDE_FORMS)

_DUST = re.compile(
    rf"^[.．。,，、'`°˙]+(?=[（(《“]|{IDEOGRAPH})"
    rf"|(?<={IDEOGRAPH})[.．'`°˙·•]+$"
    rf"|(?<=[）)])[.．'`°˙·•]+$"
    rf"|(?<={IDEOGRAPH})[.．]+(?=[（(]|{IDEOGRAPH})"
)

_LEADING_DUST = re.compile(rf"^[.．。·•°˙'`]+(?={IDEOGRAPH})")

_INK, _PALE = 128, 200
_SQUARE = 1.06
"""The square of a Chinese line in heights of its ink."""

_CLOSEST = 0.85
"""Pitch of characters in a row, in squares, at least."""

_WIDE = 0.8
_NARROW = 0.68
"""Room from the ink before a mark to the ink after it, in squares: at least that of a full-width
mark, and at most that of a half-width one. Characters keep a tenth free around them."""

_SIGNED = re.compile(r"[+＋\-－]\d[\d,.]*%?")
_WIDE_SIGN = 0.66
"""From the middle of a full-width plus or minus to the ink of the digit behind it, in heights of a
digit, at least: in two dozen typefaces 0.72 to 0.87, with a half-width one 0.28 to 0.55."""

_HALF_DIGIT = 0.27
"""Half the width of a digit in its height, at least."""

_WIDER = 1.2
"""From the middle of one to that of the digit, in distances between two digits: 1.1 with a
half-width plus, from 1.3 to 1.7 with a full-width one."""

_FLAT, _WIDTH_OF_MINUS = 0.35, (0.48, 1.25)
"""The height of a minus at most, and the width of a full-width one, in heights of a digit: before a
lone digit only the width tells it from a hyphen in the square of a Chinese character; a dash is
1.35 wide and more."""

_COMPARED = re.compile(r"[<>＜＞]=?\d.*")
_WIDE_COMPARISON = 0.9
"""The width of a full-width sign of inequality in heights of a digit beside it, at least: in a
dozen Chinese typefaces 0.97 to 1.18, the half-width ones of these and of Latin typefaces 0.51 to
0.84."""

_UPRIGHT = 0.5
"""Ink in one column of a sign of inequality in heights of a digit, at most: the side of a 0 has
more."""

_NARROWEST_PLUS, _WIDEST_DIGIT = 0.45, 0.9
"""Width of a plus at least, and of a digit at most, in heights of a digit."""

_WIDER_SIGNS, _NARROWER_SIGNS = str.maketrans("<>", "＜＞"), str.maketrans("＜＞", "<>")

_POINT_OR_COMMA = re.compile(SIGN + r"?\d{1,3}\.\d{3}")
_COMMA = 0.2
"""Height of a comma in heights of a digit, at least."""

_HANGS = 0.1
"""Below the middle digit, in heights of a digit: the tail of a comma is twice as long."""

_TALL = 1.3
"""Height of a comma that hangs less, in its width, at least: points of some typefaces hang as well
as round digits do."""

_WIDEST_MARK = 0.45
_SPECK_WIDTH, _SPECK_HEIGHT = 0.07, 0.2
"""In squares, at most."""

_FEWEST_NARROW = 3
_SPECIMEN = 3
"""Characters in a row from which their pitch is measured."""


def measured_widths(picture: Pixels, reading: Recognition) -> tuple[bool | None, ...]:
    """For each character of a line whether it is a full-width mark (True) or a half-width one
    (False); None where it is no such mark or the room it takes does not show.

    `picture` (H, W, 3) is what was read, dark on white.
    """
    unknown = (None,) * len(reading.text)
    marks = [i for i, c in enumerate(reading.text) if c in WIDE_FORMS or c in NARROW_FORMS]
    inner = [i for i in marks if 0 < i < len(reading.text) - 1]
    if not inner or len(reading.positions) != len(reading.text):
        return unknown
    dark = _dark(picture)
    height = inked_height(dark)
    if not height or sum(map(is_ideograph, reading.text)) < 2:
        return unknown
    square = _SQUARE * height
    places = [position * picture.shape[0] for position in reading.positions]
    pitch = _pitch(reading.text, places, square)
    if pitch < _CLOSEST * square:
        # Characters do not lie over each other: ink above or below the line made it higher.
        square = pitch
    spread = max(0.0, pitch - square)
    spans = [span for span in _spans(dark) if not _is_speck(dark[:, slice(*span)], square)]
    widths: list[bool | None] = list(unknown)
    for i in inner:
        if i - 1 in marks or i + 1 in marks:
            continue
        room = _room(spans, places[i - 1 : i + 2], square)
        if room is not None:
            share = (room - 2 * spread) / square
            widths[i] = True if share >= _WIDE else False if share <= _NARROW else None
    return tuple(widths)


def _dark(picture: Pixels, paler: int = _INK) -> NDArray[np.bool_]:
    return np.asarray((picture.min(axis=2) if picture.ndim == 3 else picture) < paler, bool)


def _spans(dark: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """The runs of columns with ink."""
    return find_runs(np.asarray(dark.any(axis=0), bool))


def _is_speck(dark: NDArray[np.bool_], square: float) -> bool:
    """Whether columns of ink are too few for a mark, and too low for a stroke."""
    return dark.shape[1] <= _SPECK_WIDTH * square and inked_height(dark) <= _SPECK_HEIGHT * square


def _pitch(text: str, places: Sequence[float], square: float) -> float:
    """The distance of Chinese characters that stand in a row, from the longest such row."""
    runs = [match.span() for match in re.finditer(f"{IDEOGRAPH}+", text)]
    start, end = max(runs, key=lambda run: run[1] - run[0])
    if end - start < _SPECIMEN:
        return square
    return (places[end - 1] - places[start]) / (end - start - 1)


def _room(spans: Sequence[Run], places: Sequence[float], square: float) -> float | None:
    """The room in pixels of the mark in the middle of three characters at `places`."""
    before, at, after = places
    found = [
        (abs((a + b) / 2 - at), index)
        for index, (a, b) in enumerate(spans)
        if 0 < index < len(spans) - 1
        and b - a <= _WIDEST_MARK * square
        and before < (a + b) / 2 < after
    ]
    if not found:
        return None
    distance, index = min(found)
    if distance > 0.35 * square:
        return None
    return float(spans[index + 1][0] - spans[index - 1][1])


def narrow_by_custom(measured: Sequence[Sequence[bool | None]]) -> bool:
    """Whether the marks of a page whose room does not show are half-width, as most others."""
    known = [width for widths in measured for width in widths if width is not None]
    narrow = known.count(False)
    return narrow >= _FEWEST_NARROW and narrow > 2 * known.count(True)


def with_widths(
    reading: Recognition,
    widths: Sequence[bool | None],
    *,
    narrow: bool,
    of_label: bool = False,
) -> Recognition:
    """The reading with each mark in the form that was measured, or that of its surroundings.

    A mark beside Chinese characters of which nothing is known is full-width as Chinese is set,
    unless `narrow`; so are the brackets around a whole line `of_label`, one that has other lines
    in Chinese.
    """
    characters = list(reading.text)
    partners = _partners(reading.text)
    whole = of_label and partners.get(0) == len(reading.text) - 1
    for index, character in enumerate(reading.text):
        width = widths[index]
        if width is None and index in partners:
            width = widths[partners[index]]
        if width is None and (character in WIDE_FORMS or character in NARROW_FORMS):
            chinese = _among_chinese(reading.text, index, partners)
            of_line = whole and index in (0, partners.get(0))
            width = not narrow if chinese or of_line else None
        if width is not None:
            forms = WIDE_FORMS if width else NARROW_FORMS
            characters[index] = forms.get(character, character)
    return replace(reading, text="".join(characters))


def with_measured_sign(text: str, picture: Pixels) -> str:
    """A signed number with its plus or minus in the form that the paper shows.

    `picture` (H, W) or (H, W, 3) is what was read, dark on white.
    """
    if not _SIGNED.fullmatch(text):
        return text
    dark = _dark(picture)
    spans = _spans(dark)
    if (
        text[0] in "+＋"
        and spans
        and spans[0][1] - spans[0][0] < _NARROWEST_PLUS * inked_height(dark)
    ):
        # The arms of a light plus are paler than its middle, where they cross.
        dark = _dark(picture, _PALE)
        spans = _spans(dark)
    if len(spans) < 2:
        return text
    sign, digit = spans[:2]
    height = inked_height(dark[:, slice(*digit)])
    minus = text[0] in "-－"
    if minus and sign[1] - sign[0] > _WIDTH_OF_MINUS[1] * height:
        return text
    # A 1 has white on its left in the room of a digit.
    edge = min(digit[0], sum(digit) / 2 - _HALF_DIGIT * height)
    wide = edge - sum(sign) / 2 >= _WIDE_SIGN * height
    if wide and minus:
        wide = inked_height(dark[:, slice(*sign)]) <= _FLAT * height
    if wide and minus and len(spans) == 2:
        wide = sign[1] - sign[0] >= _WIDTH_OF_MINUS[0] * height
    elif wide:
        # Digits that are set wide themselves have a sign as wide as they are.
        room = (sum(digit) - sum(sign)) / 2
        wide = room >= _WIDER * _distance_of_digits(dark, spans[1:], height)
    return ("+-", "＋－")[wide][minus] + text[1:]


def _distance_of_digits(dark: NDArray[np.bool_], spans: Sequence[Run], height: int) -> float:
    """From the middle of a digit to the next in pixels, of those that stand the closest; 0 where
    none stand beside each other without touching."""
    single = [
        b - a <= _WIDEST_DIGIT * height and inked_height(dark[:, a:b]) > 0.5 * height
        for a, b in spans
    ]
    distances = [
        (sum(after) - sum(before)) / 2
        for (before, one), (after, other) in pairwise(zip(spans, single, strict=True))
        if one and other
    ]
    return min(distances, default=0.0)


def with_measured_comparison(text: str, picture: Pixels) -> str:
    """A number behind < or > with the sign in the form that the paper shows; `picture` as in
    `with_measured_sign`."""
    if not _COMPARED.fullmatch(text):
        return text
    dark = _dark(picture)
    spans = _spans(dark)
    if len(spans) < 2:
        return text
    (start, end), digit = spans[:2]
    height = inked_height(dark[:, slice(*digit)])
    if int(dark[:, start:end].sum(axis=0).max()) > _UPRIGHT * height:
        # The sign touches a digit.
        return text
    wide = end - start >= _WIDE_COMPARISON * height
    return text[0].translate(_WIDER_SIGNS if wide else _NARROWER_SIGNS) + text[1:]


def with_measured_comma(text: str, picture: Pixels) -> str:
    """A number such as 1.546 with a comma for its point where the mark hangs below the digits.

    A coarse scan leaves little of a comma's tail, by which a recogniser tells the two. `picture` as
    in `with_measured_sign`.
    """
    if not _POINT_OR_COMMA.fullmatch(text):
        return text
    dark = _dark(picture)
    spans = _spans(dark)
    rows = [np.flatnonzero(dark[:, start:end].any(axis=1)) for start, end in spans]
    extents = [(int(found[0]), int(found[-1]) + 1) for found in rows]
    height = max((bottom - top for top, bottom in extents), default=0)
    digits = [bottom for top, bottom in extents if bottom - top > 0.5 * height]
    marks = [at for at, (top, bottom) in enumerate(extents) if bottom - top <= 0.5 * height]
    if len(marks) != 1:
        return text
    (top, bottom), (start, end) = extents[marks[0]], spans[marks[0]]
    far = bottom >= median(digits) + _HANGS * height
    # A round digit stands a pixel lower than a flat one, as its point may.
    hangs = far or (bottom > max(digits) and bottom - top >= _TALL * (end - start))
    return text.replace(".", ",") if hangs and bottom - top >= _COMMA * height else text


def without_dust(text: str) -> str:
    """A cell's text without the dots that dust is read as: no Chinese text begins with a stop or a
    dot, ends with a Latin one, or has one between two of its characters."""
    return _DUST.sub("", text) if has_ideograph(text) else text


def _partners(text: str) -> dict[int, int]:
    """The place of the other bracket for each bracket that has one."""
    opened: list[int] = []
    partners: dict[int, int] = {}
    for index, character in enumerate(text):
        if character in "(（":
            opened.append(index)
        elif character in ")）" and opened:
            start = opened.pop()
            partners[start], partners[index] = index, start
    return partners


def _among_chinese(text: str, index: int, partners: dict[int, int]) -> bool:
    ends = sorted((index, partners.get(index, index)))
    around = text[max(0, ends[0] - 1) : ends[1] + 2]
    return has_ideograph(around)


def without_leading_dust(text: str) -> str:
    """A line of a wrapped text without what dust before it is read as: no Chinese line begins with
    a stop or a dot (GB/T 15834-2011, 5.1)."""
    return _LEADING_DUST.sub("", text)
