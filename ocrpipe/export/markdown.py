"""The document as Markdown (CommonMark with the tables of GitHub), in reading order.

A table without merged cells becomes a pipe table, and any other an HTML table. Running headers
and footers and page numbers are left out. The text of the document is escaped: it reads as it was
printed and never acts as markup.
"""

import re
from collections.abc import Iterator

from ocrpipe.document import Block, Cell, Document, Table
from ocrpipe.export.rows import cells_by_row
from ocrpipe.export.text import one_line, printable

_LEFT_OUT = frozenset({"header", "footer", "page_number"})
_DEEPEST_HEADING = 6
"""Of CommonMark."""
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}

# A colon begins a web address or names an emoji, and "www." begins an address: renderers with
# these extensions would turn them into something else.
_SPECIAL = re.compile(r"[\\`*_\[\]{}~|$^#<>&]|:(?=//|[\w+-]+:)|(?<=www)\.", re.IGNORECASE)
# At the start of a line these begin lists, underlines of headings, rules, definitions and titles.
_LINE_START = re.compile(r"[-+=:%]|\d+[.)](?=\s|$)")


def to_markdown(document: Document) -> str:
    """The document as one Markdown text; a table over several pages stands where it begins."""
    parts = [part for part in _parts(document) if part]
    return "\n\n".join(parts) + "\n" if parts else ""


def _parts(document: Document) -> Iterator[str]:
    blocks = [block for page in document.pages for block in page.blocks]
    texts = {one_line(block.text) for block in blocks}
    waiting = {table.id: table for table in document.tables}
    for block in blocks:
        if block.table_id is not None or block.kind == "table":
            table = waiting.pop(block.table_id or "", None)
            if table is not None:
                yield from _table(table, texts)
        elif block.kind not in _LEFT_OUT:
            yield _block(block)
    for table in waiting.values():
        yield from _table(table, texts)


def _block(block: Block) -> str:
    if block.kind in ("seal", "figure"):
        name = "印章 seal" if block.kind == "seal" else "图 figure"
        return f"*（{name}）* {escape_line(block.text)}".rstrip()
    if not block.text.strip():
        return unread_mark(block.language)
    if block.kind in ("title", "heading"):
        level = 1 if block.kind == "title" else 1 + (block.level or 1)
        return f"{'#' * min(level, _DEEPEST_HEADING)} {escape_line(block.text)}"
    if block.kind == "letterhead":
        # Emphasis needs its marks next to something other than white space.
        return f"**{escape_line(block.text.strip())}**"
    return escape_text(block.text)


def unread_mark(language: str | None = None) -> str:
    """What stands in place of text that was found and could not be read."""
    return f"<em>未识别 unread{f' ({_entities(language)})' if language else ''}</em>"


def escape_text(text: str) -> str:
    """Text of one or more paragraphs; a line end stays one, an empty line parts paragraphs."""
    paragraphs = re.split(r"\n[ \t]*(?:\n[ \t]*)+", printable(text).strip(" \t\n"))
    return "\n\n".join(
        "\\\n".join(escape_line(line) for line in paragraph.split("\n")) for paragraph in paragraphs
    )


def escape_line(text: str) -> str:
    """`text` on one line, escaped to stand anywhere in Markdown, at the start of a line too."""
    line = one_line(text)
    start = _LINE_START.match(line)
    if start is None:
        return _escape_inline(line)
    last = start.end() - 1
    return f"{line[:last]}\\{line[last]}{_escape_inline(line[last + 1 :])}"


def _escape_inline(text: str) -> str:
    return _SPECIAL.sub(lambda match: _ENTITIES.get(match[0], f"\\{match[0]}"), text)


def _entities(text: str) -> str:
    """`text` for HTML inside Markdown, where some parsers look for markup and others do not.

    Character references mean the same to both.
    """
    start = _LINE_START.match(text)
    if start is not None:
        last = start.end() - 1
        return f"{text[:last]}&#{ord(text[last])};{_entities_inline(text[last + 1 :])}"
    return _entities_inline(text)


def _entities_inline(text: str) -> str:
    return _SPECIAL.sub(lambda match: _ENTITIES.get(match[0], f"&#{ord(match[0])};"), text)


def _table(table: Table, texts: set[str]) -> Iterator[str]:
    # The caption is often a block of its own as well.
    caption = one_line(table.caption or "")
    if caption and caption not in texts:
        yield f"**{escape_line(caption.strip())}**"
    merged = any(cell.row_span > 1 or cell.col_span > 1 for cell in table.cells)
    yield _html_table(table) if merged else _pipe_table(table)


def _pipe_table(table: Table) -> str:
    lines = [f"| {' | '.join(map(_pipe_cell, row))} |" for row in cells_by_row(table)]
    # The syntax has no table without a head.
    lines.insert(1, f"|{' --- |' * table.n_cols}")
    return "\n".join(lines)


def _pipe_cell(cell: Cell) -> str:
    if cell.state == "unread" and not cell.text.strip():
        return unread_mark()
    lines = printable(cell.text).strip(" \t\n").split("\n")
    return "<br>".join(_escape_inline(one_line(line)) for line in lines)


def _html_table(table: Table) -> str:
    # No empty line may stand inside: it would end the HTML and begin Markdown again.
    rows = ("".join(map(_html_cell, row)) for row in cells_by_row(table))
    return "\n".join(["<table>", *(f"<tr>{row}</tr>" for row in rows), "</table>"])


def _html_cell(cell: Cell) -> str:
    spans = "".join(
        f' {name}="{span}"'
        for name, span in (("rowspan", cell.row_span), ("colspan", cell.col_span))
        if span > 1
    )
    if cell.state == "unread" and not cell.text.strip():
        return f"<td{spans}>{unread_mark()}</td>"
    lines = printable(cell.text).strip(" \t\n").split("\n")
    return f"<td{spans}>{'<br>'.join(_entities(one_line(line)) for line in lines)}</td>"
