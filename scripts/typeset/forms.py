"""The statutory form of the annual report (政府信息公开工作年度报告格式) as data, both editions.

The form has three tables. Each is built here as a grid of cells that tile it exactly; which cell
holds which figure is said by the figure's path, for instance "applications/new/total".
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

Edition = Literal["2019", "2021"]
Role = Literal["head", "label", "item", "figure"]

APPLICANTS: Mapping[str, str] = {
    "natural_person": "自然人",
    "company": "商业企业",
    "research_institution": "科研机构",
    "social_organization": "社会公益组织",
    "legal_service": "法律服务机构",
    "other": "其他",
    "total": "总计",
}
ORGANIZATIONS = ("company", "research_institution", "social_organization", "legal_service", "other")

BALANCE_NOTE = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"

OUTCOMES: Mapping[str, str] = {
    "upheld": "结果维持",
    "corrected": "结果纠正",
    "other": "其他结果",
    "pending": "尚未审结",
    "total": "总计",
}
REVIEW_KINDS: Mapping[str, str] = {
    "reconsideration": "行政复议",
    "direct_litigation": "未经复议直接起诉",
    "litigation_after_reconsideration": "复议后起诉",
}


@dataclass(frozen=True, slots=True)
class Group:
    """A row of 三、本年度办理结果, or several under one label: `items` are (key, label)."""

    key: str
    label: str
    items: tuple[tuple[str, str], ...] = ()


_COMMON_GROUPS = (
    Group("granted", "（一）予以公开"),
    Group("partly_granted", "（二）部分公开（区分处理的，只计这一情形，不计其他情形）"),
    Group(
        "refused",
        "（三）不予公开",
        (
            ("state_secret", "1.属于国家秘密"),
            ("forbidden_by_law", "2.其他法律行政法规禁止公开"),
            ("three_securities", "3.危及“三安全一稳定”"),
            ("third_party", "4.保护第三方合法权益"),
            ("internal_affairs", "5.属于三类内部事务信息"),
            ("process_information", "6.属于四类过程性信息"),
            ("enforcement_file", "7.属于行政执法案卷"),
            ("administrative_query", "8.属于行政查询事项"),
        ),
    ),
    Group(
        "unable",
        "（四）无法提供",
        (
            ("not_held", "1.本机关不掌握相关政府信息"),
            ("needs_making", "2.没有现成信息需要另行制作"),
            ("still_unclear", "3.补正后申请内容仍不明确"),
        ),
    ),
    Group(
        "unprocessed",
        "（五）不予处理",
        (
            ("petition", "1.信访举报投诉类申请"),
            ("repeated", "2.重复申请"),
            ("publication", "3.要求提供公开出版物"),
            ("excessive", "4.无正当理由大量反复申请"),
            ("reissue", "5.要求行政机关确认或重新出具已获取信息"),
        ),
    ),
)
_OTHER: Mapping[Edition, Group] = {
    "2019": Group("other", "（六）其他处理"),
    "2021": Group(
        "other",
        "（六）其他处理",
        (
            ("not_corrected", "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请"),
            (
                "fee_unpaid",
                "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
            ),
            ("other", "3.其他"),
        ),
    ),
}
RESULT_LABEL = "三、本年度办理结果"
NEW_LABEL = "一、本年新收政府信息公开申请数量"
CARRIED_OVER_LABEL = "二、上年结转政府信息公开申请数量"
TOTAL_LABEL = "（七）总计"
CARRIED_FORWARD_LABEL = "四、结转下年度继续办理"


@dataclass(frozen=True, slots=True)
class Article:
    """An item of 第二十条 in section 二: `heads` are (column key, head)."""

    label: str
    heads: tuple[tuple[str, str], ...]
    items: tuple[str, ...]


_CHANGE_HEADS = (("previous_items", "上一年项目数量"), ("change", "本年增/减"))
_DECISION_2019 = (*_CHANGE_HEADS, ("decisions", "处理决定数量"))
_DECISION_2021 = (("decisions", "本年处理决定数量"),)

PROACTIVE: Mapping[Edition, tuple[Article, ...]] = {
    "2019": (
        Article(
            "第二十条第（一）项",
            (
                ("made_this_year", "本年新制作数量"),
                ("published_this_year", "本年新公开数量"),
                ("published_total", "对外公开总数量"),
            ),
            ("规章", "规范性文件"),
        ),
        Article("第二十条第（五）项", _DECISION_2019, ("行政许可", "其他对外管理服务事项")),
        Article("第二十条第（六）项", _DECISION_2019, ("行政处罚", "行政强制")),
        Article("第二十条第（八）项", _CHANGE_HEADS, ("行政事业性收费",)),
        Article(
            "第二十条第（九）项",
            (("procurement_items", "采购项目数量"), ("procurement_amount", "采购总金额")),
            ("政府集中采购",),
        ),
    ),
    "2021": (
        Article(
            "第二十条第（一）项",
            (
                ("made_this_year", "本年制发件数"),
                ("repealed_this_year", "本年废止件数"),
                ("in_force", "现行有效件数"),
            ),
            ("规章", "行政规范性文件"),
        ),
        Article("第二十条第（五）项", _DECISION_2021, ("行政许可",)),
        Article("第二十条第（六）项", _DECISION_2021, ("行政处罚", "行政强制")),
        Article(
            "第二十条第（八）项",
            (("fee_amount", "本年收费金额（单位：万元）"),),
            ("行政事业性收费",),
        ),
    ),
}


@dataclass(frozen=True, slots=True)
class FormCell:
    """A cell of a table as it is printed; `path` names the figure in it, "" for other cells."""

    row: int
    col: int
    row_span: int
    col_span: int
    text: str
    role: Role
    path: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class FormTable:
    """A table to be printed. Its cells tile `n_rows` x `n_cols` exactly once."""

    name: str
    n_rows: int
    n_cols: int
    cells: tuple[FormCell, ...]
    header_rows: int = 0


def groups(edition: Edition) -> tuple[Group, ...]:
    """The rows under 三、本年度办理结果 but （七）总计, in the form's order."""
    return (*_COMMON_GROUPS, _OTHER[edition])


def application_keys(edition: Edition) -> tuple[str, ...]:
    """The keys of all rows of section 三, in the form's order."""
    keys = ["new", "carried_over"]
    for group in groups(edition):
        keys += [f"{group.key}.{key}" for key, _ in group.items] or [group.key]
    return (*keys, "total", "carried_forward")


def proactive_table(
    edition: Edition, figures: Mapping[str, str], labels: Mapping[str, str]
) -> FormTable:
    """Section 二. `figures` goes from path to printed text ("" for a blank cell).

    `labels` replaces the form's own heads, by "article/column key".
    """
    cells: list[FormCell] = []
    row = 0
    for article in PROACTIVE[edition]:
        cells.append(FormCell(row, 0, 1, 4, article.label, "head"))
        cells.append(FormCell(row + 1, 0, 1, 1, "信息内容", "head"))
        for index, (key, head) in enumerate(article.heads):
            text = labels.get(f"{article.label}/{key}", head)
            cells.append(FormCell(row + 1, *_short_row(index, article), text, "head", key=key))
        for offset, item in enumerate(article.items, start=2):
            cells.append(FormCell(row + offset, 0, 1, 1, item, "label"))
            for index, (key, _) in enumerate(article.heads):
                path = f"proactive/{article.label}/{item}/{key}"
                place = _short_row(index, article)
                cells.append(FormCell(row + offset, *place, figures[path], "figure", path, key))
        row += 2 + len(article.items)
    return FormTable("proactive", row, 4, tuple(cells))


def _short_row(index: int, article: Article) -> tuple[int, int, int]:
    """(column, row span, column span): the last column of a short row takes what is left."""
    last = index == len(article.heads) - 1
    return 1 + index, 1, 3 - index if last else 1


def applications_table(
    edition: Edition,
    figures: Mapping[str, str],
    labels: Mapping[str, str],
    columns: Iterable[str] = tuple(APPLICANTS),
) -> FormTable:
    """Section 三. `labels` replaces the form's own row labels, by row key."""
    columns = tuple(columns)
    cells = _application_head(columns)
    row = 3

    def figure_row(at: int, key: str) -> None:
        for col, column in enumerate(columns, start=3):
            path = f"applications/{key}/{column}"
            cells.append(FormCell(at, col, 1, 1, figures[path], "figure", path, column))

    def label(at: int, col: int, rows: int, cols: int, text: str, key: str) -> None:
        role: Role = "item" if "." in key else "label"
        cells.append(FormCell(at, col, rows, cols, labels.get(key, text), role, key=key))

    for key, text in (("new", NEW_LABEL), ("carried_over", CARRIED_OVER_LABEL)):
        label(row, 0, 1, 3, text, key)
        figure_row(row, key)
        row += 1
    result_rows = sum(max(1, len(group.items)) for group in groups(edition)) + 1
    label(row, 0, result_rows, 1, RESULT_LABEL, "result")
    for group in (*groups(edition), Group("total", TOTAL_LABEL)):
        if not group.items:
            label(row, 1, 1, 2, group.label, group.key)
            figure_row(row, group.key)
            row += 1
            continue
        label(row, 1, len(group.items), 1, group.label, group.key)
        for key, text in group.items:
            label(row, 2, 1, 1, text, f"{group.key}.{key}")
            figure_row(row, f"{group.key}.{key}")
            row += 1
    label(row, 0, 1, 3, CARRIED_FORWARD_LABEL, "carried_forward")
    figure_row(row, "carried_forward")
    return FormTable("applications", row + 1, 3 + len(columns), tuple(cells), header_rows=3)


def _application_head(columns: tuple[str, ...]) -> list[FormCell]:
    cells = [
        FormCell(0, 0, 3, 3, BALANCE_NOTE, "head"),
        FormCell(0, 3, 1, len(columns), "申请人情况", "head"),
    ]
    inner = [column for column in columns if column in ORGANIZATIONS]
    first = 3 + columns.index(inner[0])
    cells.append(FormCell(1, first, 1, len(inner), "法人或其他组织", "head"))
    for col, column in enumerate(columns, start=3):
        row, span = (2, 1) if column in ORGANIZATIONS else (1, 2)
        cells.append(FormCell(row, col, span, 1, APPLICANTS[column], "head", key=column))
    return cells


def reviews_table(figures: Mapping[str, str]) -> FormTable:
    """Section 四."""
    cells = [FormCell(0, 0, 1, 5, "行政复议", "head"), FormCell(0, 5, 1, 10, "行政诉讼", "head")]
    for index, (kind, head) in enumerate(REVIEW_KINDS.items()):
        first = index == 0
        if not first:
            cells.append(FormCell(1, 5 * index, 1, 5, head, "head"))
        for offset, (outcome, text) in enumerate(OUTCOMES.items()):
            row, span = (1, 2) if first else (2, 1)
            col = 5 * index + offset
            path = f"reviews/{kind}/{outcome}"
            cells.append(FormCell(row, col, span, 1, text, "head", key=outcome))
            cells.append(FormCell(3, col, 1, 1, figures[path], "figure", path, outcome))
    return FormTable("reviews", 4, 15, tuple(cells), header_rows=3)
