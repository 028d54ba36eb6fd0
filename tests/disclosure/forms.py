"""The statutory tables, set down here once more from the published forms, as grids of text.

The names stand apart from `ocrpipe.disclosure.form` on purpose: tests that took them from there
could not see a slip in it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from ocrpipe.document import Block, BlockKind, Cell, CellRegion, CellState, Page, Table
from ocrpipe.geometry import Box

COLUMNS = (
    "natural_person", "company", "research_institution", "social_organization", "legal_service",
    "other", "total",
)  # fmt: skip
HEADS = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")
OUTCOMES = ("upheld", "corrected", "other", "pending", "total")
OUTCOME_HEADS = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
KINDS = ("reconsideration", "direct_litigation", "litigation_after_reconsideration")

REFUSED = (
    ("refused.state_secret", "1.属于国家秘密"),
    ("refused.forbidden_by_law", "2.其他法律行政法规禁止公开"),
    ("refused.three_securities", "3.危及“三安全一稳定”"),
    ("refused.third_party", "4.保护第三方合法权益"),
    ("refused.internal_affairs", "5.属于三类内部事务信息"),
    ("refused.process_information", "6.属于四类过程性信息"),
    ("refused.enforcement_file", "7.属于行政执法案卷"),
    ("refused.administrative_query", "8.属于行政查询事项"),
)
UNABLE = (
    ("unable.not_held", "1.本机关不掌握相关政府信息"),
    ("unable.needs_making", "2.没有现成信息需要另行制作"),
    ("unable.still_unclear", "3.补正后申请内容仍不明确"),
)
UNPROCESSED = (
    ("unprocessed.petition", "1.信访举报投诉类申请"),
    ("unprocessed.repeated", "2.重复申请"),
    ("unprocessed.publication", "3.要求提供公开出版物"),
    ("unprocessed.excessive", "4.无正当理由大量反复申请"),
    ("unprocessed.reissue", "5.要求行政机关确认或重新出具已获取信息"),
)
OTHER_2021 = (
    ("other.not_corrected", "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请"),
    (
        "other.fee_unpaid",
        "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
    ),
    ("other.other", "3.其他"),
)


def results(edition: str) -> tuple[str, ...]:
    """Keys of the result rows, in the form's order."""
    groups = (*REFUSED, *UNABLE, *UNPROCESSED, *(OTHER_2021 if edition == "2021" else ()))
    tail = () if edition == "2021" else ("other",)
    return ("granted", "partly_granted", *(key for key, _ in groups), *tail)


def row_keys(edition: str) -> tuple[str, ...]:
    return ("new", "carried_over", *results(edition), "total", "carried_forward")


@dataclass(frozen=True)
class C:
    """A cell of a sheet. `state` is told from the text unless it is given."""

    text: str
    row_span: int = 1
    col_span: int = 1
    state: CellState | None = None
    confidence: float = 0.99


def make_table(
    rows: Sequence[Sequence[C]],
    table_id: str = "t1",
    page_of: Callable[[int], int] | None = lambda row: 1,
) -> Table:
    """Rows of cells to a table, cells filling the next free place as in HTML.

    `page_of` says on which page a row stands; None makes a web page's table without boxes.
    """
    taken: set[tuple[int, int]] = set()
    cells: list[Cell] = []
    for row, line in enumerate(rows):
        col = 0
        for cell in line:
            while (row, col) in taken:
                col += 1
            taken |= {
                (row + y, col + x) for y in range(cell.row_span) for x in range(cell.col_span)
            }
            cells.append(_cell(cell, row, col, page_of))
            col += cell.col_span
    n_rows, n_cols = max(y for y, _ in taken) + 1, max(x for _, x in taken) + 1
    holes = [(y, x) for y in range(n_rows) for x in range(n_cols) if (y, x) not in taken]
    cells += [_cell(C(""), row, col, page_of) for row, col in holes]
    ordered = tuple(sorted(cells, key=lambda cell: (cell.row, cell.col)))
    pages = () if page_of is None else tuple(sorted({page_of(row) for row in range(n_rows)}))
    return Table(
        id=table_id, caption=None, n_rows=n_rows, n_cols=n_cols, pages=pages, cells=ordered
    )


def _cell(cell: C, row: int, col: int, page_of: Callable[[int], int] | None) -> Cell:
    state: CellState = cell.state or ("printed" if cell.text else "blank")
    box = Box(40.0 * col, 20.0 * row, 40.0 * (col + cell.col_span), 20.0 * (row + cell.row_span))
    return Cell(
        row=row,
        col=col,
        row_span=cell.row_span,
        col_span=cell.col_span,
        text=cell.text,
        state=state,
        origin="scanned",
        confidence=cell.confidence,
        regions=() if page_of is None else (CellRegion(page=page_of(row), bbox=box),),
    )


Figures = Mapping[str, Sequence[str | C]]
"""Texts of a row's figures by row key; a row that is not named is all 0."""


def applications_rows(
    edition: str,
    figures: Figures,
    *,
    heads: bool = True,
    label: Callable[[str, str], str] = lambda key, text: text,
    width: int = 7,
) -> list[list[C]]:
    """Section 三 in three label columns; `label` may change the label of a row."""

    def row(key: str, text: str, span: int) -> list[C]:
        texts = figures.get(key, ["0"] * width)
        cells = [value if isinstance(value, C) else C(value) for value in texts]
        return [C(label(key, text), col_span=span), *cells]

    def group(name: str, members: Sequence[tuple[str, str]]) -> list[list[C]]:
        lines = [row(key, text, 1) for key, text in members]
        return [[C(name, row_span=len(lines)), *lines[0]], *lines[1:]]

    lines = header_rows() if heads else []
    lines.append(row("new", "一、本年新收政府信息公开申请数量", 3))
    lines.append(row("carried_over", "二、上年结转政府信息公开申请数量", 3))
    body = [
        row("granted", "（一）予以公开", 2),
        row("partly_granted", "（二）部分公开（区分处理的，只计这一情形，不计其他情形）", 2),
        *group("（三）不予公开", REFUSED),
        *group("（四）无法提供", UNABLE),
        *group("（五）不予处理", UNPROCESSED),
    ]
    if edition == "2021":
        body += group("（六）其他处理", OTHER_2021)
    else:
        body.append(row("other", "（六）其他处理", 2))
    body.append(row("total", "（七）总计", 2))
    body[0] = [C("三、本年度办理结果", row_span=len(body)), *body[0]]
    return [*lines, *body, row("carried_forward", "四、结转下年度继续办理", 3)]


def header_rows() -> list[list[C]]:
    note = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
    return [
        [C(note, row_span=3, col_span=3), C("申请人情况", col_span=7)],
        [C("自然人", row_span=2), C("法人或其他组织", col_span=5), C("总计", row_span=2)],
        [C(head) for head in HEADS[1:6]],
    ]


def applications(edition: str, figures: Figures, **options: object) -> Table:
    return make_table(applications_rows(edition, figures, **options), "t2")  # type: ignore[arg-type]


def reviews_rows(figures: Sequence[str]) -> list[list[C]]:
    """Section 四 with its fifteen figures."""
    return [
        [C("行政复议", col_span=5), C("行政诉讼", col_span=10)],
        [
            *(C(head, row_span=2) for head in OUTCOME_HEADS),
            C("未经复议直接起诉", col_span=5),
            C("复议后起诉", col_span=5),
        ],
        [C(head) for head in OUTCOME_HEADS * 2],
        [C(text) for text in figures],
    ]


def reviews(figures: Sequence[str] = ("0",) * 15) -> Table:
    return make_table(reviews_rows(figures), "t3")


def _article(number: str) -> list[C]:
    return [C(f"第二十条第（{number}）项", col_span=4)]


def _line(name: str, *texts: str) -> list[C]:
    """A line of section 二; the last cell of a short one spans what is left."""
    spans = [1] * (len(texts) - 1) + [4 - len(texts)]
    return [C(name), *(C(text, col_span=span) for text, span in zip(texts, spans, strict=True))]


PROACTIVE_2019 = (
    _article("一"),
    _line("信息内容", "本年新制作数量", "本年新公开数量", "对外公开总数量"),
    _line("规章", "1", "2", "3"),
    _line("规范性文件", "4", "5", "6"),
    _article("五"),
    _line("信息内容", "上一年项目数量", "本年增/减", "处理决定数量"),
    _line("行政许可", "12", "+15", "7"),
    _line("其他对外管理服务事项", "0", "0", "0"),
    _article("六"),
    _line("信息内容", "上一年项目数量", "本年增/减", "处理决定数量"),
    _line("行政处罚", "4", "-3", "1"),
    _line("行政强制", "8", "0", "9"),
    _article("八"),
    _line("信息内容", "上一年项目数量", "本年增/减"),
    _line("行政事业性收费", "3", "-1"),
    _article("九"),
    _line("信息内容", "采购项目数量", "采购总金额"),
    _line("政府集中采购", "34", "560.5万元"),
)
PROACTIVE_2021 = (
    _article("一"),
    _line("信息内容", "本年制发件数", "本年废止件数", "现行有效件数"),
    _line("规章", "1", "0", "5"),
    _line("行政规范性文件", "2", "3", "4"),
    _article("五"),
    _line("信息内容", "本年处理决定数量"),
    _line("行政许可", "550"),
    _article("六"),
    _line("信息内容", "本年处理决定数量"),
    _line("行政处罚", "4119"),
    _line("行政强制", "195"),
    _article("八"),
    _line("信息内容", "本年收费金额（单位：万元）"),
    _line("行政事业性收费", "7730.28"),
)


def make_pages(*pages: Sequence[tuple[BlockKind, str]], start: int = 1) -> tuple[Page, ...]:
    """Pages of (kind, text) blocks in reading order, numbered from `start`."""
    return tuple(
        Page(
            number=number,
            width=595,
            height=842,
            rotation=0,
            origin="scanned",
            blocks=tuple(
                Block(
                    id=f"p{number}-b{index}",
                    kind=kind,
                    bbox=Box(72, 72 + 20.0 * index, 520, 88 + 20.0 * index),
                    text=text,
                    language="zh-Hans",
                    confidence=0.98,
                )
                for index, (kind, text) in enumerate(blocks)
            ),
        )
        for number, blocks in enumerate(pages, start=start)
    )


TITLE_PAGE = make_pages([("title", "青禾县水务局2022年政府信息公开工作年度报告")])
