"""Columns of labels of several levels, and which of them the label of a row takes.

Points of the straight frame.
"""

from collections.abc import Sequence
from statistics import median

from ocrpipe.tables.alignment.text_cells import Item, Part, centered_parts
from ocrpipe.tables.unruled.strips import SAME_START, LabelColumns, Strip, label_count

# In heights of a character.
_IN_MIDDLE = 0.5
"""How far a label stands aside of the middle of its cell."""

_INDENT = 1.0
"""By how much a label that begins where its column does is set in, at most."""

_FEWEST_STARTS = 3
_TOGETHER = 0.7
"""How many labels tell that those of their column begin together, and their share."""


def labels_of(strips: Sequence[Strip], xs: Sequence[float], height: float) -> LabelColumns:
    """The columns of labels that the strips of one page show."""
    count = label_count(strips)
    # Beside a label over several rows each row has a label of its own.
    starts = [
        strip.items[0].word.x0
        for strip in strips
        if 0 < strip.first == count - 1 and strip.top == strip.bottom and strip.items
        if strip.items[0].first == count - 1
    ]
    start = median(starts or [0.0])
    together = sum(abs(place - start) <= SAME_START * height for place in starts)
    if together < max(_FEWEST_STARTS, _TOGETHER * len(starts)):
        return LabelColumns(count)
    return LabelColumns(count, start - xs[count - 1])


def widest_labels(found: Sequence[LabelColumns]) -> LabelColumns:
    """Those of several with the most columns, and where their labels begin if any of them tells."""
    count = max(labels.count for labels in found)
    indents = [labels.indent for labels in found if labels.count == count]
    return LabelColumns(count, next((indent for indent in indents if indent is not None), None))


def labelled_parts(
    strip: Strip, parts: Sequence[Part], labels: LabelColumns, xs: Sequence[float], height: float
) -> list[Part]:
    """Parts with the blank columns among those of labels joined to the label beside them."""
    items = [item for item in strip.items if item.first < labels.count]
    if not items:
        return list(parts)
    last = min(max(labels.count - 1, items[-1].last), strip.last)
    rest = [part for part in parts if part[0] > last]
    inner = centered_parts(items, strip.first, last, xs)
    if len(items) == 1 and not _is_beside_a_label(items[0], inner, strip.first, xs, height):
        inner = [(strip.first, last)]
        if _is_left_aligned(items[0], labels, strip.first, last, xs, height):
            own = items[0].first
            inner = [*((blank, blank) for blank in range(strip.first, own)), (own, last)]
    return [*inner, *rest]


def _is_left_aligned(
    item: Item,
    labels: LabelColumns,
    first: int,
    last: int,
    xs: Sequence[float],
    height: float,
) -> bool:
    """Whether a label begins where its own column does, and is in the middle of no wider cell.

    Where the labels of the last column begin together, it begins with them.
    """
    aside = abs(item.word.center - (xs[first] + xs[last + 1]) / 2)
    indent = item.word.x0 - xs[item.first]
    if item.first == labels.count - 1 > first and labels.indent is not None:
        off = abs(indent - labels.indent)
        return off <= SAME_START * height and 3 * off < aside
    return item.first > first and indent <= _INDENT * height and aside > _IN_MIDDLE * height


def _is_beside_a_label(
    item: Item, parts: Sequence[Part], first: int, xs: Sequence[float], height: float
) -> bool:
    """Whether a label leaves out the first column: it is in the middle of the others alone.

    The label over many rows that stands there has its text on another page.
    """
    left, right = next(part for part in parts if part[0] <= item.first <= part[1])
    aside = abs(item.word.center - (xs[left] + xs[right + 1]) / 2)
    of_all = abs(item.word.center - (xs[first] + xs[right + 1]) / 2)
    return left > first and aside <= _IN_MIDDLE * height and of_all >= 2 * _IN_MIDDLE * height
