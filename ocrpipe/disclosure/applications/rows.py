"""Which rows of a table are which rows of section 三: by label, in the form's order."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from ocrpipe.disclosure.compare import likeness, names_two
from ocrpipe.disclosure.form import APPLICATION_GROUPS, APPLICATION_ROWS
from ocrpipe.disclosure.grid import TableView, has_ink, is_figure, split_row
from ocrpipe.document import Cell

LABEL_THRESHOLD = 0.6
"""Below this a label is not taken for a row's. The form's own labels are at most 0.69 alike,
but for 一 and 二, which are 0.79: see `_label_doubt`."""

SURE_LABEL = 0.7
"""Below this the figures of a row are doubtful: they may stand under the wrong key."""

_MOST_LABELS = 3
"""Labels of a row, at most: those of two groups and its own."""

_MOST_KEPT = 1024
"""Rows of which it is kept how like they are to those of the form: each is asked seven times."""

_KEYS = tuple(entry.key for entry in APPLICATION_ROWS)
_ITEM_NUMBER = re.compile(r"\s*\d")
_OTHER_ROWS = ("other.not_corrected", "other.fee_unpaid", "other.other")


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of a table, or the two halves of one that a page break cut.

    `labels` are the texts that may be its label; the first is the label as printed.
    """

    view: TableView
    rows: tuple[int, ...]
    labels: tuple[str, ...]

    @property
    def cells(self) -> tuple[Cell, ...]:
        return tuple(cell for row in self.rows for cell in self.view.rows[row])

    @property
    def figure_cells(self) -> tuple[Cell, ...]:
        """The cells right of the last label."""
        return tuple(cell for row in self.rows for cell in split_row(self.view.rows[row])[1])

    @property
    def has_figures(self) -> bool:
        """Figures, printed or blank, stand right of the labels, and nothing else does."""
        cells = self.figure_cells
        return len(cells) > 1 and all(is_figure(cell) for cell in cells)


@dataclass(frozen=True, slots=True)
class FormRow:
    """A row of the form with the table row that prints it; `doubt` says why it may be another."""

    key: str
    row: TableRow
    doubt: str | None = None


def table_rows(view: TableView) -> tuple[TableRow, ...]:
    """The rows of a table with the texts that may be their labels."""
    return tuple(TableRow(view, (row,), _labels(view, row)) for row in range(len(view.rows)))


def _labels(view: TableView, row: int) -> tuple[str, ...]:
    labels, others = split_row(view.rows[row])
    cells = [cell for cell in labels if cell.row == row]
    if len(cells) > _MOST_LABELS and not others:
        # Heads: 总计 is the label of a row as well.
        return ()
    if len(cells) > 1:
        # （六）其他处理 is a row in one edition and heads three in the other.
        cells = [cell for cell in cells if not _is_group(cell)] or cells[-1:]
    if not cells:
        return ()
    joined = "".join(cell.text for cell in cells)
    return (cells[-1].text, joined) if len(cells) > 1 else (joined,)


def _is_group(cell: Cell) -> bool:
    return likeness(cell.text, APPLICATION_GROUPS) >= 0.8


def score_row(row: TableRow) -> tuple[float, ...]:
    """How like the row's label is to that of every row of the form."""
    return _score(row.labels)


@lru_cache(_MOST_KEPT)
def _score(labels: tuple[str, ...]) -> tuple[float, ...]:
    return tuple(
        max((likeness(label, entry.names) for label in labels), default=0.0)
        for entry in APPLICATION_ROWS
    )


def known_keys(rows: Sequence[TableRow]) -> tuple[str, ...]:
    """The form's rows that `rows` print, in the form's order."""
    return tuple(_KEYS[key] for _, key, _ in _align(rows))


def _align(rows: Sequence[TableRow]) -> tuple[tuple[int, int, float], ...]:
    """Pairs (row, key, score) in ascending order of both whose labels are the most alike.

    Dynamic programming over an order-preserving alignment without gap costs (Needleman and Wunsch
    1970); what scores under LABEL_THRESHOLD is never paired.
    """
    scores = [score_row(row) for row in rows]
    best = [[0.0] * (len(_KEYS) + 1) for _ in range(len(rows) + 1)]
    for i in range(len(rows) - 1, -1, -1):
        for j in range(len(_KEYS) - 1, -1, -1):
            best[i][j] = max(best[i + 1][j], best[i][j + 1])
            if scores[i][j] >= LABEL_THRESHOLD:
                best[i][j] = max(best[i][j], _gain(scores[i][j]) + best[i + 1][j + 1])
    pairs = []
    i = j = 0
    while i < len(rows) and j < len(_KEYS):
        score = scores[i][j]
        if score >= LABEL_THRESHOLD and best[i][j] == _gain(score) + best[i + 1][j + 1]:
            pairs.append((i, j, score))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return tuple(pairs)


def _gain(score: float) -> float:
    """What a pair is worth: two labels that are hardly alike count less than one that is."""
    return score - LABEL_THRESHOLD / 2


def join_cut_rows(rows: Sequence[TableRow]) -> tuple[TableRow, ...]:
    """Join what a page break cut: a label that goes on in the next row, or figures below it."""
    joined: list[TableRow] = []
    for row in rows:
        whole = _join(joined[-1], row) if joined else None
        if whole is None:
            joined.append(row)
        else:
            joined[-1] = whole
    return tuple(joined)


def _join(upper: TableRow, lower: TableRow) -> TableRow | None:
    if upper.view is not lower.view or not upper.labels:
        return None
    if has_ink(upper.figure_cells) and has_ink(lower.figure_cells):
        return None
    whole = replace(upper, rows=upper.rows + lower.rows)
    if lower.labels:
        label = upper.labels[0] + lower.labels[0]
        apart = max(*score_row(upper), *score_row(lower))
        together = max(score_row(replace(upper, labels=(label,))))
        return replace(whole, labels=(label,)) if together >= max(0.9, apart + 0.01) else None
    above, below = upper.view.pages(upper.rows[-1]), lower.view.pages(lower.rows[0])
    cut = bool(above) and bool(below) and above.isdisjoint(below)
    figures_below = not has_ink(upper.figure_cells) and has_ink(lower.figure_cells)
    return whole if cut and figures_below and lower.has_figures else None


def match_rows(rows: Sequence[TableRow]) -> tuple[FormRow, ...]:
    """The rows of the form that `rows` print, in the order of the form.

    A row whose label cannot be recognised is told by its place when as many rows stand between its
    neighbours as the form has there; it is then in doubt.
    """
    pairs = _align(rows)
    found = [
        FormRow(_KEYS[key], rows[row], _label_doubt(rows[row], score)) for row, key, score in pairs
    ]
    printed = [_KEYS[key] for _, key, _ in pairs]
    bounds = [(-1, -1), *((row, key) for row, key, _ in pairs), (len(rows), len(_KEYS))]
    for (row, key), (next_row, next_key) in pairwise(bounds):
        between = [rows[index] for index in range(row + 1, next_row) if _may_be_row(rows[index])]
        missing = _rows_between(key, next_key, printed, len(between))
        if between and len(between) == len(missing):
            found += [
                FormRow(
                    name, place, "the row's label was not recognised; its place says which it is"
                )
                for name, place in zip(missing, between, strict=True)
            ]
    return _with_one_other(sorted(found, key=lambda row: _KEYS.index(row.key)))


def _may_be_row(row: TableRow) -> bool:
    return row.has_figures and has_ink(row.view.starting(row.rows[0]))


def _label_doubt(row: TableRow, score: float) -> str | None:
    if _has_rows_below(row):
        return f"several rows of figures stand beside the label {row.labels[0]!r}"
    if max(score_row(row)) > score:
        return f"the label {row.labels[0]!r} is more like that of another row"
    if names_two(row.labels[0], APPLICATION_ROWS):
        return f"the label {row.labels[0]!r} is that of two rows"
    if _goes_on_over_page(row):
        return "figures without a label of their own go on below it on the next page"
    return None if score >= SURE_LABEL else f"the row's label {row.labels[0]!r} is hard to tell"


def _has_rows_below(row: TableRow) -> bool:
    """Whether the row's own label goes on beside other rows of figures: a rule between the labels
    of several was lost, and which row is whose cannot be told."""
    labels = [cell for cell in split_row(row.view.rows[row.rows[0]])[0] if cell.row == row.rows[0]]
    if not labels:
        return False
    return any(
        has_ink(cell for cell in row.view.starting(below) if is_figure(cell))
        for below in range(row.rows[-1] + 1, labels[-1].row + labels[-1].row_span)
    )


def _goes_on_over_page(row: TableRow) -> bool:
    """Whether the row below stands on the next page, has figures, and is no row of the form: a page
    break that cuts a row may cut through its figures."""
    below = row.rows[-1] + 1
    if below == len(row.view.rows):
        return False
    rest = TableRow(row.view, (below,), _labels(row.view, below))
    pages, others = row.view.pages(row.rows[-1]), row.view.pages(below)
    cut = bool(pages) and bool(others) and pages.isdisjoint(others)
    if not cut or max(score_row(rest)) >= LABEL_THRESHOLD:
        return False
    return has_ink(cell for cell in rest.figure_cells if cell.row == below)


def _rows_between(key: int, next_key: int, printed: Sequence[str], count: int) -> list[str]:
    """Keys between two of the form's rows; of the two forms of （六） the one that fits `count`."""
    keys = _KEYS[key + 1 : next_key]
    three_rows = any(name in printed for name in _OTHER_ROWS)
    if "other" in keys and not three_rows:
        three_rows = len(keys) - 1 == count
    drop = ("other",) if three_rows else _OTHER_ROWS
    return [name for name in keys if name not in drop]


def _with_one_other(rows: list[FormRow]) -> tuple[FormRow, ...]:
    """（六） is one row or three: settle which, where the labels alone leave both."""
    keys = {row.key for row in rows}
    if "other" in keys and len(keys & set(_OTHER_ROWS)) >= 2:
        first = "other.not_corrected"
        kept = [row for row in rows if row.key != "other"]
        if first not in keys:
            kept += [replace(row, key=first) for row in rows if row.key == "other"]
        return tuple(sorted(kept, key=lambda row: _KEYS.index(row.key)))
    if "other.other" in keys and "other" not in keys and len(keys & set(_OTHER_ROWS)) == 1:
        # （六）其他, printed short: 3.其他 is the last of three, of which others were not made out.
        return tuple(
            replace(row, key="other")
            if row.key == "other.other" and not _ITEM_NUMBER.match(row.row.labels[0])
            else row
            for row in rows
        )
    return tuple(rows)
