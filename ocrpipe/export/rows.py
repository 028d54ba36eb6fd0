"""A table's cells in the order in which formats write them."""

from ocrpipe.document import Cell, Table


def cells_by_row(table: Table) -> list[list[Cell]]:
    """The cells by the row that they begin in; a row under merged cells may be empty."""
    rows: list[list[Cell]] = [[] for _ in range(table.n_rows)]
    for cell in sorted(table.cells, key=lambda cell: (cell.row, cell.col)):
        rows[cell.row].append(cell)
    return rows
