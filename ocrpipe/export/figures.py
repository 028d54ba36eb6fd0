"""The figures of a report as one list, and the table cells that they were read from."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from ocrpipe.document import Document
from ocrpipe.geometry import Box
from ocrpipe.report import DisclosureReport, Figure

COLUMN_LABELS: Mapping[str, str] = MappingProxyType(
    {
        "natural_person": "自然人",
        "company": "商业企业",
        "research_institution": "科研机构",
        "social_organization": "社会公益组织",
        "legal_service": "法律服务机构",
        "other": "其他",
        "total": "总计",
        "upheld": "结果维持",
        "corrected": "结果纠正",
        "pending": "尚未审结",
        "made_this_year": "本年制发件数",
        "published_this_year": "本年新公开数量",
        "published_total": "对外公开总数量",
        "repealed_this_year": "本年废止件数",
        "in_force": "现行有效件数",
        "previous_items": "上一年项目数量",
        "change": "本年增/减",
        "decisions": "处理决定数量",
        "fee_amount": "收费金额（万元）",
        "procurement_items": "采购项目数量",
        "procurement_amount": "采购总金额",
    }
)
CASE_LABELS: Mapping[str, str] = MappingProxyType(
    {
        "reconsideration": "行政复议",
        "direct_litigation": "未经复议直接起诉",
        "litigation_after_reconsideration": "复议后起诉",
    }
)
SECTION_LABELS: Mapping[int, str] = MappingProxyType(
    {
        2: "二、主动公开政府信息情况",
        3: "三、收到和处理政府信息公开申请情况",
        4: "四、政府信息公开行政复议、行政诉讼情况",
    }
)


@dataclass(frozen=True, slots=True)
class FigureEntry:
    """One figure with its place in the report.

    `path` is how checks name it. `row_key` is the key of section 三, the item of 第二十条 in
    section 二, and the kind of case in section 四.
    """

    path: str
    section: int
    row_key: str
    row_label: str
    column: str
    figure: Figure

    @property
    def column_label(self) -> str:
        # 其他 is the name of a kind of applicant and of an outcome.
        if self.section == 4 and self.column == "other":
            return "其他结果"
        return COLUMN_LABELS.get(self.column, self.column)


@dataclass(frozen=True, slots=True, order=True)
class CellAddress:
    """A cell of a table by its top left corner in the grid."""

    table_id: str
    row: int
    col: int


def list_figures(report: DisclosureReport) -> tuple[FigureEntry, ...]:
    """Every figure of sections 二, 三 and 四, in the order of the form."""
    return (*_proactive(report), *_applications(report), *_reviews(report))


def _proactive(report: DisclosureReport) -> Iterator[FigureEntry]:
    for row in report.proactive.rows:
        for column, figure in row.figures.items():
            path = f"proactive/{row.article}/{row.item}/{column}"
            yield FigureEntry(path, 2, row.article, row.item, column, figure)


def _applications(report: DisclosureReport) -> Iterator[FigureEntry]:
    for row in report.applications.rows:
        for column, figure in row.figures.items():
            path = f"applications/{row.key}/{column}"
            yield FigureEntry(path, 3, row.key, row.label, column, figure)


def _reviews(report: DisclosureReport) -> Iterator[FigureEntry]:
    for case, label in CASE_LABELS.items():
        figures: dict[str, Figure] = getattr(report.reviews, case)
        for column, figure in figures.items():
            yield FigureEntry(f"reviews/{case}/{column}", 4, case, label, column, figure)


def cells_of_figures(
    document: Document, entries: tuple[FigureEntry, ...]
) -> dict[str, CellAddress]:
    """The table cell that each figure stands in, by the figure's path.

    Figures and cells are matched by page and box: the cell that contains the figure's centre.
    Figures without a box (absent ones, and all of a web page) are left out.
    """
    by_page: dict[int, list[tuple[Box, CellAddress]]] = {}
    for table in document.tables:
        for cell in table.cells:
            for region in cell.regions:
                address = CellAddress(table.id, cell.row, cell.col)
                by_page.setdefault(region.page, []).append((region.bbox, address))
    found: dict[str, CellAddress] = {}
    for entry in entries:
        page, bbox = entry.figure.page, entry.figure.bbox
        if page is None or bbox is None:
            continue
        candidates = [
            (region.area, address)
            for region, address in by_page.get(page, ())
            if region.contains_point(*bbox.center)
        ]
        if candidates:
            found[entry.path] = min(candidates)[1]
    return found
