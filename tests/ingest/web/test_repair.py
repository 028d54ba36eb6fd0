import pytest

from ocrpipe.document import Document
from ocrpipe.ingest.web.source import read_html


def _read(body: str) -> Document:
    return read_html(f"<html><body>{body}</body></html>".encode(), "a.html")


def _grid(document: Document, index: int = 0) -> list[list[str]]:
    table = document.tables[index]
    rows: list[list[str]] = [[] for _ in range(table.n_rows)]
    for cell in table.cells:
        rows[cell.row].append(cell.text)
    return rows


def _order(document: Document) -> list[str]:
    return [block.text or block.table_id or "" for block in document.pages[0].blocks]


@pytest.mark.parametrize(
    "markup",
    [
        "<form><tr><td>甲</td><td>1</td></tr><tr><td>乙</td><td>2</td></tr></form>",
        "<div align=center><font><tr><td>甲</td><td>1</td></tr>"
        "<tr><td>乙</td><td>2</td></tr></font></div>",
        "<tbody><form><tr><td>甲</td><td>1</td></tr></form><tr><td>乙</td><td>2</td></tr></tbody>",
        "<tr><form><td>甲</td><td>1</td></form></tr><tr><td>乙</td><td>2</td></tr>",
        "<td>甲</td><td>1</td><tr><td>乙</td><td>2</td></tr>",
    ],
)
def test_what_stands_between_a_table_and_its_cells_is_passed_through(markup: str) -> None:
    assert _grid(_read(f"<table>{markup}</table>")) == [["甲", "1"], ["乙", "2"]]


ROWS = "<tr><td>甲</td><td>1</td></tr><tr><td>乙</td><td>2</td></tr>"


def test_tables_without_an_end_end_where_text_or_another_table_begins() -> None:
    document = _read(
        f"<p>二、第一张表</p><table>{ROWS}<p>三、第二张表</p><table>{ROWS}<p>五、其他情况</p>"
    )
    assert _order(document) == ["二、第一张表", "t1", "三、第二张表", "t2", "五、其他情况"]
    assert _grid(document, 0) == _grid(document, 1) == [["甲", "1"], ["乙", "2"]]


@pytest.mark.parametrize("last", ["8", "<p>8</p>", "<font>8</font>"])
def test_a_last_cell_without_an_end_does_not_hold_the_rest_of_the_page(last: str) -> None:
    rows = "".join(f"<tr><td>行{n}<td>{n}" for n in range(8)) + f"<tr><td>行8<td>{last}"
    document = _read(f"<table>{rows}<p>三、第二张表</p><table>{rows}<p>五、其他情况</p>")
    assert _order(document) == ["t1", "三、第二张表", "t2", "五、其他情况"]
    assert _grid(document, 0) == _grid(document, 1) == [[f"行{n}", str(n)] for n in range(9)]


def test_text_between_rows_stands_before_the_table_and_behind_the_last_row_after_it() -> None:
    document = _read(
        "<p>上文在此</p><table><tr><td>甲</td><td>1</td></tr>单位：件次数<tr><td>乙</td><td>2</td>"
        "</tr><p>注：下文在此</p></table><p>下文</p>"
    )
    assert _order(document) == ["上文在此", "单位：件次数", "t1", "注：下文在此", "下文"]
    assert _grid(document) == [["甲", "1"], ["乙", "2"]]


def test_the_rows_of_a_table_in_a_table_and_no_cell_are_kept() -> None:
    document = _read(f"<table>{ROWS}<table><tr><td>丙</td><td>3</td></tr></table></table>")
    assert _grid(document, 0) == [["甲", "1"], ["乙", "2"]]
    assert _grid(document, 1) == [["丙", "3"]]


def test_control_characters_among_the_rows_of_a_table_do_no_harm() -> None:
    page = "<p>数量</p><table><tr><td>申请<td>7</tr>\x01注&#2;<tr><td>答复<td>6</tr></table>"
    (table,) = read_html(page.encode(), "page.html").tables
    assert [cell.text for cell in table.cells] == ["申请", "7", "答复", "6"]
