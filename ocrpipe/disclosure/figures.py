"""From a table's cells to figures that know where they stand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TypeVar

from ocrpipe.disclosure.grid import Span, columns_of, is_empty
from ocrpipe.disclosure.numbers import NOTHING, ParsedNumber, as_count, parse_scanned, parse_typed
from ocrpipe.document import Cell
from ocrpipe.report import Figure, FigureState


@dataclass(frozen=True, slots=True)
class PlacedFigure:
    """A figure before its trust is judged.

    `table_id`, `row` and `col` name its cell and are None where the filing has none; `doubt` says
    why it must be looked at whatever the checks say. `scanned`: it was read from a picture.
    """

    figure: Figure
    table_id: str | None = None
    row: int | None = None
    col: int | None = None
    doubt: str | None = None
    scanned: bool = False

    def doubted(self, reason: str | None) -> "PlacedFigure":
        return self if reason is None or self.doubt else replace(self, doubt=reason)


_Key = TypeVar("_Key", str, tuple[str, str])

_LIKE_STROKES = frozenset({"一", "ー", "_", "＿"})

ABSENT = PlacedFigure(
    Figure(value=None, raw="", state="absent", confidence=1.0, trust="read"),
)


def read_cells(table_id: str, cells: Sequence[Cell], *, count: bool) -> PlacedFigure:
    """The figure that stands in `cells`: all cells of one row under one column.

    More than one cell comes of a column that the grid splits, or of a row that a page break cut.

    A stroke (—, /) or 无 is ink that states no number: its figure is "blank" with the ink in `raw`.
    On a scan a lone 一 is such a stroke as well, which no recogniser can tell from it. A figure
    that a scan's grid splits is doubtful: the rule that splits it may run through its digits.
    `count`: the figure counts something, so that a negative or broken number is doubtful, and
    that of 1.052 on a scan is 1,052.
    """
    if not cells:
        return ABSENT
    split = len(cells) > 1 and any(cell.origin == "scanned" for cell in cells)
    placed = _read(table_id, cells, count=count)
    return placed.doubted("a rule runs through its cell") if split else placed


def unattributed(placed: PlacedFigure, reason: str) -> PlacedFigure:
    """The figure of a number of which it is not sure whose it is."""
    figure = placed.figure.model_copy(update={"value": None, "state": "unread"})
    return PlacedFigure(figure, placed.table_id, placed.row, placed.col, reason)


def doubted_by(
    figures: Mapping[_Key, PlacedFigure], others: Mapping[_Key, PlacedFigure]
) -> dict[_Key, PlacedFigure]:
    """The figures with those in doubt for which another place of the document has another value:
    a table may be printed again for another year or office. Where one has, or has none of them, in
    doubt are those too that the other place does not print: its year may have had another form."""
    doubted = {key: _doubted_by(placed, others.get(key)) for key, placed in figures.items()}
    alike = all(doubted[key] is placed for key, placed in figures.items())
    if alike and not (others and figures.keys().isdisjoint(others)):
        return doubted
    return {
        key: placed
        if key in others and others[key].figure.state != "absent"
        else placed.doubted("another table, which has other figures, does not print it")
        for key, placed in doubted.items()
    }


def _doubted_by(placed: PlacedFigure, other: PlacedFigure | None) -> PlacedFigure:
    if other is None or other.figure.state in {"absent", "unread"}:
        return placed
    if other.figure.value == placed.figure.value:
        return placed
    return placed.doubted(f"table {other.table_id} has {other.figure.raw!r} in its place")


def past_head(cells: Sequence[Cell], head: Span) -> str | None:
    """Why a number on a scan may be more than the one under `head`: its cell has columns beside
    it, where another head may have been lost."""
    past = any(
        cell.origin == "scanned" and not is_empty(cell) and head.overlap(own) < own.end - own.start
        for cell in cells
        for own in (columns_of(cell),)
    )
    return "its cell goes on past the column of its head" if past else None


def _read(table_id: str, cells: Sequence[Cell], *, count: bool) -> PlacedFigure:
    inked = [cell for cell in cells if not is_empty(cell)]
    if not inked:
        return _place(table_id, min(cells, key=lambda cell: cell.confidence), "blank")
    if len(inked) > 1:
        return _several(table_id, inked)
    cell = inked[0]
    if cell.origin == "digital":
        parsed = parse_typed(cell.text)
    else:
        parsed = NOTHING if cell.text.strip() in _LIKE_STROKES else parse_scanned(cell.text)
    whole = as_count(cell.text) if count and cell.origin == "scanned" else None
    if whole is not None and cell.state == "printed":
        return _place(table_id, cell, "printed", whole)
    if cell.state == "unread" or parsed.kind == "unreadable":
        return _place(table_id, cell, "unread")
    if parsed.kind == "nothing":
        return _place(table_id, cell, "blank")
    placed = _place(table_id, cell, "printed", parsed.value)
    return placed.doubted(_doubt(parsed, cell.text, count=count))


def _doubt(parsed: ParsedNumber, text: str, *, count: bool) -> str | None:
    if not parsed.exact:
        return f"more than a number was read: {text!r}"
    if count and parsed.value is not None and not _is_count(parsed.value):
        return f"{text!r} is no count"
    return None


def _is_count(value: int | Decimal) -> bool:
    return isinstance(value, int) and value >= 0


def _several(table_id: str, cells: Sequence[Cell]) -> PlacedFigure:
    raw = " ".join(cell.text for cell in cells)
    placed = _place(table_id, cells[0], "unread")
    confidence = min(cell.confidence for cell in cells)
    figure = placed.figure.model_copy(update={"raw": raw, "confidence": confidence})
    return replace(placed, figure=figure)


def _place(
    table_id: str, cell: Cell, state: FigureState, value: int | Decimal | None = None
) -> PlacedFigure:
    region = cell.regions[0] if cell.regions else None
    figure = Figure(
        value=value,
        raw=cell.text,
        state=state,
        page=region.page if region else None,
        bbox=region.bbox if region else None,
        confidence=cell.confidence,
        trust="read",
    )
    scanned = cell.origin == "scanned"
    return PlacedFigure(figure, table_id, cell.row, cell.col, scanned=scanned)
