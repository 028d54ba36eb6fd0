"""Heads of several levels that no rule parts: which columns and levels each takes.

A head stands in the middle over its columns. Of all ways to make groups of neighbouring columns,
and groups of these, the one is taken in which each head is nearest to the middle of what is below
it, and a head of one column to the middle of the levels that it takes (dynamic programming over
the stretches of columns). Points of the straight frame.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from math import inf

from ocrpipe.geometry import Box, union
from ocrpipe.tables.alignment.words import Word

_MOST_COLUMNS, _MOST_WORDS = 40, 120
"""What is compared grows with their third power."""

# Costs, in heights of a character that a head stands aside.
_NEW_LINE = 0.2
"""Of a head of two lines and more, a line."""
_NO_LABEL, _NO_HEAD = 0.6, 1.5
"""Of a column without a head: that of labels may have none."""
_AT_BOTTOM, _AT_TOP = 0.1, 0.3
"""Of a head that stands beside the last level, or the first one, and takes others, too."""
_AT_BOTTOM_ALONE = 0.6
"""The same beside the last level where the labels have no head that tells how high the heads are:
what stands above may be a caption."""
_SHARED = 1.2
"""Of a head over several columns that have none of their own."""
_BESIDE = 2.0
"""Of two words side by side above one column that are not one set wide."""
_APART = 1.0
"""Of lines of one head that stand apart."""
_GROUP = 0.05
_OVER_LABELS = 0.5
"""Of a group with the column of labels in it."""
_CAPTION = 2.0
"""Of a head over all columns where nothing tells that it is no caption."""
_FARTHEST_ASIDE = 1.6
_MOST_ASIDE = 1.5

_ONE_CHARACTER = 1.5
"""Width of one character of a word that is set wide, in heights of one, at most."""

_FLUSH = 0.3
"""Between the ends of a head and of the figures below it, both flush right, at most."""

_LINE_WHITE = 0.8
"""Between the lines of one head, at most."""

_LEFT_OUT = 0.3
"""What a word costs that is left out above the heads."""

_MOST_COST, _PER_COLUMN = 0.6, 0.25
"""Of all heads together, at most, and more of it a column."""


@dataclass(frozen=True, slots=True)
class Head:
    """The columns of a head, first and last, its print, and the heads below it."""

    first: int
    last: int
    box: Box | None
    below: tuple["Head", ...] = ()


@dataclass(frozen=True, slots=True)
class HeadCell:
    """Rows and columns that a head takes, the first and the last of each."""

    top: int
    bottom: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class HeadLevels:
    """The heads of a table, and the edges between their rows by height, the outer ones included."""

    ys: tuple[float, ...]
    cells: tuple[HeadCell, ...]
    leaves: tuple[Word, ...]
    """The print of the heads of single columns."""
    cost: float
    """How badly they fit, with what is left out above them."""


def head_levels(words: Sequence[Box], columns: Sequence[Word], height: float) -> HeadLevels | None:
    """The heads above columns, None where no reading of their places fits.

    Args:
        words: Of what stands above the columns (`head_words`); titles and units may be above heads.
        columns: The stretches of print of the columns below, from the left.
        height: Of a character.
    """
    if not words or len(columns) < 2 or len(columns) > _MOST_COLUMNS or len(words) > _MOST_WORDS:
        return None
    tops = _tops(words)
    best: tuple[float, float, tuple[Head, ...]] | None = None
    for top in tops:
        inside = [word for word in words if word.center[1] > top]
        cost, heads = _Heads(inside, columns, height).best()
        price = cost + _LEFT_OUT * (len(words) - len(inside))
        if best is None or price < best[0]:
            best = (price, cost, heads)
    if best is None or best[1] > _MOST_COST + _PER_COLUMN * len(columns):
        return None
    return _levels(best[2], best[0])


def _tops(words: Sequence[Box]) -> list[float]:
    """Heights above which words may be left out: where there is white over the whole width."""
    tops: list[float] = []
    bottom = -inf
    for word in sorted(words, key=lambda word: word.y0):
        if word.y0 > bottom:
            tops.append(word.y0)
        bottom = max(bottom, word.y1)
    return tops


class _Heads:
    """The heads over columns, of which some words are above each."""

    def __init__(self, words: Sequence[Box], columns: Sequence[Word], height: float) -> None:
        self._columns = columns
        self._height = height
        self._words: list[list[Box]] = [[] for _ in columns]
        for word in sorted(words, key=lambda word: (word.y0, word.x0)):
            self._words[self._nearest(word.center[0])].append(word)
        self._at_bottom = _AT_BOTTOM if self._words[0] else _AT_BOTTOM_ALONE
        self._forest = cache(self._find_forest)
        self._leaf_of = cache(self._find_leaf)

    def best(self) -> tuple[float, tuple[Head, ...]]:
        return self._forest(0, len(self._columns) - 1, -inf)

    def _nearest(self, x: float) -> int:
        return min(
            range(len(self._columns)),
            key=lambda at: max(self._columns[at].x0 - x, x - self._columns[at].x1),
        )

    def _inside(self, first: int, last: int, above: float) -> list[Box]:
        return [
            word
            for column in self._words[first : last + 1]
            for word in column
            if word.center[1] > above
        ]

    def _find_forest(self, first: int, last: int, above: float) -> tuple[float, tuple[Head, ...]]:
        """The cheapest heads of neighbouring columns below a height, with their cost."""
        inside = self._inside(first, last, above)
        if not inside:
            return inf, ()
        levels = Word(min(word.y0 for word in inside), max(word.y1 for word in inside))
        best: list[tuple[float, tuple[Head, ...]]] = [(0.0, ())]
        for end in range(first, last + 1):
            found = []
            for start in range(first, end + 1):
                before, heads = best[start - first]
                if before < inf:
                    cost, head = self._tree(start, end, above, levels, (first, last))
                    found.append((before + cost, (*heads, head)))
            best.append(min(found, key=lambda pair: pair[0], default=(inf, ())))
        return best[-1]

    def _tree(
        self, first: int, last: int, above: float, levels: Word, whole: tuple[int, int]
    ) -> tuple[float, Head]:
        if first == last:
            return self._leaf_of(first, above, levels)
        # What is over all columns of a group is that group.
        if (first, last) == whole:
            return inf, Head(first, last, None)
        cost, head = self._group(first, last, above, levels)
        # Where no head of the labels stands beside it, what is over all columns is a caption.
        over_all = above == -inf and (first, last) == (1, len(self._columns) - 1)
        return cost + (_CAPTION if over_all and not self._words[0] else 0.0), head

    def _find_leaf(self, column: int, above: float, levels: Word) -> tuple[float, Head]:
        words = self._inside(column, column, above)
        if not words:
            return (_NO_HEAD if column else _NO_LABEL), Head(column, column, None)
        box = union(words)
        cost = self._stacked(words) + self._upright(box, levels) + self._over(box, column, column)
        return cost, Head(column, column, box)

    def _over(self, box: Box, first: int, last: int) -> float:
        """By how much a head goes over the columns beside its own."""
        cost = 0.0
        for beside in (first - 1, last + 1):
            if 0 <= beside < len(self._columns):
                over = Word(box.x0, box.x1).common(self._columns[beside])
                cost += min(_MOST_ASIDE, max(0.0, over) / self._height)
        return cost

    def _stacked(self, words: Sequence[Box]) -> float:
        """The cost of words as the lines of one head."""
        cost = 0.0
        for one, other in pairwise(words):
            if min(one.y1, other.y1) - max(one.y0, other.y0) > 0.5 * min(one.height, other.height):
                single = max(one.width, other.width) <= _ONE_CHARACTER * self._height
                cost += _NEW_LINE if single else _BESIDE
                continue
            ways = (one.center[0] - other.center[0], one.x0 - other.x0, one.x1 - other.x1)
            aside = min(map(abs, ways)) / self._height
            apart = _APART if other.y0 - one.y1 > _LINE_WHITE * self._height else 0.0
            cost += _NEW_LINE + min(_MOST_ASIDE, aside) + apart
        return cost

    def _upright(self, box: Box, levels: Word) -> float:
        """By how much a head is aside of the middle of its levels, or of the last of them."""
        ways = (
            abs(box.center[1] - levels.center) / self._height,
            abs(box.y1 - levels.x1) / self._height + self._at_bottom,
            abs(box.y0 - levels.x0) / self._height + _AT_TOP,
        )
        return min(_MOST_ASIDE, *ways)

    def _group(self, first: int, last: int, above: float, levels: Word) -> tuple[float, Head]:
        nothing = inf, Head(first, last, None)
        words = sorted(self._inside(first, last, above), key=lambda word: word.y0)
        if not words:
            return nothing
        top = [word for word in words if word.y0 < words[0].center[1]]
        own = union(top)
        rest = [word for word in words if word not in top]
        if any(word.y0 <= own.y1 for word in rest):
            return nothing
        spaced = all(word.width <= _ONE_CHARACTER * self._height for word in top)
        if len(top) > 1 and not spaced:
            return nothing
        if not rest:
            middle = (self._columns[first].x0 + self._columns[last].x1) / 2
            aside = abs(own.center[0] - middle) / self._height
            cost = _SHARED + aside + self._upright(own, levels)
            return cost, Head(first, last, own)
        found = []
        for count in (1, 2):
            head, below = (own, rest) if count == 1 else self._of_two_lines(own, rest)
            if not below:
                break
            cost, heads = self._forest(first, last, head.y1)
            aside = self._aside(head, heads, first, last) if cost < inf else inf
            if aside <= _FARTHEST_ASIDE:
                found.append(
                    (
                        cost + aside + _GROUP + (count - 1) * _NEW_LINE,
                        Head(first, last, head, heads),
                    )
                )
        return min(found, key=lambda pair: pair[0], default=nothing)

    def _of_two_lines(self, head: Box, rest: Sequence[Box]) -> tuple[Box, list[Box]]:
        """A head with its second line, and what is left below it; nothing where it has none."""
        second = [word for word in rest if word.y0 < rest[0].center[1]]
        close = rest[0].y0 - head.y1 <= _LINE_WHITE * self._height
        if len(second) > 1 or not close or abs(rest[0].center[0] - head.center[0]) > self._height:
            return head, []
        whole = union((head, rest[0]))
        below = [word for word in rest if word not in second]
        return whole, below if all(word.y0 > whole.y1 for word in below) else []

    def _aside(self, head: Box, below: Sequence[Head], first: int, last: int) -> float:
        """How far a head stands aside of the middle of its columns, in heights of a character."""
        boxes = [one.box for one in _every(below) if one.box is not None]
        if not boxes:
            return inf
        around = union(boxes)
        leaves = [one for one in _every(below) if not one.below and one.box is not None]
        start, end = self._columns[first].x0, self._columns[last].x1
        middles = [
            (min(start, around.x0) + max(end, around.x1)) / 2,
            around.center[0],
            (start + end) / 2,
        ]
        ends = [leaf.box.center[0] for leaf in (leaves[0], leaves[-1]) if leaf.box is not None]
        middles.append(sum(ends) / 2)
        if first > 0 and all(self._is_flush(leaf) for leaf in leaves):
            # Of heads that end where their figures do each cell begins right of the last one.
            low = (self._columns[first - 1].x1 + end) / 2
            middles.append(min(max(low, head.center[0]), (start + end) / 2))
        return min(abs(head.center[0] - middle) for middle in middles) / self._height

    def _is_flush(self, leaf: Head) -> bool:
        """Whether the head of a column ends where what is below it does."""
        off = leaf.box.x1 - self._columns[leaf.last].x1 if leaf.box is not None else inf
        return abs(off) <= _FLUSH * self._height


def _levels(heads: Sequence[Head], cost: float) -> HeadLevels:
    boxes = [head.box for head in _every(heads) if head.box is not None]
    whites = []
    for head in _every(heads):
        below = [one.box.y0 for one in head.below if one.box is not None]
        if below and head.box is not None:
            whites.append((head.box.y1, min(below)))
    edges: list[tuple[float, float]] = []
    for top, bottom in sorted(whites, key=lambda white: white[1]):
        if edges and top < edges[-1][1]:
            edges[-1] = (max(edges[-1][0], top), edges[-1][1])
        else:
            edges.append((top, bottom))
    inner = [(top + bottom) / 2 for top, bottom in edges]
    cells = tuple(_cells(heads, 0, inner))
    leaves = [
        head.box for head in _every(heads) if head.first == head.last and head.box is not None
    ]
    return HeadLevels(
        (min(box.y0 for box in boxes), *inner, max(box.y1 for box in boxes)),
        cells,
        tuple(sorted(Word(box.x0, box.x1) for box in leaves)),
        cost,
    )


def _every(heads: Sequence[Head]) -> list[Head]:
    return [one for head in heads for one in (head, *_every(head.below))]


def _cells(heads: Sequence[Head], row: int, edges: Sequence[float]) -> list[HeadCell]:
    cells: list[HeadCell] = []
    for head in heads:
        until = len(edges)
        if head.below and head.box is not None:
            first = min(one.box.y0 for one in head.below if one.box is not None)
            until = next(
                number for number in range(row, len(edges)) if head.box.y1 < edges[number] <= first
            )
        cells.append(HeadCell(row, until, head.first, head.last))
        cells += _cells(head.below, until + 1, edges)
    return cells
