"""Whether a line of a cell goes on in the next one: what begins it had no room at its end."""

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from ocrpipe.geometry import Box, union
from ocrpipe.tables.alignment.text_columns import joined
from ocrpipe.tables.alignment.words import Rows, Word, rows_of, within, words_of

# In heights of a character.
_SPACE = 0.3
"""White that parts two words of one line."""

_SQUARE = 0.8
"""Width from which a mark is a Chinese character, before which any line may be broken."""

_OF_WIDEST, _WIDEST = 0.65, 1.6
"""And its share of the widest character beside it: in a text layer all are as wide as their
advance, that of a digit is up to 0.64 of a Chinese character's (DejaVu Sans). What is wider than
the second one, in heights of a character, is several that touch."""

_BRACKET = (0.5, 0.85)
"""Width of a bracket, at most, and its height, at least: that of a digit is less."""

_SAME_PLACE, _SAME_MIDDLE, _INDENTED = 0.5, 0.3, 2.0
"""By how much the next line may begin before the one above it; how far the middles of two lines
that are centered lie apart; and by how much the next line may be indented."""

_LEADER, _FEWEST_LEADERS = 0.3, 3
"""Width of a dot that leads to the next column, at most, and how many such dots a line ends in."""

_CLOSE = 0.7
"""Share of the widest white between lines that is left between those of one row, at most."""

_INTERLEAVED = 0.35
_FEWEST_INTERLEAVED = 3
"""White between the lines of one row that are beside each other in turn, at most, and how many they
are at least: two of a cell and what stands in the middle beside them."""

_LONG_NUMBER = 3.5
_ROOM_LEFT = 0.8
"""At the end of a line whose number goes on below, at most."""

_REST = 0.8
"""What goes on of a number, as a share of its line above."""


def goes_on(
    above: Sequence[Box], below: Sequence[Box], left: float, right: float, height: float
) -> bool:
    """Whether the text of a line goes on in the one below it.

    Args:
        above: Marks of a line, not empty.
        below: Marks of the next one, not empty.
        left: Where the room for both begins.
        right: Where it ends.
        height: Of a character.
    """
    above = sorted(above, key=lambda box: box.x0)
    if _has_leaders(above, height) or not (
        _is_below(above, below, height) or _are_centered(above, below, (left + right) / 2, height)
    ):
        return False
    return above[-1].x1 + _SPACE * height + _first_width(below, height) > right


def without_interleaved(
    lines: Sequence[tuple[float, float]], boxes: Sequence[Box], height: float
) -> list[tuple[float, float]]:
    """Lines with those of one row made one whose cells have different numbers of lines.

    What stands in the middle beside a cell of two lines is a line between them, closer than lines
    of text are, and none of its words is below or above one of the next line.

    Args:
        lines: Top and bottom of lines, from the top.
        boxes: The marks in them.
        height: Of a character.
    """
    words = [words_of(within(boxes, *line), height) for line in lines]
    runs: list[list[int]] = []
    for number, line in enumerate(lines):
        if (
            runs
            and line[0] - lines[number - 1][1] <= _INTERLEAVED * height
            and not _overlap(words[number - 1], words[number])
        ):
            runs[-1].append(number)
        else:
            runs.append([number])
    rows: list[tuple[float, float]] = []
    for run in runs:
        if _is_one_row([words[number] for number in run]):
            rows.append((lines[run[0]][0], lines[run[-1]][1]))
        else:
            rows += [lines[number] for number in run]
    return rows


def _is_one_row(lines: Rows) -> bool:
    """Whether every second line goes on with the words of the last but one, each with its own.

    A label in the middle beside two rows has fewer words than they have, and a head has several
    below it.
    """
    if len(lines) < _FEWEST_INTERLEAVED or len(lines[1]) < min(len(lines[0]), len(lines[-1])):
        return False
    return all(
        _overlap(above, below)
        and not any(
            sum(word.common(other) > 0 for other in others) > 1
            for words, others in ((above, below), (below, above))
            for word in words
        )
        for above, below in zip(lines, lines[2:], strict=False)
    )


def _overlap(one: Sequence[Word], other: Sequence[Word]) -> bool:
    return any(word.common(below) > 0 for word in one for below in other)


def lines_that_go_on(
    lines: Sequence[tuple[float, float]], boxes: Sequence[Box], height: float
) -> set[int]:
    """The lines of which long numbers go on in the next one, each below its own column.

    Such lines are closer than rows are, and one of them at most has the label of their row. What
    goes on is shorter than the line above it, which takes all the room of its column.

    Args:
        lines: Top and bottom of lines, from the top.
        boxes: The marks in them.
        height: Of a character.
    """
    if len(lines) < 2:
        return set()
    whites = [(above[1], below[0]) for above, below in pairwise(lines)]
    edges = [lines[0][0], *((top + bottom) / 2 for top, bottom in whites), lines[-1][1]]
    words = rows_of(boxes, edges, height)
    second = min((found[1].x0 for found in words if len(found) > 1), default=0.0)
    widest = max(bottom - top for top, bottom in whites)
    return {
        number
        for number, (top, bottom) in enumerate(whites)
        if bottom - top <= _CLOSE * widest
        and not all(row and row[0].x1 <= second for row in words[number : number + 2])
        and _numbers_go_on(words[number], words[number + 1], words, height)
    }


def cells_that_go_on(
    lines: Sequence[tuple[float, float]], boxes: Sequence[Box], height: float
) -> set[int]:
    """The lines of which the text of a cell goes on in the next one, in a table without rules.

    Such lines are closer than rows are. One of them has few of the words of a row, each below or
    above one of the other, of which one at least takes all the room of its column.

    Args:
        lines: Top and bottom of lines, from the top.
        boxes: The marks in them.
        height: Of a character.
    """
    inside = [within(boxes, *line) for line in lines]
    words = [words_of(line, height) for line in inside]
    whites = [below[0] - above[1] for above, below in pairwise(lines)]
    half = max(map(len, words), default=0) / 2
    # There are no fewer rows than lines with most of the words of one.
    rows = sum(len(row) > half for row in words)
    if min(rows, len(whites)) < 2:
        return set()
    close = _CLOSE * median(sorted(whites)[1 - rows :])
    columns = joined([row for row in words if len(row) > 1], ())
    found = {
        number
        for number, white in enumerate(whites)
        if white <= close
        and min(len(words[number]), len(words[number + 1])) <= half
        and _is_part(words[number], words[number + 1])
        and any(
            goes_on(
                [box for box in inside[number] if column.x0 <= box.center[0] <= column.x1],
                [box for box in inside[number + 1] if column.x0 <= box.center[0] <= column.x1],
                column.x0,
                column.x1,
                height,
            )
            for column in columns
            if all(any(word.common(column) > 0 for word in words[n]) for n in (number, number + 1))
        )
    }
    # Figures stand beside the first line of a label, or in the middle of all: a line above them
    # alone is the label of a group.
    return {
        number
        for number in found
        if len(words[number]) > half
        or len(words[number + 1]) <= half
        or number + 1 in found
        or _is_in_the_middle(inside[number], inside[number + 1], height)
    }


def lines_about_a_row(rows: Rows, whites: Sequence[float]) -> set[int]:
    """The lines that go on in the next one as both are of a label of three lines, beside the second
    of which the figures of its row stand: the other two have nothing but one word of the label, and
    are closer to it than rows are to each other.

    Args:
        rows: The words of every line, from the top.
        whites: Those between one line and the next one.
    """
    half = max(map(len, rows), default=0) / 2
    # There are no fewer rows than lines with most of the words of one.
    count = sum(len(row) > half for row in rows)
    if min(count, len(whites)) < 2:
        return set()
    close = _CLOSE * median(sorted(whites)[1 - count :])
    found: set[int] = set()
    for number in range(1, len(rows) - 1):
        above, row, below = rows[number - 1 : number + 2]
        if (
            len(above) == len(below) == 1 < len(row)
            and max(whites[number - 1 : number + 1]) <= close
            and above[0].common(below[0]) > 0
            and sum(word.common(above[0]) > 0 for word in row) == 1
            and sum(word.common(below[0]) > 0 for word in row) == 1
        ):
            found |= {number - 1, number}
    return found


def _is_in_the_middle(above: Sequence[Box], below: Sequence[Box], height: float) -> bool:
    """Whether what a line has beside the words below the line above stands higher than these: in
    the middle beside both, so close that all of it is one line with the second one."""
    around = union(above)
    under = [box for box in below if around.x0 <= box.center[0] <= around.x1]
    beside = [box for box in below if box not in under]
    if not under or not beside:
        return False
    row, last = union(beside), union(under).center[1]
    middle = (around.center[1] + last) / 2
    near = abs(row.center[1] - middle) <= _SAME_MIDDLE * height
    return near and last - row.center[1] > _SAME_MIDDLE * height


def _is_part(one: Sequence[Word], other: Sequence[Word]) -> bool:
    """Whether each word of the line with fewer of them is above or below a word of the other."""
    fewer, more = sorted((one, other), key=len)
    return all(sum(word.common(another) > 0 for another in more) == 1 for word in fewer)


def _numbers_go_on(
    above: Sequence[Word], below: Sequence[Word], words: Sequence[Sequence[Word]], height: float
) -> bool:
    pairs = [(one, other) for one in above for other in below if one.common(other) > 0]
    # A line over several columns is a head of the rows below it.
    return bool(pairs) and all(
        sum(one is another for another, _ in pairs) == 1
        and one.width >= _LONG_NUMBER * height
        and other.width <= _REST * one.width
        and one.width + _ROOM_LEFT * height >= _widest(one, words)
        for one, other in pairs
    )


def _widest(word: Word, words: Sequence[Sequence[Word]]) -> float:
    """The width of the widest word above or below another one, without those of several columns
    that stand so close that they are one."""
    columns = max(words, key=len)
    return max(
        (
            one.width
            for found in words
            for one in found
            if one.common(word) > 0 and sum(one.common(column) > 0 for column in columns) < 2
        ),
        default=0.0,
    )


def _is_below(above: Sequence[Box], below: Sequence[Box], height: float) -> bool:
    """Whether both lines begin together, the second one indented perhaps."""
    indent = union(below).x0 - union(above).x0
    return -_SAME_PLACE * height <= indent <= _INDENTED * height


def _are_centered(above: Sequence[Box], below: Sequence[Box], middle: float, height: float) -> bool:
    one, other = union(above).center[0], union(below).center[0]
    near = _SAME_MIDDLE * height
    return abs(one - other) <= near and abs((one + other) / 2 - middle) <= near


def _first_width(boxes: Sequence[Box], height: float) -> float:
    """The width of what may not be parted: a word, or one Chinese character with the bracket
    before it."""
    first, *others = sorted(boxes, key=lambda box: box.x0)
    widest = max(box.width for box in boxes if box is first or box.width <= _WIDEST * height)
    if first.width >= max(_SQUARE * height, _OF_WIDEST * widest):
        return first.width
    if others and first.width <= _BRACKET[0] * height and first.height >= _BRACKET[1] * height:
        return max(first.x1, others[0].x1) - first.x0
    words = words_of(boxes, height, white=_SPACE)
    return words[0].width if words else 0.0


def _has_leaders(boxes: Sequence[Box], height: float) -> bool:
    """Whether a line ends in dots that lead to the next column."""
    last = boxes[-_FEWEST_LEADERS:]
    return len(last) == _FEWEST_LEADERS and all(box.width < _LEADER * height for box in last)
