"""Scores of the tools on the files, and the tables that show them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from ocrpipe.evaluate.scores import CellScore, TableCounts, TableScore, add
from ocrpipe.evaluate.tables import Similarities, compare_tables, count_tables
from scripts.table_bench.documents import Sample
from scripts.table_bench.tools import Reading

LEGEND = (
    "Cell F1 over (row, column, row span, column span, text); TEDS; TEDS-Struct; tables that are "
    "exact, of those of the truth. Tables missing or too many count 0."
)
_NAMED = 6


@dataclass(frozen=True, slots=True)
class Result:
    """One tool on one file."""

    tables: tuple[TableScore, ...]
    error: str | None = None

    @property
    def counts(self) -> TableCounts:
        return count_tables(self.tables)

    @property
    def cell_f1(self) -> float | None:
        """None where there is no table, neither on the paper nor found."""
        return add(CellScore, (table.cells for table in self.tables)).f1


def compare(chosen: Sample, reading: Reading, similarities: Similarities | None) -> Result:
    """A reading of a file against its truth."""
    scores = compare_tables(
        chosen.case.tables, reading.tables, similarities, lambda _table, _cell: None
    )
    return Result(scores, reading.error)


def head(tools: Sequence[str], first: str) -> str:
    """The head of a Markdown table with a column a tool."""
    return f"| {first} | {' | '.join(tools)} |\n|{'---|' * (len(tools) + 1)}"


def row(name: str, results: Iterable[Result]) -> str:
    """A file in such a table."""
    return f"| {name} | {' | '.join(_shown((result,)) for result in results)} |"


def mean_rows(
    groups: Mapping[str, Sequence[Mapping[str, Result]]], tools: Sequence[str]
) -> Iterator[str]:
    """A line a group of files, each file by tool: the means over files, the sum of exact tables."""
    for name, files in groups.items():
        cells = (_shown([file[tool] for file in files]) for tool in tools)
        yield f"| {name}: {len(files)} | {' | '.join(cells)} |"


def _shown(results: Sequence[Result]) -> str:
    counts = [result.counts for result in results]
    measures = (
        _mean(result.cell_f1 for result in results),
        _mean(count.teds for count in counts),
        _mean(count.teds_structure for count in counts),
    )
    exact = f"{sum(count.exact for count in counts)}/{sum(count.expected for count in counts)}"
    failed = " failed" if any(result.error for result in results) else ""
    return f"{' '.join(measures)} {exact}{failed}"


def _mean(values: Iterable[float | None]) -> str:
    given = [value for value in values if value is not None]
    return f"{fmean(given):.3f}" if given else "–"


def faults(result: Result) -> Iterator[str]:
    """What is wrong in a file, table by table, and the first cells of each."""
    if result.error:
        yield f"failed: {result.error}"
    for table in result.tables:
        if table.exact:
            continue
        scores = "" if table.teds is None else f", TEDS {table.teds:.3f} {table.teds_structure:.3f}"
        yield (
            f"{table.gold_id or 'too many'} ({table.n_rows} x {table.n_cols}) found as "
            f"{table.read_id or 'nothing'}: F1 {table.cells.f1 or 0:.3f}{scores}"
        )
        for cell in table.wrong[:_NAMED]:
            place = f"({cell.row}, {cell.col}, {cell.row_span}, {cell.col_span})"
            yield f"  {cell.kind} {place}: {cell.gold!r}, read {cell.read!r}"
