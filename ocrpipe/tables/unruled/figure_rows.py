"""Tables without rules whose rows are those of their figures: labels take several lines beside.

Where labels are wrapped, or stand in the middle of the rows of their group, lines of text run
through several rows. The figures at the right take one line a row: they tell the rows, and each
label is that of the row beside whose figures it stands. Points of the straight frame.
"""

from collections.abc import Sequence
from itertools import pairwise

from ocrpipe.geometry import Box
from ocrpipe.page import OpenRows
from ocrpipe.tables.alignment.figure_lines import Mark, is_figures
from ocrpipe.tables.alignment.text_columns import joined
from ocrpipe.tables.alignment.words import Word, lines_of, rows_with, within, words_of
from ocrpipe.tables.unruled.figure_rules import FigureRow, head_lines, open_rows, runs_over
from ocrpipe.tables.unruled.head_levels import head_groups
from ocrpipe.tables.unruled.head_rules import with_heads_above
from ocrpipe.tables.unruled.label_blocks import Stretch, beside_figures
from ocrpipe.tables.unruled.label_words import FEWEST_IN_COLUMN, common_starts, label_words
from ocrpipe.tables.unruled.row_groups import Line

_FEWEST_COLUMNS, _FEWEST_ROWS = 3, 4
"""Columns of figures and their rows, at least: prose, dates and lists have fewer that stand one
below the other."""

_FEWEST_GROUPS = 2
"""Of columns, each with a head of its own."""

_MOST_ROWS = 120
"""As many as a page of the smallest print has; what is compared grows with their square."""

_MOST_TEXT = 0.3
"""Share of the lines with text between two columns of figures, at most."""

_FIGURES = 0.5
"""Share of the words of a line that are figures: — and / stand for some."""

# In heights of a character.
_CLEAR = 0.25
"""White before the first column of figures."""

_HEAD = 12.0
"""Above the first line of several words: the head of a group of columns is one word."""

_WIDEST = 8.0
"""Of a figure: that of twelve digits and commas."""

_WRAPPED = 1.8
"""Height of a row with a label of two lines, at least."""


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
    first, last = _longest_run(
        [
            _has_figures(line, right, columns, height)
            and not runs_over(words_of(within(marks, *line), height), cut, height)
            for line in lines
        ]
    )
    figures = [Stretch(*line) for line in lines[first:last]]
    if not _FEWEST_ROWS <= len(figures) <= _MOST_ROWS:
        return None
    rows = _rows(figures, labels, height)
    if rows is None:
        return None
    heads = head_lines(lines[:first], marks, cut, rows[0].top, height)
    table = open_rows(rows, heads, marks, cut, height)
    levels = any(rule.y0 > rows[0].bottom for rule in table.short)
    # Where each line is a row, the lines tell as much.
    wrapped = any(row.bottom - row.top > _WRAPPED * height for row in rows)
    if levels or wrapped:
        return with_heads_above(open_rows(rows, [], marks, cut, height), marks, height) or table
    return _with_grouped_heads(rows, marks, columns, height)


def _with_grouped_heads(
    rows: Sequence[FigureRow], marks: Sequence[Box], columns: Sequence[Word], height: float
) -> OpenRows | None:
    """The table with its heads, None where these have no groups.

    Heads in the middle of wide columns begin left of figures that are set flush right.
    """
    labels = [
        mark.x1
        for mark in within(marks, rows[0].top, rows[-1].bottom)
        if mark.center[0] < columns[0].x0
    ]
    if not labels or max(labels) > columns[0].x0:
        return None
    cut = (max(labels) + columns[0].x0) / 2
    above = [mark for mark in marks if mark.center[0] > cut and mark.y1 < rows[0].top]
    lines = lines_of(above, height)
    heads = head_lines(lines, marks, cut, rows[0].top, height)
    heads = _grouped(heads, above, columns, Word(cut, columns[-1].x1), height)
    return open_rows(rows, heads, marks, cut, height) if len(heads) > 1 else None


def _grouped(
    heads: Sequence[tuple[float, float]],
    marks: Sequence[Box],
    columns: Sequence[Word],
    sides: Word,
    height: float,
) -> list[tuple[float, float]]:
    """The lines of a head from that of groups on, which are over all columns: a caption is one."""
    words = [words_of(within(marks, *line), height) for line in heads]
    first = len(heads) - 1
    while first > 0:
        lower = words[first]
        groups = head_groups(words[first - 1], lower, sides, columns, height)
        if len(groups) < _FEWEST_GROUPS or sum(k + 1 - i for i, k in groups) < len(lower):
            break
        first -= 1
    return list(heads[first:]) if heads else []


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
        if rows < FEWEST_IN_COLUMN:
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


def _rows(
    figures: Sequence[Stretch], labels: Sequence[Box], height: float
) -> list[FigureRow] | None:
    """The rows of figures with their labels, and those that have a label alone."""
    pitch = (figures[-1].middle - figures[0].middle) / (len(figures) - 1)
    top, bottom = figures[0].top - pitch, figures[-1].bottom + pitch
    near = within(labels, top, bottom)
    middles = [(above.middle + below.middle) / 2 for above, below in pairwise(figures)]
    bands = [within(near, *band) for band in pairwise([top, *middles, bottom])]
    seams = common_starts([words_of(inside, height) for inside in bands], height)
    own: list[Box] = []
    for inside in bands:
        words = label_words(inside, seams, height)
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
            FigureRow(
                min(one.top for one in found),
                max(one.bottom for one in found),
                words[0].x0 if words else 0.0,
            )
        )
    return rows
