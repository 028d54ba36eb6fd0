"""Setting tables: widths to row heights, pages, rules and text."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from ocrpipe.geometry import Box
from scripts.typeset.forms import FormCell, FormTable
from scripts.typeset.page import Flow, PlacedBlock, PlacedTable, Style
from scripts.typeset.rules import RuleStyle, draw_rules
from scripts.typeset.text import wrap


@dataclass(frozen=True, slots=True)
class TableLayout:
    """How a table is set.

    Attributes:
        widths: of the columns, in any unit; they are scaled to the text width.
        new_page: whether the table's section begins a page.
        break_after: rows after which a page break is forced.
        repeat_header: whether the header rows are printed again after a break.
        split_labels: by cell key, how many characters of a label that spans a break stand on the
            first page; the rest stands on the second.
        labels: what happens to other labels that span a break: they stand on the first page whole,
            fill it and flow on to the next, or are printed again on each page.
        size: of the letters, where it is not the style's.
        row_height: least height of a row, where it is not the style's.
        rules: how the table is ruled, where it is not with plain solid rules.
        page_size: of the pages from the table's section on until its end (with `new_page`).
    """

    widths: tuple[float, ...]
    new_page: bool = False
    break_after: tuple[int, ...] = ()
    repeat_header: bool = False
    split_labels: Mapping[str, int] | None = None
    size: float | None = None
    row_height: float | None = None
    labels: Literal["first", "flow", "repeat"] = "first"
    rules: RuleStyle | None = None
    page_size: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class _Setting:
    """What the steps below share: the form, its measures, and the edges of its columns."""

    form: FormTable
    layout: TableLayout
    style: Style
    edges: tuple[float, ...]
    heights: tuple[float, ...]
    fragments: tuple[range, ...] = ()

    @property
    def size(self) -> float:
        return self.layout.size or self.style.table_size


def set_table(flow: Flow, form: FormTable, layout: TableLayout) -> PlacedTable:
    """Draws a table at the cursor, over as many pages as it takes, and notes it."""
    scale = flow.width / sum(layout.widths)
    edges = [flow.left]
    for width in layout.widths:
        edges.append(edges[-1] + width * scale)
    heights = _row_heights(form, layout, flow.style, edges)
    setting = _Setting(form, layout, flow.style, tuple(edges), heights)
    table_id = f"t{len(flow.tables) + 1}"
    places: dict[FormCell, list[tuple[int, Box]]] = {cell: [] for cell in form.cells}
    setting = replace(setting, fragments=tuple(_fragments(flow, setting)))
    for number, rows in enumerate(setting.fragments):
        if number:
            flow.new_page(layout.page_size)
        top = flow.y
        if number and layout.repeat_header:
            flow.y = _draw_rows(flow, setting, range(form.header_rows), flow.y, None)
        flow.y = _draw_rows(flow, setting, rows, flow.y, places)
        box = Box(edges[0], top, edges[-1], flow.y)
        flow.blocks.append(PlacedBlock(flow.page, "table", box, table_id=table_id))
    placed = PlacedTable(table_id, form, {cell: tuple(at) for cell, at in places.items()})
    flow.tables.append(placed)
    return placed


def _row_heights(
    form: FormTable, layout: TableLayout, style: Style, edges: Sequence[float]
) -> tuple[float, ...]:
    """The least heights in which every cell's text fits; spans push their last row down."""
    heights = [layout.row_height or style.row_height] * form.n_rows
    for cell in sorted(form.cells, key=lambda cell: cell.row_span):
        lines = _cell_lines(cell, layout, style, edges)
        size = layout.size or style.table_size
        needed = len(lines) * _pitch(size) + 2 * style.table_padding
        last = cell.row + cell.row_span - 1
        heights[last] += max(0, needed - sum(heights[cell.row : last + 1]))
    return tuple(heights)


def _pitch(size: float) -> float:
    return size * 1.22


def _cell_lines(
    cell: FormCell, layout: TableLayout, style: Style, edges: Sequence[float], text: str = ""
) -> list[str]:
    size = layout.size or style.table_size
    room = edges[cell.col + cell.col_span] - edges[cell.col] - 2 * style.table_padding
    # In a column of two or three characters every line has its share: 三、|本年|度办|理结|果.
    strict = room >= 4 * size
    return wrap(text or cell.text, style.body, size, max(room, size), strict=strict)


def _fragments(flow: Flow, setting: _Setting) -> list[range]:
    """The rows that go on each page. A break lies between rows, never inside a header."""
    form, layout = setting.form, setting.layout
    fragments: list[range] = []
    first, y = 0, flow.y
    for row, height in enumerate(setting.heights):
        forced = row - 1 in layout.break_after
        full = y + height > flow.bottom + 0.01
        if row > first and (forced or full):
            fragments.append(range(first, row))
            first, y = row, flow.top
            if layout.repeat_header:
                y += sum(setting.heights[: form.header_rows])
        y += height
    return [*fragments, range(first, form.n_rows)]


def _draw_rows(
    flow: Flow,
    setting: _Setting,
    rows: range,
    top: float,
    places: dict[FormCell, list[tuple[int, Box]]] | None,
) -> float:
    """Draws `rows` with their rules from `top` on; returns the bottom edge."""
    offsets = {rows.start: top}
    for row in rows:
        offsets[row + 1] = offsets[row] + setting.heights[row]
    boxes = []
    for cell in setting.form.cells:
        first, end = max(cell.row, rows.start), min(cell.row + cell.row_span, rows.stop)
        if first >= end:
            continue
        x0, x1 = setting.edges[cell.col], setting.edges[cell.col + cell.col_span]
        box = Box(x0, offsets[first], x1, offsets[end])
        if setting.layout.rules is None:
            page, width = flow.document[-1], setting.style.rule_width
            page.draw_rect(tuple(box), color=(0, 0, 0), width=width)
        boxes.append(box)
        _draw_text(flow, setting, cell, _share(setting, cell, rows), box)
        if places is not None:
            places[cell].append((flow.page, box))
    if setting.layout.rules is not None:
        draw_rules(flow.document[-1], boxes, setting.layout.rules)
    return offsets[rows.stop]


def _share(setting: _Setting, cell: FormCell, rows: range) -> str:
    """The part of a cell's text that stands in the rows of one page."""
    begins, ends = cell.row >= rows.start, cell.row + cell.row_span <= rows.stop
    if begins and ends:
        return cell.text
    splits = setting.layout.split_labels or {}
    if cell.key not in splits and setting.layout.labels != "first":
        return _flowing(setting, cell).get(rows.start, "")
    split = splits.get(cell.key, len(cell.text))
    if begins:
        return cell.text[:split]
    return cell.text[split:] if ends else ""


def _flowing(setting: _Setting, cell: FormCell) -> dict[int, str]:
    """What stands of a cell's text in each fragment, by the fragment's first row."""
    lines = _cell_lines(cell, setting.layout, setting.style, setting.edges)
    rooms: dict[int, int] = {}
    for rows in setting.fragments:
        first, end = max(cell.row, rows.start), min(cell.row + cell.row_span, rows.stop)
        rooms[rows.start] = int(sum(setting.heights[first:end]) / _pitch(setting.size))
    if setting.layout.labels == "repeat" and max(rooms.values()) >= len(lines):
        return {row: cell.text for row, room in rooms.items() if room >= len(lines)}
    shares: dict[int, str] = {}
    for row, room in rooms.items():
        shares[row], lines = "".join(lines[:room]), lines[room:]
    if lines:
        raise ValueError(f"{cell.text!r} does not fit the parts of its cell")
    return shares


def _draw_text(flow: Flow, setting: _Setting, cell: FormCell, text: str, box: Box) -> None:
    if not text:
        return
    style, size = setting.style, setting.size
    lines = _cell_lines(cell, setting.layout, style, setting.edges, text)
    pitch = _pitch(size)
    y = (box.y0 + box.y1 - len(lines) * pitch) / 2 + (pitch - size) / 2
    if box.height < len(lines) * pitch:
        raise ValueError(f"{text!r} does not fit its cell on page {flow.page}")
    for line in lines:
        slack = box.width - style.body.width(line, size)
        x = box.x0 + (style.table_padding if cell.role == "item" else slack / 2)
        flow.draw_line(x, y, line, style.body, size)
        y += pitch
