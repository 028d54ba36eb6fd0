"""Tables without <table>."""

import pytest

from ocrpipe.document import Table
from ocrpipe.ingest.web.source import read_html

CELLS = ("项目", "上年", "本年", "申请", "7", "12", "复议", "", "3")


def tables(body: str, css: str = "") -> tuple[Table, ...]:
    page = f"<html><head><style>{css}</style></head><body><p>数量见下表。</p>{body}</body></html>"
    return read_html(page.encode(), "page.html").tables


def rows(mark: str = "", cell: str = "") -> str:
    return "".join(
        f"<div {mark}>" + "".join(f"<div {cell}>{text}</div>" for text in CELLS[at : at + 3])
        + "</div>"
        for at in (0, 3, 6)
    )  # fmt: skip


@pytest.mark.parametrize(
    ("body", "css"),
    [
        (
            f'<div class="t">{rows("class=r", "class=c")}</div>',
            ".t{display:table}.r{display:table-row}.c{display:table-cell}",
        ),
        (f"<div>{rows('class=r')}</div>", ".r{display:flex}"),
        (f'<div role="table">{rows("role=row", "role=cell")}</div>', ""),
        (
            '<div class="g">' + "".join(f"<span>{text}</span>" for text in CELLS) + "</div>",
            ".g{display:grid;grid-template-columns:[a] 2fr repeat(2, minmax(10px, 1fr))}",
        ),
    ],
)
def test_elements_laid_out_in_rows_are_a_table(body: str, css: str) -> None:
    (table,) = tables(body, css)
    assert (table.n_rows, table.n_cols) == (3, 3)
    assert [cell.text for cell in table.cells] == list(CELLS)


def test_the_spans_of_a_grid_are_those_of_the_table() -> None:
    places = {
        "项目": "1 / 1 / 3 / 2", "数量": "1 / 2 / 2 / 4", "上年": "2 / 2", "本年": "2 / 3",
        "申请": "3 / 1", "7": "3 / 2", "12": "3 / 3", "无": "4 / 1 / 5 / span 3",
    }  # fmt: skip
    cells = "".join(f'<p style="grid-area:{place}">{text}</p>' for text, place in places.items())
    (table,) = tables(f'<div style="display:grid">{cells}</div>')
    assert [(c.row, c.col, c.row_span, c.col_span) for c in table.cells] == [
        (0, 0, 2, 1), (0, 1, 1, 2), (1, 1, 1, 1), (1, 2, 1, 1),
        (2, 0, 1, 1), (2, 1, 1, 1), (2, 2, 1, 1), (3, 0, 1, 3),
    ]  # fmt: skip


PARTS = "<main><h1>标题</h1><p>正文</p></main><aside>旁注</aside>"
WIDE = '<p style="grid-row:span 999;grid-column:span 999">1</p>'


@pytest.mark.parametrize(
    ("body", "css"),
    [
        (rows(), ""),
        (f"<div class=g><div>{'长文' * 400}</div><p>a</p><p>b</p></div>" * 3, ".g{display:flex}"),
        (f"<div class=g>{PARTS}</div>", ".g{display:grid;grid-template-columns:3fr 1fr}"),
        (f"<div class=g>{WIDE * 900}</div>", ".g{display:grid}"),
    ],
)
def test_what_places_the_parts_of_a_page_is_no_table(body: str, css: str) -> None:
    assert tables(body, css) == ()
