"""What the HTML page shows, worked out before the template: places, colours and explanations.

An *anchor* is an element of the text side that stands for a place on the paper. Its boxes are
drawn over the picture of their page, in points.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ocrpipe.document import Block, Cell, CellRegion, Document, Table
from ocrpipe.export.figures import (
    CellAddress,
    FigureEntry,
    cells_of_figures,
    list_figures,
)
from ocrpipe.export.numbers import parse_number
from ocrpipe.export.rows import cells_by_row
from ocrpipe.export.text import one_line, printable
from ocrpipe.geometry import Box
from ocrpipe.ideographs import has_ideograph

STATE_LABELS = {
    "printed": "印有 printed",
    "blank": "空白 blank",
    "absent": "无此栏 absent",
    "unread": "未识别 unread",
}
TRUST_LABELS = {"confirmed": "已勾稽 confirmed", "read": "已识别 read", "doubtful": "存疑 doubtful"}
KIND_LABELS = {
    "letterhead": "发文机关标志 letterhead",
    "title": "标题 title",
    "heading": "标题 heading",
    "text": "正文 text",
    "table": "表格 table",
    "seal": "印章 seal",
    "figure": "图 figure",
    "header": "页眉 header",
    "footer": "页脚 footer",
    "page_number": "页码 page number",
}

ONE_CHARACTER = 32.0
"""Points; two characters of the smallest size in use, with the cell's margins, take more."""


@dataclass(frozen=True, slots=True)
class BoxView:
    """A box over the picture of a page; `target` is the id of its anchor."""

    id: str
    target: str
    box: Box
    tone: str
    info: str


@dataclass(frozen=True, slots=True)
class Anchor:
    """`tone` is "", "unread" or "doubtful"; `boxes` are ids, in the order of the pages."""

    id: str
    tone: str
    info: str
    boxes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BlockView:
    anchor: Anchor
    kind: str
    level: int
    text: str
    language: str
    table: "TableView | None" = None
    continues: str = ""


@dataclass(frozen=True, slots=True)
class CellView:
    anchor: Anchor
    text: str
    row_span: int
    col_span: int
    css: str


@dataclass(frozen=True, slots=True)
class TableView:
    id: str
    caption: str
    rows: tuple[tuple[CellView, ...], ...]


@dataclass(frozen=True, slots=True)
class FigureView:
    anchor: Anchor
    text: str
    css: str


@dataclass(slots=True)
class Places:
    """Hands out ids, and keeps the boxes of each page and the anchors of cells and figures."""

    boxes: dict[int, list[BoxView]] = field(default_factory=dict)
    cells: dict[CellAddress, Anchor] = field(default_factory=dict)
    figures: dict[str, Anchor] = field(default_factory=dict)
    _anchors: int = 0
    _boxes: int = 0

    def anchor(self, tone: str, info: str, regions: Iterable[tuple[int, Box]] = ()) -> Anchor:
        """A new anchor with a box for each (page, box in points)."""
        self._anchors += 1
        target = f"a{self._anchors}"
        ids = []
        for page, box in regions:
            self._boxes += 1
            ids.append(f"b{self._boxes}")
            view = BoxView(ids[-1], target, box, tone, info)
            self.boxes.setdefault(page, []).append(view)
        return Anchor(target, tone, info, tuple(ids))


class ViewBuilder:
    """Makes the views of one document. Ids count up in the order of the calls."""

    def __init__(self, document: Document) -> None:
        self.places = Places()
        self.entries = list_figures(document.report) if document.report is not None else ()
        self._cell_of = cells_of_figures(document, self.entries)
        self._doubtful: Mapping[CellAddress, FigureEntry] = {
            self._cell_of[entry.path]: entry
            for entry in self.entries
            if entry.path in self._cell_of and entry.figure.trust == "doubtful"
        }
        self._captions = {one_line(block.text) for page in document.pages for block in page.blocks}

    def table(self, table: Table) -> TableView:
        rows = tuple(tuple(self._cell(table, cell) for cell in row) for row in cells_by_row(table))
        caption = one_line(table.caption or "")
        # The caption is often a block of its own as well.
        shown = "" if caption in self._captions else caption
        return TableView(table.id, shown, rows)

    def _cell(self, table: Table, cell: Cell) -> CellView:
        address = CellAddress(table.id, cell.row, cell.col)
        tone = "unread" if cell.state == "unread" else "doubtful" * (address in self._doubtful)
        facts = [STATE_LABELS[cell.state], _confidence(cell.confidence), _origin(cell.origin)]
        if address in self._doubtful:
            facts.insert(0, TRUST_LABELS["doubtful"])
        regions = [(region.page, region.bbox) for region in cell.regions]
        place = f"{table.id}, 行 row {cell.row}, 列 col {cell.col}"
        anchor = self.places.anchor(tone, _info([place, *facts], regions), regions)
        self.places.cells[address] = anchor
        css = [f"state-{cell.state}"]
        css += [tone] * bool(tone)
        css += ["number"] * (parse_number(cell.text) is not None)
        css += ["vertical"] * _is_vertical(cell.text, cell.regions)
        text = printable(cell.text)
        return CellView(anchor, text, cell.row_span, cell.col_span, " ".join(css))

    def block(self, block: Block, page: int) -> BlockView:
        unread = not block.text.strip() and block.kind not in ("seal", "figure", "table")
        facts = [KIND_LABELS[block.kind]]
        facts += [block.language] if block.language else []
        facts.append(STATE_LABELS["unread"] if unread else _confidence(block.confidence))
        # The cells of a table have boxes of their own.
        drawn = block.bbox is not None and block.kind != "table"
        regions = [(page, block.bbox)] if drawn and block.bbox is not None else []
        anchor = self.places.anchor("unread" if unread else "", _info(facts, regions), regions)
        level = min(1 + (block.level or 1), 5) if block.kind == "heading" else 1
        text = printable(block.text)
        return BlockView(anchor, block.kind, level, text, block.language or "")

    def figure(self, entry: FigureEntry) -> FigureView:
        """The figure as the report has it; it shares the boxes of the cell that it stands in."""
        figure = entry.figure
        facts = [f"{entry.row_label}, {entry.column_label}", TRUST_LABELS[figure.trust]]
        facts += [STATE_LABELS[figure.state], _confidence(figure.confidence)]
        regions = [(figure.page, figure.bbox)] if figure.page and figure.bbox else []
        tone = "unread" if figure.state == "unread" else "doubtful" * (figure.trust == "doubtful")
        address = self._cell_of.get(entry.path)
        cell = self.places.cells.get(address) if address is not None else None
        info = _info(facts, regions)
        anchor = self.places.anchor(tone, info, () if cell else regions)
        if cell is not None:
            anchor = Anchor(anchor.id, tone, info, cell.boxes)
        self.places.figures[entry.path] = anchor
        css = f"state-{figure.state} trust-{figure.trust} {tone}".rstrip()
        return FigureView(anchor, one_line(figure.raw), css)


def _confidence(value: float) -> str:
    return f"置信度 confidence {value:.2f}"


def _origin(origin: str) -> str:
    return "扫描 scanned" if origin == "scanned" else "文本层 text layer"


def _info(facts: list[str], regions: list[tuple[int, Box]]) -> str:
    pages = sorted({page for page, _ in regions})
    where = [f"第 {', '.join(map(str, pages))} 页 page"] if pages else []
    return " · ".join([*(one_line(fact) for fact in facts), *where])


def _is_vertical(text: str, regions: tuple[CellRegion, ...]) -> bool:
    """Whether a cell has room for one column of Chinese characters, set from top to bottom."""
    narrow = any(
        region.bbox.width <= ONE_CHARACTER and region.bbox.height > 3 * region.bbox.width
        for region in regions
    )
    return narrow and len(text) > 2 and has_ideograph(text)
