"""Tables against each other: which stands for which, and which cells are not the same."""

from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

from ocrpipe.document import Cell, Table
from ocrpipe.evaluate.gold import GoldCell, GoldTable
from ocrpipe.evaluate.scores import CellScore, TableCounts, TableScore, WrongCell
from ocrpipe.evaluate.text import fold
from ocrpipe.report import Trust

Place: TypeAlias = tuple[int, int, int, int]
TrustOfCell: TypeAlias = Callable[[str, Cell], Trust | None]
Similarities: TypeAlias = Callable[[GoldTable, Table], tuple[float, float] | None]

_SAME_STRUCTURE = 0.5
"""Tables without one printed cell in common still match from this share of equal places on."""
_STRUCTURE_WEIGHT = 0.01
"""Places decide between pairs only where texts do not."""


def place(cell: Cell | GoldCell) -> Place:
    """Row, column, row span and column span."""
    return cell.row, cell.col, cell.row_span, cell.col_span


def texts(table: Table | GoldTable) -> dict[Place, str]:
    """The folded text of each cell by its place."""
    return {place(cell): fold(cell.text) for cell in table.cells}


def match_tables(gold: Sequence[GoldTable], read: Sequence[Table]) -> tuple[tuple[int, int], ...]:
    """Pairs (index of the truth, index found) of the assignment with most equal cells.

    A pair must have a printed cell, or half of its places, in common. The assignment is solved by
    scipy (Crouse: On implementing 2D rectangular assignment algorithms, 2016).
    """
    if not gold or not read:
        return ()
    from scipy.optimize import linear_sum_assignment

    found = [texts(table) for table in read]
    weights = [[_alike(texts(table), other) for other in found] for table in gold]
    rows, columns = linear_sum_assignment(weights, maximize=True)
    pairs = zip(rows.tolist(), columns.tolist(), strict=True)
    return tuple((row, column) for row, column in pairs if weights[row][column] > 0)


def _alike(gold: Mapping[Place, str], read: Mapping[Place, str]) -> float:
    """How likely two tables are the same, 0 where they are not."""
    total = len(gold) + len(read)
    places = gold.keys() & read.keys()
    equal = [gold[at] for at in places if gold[at] == read[at]]
    structure = 2 * len(places) / total
    if not any(equal) and structure < _SAME_STRUCTURE:
        return 0.0
    return 2 * len(equal) / total + _STRUCTURE_WEIGHT * structure


def compare_tables(
    gold: Sequence[GoldTable],
    read: Sequence[Table],
    similarities: Similarities | None,
    trust: TrustOfCell,
) -> tuple[TableScore, ...]:
    """Every table of the truth, with the one found for it, and then those that are too many.

    Args:
        similarities: TEDS and TEDS-Struct of two tables; None leaves them out.
        trust: of the figure that stands in a cell of a table (by its id), if any does.
    """
    pairs = dict(match_tables(gold, read))
    extra = set(range(len(read))) - set(pairs.values())
    without = (0.0, 0.0) if similarities else None
    scores = []
    for index, table in enumerate(gold):
        if index in pairs:
            found = read[pairs[index]]
            scores.append(_pair(table, found, similarities and similarities(table, found), trust))
        else:
            cells = CellScore(expected=len(table.cells))
            scores.append(_alone(table, cells, without, gold_id=table.id))
    for index in sorted(extra):
        cells = CellScore(found=len(read[index].cells))
        scores.append(_alone(read[index], cells, without, read_id=read[index].id))
    return tuple(scores)


def _alone(
    table: Table | GoldTable,
    cells: CellScore,
    teds: tuple[float, float] | None,
    gold_id: str | None = None,
    read_id: str | None = None,
) -> TableScore:
    """A table missing or too many; its cells are not listed one by one."""
    full, structure = teds or (None, None)
    return TableScore(
        gold_id=gold_id, read_id=read_id, n_rows=table.n_rows, n_cols=table.n_cols, exact=False,
        cells=cells, teds=full, teds_structure=structure, wrong=(),
    )  # fmt: skip


def _pair(
    gold: GoldTable, read: Table, teds: tuple[float, float] | None, trust: TrustOfCell
) -> TableScore:
    expected, actual = texts(gold), texts(read)
    right = sum(actual.get(at) == text for at, text in expected.items())
    full, structure = teds or (None, None)
    return TableScore(
        gold_id=gold.id, read_id=read.id, n_rows=gold.n_rows, n_cols=gold.n_cols,
        exact=expected == actual and (gold.n_rows, gold.n_cols) == (read.n_rows, read.n_cols),
        cells=CellScore(expected=len(gold.cells), found=len(read.cells), right=right),
        teds=full, teds_structure=structure, wrong=_wrong_cells(gold, read, trust),
    )  # fmt: skip


def _wrong_cells(gold: GoldTable, read: Table, trust: TrustOfCell) -> tuple[WrongCell, ...]:
    expected = {place(cell): cell for cell in gold.cells}
    actual = {place(cell): cell for cell in read.cells}
    wrong = []
    for at in sorted(expected.keys() | actual.keys()):
        cell, found = expected.get(at), actual.get(at)
        if cell is None or found is None or fold(cell.text) != fold(found.text):
            wrong.append(_wrong_cell(at, cell, found, trust(read.id, found) if found else None))
    return tuple(wrong)


def _wrong_cell(
    at: Place, gold: GoldCell | None, read: Cell | None, trust: Trust | None
) -> WrongCell:
    located = read or gold
    return WrongCell(
        kind="missing" if read is None else "extra" if gold is None else "text",
        row=at[0], col=at[1], row_span=at[2], col_span=at[3],
        gold=gold.text if gold else None,
        read=read.text if read else None,
        confidence=read.confidence if read else None,
        trust=trust,
        regions=located.regions if located else (),
    )  # fmt: skip


def count_tables(scores: Sequence[TableScore]) -> TableCounts:
    """The counts of one document's tables."""
    measured = [score for score in scores if score.teds is not None]
    return TableCounts(
        expected=sum(score.gold_id is not None for score in scores),
        found=sum(score.read_id is not None for score in scores),
        exact=sum(score.exact for score in scores),
        measured=len(measured),
        teds_sum=sum(score.teds or 0.0 for score in measured),
        teds_structure_sum=sum(score.teds_structure or 0.0 for score in measured),
    )
