"""Lines that were taken for rules and are none: strokes of a pen, folds of the sheet.

A network sees nearly all rules of most pages. Where it does, what it does not see is none, if it is
a lone stroke that ends in a cell, or a line that goes on at both ends.
"""

from collections.abc import Sequence

from ocrpipe.page import Ruling
from ocrpipe.tables.rulings.segmentation.ends import directed, known_share, loose_ends
from ocrpipe.tables.rulings.segmentation.lines import Line, Lines

# Lengths in points.
_NEAR = 3.0
"""From a rule to where the network sees it, at most: it sees both lines of a double rule as one."""

_UNSEEN, _AGREEING = 0.25, 0.9
"""Share of a line that is seen, at most, where it may be no rule; and of all rules of its
direction, at least, so that this is believed."""

_SAME_LINE = 2.5
"""From a rule to the other pieces of its line: a stroke or a fold has none, a broken rule has."""

_STROKE = 60.0
"""Length of a stroke of a pen that was taken for a rule, at most; a longer line is none where it
goes on at both ends, as a fold does."""


def without_unseen(rulings: Sequence[Ruling], seen: Lines) -> tuple[Ruling, ...]:
    """The rules without strokes and folds that were taken for some, horizontal ones first.

    Args:
        rulings: Of the page, in points.
        seen: Lines that the network saw on it.
    """
    across, down = directed(rulings)
    kept = [*_are_rules(across, seen.across, down), *_are_rules(down, seen.down, across)]
    ordered = [
        *(ruling for ruling in rulings if ruling.horizontal),
        *(ruling for ruling in rulings if not ruling.horizontal),
    ]
    return tuple(ruling for ruling, rule in zip(ordered, kept, strict=True) if rule)


def _are_rules(own: Sequence[Line], seen: Sequence[Line], others: Sequence[Line]) -> list[bool]:
    """Which lines are rules by what is seen of them."""
    shares = [known_share(line, seen, _NEAR) for line in own]
    whole = sum(line.length for line in own)
    agreeing = sum(share * line.length for share, line in zip(shares, own, strict=True))
    if agreeing < _AGREEING * whole:
        return [True] * len(own)
    return [
        share > _UNSEEN
        or not (ends.all() or (line.length <= _STROKE and ends.any()))
        or any(
            abs(one.y_at(line.middle) - line.y_at(line.middle)) <= _SAME_LINE
            for one in own
            if one is not line
        )
        for line, share, ends in zip(own, shares, loose_ends(own, others), strict=True)
    ]
