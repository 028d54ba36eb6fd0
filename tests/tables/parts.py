"""Parts of tables on pages, written down as rows of text."""

from collections.abc import Sequence

from ocrpipe.document import Cell, CellRegion, Table
from ocrpipe.geometry import Box
from ocrpipe.page import PageTable

Entry = tuple[int, int, int, int, str]
"""Row, column, row span, column span, text (empty: blank)."""

HEIGHT = 842.0
WIDTH = 595.0


def part(
    entries: Sequence[Entry],
    page: int,
    *,
    xs: Sequence[float],
    top: float = 80.0,
    row_height: float = 20.0,
    caption: str | None = None,
    first: bool = True,
    last: bool = True,
    bottom: float | None = None,
) -> PageTable:
    """A part of a table with column edges `xs`; it is moved down to end at `bottom` if given."""
    n_rows = max(row + rows for row, _, rows, _, _ in entries)
    if bottom is not None:
        top = bottom - n_rows * row_height
    cells = tuple(
        Cell(
            row=row,
            col=col,
            row_span=rows,
            col_span=cols,
            text=text,
            state="printed" if text else "blank",
            origin="scanned",
            confidence=0.9,
            regions=(
                CellRegion(
                    page=page,
                    bbox=Box(
                        xs[col],
                        top + row * row_height,
                        xs[col + cols],
                        top + (row + rows) * row_height,
                    ),
                ),
            ),
        )
        for row, col, rows, cols, text in entries
    )
    table = Table(
        id="",
        caption=caption,
        n_rows=n_rows,
        n_cols=len(xs) - 1,
        pages=(page,),
        cells=tuple(sorted(cells, key=lambda cell: (cell.row, cell.col))),
    )
    box = Box(xs[0], top, xs[-1], top + n_rows * row_height)
    return PageTable(table, box, page, WIDTH, HEIGHT, first, last)


def rows(*lines: str) -> list[Entry]:
    """Entries of plain rows, cells parted by | and blank ones empty."""
    return [
        (row, col, 1, 1, text.strip())
        for row, line in enumerate(lines)
        for col, text in enumerate(line.split("|"))
    ]


def entries_of(table: Table) -> list[Entry]:
    return [(c.row, c.col, c.row_span, c.col_span, c.text) for c in table.cells]


def texts(table: Table) -> list[str]:
    """Rows of a table without spans, as `rows` takes them."""
    return [
        "|".join(cell.text for cell in table.cells if cell.row == row)
        for row in range(table.n_rows)
    ]
