"""Small marks of a line that are told from dust by where they stand: points, colons, signs.

Everything is in pixels; `tallest` is the height of a character.
"""

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from ocrpipe.ocr.cells.ink.parts import Part

# In heights of a character.
_HYPHEN = 0.22
_WIDEST_POINT = 0.4
_SHORT_GAP = 0.35
_FAR_MINUS = 0.6
"""As for a short mark before digits, see `is_clear_point`."""

_FLAT = 0.5
_ALIKE_DOTS = 0.13
"""How much the dots of a colon differ in size and place, at most, if that is more than a pixel."""


def is_of_colon(part: Part, large: Sequence[Part], small: Sequence[Part], tallest: int) -> bool:
    """Whether a part is one of two marks, one exactly above the other and the lower one on the
    baseline, as dust does not fall; a full-width colon stands far from its neighbours."""
    if part.size < 0.06 * tallest or distance(part, large) > 1.1 * tallest:
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


def is_of_time(part: Part, digits: Sequence[Part], small: Sequence[Part]) -> bool:
    """Whether a part is one of the two dots of a time such as 8:30: alike, exactly above each
    other, and between digits that stand farther apart than others for them."""
    tallest = max(p.height for p in digits)
    pixels = max(1.0, _ALIKE_DOTS * tallest)
    pair = [
        other
        for other in small
        if abs(other.width - part.width) <= pixels
        and abs(other.height - part.height) <= pixels
        and abs(other.x0 + other.x1 - part.x0 - part.x1) <= 2 * pixels
    ]
    beside = [p for p in digits if p.y0 <= (part.y0 + part.y1) / 2 <= p.y1]
    inner = any(p.x1 <= part.x0 for p in beside) and any(p.x0 >= part.x1 for p in beside)
    return inner and is_of_colon(part, digits, pair, tallest) and is_spread(part, digits, tallest)


def is_point(part: Part, digits: Sequence[Part], tallest: int) -> bool:
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


def is_short_minus(part: Part, digits: Sequence[Part], tallest: int) -> bool:
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


def is_far_minus(part: Part, digits: Sequence[Part], tallest: int) -> bool:
    """Whether a part is a minus sign as long as half a digit is high, so far before the digits that
    it may be specks beside each other: in print it is a third of their height away at most."""
    others = [p for p in digits if p is not part]
    flat = part.width >= 1.4 * part.height and part.height <= _FLAT * tallest
    return flat and min((p.x0 for p in others), default=0) - part.x1 > _FAR_MINUS * tallest


def is_clear_point(part: Part, digits: Sequence[Part], tallest: int) -> bool:
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
        and is_spread(part, digits, tallest)
    )


def is_spread(part: Part, digits: Sequence[Part], tallest: int) -> bool:
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


def distance(part: Part, others: Sequence[Part]) -> float:
    """The distance from a part to the nearest of the others, box to box."""
    return min(
        max(other.x0 - part.x1, part.x0 - other.x1, other.y0 - part.y1, part.y0 - other.y1, 0)
        for other in others
    )
