"""Where a table with horizontal rules goes on past the last one over its whole width.

A page break cuts a label over several rows: the rules of these rows leave it out, and neither the
rows above the break nor those below it end at a rule over the whole width. Points of the straight
frame.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from ocrpipe.page import Ruling
from ocrpipe.tables.ruled.edges import THINNEST_SLOT

_SAME_END = 6.0
"""Points between the ends of rules that end together, at most."""

_LEAST_WIDTH = 0.5
"""Share of the width of a table that the rules of rows beside a label have, at least."""

_HIGHEST = 2.0
"""Height of a row past the last full rule, in those of the highest row before it, at most."""


def with_cut_rows(
    full: Sequence[Ruling], rules: Sequence[Ruling], sides: Sequence[Ruling]
) -> tuple[Ruling, ...]:
    """The full rules of a table by height, with one where its last rows end that have none.

    Args:
        full: Rules over the width of the table, two at least, by height.
        rules: All horizontal rules of the page.
        sides: All vertical ones: a pair along both sides shows where the table ends.
    """
    bottom = _end(full, rules, sides)
    flipped = [_flipped(rule) for rule in reversed(full)]
    top = -_end(flipped, [_flipped(rule) for rule in rules], [_flipped(side) for side in sides])
    ends = [replace(full[0], y0=top, y1=top)] if top < full[0].y0 - THINNEST_SLOT else []
    last = [replace(full[-1], y0=bottom, y1=bottom)] if bottom > full[-1].y0 + THINNEST_SLOT else []
    return (*ends, *full, *last)


def _flipped(rule: Ruling) -> Ruling:
    return replace(rule, y0=-rule.y1, y1=-rule.y0)


def _end(full: Sequence[Ruling], rules: Sequence[Ruling], sides: Sequence[Ruling]) -> float:
    """Where the last row below full rules ends."""
    first, last = full[0], full[-1]
    partial = sorted(rule.y0 for rule in rules if _is_partial(rule, last))
    inner = [y for y in partial if first.y0 < y < last.y0]
    places = sorted([*inner, *(rule.y0 for rule in full)])
    highest = max(below - above for above, below in pairwise(places))
    end = last.y0
    for y in (y for y in partial if y > last.y0):
        if y - end > _HIGHEST * highest:
            break
        highest, end = max(highest, y - end), y
    foot = _foot(first, last, sides)
    return foot if foot is not None and 0 < foot - end <= _HIGHEST * highest else end


def _is_partial(rule: Ruling, full: Ruling) -> bool:
    """Whether a rule leaves out the first columns of a table alone."""
    width = full.x1 - full.x0
    return (
        rule.x0 > full.x0 + _SAME_END
        and abs(rule.x1 - full.x1) <= _SAME_END
        and rule.x1 - rule.x0 >= _LEAST_WIDTH * width
    )


def _foot(first: Ruling, last: Ruling, sides: Sequence[Ruling]) -> float | None:
    """Where both sides of a table end, None without such a pair."""
    left, right = (
        max((side.y1 for side in sides if _runs_along(side, x, first, last)), default=None)
        for x in (last.x0, last.x1)
    )
    if left is None or right is None or abs(left - right) > _SAME_END:
        return None
    return min(left, right)


def _runs_along(side: Ruling, x: float, first: Ruling, last: Ruling) -> bool:
    near = abs(side.x0 - x) <= _SAME_END
    return near and side.y0 <= last.y0 + _SAME_END and side.y1 >= first.y0
