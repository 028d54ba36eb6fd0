"""Tables without rules whose rows are those of their figures: labels take several lines beside.

Where labels are wrapped, or stand in the middle of the rows of their group, lines of text run
through several rows. The figures at the right take one line a row: they tell the rows, and each
label is that of the row beside whose figures it stands. Points of the straight frame.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ocrpipe.geometry import Box, Shear
from ocrpipe.page import OpenRows, Ruling
from ocrpipe.tables.alignment.figure_lines import Mark, is_figures
from ocrpipe.tables.alignment.text_columns import column_edges, joined
from ocrpipe.tables.alignment.words import Rows, Word, lines_of, rows_with, within, words_of
from ocrpipe.tables.unruled.label_blocks import Stretch, beside_figures, group_ends, stacked
from ocrpipe.tables.unruled.row_groups import Line

_FEWEST_COLUMNS = 3
_FEWEST_ROWS = 4
_FEWEST_IN_COLUMN = 3
"""Columns of figures and their rows, and the figures of a column, at least: prose, dates and lists
have fewer that stand one below the other."""

_FEWEST_GROUPS = 2
"""Rows with the label of a group beside their own, at least, where their labels begin together."""

_MOST_ROWS = 120
"""As many as a page of the smallest print has; what is compared grows with their square."""

_MOST_TEXT = 0.3
"""Share of the lines with text between two columns of figures, at most."""

_FIGURES = 0.5
"""Share of the words of a line that are figures: — and / stand for some."""

# In heights of a character.
_CLEAR = 0.25
_MARGIN = 0.5
_FARTHEST = 3.0
"""Between the lines of a head."""

_HEAD = 12.0
"""Above the first line of several words: the head of a group of columns is one word."""

_WIDEST = 8.0
"""Of a figure: that of twelve digits and commas."""

_BEFORE_LABEL = 0.5
"""White between the label of a group and that of a row, at least."""

_SAME_START, _BEFORE = 0.15, 0.1
"""By how much labels stand aside that begin together, as in `strips`, and the place before them at
which the label of a group ends."""

_WRAPPED = 1.8
"""Height of a row with a label of two lines, at least."""

_THICKNESS = 0.5

_STRAIGHT = Shear(0.0, 0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class _Row:
    """Top and bottom of the print of a row, and where its label begins."""

    top: float
    bottom: float
    start: float


def rows_of_figures(group: Sequence[Line], marks: Sequence[Box], height: float) -> OpenRows | None:
    """The table whose columns of figures stand in some lines, as one whose rows rules part.

    Args:
        group: Lines of several words, from the top; rows may share one.
        marks: Marks of the page.
        height: Of a character.
    """
    marks = within(marks, group[0].top - _HEAD * height, group[-1].bottom + height)
    columns = _figure_columns(group, marks, height)
    if len(columns) < _FEWEST_COLUMNS:
        return None
    cut = columns[0].x0 - _CLEAR * height
    right = [mark for mark in marks if mark.center[0] > cut]
    labels = [mark for mark in marks if mark.center[0] <= cut]
    lines = lines_of(right, height)
    first, last = _longest_run([_has_figures(line, right, columns, height) for line in lines])
    figures = [Stretch(*line) for line in lines[first:last]]
    if not _FEWEST_ROWS <= len(figures) <= _MOST_ROWS:
        return None
    rows = _rows(figures, labels, height)
    if rows is None:
        return None
    heads = _head_lines(lines[:first], marks, cut, rows[0].top, height)
    table = _open_rows(rows, heads, marks, cut, height)
    levels = any(rule.y0 > rows[0].bottom for rule in table.short)
    # Where each line is a row, the lines tell as much.
    wrapped = any(row.bottom - row.top > _WRAPPED * height for row in rows)
    return table if levels or wrapped else None


def _figure_columns(group: Sequence[Line], marks: Sequence[Box], height: float) -> list[Word]:
    """Columns of figures at the right that have no text between them, from the left."""
    figures, texts = [], []
    for line in group:
        inside = within(marks, line.top, line.bottom)
        own = {
            word: word.width <= _WIDEST * height and _is_figure(word, inside) for word in line.words
        }
        figures.append([word for word in line.words if own[word]])
        texts.append([word for word in line.words if not own[word]])
    kept: list[Word] = []
    for column in reversed(joined(figures, ())):
        rows = len(rows_with(column, figures))
        if rows < _FEWEST_IN_COLUMN:
            continue
        until = kept[0].x0 if kept else column.x1
        text = len(rows_with(Word(column.x1, until), texts))
        beside = len(rows_with(column, texts))
        if text > _MOST_TEXT * len(group) or beside > rows or column.width > _WIDEST * height:
            break
        kept.insert(0, column)
    return kept


def _is_figure(word: Word, marks: Sequence[Box]) -> bool:
    return is_figures([Mark(mark) for mark in marks if word.x0 <= mark.center[0] <= word.x1])


def _has_figures(
    line: tuple[float, float], marks: Sequence[Box], columns: Sequence[Word], height: float
) -> bool:
    """Whether a line has figures in their columns, and little else."""
    inside = within(marks, *line)
    words = words_of(inside, height)
    if not words or any(sum(word.common(one) > 0 for one in columns) != 1 for word in words):
        return False
    return sum(_is_figure(word, inside) for word in words) >= _FIGURES * len(words)


def _longest_run(flags: Sequence[bool]) -> tuple[int, int]:
    """The first place of the longest run of what is true, and the one after its last."""
    best, start = (0, 0), 0
    for place, flag in enumerate([*flags, False]):
        if not flag:
            best = max(best, (start, place), key=lambda run: run[1] - run[0])
            start = place + 1
    return best


def _rows(figures: Sequence[Stretch], labels: Sequence[Box], height: float) -> list[_Row] | None:
    """The rows of figures with their labels, and those that have a label alone."""
    pitch = (figures[-1].middle - figures[0].middle) / (len(figures) - 1)
    top, bottom = figures[0].top - pitch, figures[-1].bottom + pitch
    near = within(labels, top, bottom)
    middles = [(above.middle + below.middle) / 2 for above, below in pairwise(figures)]
    bands = [within(near, *band) for band in pairwise([top, *middles, bottom])]
    seams = _common_starts([words_of(inside, height) for inside in bands], height)
    own: list[Box] = []
    for inside in bands:
        words = _label_words(inside, seams, height)
        if words:
            own += [mark for mark in inside if mark.center[0] >= words[-1].x0]
    lines = [Stretch(*line) for line in lines_of(own, height)]
    if len(lines) > 2 * _MOST_ROWS:
        return None
    pairs = beside_figures(lines, figures, height)
    if sum(label is not None for label, _ in pairs) < _FIGURES * len(figures):
        return None
    rows = []
    for label, figure in pairs:
        found = [one for one in (label, figure) if one is not None]
        words = words_of(within(own, *label), height) if label else []
        rows.append(
            _Row(
                min(one.top for one in found),
                max(one.bottom for one in found),
                words[0].x0 if words else 0.0,
            )
        )
    return rows


def _common_starts(rows: Rows, height: float) -> list[float]:
    """Where the last labels of several rows begin one below the other, but for the first column:
    the labels of groups may stand close before them."""
    starts = sorted(row[-1].x0 for row in rows if row)
    leftmost = min((word.x0 for row in rows for word in row), default=0.0)
    near = _SAME_START * height
    common: list[float] = []
    for start in starts:
        together = sum(abs(other - start) <= near for other in starts)
        new = not common or start - common[-1] > height
        if together >= _FEWEST_IN_COLUMN and new and start > leftmost + height:
            common.append(start)
    return [start - _BEFORE * height for start in common]


def _label_words(marks: Sequence[Box], seams: Sequence[float], height: float) -> list[Word]:
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


def _head_lines(
    lines: Sequence[tuple[float, float]],
    marks: Sequence[Box],
    cut: float,
    below: float,
    height: float,
) -> list[tuple[float, float]]:
    """The lines of the head above the rows, whose words begin right of the labels."""
    heads: list[tuple[float, float]] = []
    for top, bottom in reversed(lines):
        words = words_of(within(marks, top, bottom), height)
        crosses = any(word.x0 < cut - height < cut + height < word.x1 for word in words)
        alone = not any(word.x1 > cut for word in words)
        if crosses or alone or below - bottom > _FARTHEST * height:
            break
        heads.insert(0, (top, bottom))
        below = top
    return heads


def _open_rows(
    rows: Sequence[_Row],
    heads: Sequence[tuple[float, float]],
    marks: Sequence[Box],
    cut: float,
    height: float,
) -> OpenRows:
    """The rows as those of a table that rules part, each from the column of its label on."""
    top = heads[0][0] if heads else rows[0].top
    inside = within(marks, top - _MARGIN * height, rows[-1].bottom + _MARGIN * height)
    labels = [mark for mark in inside if mark.center[0] <= cut]
    words = words_of(inside, height)
    left, right = words[0].x0 - _MARGIN * height, words[-1].x1 + _MARGIN * height
    edges = [(one.bottom + other.top) / 2 for one, other in pairwise(rows)]
    first = (heads[-1][1] + rows[0].top) / 2 if heads else rows[0].top - _MARGIN * height
    ys = [first, *edges, rows[-1].bottom + _MARGIN * height]
    starts = _label_columns(ys, labels, left, cut, height)
    levels = _levels(rows, ys, labels, starts, cut, height)
    places = [(0, ys[0]), *zip(levels, edges, strict=True), (0, ys[-1])]
    if heads:
        places.insert(0, (0, heads[0][0] - _MARGIN * height))
    rules = [(starts[level], y) for level, y in places]
    drawn = [Ruling(start, y, right, y, _THICKNESS) for start, y in rules]
    for above, below in pairwise(heads):
        start, end = _over_heads(below, [mark for mark in inside if mark.center[0] > cut], height)
        y = (above[1] + below[0]) / 2
        drawn.append(Ruling(start or cut, y, end or right, y, _THICKNESS))
    drawn.sort(key=lambda rule: rule.y0)
    full = tuple(rule for rule in drawn if rule.x0 == left)
    short = tuple(rule for rule in drawn if rule.x0 > left)
    return OpenRows(full, short, tuple(inside), _STRAIGHT)


def _over_heads(
    line: tuple[float, float], marks: Sequence[Box], height: float
) -> tuple[float | None, float | None]:
    """Where the rule above a line of heads begins and ends, if not with the table: heads at its
    ends that stand higher than the others are of two rows."""
    inside = within(marks, *line)
    words = words_of(inside, height)
    middles = []
    for word in words:
        own = [mark for mark in inside if word.x0 <= mark.center[0] <= word.x1]
        middles.append((min(mark.y0 for mark in own) + max(mark.y1 for mark in own)) / 2)
    lowest = max(middles, default=0.0)
    level = [lowest - middle <= _MARGIN * height for middle in middles]
    if sum(level) < 2:
        return None, None
    first, last = level.index(True), len(level) - 1 - level[::-1].index(True)
    start = (words[first - 1].x1 + words[first].x0) / 2 if first > 0 else None
    end = (words[last].x1 + words[last + 1].x0) / 2 if last + 1 < len(words) else None
    return start, end


def _label_columns(
    ys: Sequence[float],
    labels: Sequence[Box],
    left: float,
    cut: float,
    height: float,
) -> list[float]:
    """Where the columns of labels begin, as the rows show that have a label in several."""
    bands = [within(labels, *band) for band in pairwise(ys)]
    seams = _common_starts([words_of(inside, height) for inside in bands], height)
    words = [_label_words(inside, seams, height) for inside in bands]
    several = [row for row in words if len(row) > 1]
    if len(several) < (_FEWEST_GROUPS if seams else _FEWEST_IN_COLUMN):
        return [left]
    edges = column_edges(several, [], left, cut, height)[:-1]
    first = min(row[0].x0 for row in several)
    outer = min(row[0].x0 for row in words if row)
    if first - outer > height:
        # The labels of groups begin right of others, whose column has its label on another page.
        edges.insert(1, first - _MARGIN * height)
    return edges


def _levels(
    rows: Sequence[_Row],
    ys: Sequence[float],
    labels: Sequence[Box],
    starts: Sequence[float],
    cut: float,
    height: float,
) -> list[int]:
    """For each edge between rows the column of labels that its rule begins at: labels left of that
    are those of groups, of which both rows are."""
    own = [max(0, bisect_right(starts, row.start) - 1) for row in rows]
    levels = [min(pair) for pair in pairwise(own)]
    for level in range(len(starts) - 1, 0, -1):
        # Rows one below the other whose labels all begin at this column, or right of it.
        first = 0
        for place in range(len(rows) + 1):
            if place < len(rows) and own[place] >= level:
                continue
            column = Word(starts[level - 1], starts[level])
            inside = [
                mark
                for mark in within(labels, ys[first], ys[place])
                if column.x0 <= mark.center[0] < column.x1
            ]
            groups = stacked(inside, height)
            bands = [Stretch(*band) for band in pairwise(ys[first : place + 1])]
            for end in group_ends(groups, bands):
                levels[first + end - 1] = min(levels[first + end - 1], level - 1)
            first = place + 1
    return levels
