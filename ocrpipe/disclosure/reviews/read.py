"""Section 四: the outcomes of 行政复议 and 行政诉讼, which are columns over one row of figures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from ocrpipe.disclosure.figures import (
    ABSENT,
    PlacedFigure,
    doubted_by,
    past_head,
    read_cells,
    unattributed,
)
from ocrpipe.disclosure.form import REVIEW_KINDS, ReviewKind
from ocrpipe.disclosure.grid import (
    Span,
    TableView,
    columns_of,
    has_ink,
    is_empty,
    is_figure,
    is_label,
)
from ocrpipe.disclosure.reviews.labels import (
    MIN_HEADS,
    OUTCOMES,
    has_labels,
    kind_of,
    outcome_of,
    read_by_labels,
)
from ocrpipe.document import Cell

_FIGURES_SHARE = 0.6
"""Share of the cells of the row of figures that hold what may be one, at least."""

_FULL_WIDTH = len(REVIEW_KINDS) * len(OUTCOMES)


@dataclass(frozen=True, slots=True)
class _Head:
    kind: ReviewKind | None
    outcome: str
    row: int
    span: Span


def is_reviews(view: TableView) -> bool:
    """True for a table that heads a group of section 四 with its outcomes, or labels it so."""
    heads = _heads(view)
    headed = len({head.outcome for head in heads}) >= MIN_HEADS and (
        len(heads) >= 2 * MIN_HEADS or any(head.kind for head in heads)
    )
    return headed or has_labels(view)


def read_reviews(views: Sequence[TableView]) -> dict[ReviewKind, dict[str, PlacedFigure]]:
    """The figures of section 四 by kind of case and outcome; a kind not printed has none."""
    found: dict[ReviewKind, dict[str, PlacedFigure]] = {kind: {} for kind in REVIEW_KINDS}
    for view in views:
        for kind, figures in (_read_table(view) or read_by_labels(view)).items():
            found[kind] = doubted_by(found[kind], figures) if found[kind] else figures
    return found


def _heads(view: TableView) -> list[_Head]:
    groups = _groups(view)
    heads = []
    for row in range(len(view.rows)):
        for cell in view.starting(row):
            outcome = outcome_of(cell.text)
            if outcome is not None:
                kind = _kind_above(groups, row, columns_of(cell))
                heads.append(_Head(kind, outcome, row, columns_of(cell)))
    return _of_runs(heads)


def _of_runs(heads: list[_Head]) -> list[_Head]:
    """The heads with the kind that another one of their run from left to right has, or that the
    place of the run says.

    The cell of a kind may stand over few of its outcomes: text at one end of its columns does not
    show which of them it spans.
    """
    runs: list[list[_Head]] = []
    for head in sorted(heads, key=lambda head: head.span):
        last = runs[-1][-1] if runs else None
        if last is not None and last.span.overlap(head.span):
            return heads
        if last is not None and OUTCOMES.index(last.outcome) < OUTCOMES.index(head.outcome):
            runs[-1].append(head)
        else:
            runs.append([head])
    kinds = [{head.kind for head in run} - {None} for run in runs]
    if any(len(names) > 1 for names in kinds):
        return heads
    named = [next(iter(names), None) for names in kinds]
    if len(runs) == len(REVIEW_KINDS) and _fits_order(named):
        named = list(REVIEW_KINDS)
    if len(set(named)) < len(named):
        return heads
    by_run = (
        replace(head, kind=kind) for run, kind in zip(runs, named, strict=True) for head in run
    )
    return sorted(by_run, key=lambda head: (head.row, head.span))


def _fits_order(named: Sequence[ReviewKind | None]) -> bool:
    """Whether some kinds are known, and those that are stand in the places that the form has."""
    pairs = zip(named, REVIEW_KINDS, strict=True)
    return any(named) and all(kind in {None, place} for kind, place in pairs)


def _groups(view: TableView) -> list[tuple[ReviewKind, Cell]]:
    cells = (cell for row in range(len(view.rows)) for cell in view.starting(row))
    return [(kind, cell) for cell in cells if (kind := kind_of(cell.text)) is not None]


def _kind_above(
    groups: Sequence[tuple[ReviewKind, Cell]], row: int, span: Span
) -> ReviewKind | None:
    above = [
        (cell.row, kind)
        for kind, cell in groups
        if cell.row < row and columns_of(cell).overlap(span)
    ]
    return max(above)[1] if above else None


def _read_table(view: TableView) -> dict[ReviewKind, dict[str, PlacedFigure]]:
    heads = _heads(view)
    row = _figure_row(view, heads)
    if row is None:
        return {}
    spans = _spans(view, heads, row)
    twice = _headed_twice(heads)
    shifted = _is_shifted(view, heads, row)
    figures: dict[ReviewKind, dict[str, PlacedFigure]] = {}
    for kind in REVIEW_KINDS:
        if any(of_kind == kind for of_kind, _ in spans):
            aside = shifted or _is_headed_otherwise(heads, spans, kind)
            shift = "the heads do not stand over the figures" if aside else None
            figures[kind] = {
                outcome: _read(view, row, spans, (kind, outcome)).doubted(
                    "two columns have its head" if (kind, outcome) in twice else shift
                )
                for outcome in OUTCOMES
            }
    return figures


def _headed_twice(heads: Sequence[_Head]) -> frozenset[tuple[ReviewKind | None, str]]:
    """The figures that columns apart are headed with: what is left of 复议后起诉 where the paper
    or the damage ends is 复议, and the columns under it are not those of 行政复议. Where those do
    not begin with all their heads, one that is there once may be of the others, too."""
    runs: dict[ReviewKind | None, list[_Head]] = {}
    for head in heads:
        runs.setdefault(head.kind, []).append(head)
    first: dict[tuple[ReviewKind | None, str], Span] = {}
    twice = set()
    for kind, run in runs.items():
        run.sort(key=lambda head: head.span)
        whole = tuple(head.outcome for head in run[: len(OUTCOMES)]) == OUTCOMES
        for head in run:
            key = kind, head.outcome
            if not first.setdefault(key, head.span).overlap(head.span):
                twice |= {key} if whole else {(kind, outcome) for outcome in OUTCOMES}
    return frozenset(twice)


def _is_headed_otherwise(
    heads: Sequence[_Head], spans: Mapping[tuple[ReviewKind, str], Span], kind: ReviewKind
) -> bool:
    """Whether more heads over the columns of a kind say another outcome than its own: a column
    that is lost and an empty one leave fifteen, each in the place of the next."""
    over = [
        (head.outcome, outcome)
        for (of_kind, outcome), span in spans.items()
        for head in heads
        if of_kind == kind and head.span.overlap(span)
    ]
    return 2 * sum(headed != outcome for headed, outcome in over) > len(over)


def _figure_row(view: TableView, heads: Sequence[_Head]) -> int | None:
    """The first row with figures below the heads, or the first empty one where none has any.

    A few of its cells may have been made one with what stands above them.
    """
    last = max((head.row for head in heads), default=None)
    if last is None:
        return None
    rows = [
        row
        for row in range(last + 1, len(view.rows))
        if sum(cell.row == row and is_figure(cell) for cell in view.rows[row])
        >= _FIGURES_SHARE * len(view.rows[row])
    ]
    inked = [row for row in rows if has_ink(view.starting(row))]
    return next(iter(inked or rows), None)


def _is_shifted(view: TableView, heads: Sequence[_Head], row: int) -> bool:
    """Whether there are all fifteen figures, and some kinds alone are headed, out of their places:
    a cell of the head that is too low or too short lets those beside it slip."""
    cells = view.rows[row]
    kinds = {head.kind for head in heads if head.kind is not None}
    if len(cells) != _FULL_WIDTH or len(kinds) == len(REVIEW_KINDS):
        return False
    width = len(OUTCOMES)
    starts = {kind: place * width for place, kind in enumerate(REVIEW_KINDS)}
    return not all(
        any(
            head.span.overlap(columns_of(cell))
            for cell in cells[starts[head.kind] : starts[head.kind] + width]
        )
        for head in heads
        if head.kind is not None
    )


def _spans(view: TableView, heads: Sequence[_Head], row: int) -> dict[tuple[ReviewKind, str], Span]:
    """Columns of every figure: by place where all fifteen stand in a row, else by their heads."""
    cells = view.rows[row]
    named: dict[tuple[ReviewKind, str], Span] = {}
    for head in heads:
        if head.kind is not None:
            named.setdefault((head.kind, head.outcome), head.span)
    if len(cells) == _FULL_WIDTH:
        keys = [(kind, outcome) for kind in REVIEW_KINDS for outcome in OUTCOMES]
        placed = dict(zip(keys, map(columns_of, cells), strict=True))
        if all(span.overlap(placed[key]) for key, span in named.items()):
            return placed
    return named


def _read(
    view: TableView,
    row: int,
    spans: dict[tuple[ReviewKind, str], Span],
    key: tuple[ReviewKind, str],
) -> PlacedFigure:
    span = spans.get(key)
    if span is None:
        return ABSENT.doubted("the column's head was not found")
    cells = [cell for cell in view.rows[row] if columns_of(cell).overlap(span)]
    placed = read_cells(view.table.id, cells, count=True)
    if any(cell.row < row or is_label(cell) for cell in cells):
        return unattributed(placed, "its cell is one with that of a head")
    inked = [cell for cell in cells if not is_empty(cell)]
    others = [other for name, other in spans.items() if name != key]
    if len(inked) == 1 and any(columns_of(inked[0]).overlap(other) for other in others):
        return unattributed(placed, "one number stands under several columns")
    return placed.doubted(past_head(cells, span))
