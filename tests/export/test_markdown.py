"""Markdown is read back by a CommonMark parser with the tables and strikethrough of GitHub."""

import re

import lxml.html
import pytest
from hypothesis import given
from markdown_it import MarkdownIt

from ocrpipe.document import Document, Table
from ocrpipe.export import to_markdown
from ocrpipe.export.markdown import escape_line
from ocrpipe.export.text import printable
from tests.export.conftest import block, cell, document, table
from tests.export.grids import grid_of
from tests.export.strategies import HOSTILE, texts, tilings

PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def squeezed(text: str) -> str:
    """Without white space, of which HTML keeps little, and the parser trims every kind."""
    return re.sub(r"\s+", "", text)


def rendered(markdown: str) -> lxml.html.HtmlElement:
    # A parser for CommonMark drops no character, but lxml refuses an empty document.
    return lxml.html.fromstring(f"<main>{PARSER.render(markdown)}</main>")


def test_filing_in_reading_order(filing: Document) -> None:
    markdown = to_markdown(filing)
    wanted = (
        "<em>未识别 unread (bo)</em>",
        "**某某县人民政府文件**",
        "# 某某县2019年政府信息公开工作年度报告",
        "## 一、总体情况",
        "全年公开信息1,024条。\\\n\\*说明\\* &lt;b&gt;粗体&lt;/b&gt; &amp; \\[链接\\](http\\://x)",
        "### （一）主动公开政府信息情况",
        "| 规章\\|规范<br>性文件 | 1,024 |",
        "<table>",
        "特此报告。",
        "印章 seal",
    )
    positions = [markdown.index(text) for text in wanted]
    assert positions == sorted(positions)
    assert markdown.endswith("\n")
    assert not markdown.endswith("\n\n")


def test_running_parts_are_left_out(filing: Document) -> None:
    markdown = to_markdown(filing)
    for text in ("某某县人民政府公报", "— 1 —", "内部资料"):
        assert text not in markdown


def test_a_table_over_two_pages_stands_once_with_its_spans(filing: Document) -> None:
    tables = list(rendered(to_markdown(filing)).iter("table"))
    assert len(tables) == 2
    grid = grid_of(tables[1])
    assert len(grid) == 5 * 5
    assert grid[2, 0] is grid[4, 0]
    assert grid[2, 0].text_content() == "三、本年度办理结果"
    assert grid[3, 3].text_content() == ""
    assert grid[4, 3].text_content() == "未识别 unread"


def test_a_plain_table_becomes_a_pipe_table(filing: Document) -> None:
    grid = grid_of(next(rendered(to_markdown(filing)).iter("table")))
    assert [grid[row, 1].text_content() for row in range(4)] == ["数量", "1,024", "001", "+15"]
    assert grid[1, 0].text_content() == "规章|规范性文件"


def test_a_table_that_no_block_shows_is_not_lost() -> None:
    tables = [table("t1", [cell(0, 0, "5")])]
    markdown = to_markdown(document([block("p1-b1", "text", "前文")], tables))
    assert markdown == "前文\n\n| 5 |\n| --- |\n"


def test_a_caption_that_is_a_block_is_not_repeated() -> None:
    blocks = [block("p1-b1", "heading", "表一", level=1), block("p1-b2", "table", table_id="t1")]
    markdown = to_markdown(document(blocks, [table("t1", [cell(0, 0, "5")], "表一")]))
    assert markdown.count("表一") == 1


def test_empty_document() -> None:
    assert to_markdown(document()) == ""


@pytest.mark.parametrize(
    ("level", "marks"), [(None, "##"), (1, "##"), (2, "###"), (4, "#####"), (9, "######")]
)
def test_heading_levels(level: int | None, marks: str) -> None:
    blocks = [block("p1-b1", "heading", "一、总体情况", level=level)]
    assert to_markdown(document(blocks)) == f"{marks} 一、总体情况\n"


@pytest.mark.parametrize(
    "text",
    [
        "　　全年公开",
        "2019年，收到申请15件（见表1）",
        "1.5万元",
        "（一）予以公开：10-12",
        "增长+15%",
        "10:30",
    ],
)
def test_ordinary_text_stays_as_it_is(text: str) -> None:
    assert escape_line(text) == text


@pytest.mark.parametrize("start", ["", "前文\n", "前文", "\n\n"])
@pytest.mark.parametrize("text", HOSTILE)
def test_known_markup_never_becomes_markup(text: str, start: str) -> None:
    text = f"{start}{text} 后文\n{text}"
    page = rendered(to_markdown(document([block("p1-b1", "text", text)])))
    assert squeezed(page.text_content()) == squeezed(printable(text))
    assert {element.tag for element in page.iter()} <= {"main", "p", "br"}


@given(texts)
def test_text_of_a_paragraph_never_becomes_markup(text: str) -> None:
    page = rendered(to_markdown(document([block("p1-b1", "text", text)])))
    if text.strip():
        assert squeezed(page.text_content()) == squeezed(printable(text))
    assert {element.tag for element in page.iter()} <= {"main", "p", "br", "em"}


@given(texts)
def test_text_of_a_heading_never_becomes_markup(text: str) -> None:
    page = rendered(to_markdown(document([block("p1-b1", "title", text)])))
    if text.strip():
        assert squeezed(page.text_content()) == squeezed(printable(text))
        assert [element.tag for element in page.iter()] == ["main", "h1"]


@given(tilings())
def test_tables_come_back_with_their_spans_and_texts(random: Table) -> None:
    page = rendered(to_markdown(document([block("p1-b1", "table", table_id="t1")], [random])))
    assert {element.tag for element in page.iter()} <= {
        "main", "table", "thead", "tbody", "tr", "td", "th", "br",
    }  # fmt: skip
    grid = grid_of(next(page.iter("table")))
    expected = {
        (cell.row + y, cell.col + x): squeezed(printable(cell.text))
        for cell in random.cells
        for y in range(cell.row_span)
        for x in range(cell.col_span)
    }
    assert {at: squeezed(one.text_content()) for at, one in grid.items()} == expected
