"""Tables that are no part of the statutory form, written down as rows of texts."""

from collections.abc import Sequence

from scripts.typeset.forms import FormCell, FormTable, Role

CARRIED = ("<", "^")


def plain_table(name: str, rows: Sequence[Sequence[str]], header_rows: int) -> FormTable:
    """A table from its rows: "<" carries the cell at the left on, "^" the one above.

    Raises:
        ValueError: the rows are not equally long, or a carried cell is not a rectangle.
    """
    width = len(rows[0])
    if any(len(row) != width for row in rows):
        raise ValueError(f"table {name}: rows of unequal length")
    cells = []
    for row, texts in enumerate(rows):
        for col, text in enumerate(texts):
            if text not in CARRIED:
                spans = _spans(rows, row, col)
                role: Role = "head" if row < header_rows else "figure"
                cells.append(FormCell(row, col, *spans, text, role))
    if sum(cell.row_span * cell.col_span for cell in cells) != len(rows) * width:
        raise ValueError(f"table {name}: its cells are no rectangles")
    return FormTable(name, len(rows), width, tuple(cells), header_rows)


def _spans(rows: Sequence[Sequence[str]], row: int, col: int) -> tuple[int, int]:
    cols = 1
    while col + cols < len(rows[row]) and rows[row][col + cols] == "<":
        cols += 1
    height = 1
    while row + height < len(rows) and rows[row + height][col] == "^":
        height += 1
    return height, cols
