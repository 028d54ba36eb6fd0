"""Lines of text that are rows of one table, by how many words they have and how close they are.

Points of the straight frame.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ocrpipe.tables.alignment.text_columns import joined
from ocrpipe.tables.alignment.words import Word

FEWEST_ROWS = 3

_MOST_BETWEEN = 2
_FARTHEST = 3.0
"""Lines with fewer words between two rows, and the way between rows in heights of a character."""

_LAST_ROW = 2
_LAST_GAP = 1.2
_INSIDE = 0.5
"""Words of a row below others, at least, its way from them in the widest of theirs, and how far a
word of it stands out of its column, in heights of a character."""

_AS_CLOSE = 0.3
"""By how much the whites above and below a line between two others of its label differ, in heights
of a character."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of print and its words, from the left."""

    top: float
    bottom: float
    words: tuple[Word, ...]


def groups_of_rows(lines: Sequence[Line], columns: int, height: float) -> list[Sequence[Line]]:
    """Stretches of lines that begin and end with lines of several words, with few others
    between."""
    groups: list[list[int]] = []
    for number, line in enumerate(lines):
        if len(line.words) < columns:
            continue
        last = groups[-1][-1] if groups else None
        if last is not None and _follows(lines[last : number + 1], height):
            groups[-1].append(number)
        else:
            groups.append([number])
    return [
        lines[group[0] : _last_row(lines, group, columns, height) + 1]
        for group in groups
        if len(group) >= FEWEST_ROWS
    ]


def _last_row(lines: Sequence[Line], group: Sequence[int], columns: int, height: float) -> int:
    """The number of the last line that belongs to the lines `group` of a table.

    Rows at its end may have blank cells: what they have stands in the columns of the others, and
    as close below them.
    """
    last = group[-1]
    rows = [lines[number] for number in range(group[0], last + 1)]
    places = joined([row.words for row in rows if len(row.words) > 1], ())
    widest = max(below.top - above.bottom for above, below in pairwise(rows))
    if len(places) < columns:
        return last
    for line in lines[last + 1 :]:
        near = line.top - lines[last].bottom <= _LAST_GAP * widest
        some = _LAST_ROW <= len(line.words) < columns
        if not near or not some or not _is_inside(line, places, height):
            break
        last += 1
    return last + 1 if _ends_below(lines, last, height) else last


def _ends_below(lines: Sequence[Line], last: int, height: float) -> bool:
    """Whether the label of a row that is the last one has three lines, the first and the third of
    them alone, as close above it as below."""
    if not 0 < last < len(lines) - 1:
        return False
    above, row, below = lines[last - 1 : last + 2]
    whites = (row.top - above.bottom, below.top - row.bottom)
    return (
        len(above.words) == len(below.words) == 1 < len(row.words)
        and above.words[0].common(below.words[0]) > 0
        and abs(whites[0] - whites[1]) <= _AS_CLOSE * height
    )


def _is_inside(line: Line, places: Sequence[Word], height: float) -> bool:
    """Whether each word of a line stands in a place of its own.

    The last label may be the widest one: it begins or ends where the others do, or is in their
    middle, and is beside no other place.
    """
    margin = _INSIDE * height
    taken = []
    for word in line.words:
        near = [number for number, place in enumerate(places) if word.common(place) > 0]
        if len(near) != 1 or not _is_in_line(word, places[near[0]], margin):
            return False
        taken.append(near[0])
    return len(taken) == len(set(taken))


def _is_in_line(word: Word, place: Word, margin: float) -> bool:
    inside = place.x0 - margin <= word.x0 and word.x1 <= place.x1 + margin
    ways = (word.x0 - place.x0, word.x1 - place.x1, word.center - place.center)
    return inside or min(map(abs, ways)) <= margin


def _follows(lines: Sequence[Line], height: float) -> bool:
    near = all(below.top - above.bottom <= _FARTHEST * height for above, below in pairwise(lines))
    return near and len(lines) - 2 <= _MOST_BETWEEN
