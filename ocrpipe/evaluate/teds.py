"""Tree edit distance based similarity (TEDS) of two tables.

Zhong, ShafieiBavani, Jimeno Yepes: Image-based table recognition: data, model, and evaluation
(PubTabNet, ECCV 2020): TEDS = 1 - EditDist(T1, T2) / max(|T1|, |T2|) over the trees of the tables'
HTML. To insert, to delete, or to rename a node into one of another tag, row span or column span
costs 1; a cell against one of the same spans costs the edit distance of their texts as a share of
the longer one. TEDS-Struct compares the trees without their texts. |T| counts the node of the
table, as the paper's formula does; the script that the authors published leaves that node out,
which makes the loss of a tree of n nodes larger by the factor n / (n - 1).
"""

from collections.abc import Callable
from dataclasses import dataclass
from html import escape

from ocrpipe.document import Cell, Table
from ocrpipe.errors import EngineUnavailableError
from ocrpipe.evaluate.gold import GoldCell, GoldTable
from ocrpipe.evaluate.text import fold
from ocrpipe.export.text import printable

MAX_NODES = 1000
"""A larger table is not measured: the time grows with the square of the nodes and more, from 1 s
for the 260 of a statutory matrix to a minute for 1,300 and seven for 2,750."""

_Similarity = Callable[[str, str], float]


@dataclass(frozen=True, slots=True)
class Teds:
    """Both similarities of a table found and one of the truth, from 0 to 1."""

    _full: _Similarity
    _structure: _Similarity

    def __call__(self, gold: GoldTable, read: Table) -> tuple[float, float] | None:
        """(TEDS, TEDS-Struct), or None where a table has more than `MAX_NODES` nodes."""
        if max(_nodes(gold), _nodes(read)) > MAX_NODES:
            return None
        structure = _similarity(self._structure, _html(gold, text=False), _html(read, text=False))
        full = _similarity(self._full, _html(gold, text=True), _html(read, text=True))
        return full, structure


def create_teds() -> Teds:
    """The measure by the package table-recognition-metric, which is loaded here.

    Raises:
        EngineUnavailableError: the package is not installed.
    """
    try:
        from table_recognition_metric import TEDS
    except ImportError as error:
        raise EngineUnavailableError(
            "TEDS needs the package table-recognition-metric, which is not installed",
            remedy="Run pip install 'ocrpipe[evaluate]', or leave TEDS out with --no-teds.",
        ) from error
    return Teds(TEDS(), TEDS(structure_only=True))


def _similarity(measure: _Similarity, gold: str, read: str) -> float:
    # Equal trees are at distance 0, which takes the package as long to find as any other.
    return 1.0 if gold == read else float(measure(read, gold))


def _nodes(table: Table | GoldTable) -> int:
    return 1 + table.n_rows + len(table.cells)


def _html(table: Table | GoldTable, *, text: bool) -> str:
    """The table as PubTabNet writes one, all cells td.

    There is no thead or tbody: which rows are headers is not known. Texts are folded, so that
    white space, which a page does not tell, costs nothing.
    """
    rows: list[list[str]] = [[] for _ in range(table.n_rows)]
    cells: list[Cell | GoldCell] = [*table.cells]
    for cell in sorted(cells, key=lambda cell: (cell.row, cell.col)):
        content = escape(fold(printable(cell.text))) if text else ""
        rows[cell.row].append(
            f'<td rowspan="{cell.row_span}" colspan="{cell.col_span}">{content}</td>'
        )
    body = "".join(f"<tr>{''.join(row)}</tr>" for row in rows)
    return f"<html><body><table>{body}</table></body></html>"
