"""Print of one row as words: stretches of ink along the row with white between them.

All values are points of the straight frame (`merge.Shear`), in which rows are level.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple, TypeAlias

import numpy as np

from ocrpipe.geometry import Box, union
from ocrpipe.quantiles import percentile

_WORD_GAP, _GAP_OF_WIDE = 1.0, 0.5
"""In heights of a character: a wider white parts two words of a row, the second one where both
characters beside it are wide. Beside a narrow one punctuation may have its white."""

_WIDE, _IN_CHARACTER = 0.5, 0.05
"""In heights of a character: the width from which a character is a wide one, and the white within
one, at most."""

_GAP_OF_DIGITS, _PITCH_OF_DIGITS = 0.75, 1.2
"""The same for digits: the white between two numbers, and the distance of the middles of the digits
beside it. In one number digits stand closer."""

_DIGIT, _LEVEL = (0.5, 0.8), 0.08
"""In heights of a character: the height of a digit, from and to, and by how much two of one row
differ in their top and foot."""

_BRACKET = 0.35
"""Width of a bracket, at most, in heights of a character; it is as high as one at least."""

_HIGHEST = 1.6
"""Of a Chinese character, in heights of most print."""

_WIDEST = 1.15
"""Of a character, in heights of the highest one of its row: what is wider has a mark beside it."""

_SEAM = 0.3
"""In heights of a character: a white as wide as this parts two words where columns meet."""

_SMALLEST_WORD, _SLIVER = 0.4, 0.06
"""In heights of a character: what is smaller is dust, and no stroke is as narrow. What is left of
the edge of a fill is."""

_LINE_GAP, _SPECK = 0.08, 0.4
"""In heights of a character: the white between two lines, and marks that tell nothing of lines, as
they are dust or parts of a character."""

_USUAL_HEIGHT = 10.0
"""Points: of a character where nothing is printed to tell it by."""

LOWEST = 4.0
"""Points: of characters, at least; digits of 6 points are as high."""


class Word(NamedTuple):
    """A stretch of ink along a row."""

    x0: float
    x1: float

    @property
    def center(self) -> float:
        return (self.x0 + self.x1) / 2

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    def common(self, other: "Word") -> float:
        """Length of the common stretch; negative is the white between."""
        return min(self.x1, other.x1) - max(self.x0, other.x0)


Rows: TypeAlias = Sequence[Sequence[Word]]
"""The words of every row, from the top."""

_Mark: TypeAlias = tuple[Box, float]
"""A mark and the width of its character."""


def rows_with(column: Word, rows: Rows) -> set[int]:
    """The places of the rows that have words in a column."""
    return {n for n, row in enumerate(rows) if any(word.common(column) > 0 for word in row)}


def character_height(boxes: Sequence[Box]) -> float:
    """The height of most characters among marks of which many are parts of a character.

    Where nearly all marks are lower than any print, the page is strewn with dust, as those are that
    a scanner made black and white by what is around each dot: it is that of the others.
    """
    if not boxes:
        return _USUAL_HEIGHT
    heights = np.array([box.height for box in boxes])
    height = percentile(heights, 90)
    if height >= LOWEST:
        return height
    print_heights = heights[heights >= LOWEST]
    return percentile(print_heights, 90) if len(print_heights) else LOWEST


def words_of(
    boxes: Sequence[Box], height: float, seams: Sequence[float] = (), *, white: float = 1.0
) -> list[Word]:
    """Words of a row from its marks, from the left.

    Args:
        boxes: Marks, or characters, of the row.
        height: Of a character.
        seams: Where columns meet; there a narrower white parts two words.
        white: What parts two words, in usual whites.
    """
    groups: list[list[_Mark]] = []
    last = (Box(0, 0, 0, 0), 0.0)
    ordered = sorted(boxes, key=lambda box: box.x0)
    for mark in zip(ordered, _character_widths(ordered, height), strict=True):
        begins = not groups or _parts(last, mark, height, seams, white)
        if begins and groups:
            before = _before(groups[-1], mark[0])
            begins = before is None or _parts(before, mark, height, seams, white)
        if begins:
            groups.append([])
        groups[-1].append(mark)
        if begins or mark[0].x1 > last[0].x1:
            last = mark
    words = [[box for box, _ in group] for group in groups]
    return [
        Word(word[0].x0, max(box.x1 for box in word))
        for word in words
        if not _is_dust(word, height)
    ]


def _before(group: Sequence[_Mark], box: Box) -> _Mark | None:
    """The last mark of a word of several lines that stands in the line of `box`.

    The lines of a cell end at different places: in one a character ends just where another one has
    the white of its punctuation.
    """
    return max(
        (mark for mark in group if min(mark[0].y1, box.y1) > max(mark[0].y0, box.y0)),
        key=lambda mark: mark[0].x1,
        default=None,
    )


def rows_of(boxes: Sequence[Box], ys: Sequence[float], height: float) -> list[list[Word]]:
    """The words of every row between ascending edges `ys`.

    Heads that stand close beside each other are parted as the row with the most words is, where
    that gives one head above each of its words.
    """
    marks = [within(boxes, top, bottom) for top, bottom in pairwise(ys)]
    rows = [words_of(inside, height) for inside in marks]
    guide = max(rows, key=len, default=[])
    seams = [(one.x1 + other.x0) / 2 for one, other in pairwise(guide)]
    return [
        _parted(words, words_of(inside, height, seams), guide)
        for words, inside in zip(rows, marks, strict=True)
    ]


def _parted(words: Sequence[Word], pieces: Sequence[Word], guide: Sequence[Word]) -> list[Word]:
    result: list[Word] = []
    for word in words:
        parts = [piece for piece in pieces if piece.common(word) > 0]
        above = [
            [index for index, one in enumerate(guide) if one.common(part) > 0] for part in parts
        ]
        matched = all(len(found) == 1 for found in above)
        indices = [index for found in above for index in found]
        in_turn = (
            indices == list(range(indices[0], indices[0] + len(indices))) if indices else False
        )
        result += parts if matched and in_turn else [word]
    return result


def lines_of(boxes: Sequence[Box], height: float) -> list[tuple[float, float]]:
    """Top and bottom of the lines of print, from the top: runs of marks with white between."""
    lines: list[tuple[float, float]] = []
    for box in sorted(boxes, key=lambda box: box.y0):
        if max(box.height, box.width) < _SPECK * height:
            continue
        if lines and box.y0 - lines[-1][1] < _LINE_GAP * height:
            lines[-1] = (lines[-1][0], max(lines[-1][1], box.y1))
        else:
            lines.append((box.y0, box.y1))
    return [line for line in lines if line[1] - line[0] >= 0.1 * height]


def within(boxes: Sequence[Box], top: float, bottom: float) -> list[Box]:
    """The marks whose middle lies between two heights."""
    return [box for box in boxes if top <= (box.y0 + box.y1) / 2 < bottom]


def _character_widths(ordered: Sequence[Box], height: float) -> list[float]:
    """For each of the marks from the left the width of its character.

    Strokes may be marks of their own, as the dots at both ends of 总. What is wider than a
    character is several, as 二 and the 、 close behind it: there the width is that of the mark.
    """
    highest = max((box.height for box in ordered), default=height)
    largest = _WIDEST * max(height, min(highest, _HIGHEST * height))
    characters: list[Box] = []
    own: list[int] = []
    near: list[int] = []
    for box in ordered:
        near = [at for at in near if box.x0 - characters[at].x1 <= _IN_CHARACTER * height]
        for at in near:
            whole = union((characters[at], box))
            if whole.height <= largest:
                characters[at] = whole
                own.append(at)
                break
        else:
            near.append(len(characters))
            own.append(len(characters))
            characters.append(box)
    widths = [characters[at].width for at in own]
    alone = _are_brackets(ordered, own, height)
    return [
        box.width if width > largest or bracket else width
        for box, width, bracket in zip(ordered, widths, alone, strict=True)
    ]


def _are_brackets(ordered: Sequence[Box], characters: Sequence[int], height: float) -> list[bool]:
    """Which of the marks from the left are brackets that all but touch a digit or a sign: the first
    or last of what seems one character, narrow and as high as one beside a lower mark."""
    marks: dict[int, list[Box]] = {}
    for box, character in zip(ordered, characters, strict=True):
        marks.setdefault(character, []).append(box)
    brackets = {
        box
        for found in marks.values()
        for box, beside in ((found[0], found[1:2]), (found[-1], found[-2:-1]))
        if beside and box.width <= _BRACKET * height <= _BRACKET * box.height
        if beside[0].height <= _DIGIT[1] * box.height
    }
    return [box in brackets for box in ordered]


def _parts(one: _Mark, other: _Mark, height: float, seams: Sequence[float], white: float) -> bool:
    """Whether two words part between two marks."""
    (left, left_width), (right, right_width) = one, other
    narrower = min(left_width, right_width)
    gap = right.x0 - left.x1
    # Where most print is digits, the characters of a head are higher, and so are their whites.
    height = max(height, min(left.height, right.height, _HIGHEST * height))
    wide = narrower >= _WIDE * height
    if gap >= white * (_GAP_OF_WIDE if wide else _WORD_GAP) * height:
        return True
    if gap >= white * _GAP_OF_DIGITS * height and _are_digits(left, right, height):
        return right.center[0] - left.center[0] >= white * _PITCH_OF_DIGITS * height
    return gap >= _SEAM * height and any(left.x1 <= seam <= right.x0 for seam in seams)


def _are_digits(left: Box, right: Box, height: float) -> bool:
    level = max(abs(left.y0 - right.y0), abs(left.y1 - right.y1)) <= _LEVEL * height
    return level and all(
        _DIGIT[0] * height <= box.height <= _DIGIT[1] * height and box.width < box.height
        for box in (left, right)
    )


def _is_dust(group: Sequence[Box], height: float) -> bool:
    narrow = max(box.x1 for box in group) - min(box.x0 for box in group) < _SLIVER * height
    return narrow or max(max(box.width, box.height) for box in group) < _SMALLEST_WORD * height
