"""Random tables and texts."""

from hypothesis import strategies as st

from ocrpipe.document import Cell, Table
from tests.export.conftest import cell, table

# Pieces that mean something to HTML, Markdown, spreadsheets or templates.
HOSTILE = [
    "<script>alert(1)</script>", "</script>", "</style>", "<img src=x onerror=alert(1)>", "<!--",
    "]]>", "&lt;b&gt;", "&#60;", "\" onclick=\"x", "' x='", "javascript:alert(1)", "{{ 7*7 }}",
    "{% raw %}", "*a*", "**b**", "__c__", "`d`", "```", "~~~", "# e", "- f", "+ g", "1. h", "2) i",
    "> j", "|", "a | b", "---", "===", "[k](http://x)", "![l](http://x)", "<http://x>", "\\", "\\*",
    "$m$", "[^1]", "| --- |", "=1+1", "@sum", "{=1}", "<r>x</r>", "_x0041_", ":smile:",
    "\n", "\n\n", "\t", "    ", "&", "<td>", "</td></tr></table>", "\u202e", "\u2028", "\r\n",
]  # fmt: skip

texts = st.lists(
    st.sampled_from(HOSTILE) | st.text(max_size=6) | st.sampled_from(["（一）", "政府", "15"]),
    max_size=6,
).map("".join)


@st.composite
def tilings(draw: st.DrawFn, text: st.SearchStrategy[str] = texts, largest: int = 5) -> Table:
    """A table whose merged cells tile its grid, with random text."""
    n_rows, n_cols = draw(st.integers(1, largest)), draw(st.integers(1, largest))
    free = {(row, col) for row in range(n_rows) for col in range(n_cols)}
    cells: list[Cell] = []
    while free:
        row, col = min(free)
        widest = next(
            (width for width in range(1, n_cols - col) if (row, col + width) not in free),
            n_cols - col,
        )
        spans = (draw(st.integers(1, n_rows - row)), draw(st.integers(1, widest)))
        free -= {(row + y, col + x) for y in range(spans[0]) for x in range(spans[1])}
        cells.append(cell(row, col, draw(text), spans))
    return table("t1", cells)
