"""Which connected pieces of ink are print, and which are dust.

Decided by what stands beside a piece: a decimal point stands on the baseline between two digits,
dust stands anywhere.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median, median_low

from ocrpipe.ocr.cells.ink.lone_marks import (
    LEAST_TEXT,
    ellipsis,
    less_than_dust,
    marks_alone,
    perhaps_hyphen,
)
from ocrpipe.ocr.cells.ink.marks_in_line import (
    distance,
    is_clear_point,
    is_far_minus,
    is_of_colon,
    is_of_time,
    is_point,
    is_short_minus,
)
from ocrpipe.ocr.cells.ink.parts import Part

GRAIN = 0.45
"""Points: no printed mark is as small as this both ways."""

_TEXT = 5
"""As many parts of a character's size make a text rather than a mark or a word."""

_TALLEST_TEXT = 24.0
"""Points: no cell is set in larger type than this."""

_FAR = 1.5
"""Heights of a character from the nearest one, beyond which a small mark belongs to no text."""

_CHARACTER = 5.0
"""Points: no digit is so wide."""

_STACK, _ALIKE = 2.0, 0.7
"""Heights in widths of characters that touch, and the size of others beside them."""

_STACKED = 1.3
"""Height of most parts of a column of characters in the width of the column, at most: in a text of
several rows a high narrow part stands above others, too."""

# In heights of a character.
_MARK = 0.15
_SMALLEST_MARK = 0.09
_BEHIND = 0.5
_HYPHEN = 0.22
_STROKE = 0.3
_LOWER_DIGIT = 0.55
_IN_SQUARE, _NARROW = 0.7, 0.75

_PITCH, _WIDTH = 0.98, 0.68
"""From the middle of one Chinese character to that of the next and its width, in heights of it, at
least, where they are narrow: bold digits of wide typefaces are 0.8 wide and stand 0.95 apart."""

_FEWEST_CHARACTERS = 4

_PAIR = 2
_BRACKET_WIDTH, _BRACKET_HEIGHT = 0.45, 1.15
"""Width of a bracket in its height, at most, and its height in that of a digit, at least: it is
from 1.19 (a coarse scan) to 1.4."""


@dataclass(frozen=True, slots=True)
class Sorted:
    """`print` stays and `dust` goes. `doubtful` are those of either that may be the other: a
    speck where a point could stand, a point that could be a speck. `hyphen` is a mark of either,
    in a cell without characters, that has the shape of one."""

    print: tuple[Part, ...]
    dust: tuple[Part, ...]
    doubtful: tuple[Part, ...]
    hyphen: Part | None = None


def sort_parts(parts: Sequence[Part], scale: float) -> Sorted:
    """Sort the parts of one cell. `scale` is pixels per point."""
    if ellipsis(parts, scale) is not None:
        return _sorted(parts, (), ())
    grain = max(1.0, GRAIN * scale)
    grains, parts = ([p for p in parts if (p.size <= grain) == small] for small in (True, False))
    tallest = max((p.height for p in parts), default=0)
    if tallest < LEAST_TEXT * scale:
        kept = marks_alone(parts, scale)
        hyphen = perhaps_hyphen(parts, scale)
        dust = [p for p in parts if p not in kept]
        doubtful = [*less_than_dust(kept, scale), *(p for p in hyphen if p not in kept)]
        return _sorted(kept, [*grains, *dust], doubtful, hyphen)
    tallest = _text_height(parts, tallest, scale)
    lines = _underlines(parts, tallest)
    parts = [p for p in parts if p not in lines]
    grains += lines
    large = [p for p in parts if p.size >= 0.35 * tallest]
    small = [p for p in parts if p.size < 0.35 * tallest]
    astray = [p for p in large if _is_astray(p, large, tallest)]
    large, grains = [p for p in large if p not in astray], [*grains, *astray]
    if brackets := _brackets(large):
        inner = [p for p in large if p not in brackets]
        height = max(p.height for p in inner)
        if _look_like_digits(inner, height):
            return _sort_digits(inner, small, grains, height, brackets)
    if _look_like_digits(large, tallest):
        return _sort_digits(large, small, grains, tallest)
    return _sort_text(large, small, grains, tallest)


def _text_height(parts: Sequence[Part], tallest: int, scale: float) -> int:
    """The height of the characters among `parts`, of which the highest is `tallest`."""
    # Characters that touch, one above the other, are taller together than the others.
    heights = [p.height for p in parts if p.height >= LEAST_TEXT * scale]
    tallest = min(tallest, round(_TALLEST_TEXT * scale), round(1.5 * median(heights)))
    stacked = _in_stack(parts, scale)
    if stacked is not None and median_low(heights) <= _STACKED * stacked:
        tallest = min(tallest, stacked)
    return tallest


def _sort_text(large: list[Part], small: list[Part], grains: list[Part], tallest: int) -> Sorted:
    """Sort what stands beside characters that are no lone digits."""
    # Characters that touch are one part as wide as several.
    if len(large) >= _TEXT or sum(p.width for p in large) >= _TEXT * tallest:
        # A recogniser copes with dust in a text, and must not lose its punctuation.
        reach = 1.1 if _is_column(large) else 0.8
        kept = [p for p in small if distance(p, large) <= reach * tallest]
        # A mark behind a % or a bracket, whose pieces are small themselves.
        marks = [p for p in kept if p.size >= _MARK * tallest]
        kept += [
            p for p in small if p not in kept and marks and distance(p, marks) <= _BEHIND * tallest
        ]
    else:
        kept = [p for p in small if _belongs(p, large, small, tallest)]
    dust = [p for p in small if p not in kept]
    doubtful = [
        p
        for p in small
        if len(large) <= 4 and p.size >= 0.12 * tallest
        if 0.08 * tallest < distance(p, large) < 0.6 * tallest
        and not is_of_colon(p, large, small, tallest)
    ]
    return _sorted(large + kept, grains + dust, doubtful)


def _underlines(parts: Sequence[Part], tallest: int) -> list[Part]:
    """Level strokes longer than a character below or above all print: drawn under or over it."""
    flat = [p for p in parts if p.width >= max(1.4 * tallest, 5 * p.height)]
    flat = [p for p in flat if p.height <= 0.4 * tallest]
    # The strokes of a 三 are flat, and one of them may be as long as a line.
    others = [
        p
        for p in parts
        if p not in flat and p.size >= 0.55 * tallest and p.height >= _STROKE * tallest
    ]
    if not others:
        return []
    top, bottom = min(p.y0 for p in others), max(p.y1 for p in others)
    return [p for p in flat if p.y0 >= bottom - 0.1 * tallest or p.y1 <= top + 0.1 * tallest]


def _brackets(large: Sequence[Part]) -> list[Part]:
    """The brackets around a figure, as of a negative one: higher than what is between them, above
    and below; nothing if the first and the last part are none."""
    if len(large) <= _PAIR:
        return []
    first, *inner, last = sorted(large, key=lambda p: p.x0)
    top, bottom = min(p.y0 for p in inner), max(p.y1 for p in inner)
    around = all(
        p.width <= _BRACKET_WIDTH * p.height
        and p.height >= _BRACKET_HEIGHT * max(one.height for one in inner)
        and p.y0 <= top
        and p.y1 > bottom
        for p in (first, last)
    )
    return [first, last] if around else []


def _sort_digits(
    large: Sequence[Part],
    small: Sequence[Part],
    grains: Sequence[Part],
    tallest: int,
    brackets: Sequence[Part] = (),
) -> Sorted:
    """Sort the parts of a figure; `brackets` stand around it and are print."""
    percent = _percent_sign([*large, *small], tallest)
    large = [p for p in large if p not in percent]
    small = [p for p in small if p not in percent]
    blots = [p for p in large if _is_blot(p, large, tallest)]
    digits = [p for p in large if p not in blots]
    # Beside a character as wide as high; two specks beside a figure may well lie like a colon.
    words = any(p.width > 0.83 * tallest for p in digits)
    colon = [
        p
        for p in small
        if (is_of_colon(p, digits, small, tallest) if words else is_of_time(p, digits, small))
    ]
    others = [p for p in [*small, *blots] if p not in colon]
    points = [p for p in others if is_point(p, digits, tallest)]
    dust = [p for p in others if p not in points]
    if len(dust) == 1 and not grains and is_short_minus(dust[0], digits, tallest):
        points, dust = [*points, *dust], []
    near = [p for p in dust if p.size >= 0.12 * tallest and distance(p, digits) < 1.2 * tallest]
    unclear = [p for p in points if not is_clear_point(p, digits, tallest)]
    unclear += [p for p in digits if is_far_minus(p, digits, tallest)]
    kept = [*digits, *colon, *points, *percent, *brackets]
    return _sorted(kept, [*grains, *dust], [*unclear, *near])


def _percent_sign(parts: Sequence[Part], tallest: int) -> list[Part]:
    """The pieces of a % at the end of a figure: two rings on a slant, and what is between them.

    Its thin stroke is often lost, and each ring alone is as large as a speck may be.
    """
    digits = [p for p in parts if p.height >= 0.8 * tallest and p.width <= 0.83 * tallest]
    rings = [p for p in parts if 0.25 * tallest <= p.size <= 0.6 * tallest]
    for upper in rings:
        before = [p for p in digits if p.x1 <= upper.x0 + 0.05 * tallest]
        if not before:
            continue
        top, bottom = min(p.y0 for p in before), max(p.y1 for p in before)
        gap = upper.x0 - max(p.x1 for p in before)
        if abs(upper.y0 - top) > 0.2 * tallest or gap > 0.6 * tallest:
            continue
        for lower in rings:
            aside = (lower.x0 + lower.x1 - upper.x0 - upper.x1) / 2
            alike = 0.6 <= lower.size / upper.size <= 1.6
            below = lower.y0 > (upper.y0 + upper.y1) / 2 and abs(lower.y1 - bottom) < 0.2 * tallest
            if alike and below and 0.2 * tallest <= aside <= 1.1 * tallest:
                return [p for p in parts if _is_between(p, upper, lower)]
    return []


def _is_between(part: Part, upper: Part, lower: Part) -> bool:
    """Whether a part lies in the box around two others."""
    x, y = (part.x0 + part.x1) / 2, (part.y0 + part.y1) / 2
    return upper.x0 <= x <= lower.x1 and upper.y0 <= y <= lower.y1


def _belongs(part: Part, large: Sequence[Part], small: Sequence[Part], tallest: int) -> bool:
    """Whether a small part in a text that is no figure is a stroke or a punctuation mark."""
    if distance(part, large) <= 0.12 * tallest or is_of_colon(part, large, small, tallest):
        return True
    if part.size < _SMALLEST_MARK * tallest:
        return False
    nearest = min(large, key=lambda other: distance(part, [other]))
    beside = nearest.y0 <= (part.y0 + part.y1) / 2 <= nearest.y1 + 0.2 * tallest
    if not beside:
        # In a column of characters a mark has its own place above and below others.
        return _is_column(large) and distance(part, large) <= 1.1 * tallest
    if distance(part, large) > (_IN_SQUARE if _is_between_digits(part, large) else 0.5) * tallest:
        return False
    low = (part.y0 + part.y1) / 2 > nearest.y0 + 0.55 * nearest.height
    # “ and ” and ： come in pairs.
    paired = any(
        other is not part and distance(part, [other]) <= 0.35 * tallest
        for other in small
        if 0.6 * part.size <= other.size <= 1.7 * part.size
    )
    return low or paired or _is_sign_of_touching(part, nearest, large, tallest)


def _is_between_digits(part: Part, large: Sequence[Part]) -> bool:
    """Whether the nearest parts on either side of one are narrow, as the digits of 1、2 are: they
    keep farther from a mark in a square of its own than characters do."""
    left = max((p for p in large if p.x1 <= part.x0), key=lambda p: p.x1, default=None)
    right = min((p for p in large if p.x0 >= part.x1), key=lambda p: p.x0, default=None)
    return (
        left is not None
        and right is not None
        and all(p.width <= _NARROW * p.height and p.y0 <= part.y0 <= p.y1 for p in (left, right))
    )


def _is_sign_of_touching(part: Part, nearest: Part, large: Sequence[Part], tallest: int) -> bool:
    """Whether a part is the minus of a number whose digits touch, which look like no digits."""
    aside = abs((part.y0 + part.y1) / 2 - (nearest.y1 - 0.42 * nearest.height))
    flat = part.width >= max(1.4 * part.height, _HYPHEN * tallest)
    first = part.x1 <= min(p.x0 for p in large)
    return flat and first and nearest.width > nearest.height and aside < 0.15 * tallest


def _sorted(
    kept: Sequence[Part],
    dust: Sequence[Part],
    doubtful: Sequence[Part],
    hyphen: Sequence[Part] = (),
) -> Sorted:
    return Sorted(
        print=tuple(sorted(kept, key=lambda p: p.label)),
        dust=tuple(sorted(dust, key=lambda p: p.label)),
        doubtful=tuple(sorted(doubtful, key=lambda p: p.label)),
        hyphen=hyphen[0] if hyphen else None,
    )


def _is_column(parts: Sequence[Part]) -> bool:
    height = max(p.y1 for p in parts) - min(p.y0 for p in parts)
    return height > 1.5 * (max(p.x1 for p in parts) - min(p.x0 for p in parts))


def _look_like_digits(large: Sequence[Part], tallest: int) -> bool:
    """Few parts of one height on one line, none wider than high: figures, perhaps with a sign.

    Two digits that touch are wider, and Chinese characters too, but those differ in their height.
    """
    tall = [p for p in large if p.height >= 0.8 * tallest]
    if len(large) > 12:
        return False
    if not tall or max(p.height for p in tall) > 1.2 * tallest:
        return False
    bottoms = [p.y1 for p in tall]
    if max(bottoms) - min(bottoms) > 0.15 * tallest:
        return False
    wide = [p for p in tall if p.width > 0.95 * tallest]
    if wide and (len(wide) > 1 or len(tall) == 1 or wide[0].width < 1.15 * tallest):
        return False
    # Chinese characters are nearly as wide as high, and no typeface sets digits like that.
    square = [p for p in tall if p.width > 0.83 * tallest]
    if len(square) >= max(2, len(tall) / 3) or _are_narrow_characters(tall, tallest):
        return False
    others = [p for p in large if p.height < 0.8 * tallest]
    return len(others) <= max(2, len(tall) // 2) and not _are_lower_digits(others, tallest)


def _are_narrow_characters(tall: Sequence[Part], tallest: int) -> bool:
    """Whether parts are Chinese characters in a row, though no wider than digits may be, as those
    of a Kai typeface are: digits as wide stand closer."""
    if len(tall) < _FEWEST_CHARACTERS or median(p.width for p in tall) < _WIDTH * tallest:
        return False
    middles = sorted((p.x0 + p.x1) / 2 for p in tall)
    return median(b - a for a, b in pairwise(middles)) >= _PITCH * tallest


def _are_lower_digits(low: Sequence[Part], tallest: int) -> bool:
    """Whether parts lower than the others are the digits of a text whose characters are narrow,
    as in 第1、2节: alike in height and on one line. Pieces of broken digits are not."""
    tall = [p for p in low if p.height > p.width and p.height >= _LOWER_DIGIT * tallest]
    aside = 0.1 * tallest
    return len(tall) > 1 and all(
        max(place) - min(place) <= aside for place in ([p.y0 for p in tall], [p.y1 for p in tall])
    )


def _is_astray(part: Part, large: Sequence[Part], tallest: int) -> bool:
    """Whether a part half a character high lies far from all print, or above or below the only
    line of a few characters. A flat one, as what is left of a rule, lies both so and far off."""
    others = [p for p in large if p is not part and p.size >= 0.55 * tallest]
    # Characters that touch are as high as print.
    flat = part.width >= 1.6 * part.height and part.height < 0.55 * tallest
    if not others or (part.size >= 0.55 * tallest and not flat):
        return False
    far = distance(part, others) > _FAR * tallest
    if len(large) >= _TEXT:
        return far and not flat
    top, bottom = min(p.y0 for p in others), max(p.y1 for p in others)
    outside = part.y0 >= bottom - 0.1 * tallest or part.y1 <= top + 0.1 * tallest
    one_line = bottom - top <= 1.3 * tallest
    return one_line and ((outside and far) if flat else (outside or far))


def _in_stack(parts: Sequence[Part], scale: float) -> int | None:
    """The height of characters of which some touch, one above the other, and others stand in line
    with them; None where it is not so."""
    widths = [
        column.width
        for column in parts
        for part in parts
        if column.height >= _STACK * column.width >= _STACK * _CHARACTER * scale
        and part is not column
        and part.size >= _ALIKE * column.width
        and max(part.x0, column.x0) < min(part.x1, column.x1)
    ]
    return max(widths, default=None)


def _is_blot(part: Part, large: Sequence[Part], tallest: int) -> bool:
    """Whether a part is dust as large as half a digit, and not a piece of a broken digit."""
    if part.size >= 0.55 * tallest or part.width >= 1.6 * part.height:
        return False
    others = [p for p in large if p.size >= 0.55 * tallest]
    return distance(part, others) > 0.3 * tallest
