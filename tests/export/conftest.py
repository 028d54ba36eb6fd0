"""A small filing, built by hand, that has everything an export must show."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

import pytest

from ocrpipe.document import (
    Block,
    BlockKind,
    Cell,
    CellRegion,
    CellState,
    Document,
    Issue,
    Page,
    Source,
    Table,
)
from ocrpipe.errors import IssueCode
from ocrpipe.geometry import Box
from ocrpipe.report import (
    ApplicationRow,
    Applications,
    Check,
    DisclosureReport,
    Figure,
    FigureState,
    LetterheadLine,
    ProactiveDisclosure,
    ProactiveRow,
    Reviews,
    Section,
    Trust,
)

WIDTH, HEIGHT = 595.0, 842.0
LEFT, COLUMN, ROW = 60.0, 60.0, 24.0
APPLICANTS = ("natural_person", "company", "total")


def block(
    name: str,
    kind: BlockKind,
    text: str = "",
    y: float | None = 100,
    *,
    level: int | None = None,
    table_id: str | None = None,
    language: str | None = "zh-Hans",
) -> Block:
    return Block(
        id=name,
        kind=kind,
        bbox=None if y is None else Box(LEFT, y, WIDTH - LEFT, y + 20),
        text=text,
        language=language if text or kind == "letterhead" else None,
        confidence=0.98 if text else 0.0,
        level=level,
        table_id=table_id,
    )


def cell_box(row: int, col: int, row_span: int = 1, col_span: int = 1, top: float = 300) -> Box:
    x, y = LEFT + col * COLUMN, top + row * ROW
    return Box(x, y, x + col_span * COLUMN, y + row_span * ROW)


def cell(
    row: int,
    col: int,
    text: str = "",
    spans: tuple[int, int] = (1, 1),
    *,
    state: CellState | None = None,
    regions: Sequence[tuple[int, Box]] | None = None,
) -> Cell:
    chosen = [(1, cell_box(row, col, *spans))] if regions is None else regions
    return Cell(
        row=row,
        col=col,
        row_span=spans[0],
        col_span=spans[1],
        text=text,
        state=state or ("printed" if text else "blank"),
        origin="scanned",
        confidence=0.35 if state == "unread" else 0.97,
        regions=tuple(CellRegion(page=page, bbox=box) for page, box in chosen),
    )


def table(
    name: str, cells: Sequence[Cell], caption: str | None = None, pages: Sequence[int] = (1,)
) -> Table:
    return Table(
        id=name,
        caption=caption,
        n_rows=max(one.row + one.row_span for one in cells),
        n_cols=max(one.col + one.col_span for one in cells),
        pages=tuple(pages),
        cells=tuple(cells),
    )


def document(
    blocks: Sequence[Block] = (),
    tables: Sequence[Table] = (),
    *,
    report: DisclosureReport | None = None,
    issues: Sequence[Issue] = (),
) -> Document:
    """A document of one page."""
    page = Page(
        number=1, width=WIDTH, height=HEIGHT, rotation=0.0, origin="scanned", blocks=tuple(blocks)
    )
    return _document((page,), tables, report, issues)


def _document(
    pages: Sequence[Page],
    tables: Sequence[Table],
    report: DisclosureReport | None,
    issues: Sequence[Issue],
) -> Document:
    source = Source(
        name="年报 2019.pdf",
        sha256="ab" * 32,
        media_type="application/pdf",
        page_count=len(pages),
    )
    return Document(
        source=source,
        pages=tuple(pages),
        tables=tuple(tables),
        issues=tuple(issues),
        report=report,
    )


def figure(
    value: int | Decimal | None,
    place: tuple[int, Box] | None = None,
    *,
    raw: str | None = None,
    state: FigureState = "printed",
    trust: Trust = "read",
) -> Figure:
    return Figure(
        value=value,
        raw=raw if raw is not None else "" if value is None else str(value),
        state=state,
        page=place[0] if place else None,
        bbox=place[1] if place else None,
        confidence=0.9,
        trust=trust,
    )


# Section 三 in short: its last two rows stand on page 2, under a label that spans both pages.
TOP_ON_PAGE_2 = 60.0


def _place(row: int, col: int) -> tuple[int, Box]:
    if row < 3:
        return 1, cell_box(row, col)
    return 2, cell_box(row - 3, col, top=TOP_ON_PAGE_2)


def stitched_table() -> Table:
    rows = (("（一）予以公开", "15", "2", "17"), ("（二）不予公开", "1", "", "1"))
    label_regions = [(1, cell_box(2, 0)), (2, cell_box(0, 0, 2, top=TOP_ON_PAGE_2))]
    cells = [
        cell(0, 0, "（本列数据的勾稽关系为：第一项加第二项之和）", (1, 2)),
        cell(0, 2, "自然人"),
        cell(0, 3, "商业企业"),
        cell(0, 4, "总计"),
        cell(1, 0, "一、本年新收政府信息公开申请数量", (1, 2)),
        cell(1, 2, "16"),
        cell(1, 3, "2"),
        cell(1, 4, "18"),
        cell(2, 0, "三、本年度办理结果", (3, 1), regions=label_regions),
    ]
    for offset, texts in enumerate(rows):
        row = 2 + offset
        cells += [cell(row, 1 + col, text, regions=[_place(row, 1 + col)])
                  for col, text in enumerate(texts)]  # fmt: skip
    cells.append(cell(4, 1, "（七）总计", regions=[_place(4, 1)]))
    cells.append(cell(4, 2, "16", regions=[_place(4, 2)]))
    cells.append(cell(4, 3, state="unread", regions=[_place(4, 3)]))
    cells.append(cell(4, 4, "13", regions=[_place(4, 4)]))
    return table("t2", cells, "收到和处理政府信息公开申请情况", pages=(1, 2))


def plain_table() -> Table:
    texts = (("项目", "数量"), ("规章|规范\n性文件", "1,024"), ("代码", "001"), ("增减", "+15"))
    cells = [
        cell(row, col, text, regions=[(1, cell_box(row, col, top=180))])
        for row, pair in enumerate(texts)
        for col, text in enumerate(pair)
    ]
    return table("t1", cells, "主动公开政府信息情况")


def _applications() -> Applications:
    def row(key: str, label: str, at: int, values: Mapping[str, Figure]) -> ApplicationRow:
        del at
        return ApplicationRow(key=key, label=label, figures=dict(values))

    def figures(at: int, values: Sequence[int | None], trust: Trust) -> dict[str, Figure]:
        return {
            key: figure(
                value,
                _place(at, 2 + index),
                state="blank" if value is None else "printed",
                trust=trust,
            )
            for index, (key, value) in enumerate(zip(APPLICANTS, values, strict=True))
        }

    total = figures(4, (16, None, 13), "doubtful")
    total["company"] = figure(None, _place(4, 3), state="unread", trust="doubtful")
    total["natural_person"] = figure(16, _place(4, 2), trust="confirmed")
    rows = (
        row("new", "一、本年新收政府信息公开申请数量", 1, figures(1, (16, 2, 18), "confirmed")),
        row("granted", "（一）予以公开", 2, figures(2, (15, 2, 17), "confirmed")),
        row("refused.state_secret", "（二）不予公开", 3, figures(3, (1, None, 1), "read")),
        row("total", "（七）总计", 4, total),
    )
    return Applications(rows=rows)


def _report() -> DisclosureReport:
    return DisclosureReport(
        edition="2019",
        letterhead=(
            LetterheadLine(
                text="某某县人民政府文件", language="zh-Hans", page=1,
                bbox=Box(150, 50, 445, 80), confidence=0.99,
            ),
        ),
        organization="某某县人民政府",
        document_number="某政发〔2020〕1号",
        signer=None,
        title="某某县2019年政府信息公开工作年度报告",
        year=2019,
        issue_date=date(2020, 1, 20),
        sections=(
            Section(number=1, heading="一、总体情况", paragraphs=("全年公开信息1,024条。",)),
        ),
        proactive=ProactiveDisclosure(
            rows=(
                ProactiveRow(
                    article="第二十条第（一）项",
                    item="规章",
                    figures={
                        "made_this_year": figure(1024, (1, cell_box(1, 1, top=180)), raw="1,024"),
                        "fee_amount": figure(Decimal("3.50"), raw="3.50"),
                        "in_force": figure(None, state="absent"),
                    },
                ),
            )
        ),
        applications=_applications(),
        reviews=Reviews(
            reconsideration={"upheld": figure(0), "other": figure(1), "total": figure(1)},
            direct_litigation={},
            litigation_after_reconsideration={},
        ),
        checks=(
            Check(
                rule="applications.column_sum", scope="column natural_person",
                expected=16, actual=16, state="pass",
                figures=("applications/granted/natural_person",),
            ),
            Check(
                rule="applications.column_sum", scope="column total",
                expected=18, actual=13, state="fail",
                figures=("applications/total/total", "applications/granted/total", "prose.1"),
            ),
        ),
    )  # fmt: skip


def make_filing() -> Document:
    first = (
        block("p1-b1", "header", "某某县人民政府公报", 20),
        block("p1-b2", "letterhead", "", 40, language="bo"),
        block("p1-b3", "letterhead", "某某县人民政府文件", 60),
        block("p1-b4", "title", "某某县2019年政府信息公开工作年度报告", 90),
        block("p1-b5", "heading", "一、总体情况", 115, level=1),
        block("p1-b6", "text", "全年公开信息1,024条。\n*说明* <b>粗体</b> & [链接](http://x)", 135),
        block("p1-b7", "heading", "（一）主动公开政府信息情况", 155, level=2),
        block("p1-b8", "table", table_id="t1", y=180),
        block("p1-b9", "table", table_id="t2", y=300),
        block("p1-b10", "page_number", "— 1 —", 810),
    )
    second = (
        block("p2-b1", "table", table_id="t2", y=TOP_ON_PAGE_2),
        block("p2-b2", "text", "特此报告。", 200),
        block("p2-b3", "seal", y=220),
        block("p2-b4", "footer", "内部资料", 800),
    )
    pages = [
        Page(
            number=number, width=WIDTH, height=HEIGHT, rotation=0.8, origin="scanned", blocks=blocks
        )
        for number, blocks in ((1, first), (2, second))
    ]
    issues = (
        Issue(
            code=IssueCode.CELL_UNREAD, severity="warning", message="a cell could not be read",
            page=2, table_id="t2", row=4, col=3,
        ),
        Issue(code=IssueCode.TEXT_UNREAD, severity="info", message="Tibetan <text>", page=1),
    )  # fmt: skip
    return _document(pages, (plain_table(), stitched_table()), _report(), issues)


def make_web_page() -> Document:
    """A document without paper: no sizes, no boxes, no report."""
    blocks = (
        block("p1-b1", "title", "年度报告", None),
        block("p1-b2", "table", y=None, table_id="t1"),
    )
    page = Page(number=1, width=0, height=0, rotation=0, origin="digital", blocks=blocks)
    cells = [cell(0, 0, "数量", regions=()), cell(0, 1, "5", regions=())]
    return _document((page,), (table("t1", cells),), None, ())


@pytest.fixture
def filing() -> Document:
    return make_filing()


@pytest.fixture
def web_page() -> Document:
    return make_web_page()
