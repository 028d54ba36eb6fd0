"""Labels of rows, and those of their groups that stand close before them, as words."""

from collections.abc import Sequence

from ocrpipe.geometry import Box
from ocrpipe.tables.alignment.words import Rows, Word, words_of

FEWEST_IN_COLUMN = 3
"""Words that stand one below the other in a column: prose, dates and lists have fewer."""

# In heights of a character.
_BEFORE_LABEL = 0.5
"""White between the label of a group and that of a row, at least."""

_SAME_START, _BEFORE = 0.15, 0.1
"""By how much labels stand aside that begin together, as in `strips`, and the place before them at
which the label of a group ends."""


def common_starts(rows: Rows, height: float) -> list[float]:
    """Where the last labels of several rows begin one below the other, but for the first column:
    the labels of groups may stand close before them."""
    starts = sorted(row[-1].x0 for row in rows if row)
    leftmost = min((word.x0 for row in rows for word in row), default=0.0)
    near = _SAME_START * height
    common: list[float] = []
    for start in starts:
        together = sum(abs(other - start) <= near for other in starts)
        new = not common or start - common[-1] > height
        if together >= FEWEST_IN_COLUMN and new and start > leftmost + height:
            common.append(start)
    return [start - _BEFORE * height for start in common]


def label_words(marks: Sequence[Box], seams: Sequence[float], height: float) -> list[Word]:
    """The words of labels, parted at the seams where there is more white than in a word."""
    words: list[Word] = []
    for word in words_of(marks, height, seams):
        close = words and word.x0 - words[-1].x1 < _BEFORE_LABEL * height
        if words and (close or not _begins_at(word, seams, words[-1], height)):
            words[-1] = Word(words[-1].x0, word.x1)
        else:
            words.append(word)
    return words


def _begins_at(word: Word, seams: Sequence[float], before: Word, height: float) -> bool:
    """Whether a word begins right behind a seam, or has no seam between it and the one before."""
    between = [seam for seam in seams if before.x1 <= seam <= word.x0]
    return not between or word.x0 - between[-1] <= (_BEFORE + _SAME_START) * height
