"""Which connected pieces of ink are print, and which are dust.

Decided by what stands beside a piece: a decimal point stands on the baseline between two digits,
dust stands anywhere.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median, median_low

from ocrpipe.ocr.cells.ink.lone_marks import LEAST_TEXT, less_than_dust, marks_alone, perhaps_hyphen
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
_WIDEST_POINT = 0.4
_SHORT_GAP = 0.35


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
    grain = max(1.0, GRAIN * scale)
    grains, parts = ([p for p in parts if (p.size <= grain) == small] for small in (True, False))
    tallest = max((p.height for p in parts), default=0)
    if tallest < LEAST_TEXT * scale:
        kept = marks_alone(parts, scale)
        hyphen = perhaps_hyphen(parts, scale)
        dust = [p for p in parts if p not in kept]
        doubtful = [*less_than_dust(kept, scale), *(p for p in hyphen if p not in kept)]
        return _sorted(kept, [*grains, *dust], doubtful, hyphen)
    # Characters that touch, one above the other, are taller together than the others.
    heights = [p.height for p in parts if p.height >= LEAST_TEXT * scale]
    tallest = min(tallest, round(_TALLEST_TEXT * scale), round(1.5 * median(heights)))
    stacked = _in_stack(parts, scale)
    if stacked is not None and median_low(heights) <= _STACKED * stacked:
        tallest = min(tallest, stacked)
    lines = _underlines(parts, tallest)
    parts = [p for p in parts if p not in lines]
    grains += lines
    large = [p for p in parts if p.size >= 0.35 * tallest]
    small = [p for p in parts if p.size < 0.35 * tallest]
    astray = [p for p in large if _is_astray(p, large, tallest)]
    large, grains = [p for p in large if p not in astray], [*grains, *astray]
    if _look_like_digits(large, tallest):
        return _sort_digits(large, small, grains, tallest)
    # Characters that touch are one part as wide as several.
    if len(large) >= _TEXT or sum(p.width for p in large) >= _TEXT * tallest:
        # A recogniser copes with dust in a text, and must not lose its punctuation.
        reach = 1.1 if _is_column(large) else 0.8
        kept = [p for p in small if _gap(p, large) <= reach * tallest]
        # A mark behind a % or a bracket, whose pieces are small themselves.
        marks = [p for p in kept if p.size >= _MARK * tallest]
        kept += [
            p for p in small if p not in kept and marks and _gap(p, marks) <= _BEHIND * tallest
        ]
    else:
        kept = [p for p in small if _belongs(p, large, small, tallest)]
    dust = [p for p in small if p not in kept]
    doubtful = [
        p
        for p in small
        if len(large) <= 4 and p.size >= 0.12 * tallest
        if 0.08 * tallest < _gap(p, large) < 0.6 * tallest
        and not _is_of_colon(p, large, small, tallest)
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


def _sort_digits(
    large: Sequence[Part], small: Sequence[Part], grains: Sequence[Part], tallest: int
) -> Sorted:
    percent = _percent_sign([*large, *small], tallest)
    large = [p for p in large if p not in percent]
    small = [p for p in small if p not in percent]
    blots = [p for p in large if _is_blot(p, large, tallest)]
    digits = [p for p in large if p not in blots]
    # Beside a character as wide as high; two specks beside a figure may well lie like a colon.
    words = any(p.width > 0.83 * tallest for p in digits)
    colon = [p for p in small if words and _is_of_colon(p, digits, small, tallest)]
    others = [p for p in [*small, *blots] if p not in colon]
    points = [p for p in others if _is_point(p, digits, tallest)]
    dust = [p for p in others if p not in points]
    if len(dust) == 1 and not grains and _is_short_minus(dust[0], digits, tallest):
        points, dust = [*points, *dust], []
    near = [p for p in dust if p.size >= 0.12 * tallest and _gap(p, digits) < 1.2 * tallest]
    unclear = [p for p in points if not _is_clear_point(p, digits, tallest)]
    kept = [*digits, *colon, *points, *percent]
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
    if _gap(part, large) <= 0.12 * tallest or _is_of_colon(part, large, small, tallest):
        return True
    if part.size < _SMALLEST_MARK * tallest:
        return False
    nearest = min(large, key=lambda other: _gap(part, [other]))
    beside = nearest.y0 <= (part.y0 + part.y1) / 2 <= nearest.y1 + 0.2 * tallest
    if not beside:
        # In a column of characters a mark has its own place above and below others.
        return _is_column(large) and _gap(part, large) <= 1.1 * tallest
    if _gap(part, large) > 0.5 * tallest:
        return False
    low = (part.y0 + part.y1) / 2 > nearest.y0 + 0.55 * nearest.height
    # “ and ” and ： come in pairs.
    paired = any(
        other is not part and _gap(part, [other]) <= 0.35 * tallest
        for other in small
        if 0.6 * part.size <= other.size <= 1.7 * part.size
    )
    return low or paired or _is_sign_of_touching(part, nearest, large, tallest)


def _is_sign_of_touching(part: Part, nearest: Part, large: Sequence[Part], tallest: int) -> bool:
    """Whether a part is the minus of a number whose digits touch, which look like no digits."""
    aside = abs((part.y0 + part.y1) / 2 - (nearest.y1 - 0.42 * nearest.height))
    flat = part.width >= max(1.4 * part.height, _HYPHEN * tallest)
    first = part.x1 <= min(p.x0 for p in large)
    return flat and first and nearest.width > nearest.height and aside < 0.15 * tallest


def _is_of_colon(part: Part, large: Sequence[Part], small: Sequence[Part], tallest: int) -> bool:
    """Whether a part is one of two marks, one exactly above the other and the lower one on the
    baseline, as dust does not fall; a full-width colon stands far from its neighbours."""
    if part.size < 0.06 * tallest or _gap(part, large) > 1.1 * tallest:
        return False
    bottom = max(p.y1 for p in large)
    for other in small:
        upper, lower = sorted((part, other), key=lambda p: p.y0)
        pitch = (lower.y0 + lower.y1 - upper.y0 - upper.y1) / 2
        shift = abs(upper.x0 + upper.x1 - lower.x0 - lower.x1) / 2
        alike = upper.size <= 1.6 * lower.size and lower.size <= 2.6 * upper.size
        on_line = bottom - 0.45 * tallest <= lower.y1 <= bottom + 0.2 * tallest
        if 0.2 * tallest <= pitch <= 0.75 * tallest and shift <= 0.12 * tallest and alike:
            return on_line
    return False


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
    if len(square) >= max(2, len(tall) / 3):
        return False
    others = [p for p in large if p.height < 0.8 * tallest]
    return len(others) <= max(2, len(tall) // 2)


def _is_astray(part: Part, large: Sequence[Part], tallest: int) -> bool:
    """Whether a part half a character high lies far from all print, or above or below the only
    line of a few characters. A flat one, as what is left of a rule, lies both so and far off."""
    others = [p for p in large if p is not part and p.size >= 0.55 * tallest]
    # Characters that touch are as high as print.
    flat = part.width >= 1.6 * part.height and part.height < 0.55 * tallest
    if not others or (part.size >= 0.55 * tallest and not flat):
        return False
    far = _gap(part, others) > _FAR * tallest
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
    return _gap(part, others) > 0.3 * tallest


def _is_point(part: Part, digits: Sequence[Part], tallest: int) -> bool:
    """Whether a small part is a point, a comma, a minus sign or a hyphen, by where it stands."""
    baseline = sorted(p.y1 for p in digits if p.height >= 0.8 * tallest)
    bottom = baseline[len(baseline) // 2]
    reach = 0.05 * tallest
    left = [p for p in digits if p.x1 <= part.x0 + reach]
    right = [p for p in digits if p.x0 >= part.x1 - reach]
    if not right or len(left) + len(right) < len(digits):
        # After the last digit, or above or below one.
        return False
    after = min(p.x0 for p in right) - part.x1
    if not left:
        middle = (part.y0 + part.y1) / 2
        flat = part.width >= max(part.height, 0.3 * tallest) or (
            part.width >= max(1.4 * part.height, 0.22 * tallest)
        )
        return (
            flat
            and abs(middle - (bottom - 0.42 * tallest)) < 0.22 * tallest
            and after < 1.3 * tallest
        )
    before = part.x0 - max(p.x1 for p in left)
    if part.width >= max(1.7 * part.height, _HYPHEN * tallest):
        # The hyphen of a date.
        middle = (part.y0 + part.y1) / 2
        aside = abs(middle - (bottom - 0.42 * tallest))
        if aside < 0.15 * tallest:
            return max(before, after) < 0.6 * tallest
        # A point of two rows of pixels is as flat as a hyphen, and stands on the baseline.
        if part.width > _WIDEST_POINT * tallest:
            return False
    return (
        bottom - 0.4 * tallest < part.y0 <= bottom + 0.05 * tallest
        and bottom - 0.15 * tallest < part.y1 <= bottom + 0.35 * tallest
        and part.size >= 0.08 * tallest
        and max(before, after) < 1.6 * tallest
    )


def _is_short_minus(part: Part, digits: Sequence[Part], tallest: int) -> bool:
    """Whether a part has the place of a minus sign exactly, and is as small as one of a few pixels.

    A coarse scan makes the hyphen of small print nearly as high as wide. Dust seldom lies there,
    and seldom alone.
    """
    baseline = median(p.y1 for p in digits if p.height >= 0.8 * tallest)
    aside = abs((part.y0 + part.y1) / 2 - (baseline - 0.42 * tallest))
    return (
        part.width > part.height
        and part.width >= _HYPHEN * tallest
        and part.height <= _HYPHEN * tallest
        and aside < 0.1 * tallest
        and 0 < min(p.x0 for p in digits) - part.x1 < _SHORT_GAP * tallest
    )


def _is_clear_point(part: Part, digits: Sequence[Part], tallest: int) -> bool:
    """Whether a point has the shape and the place that leave no doubt."""
    left = [p.x1 for p in digits if p.x1 <= part.x0 + 0.05 * tallest]
    after = min(p.x0 for p in digits if p.x0 >= part.x1 - 0.05 * tallest) - part.x1
    if not left:
        return part.width >= 1.8 * part.height and after < 0.6 * tallest
    before = part.x0 - max(left)
    square = 0.6 <= part.width / part.height <= 1.7
    comma = part.height > part.width and part.height >= 0.2 * tallest
    return (
        (square or comma)
        and part.size >= 0.1 * tallest
        and before < 0.4 * tallest
        and after < 0.65 * tallest
        and _is_spread(part, digits, tallest)
    )


def _is_spread(part: Part, digits: Sequence[Part], tallest: int) -> bool:
    """Whether the digits beside a point stand farther apart than others, as its width makes them;
    dust falls between digits that stand as close as all."""
    middles = sorted((p.x0 + p.x1) / 2 for p in digits if p.height >= 0.8 * tallest)
    own, others = 0.0, []
    for left, right in pairwise(middles):
        if left < (part.x0 + part.x1) / 2 < right:
            own = right - left
        else:
            others.append(right - left)
    # Gaps that have a point of their own are wide as well; the narrowest has none.
    return own >= (1.2 * min(others) if others else 0.9 * tallest)


def _gap(part: Part, others: Sequence[Part]) -> float:
    """The distance from a part to the nearest of the others, box to box."""
    return min(
        max(other.x0 - part.x1, part.x0 - other.x1, other.y0 - part.y1, part.y0 - other.y1, 0)
        for other in others
    )
