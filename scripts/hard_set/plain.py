"""Random documents that are no filing: ruled and unruled tables, several on a page, or none."""

from random import Random
from typing import Literal

from scripts.hard_set.faces import Look
from scripts.hard_set.words import organization_name, summary_paragraphs
from scripts.typeset.filing import typeset
from scripts.typeset.forms import FormTable
from scripts.typeset.page import Flow
from scripts.typeset.plain_table import plain_table
from scripts.typeset.rules import RuleStyle
from scripts.typeset.source import Filing, SourceSection
from scripts.typeset.table import TableLayout

PlainKind = Literal["ruled-table", "two-tables", "unruled-table", "no-table"]
_SUBJECTS = (
    "一般公共服务支出", "教育支出", "科学技术支出", "社会保障和就业支出", "卫生健康支出",
    "节能环保支出", "城乡社区支出", "农林水支出", "交通运输支出", "住房保障支出",
    "粮油物资储备支出",
    "公共安全支出", "文化旅游体育与传媒支出", "灾害防治及应急管理支出", "债务付息支出", "其他支出",
)  # fmt: skip
_GROUPS = ("财政拨款", "事业收入", "上年结转", "本年预算", "本年决算", "政府性基金")
_HEADS = ("合计", "基本支出", "项目支出", "预算数", "决算数", "增减额", "占比（%）", "户数", "人数")
_CLASSES = ("甲类", "乙类", "丙类", "城镇", "农村", "一季度", "二季度", "三季度", "四季度")
_RULES = {
    "all": RuleStyle(),
    "frameless": RuleStyle(sides=False),
    "none": RuleStyle(horizontal=False, vertical=False),
}


def random_plain(random: Random, name: str, look: Look, kind: PlainKind) -> tuple[Filing, Flow]:
    """A document of one or two pages, set."""
    title = f"{organization_name(random)}{random.randint(2019, 2025)}年"
    paragraphs = summary_paragraphs(random, 2024)
    tables: dict[str, FormTable] = {}
    layouts: dict[str, TableLayout] = {}
    sections: list[SourceSection] = []
    if kind == "no-table":
        sections = [
            SourceSection("一、工作开展情况", paragraphs),
            SourceSection("二、下一步打算", summary_paragraphs(random, 2023)),
        ]
    for number in range({"no-table": 0, "two-tables": 2}.get(kind, 1)):
        rows = random.randint(3, 7) if kind != "ruled-table" else random.randint(8, 22)
        heads = 1 if kind == "unruled-table" else random.randint(1, 3)
        merge = kind != "unruled-table" and random.random() < 0.6
        key = f"table{number + 1}"
        tables[key] = random_table(random, key, rows, heads, merge=merge)
        rules = _RULES["none"] if kind == "unruled-table" else _RULES["all"]
        if kind == "ruled-table" and random.random() < 0.3:
            rules = _RULES["frameless"]
        widths = [random.uniform(1.6, 2.4)] + [1.0] * (tables[key].n_cols - 1)
        layouts[key] = TableLayout(
            tuple(widths), size=min(10.5, look.style.table_size), rules=rules
        )
        said = paragraphs[number : number + 1] if kind != "ruled-table" else ()
        sections.append(SourceSection(f"表{'一二'[number]} 收支情况（单位：万元）", said, key))
    filing = Filing(
        name=name,
        title=(title, "工作情况" if kind == "no-table" else "收支情况统计表"),
        sections=tuple(sections),
        style=look.style,
        is_report=False,
        layouts=layouts,
        plain_tables=tables,
    )
    return filing, typeset(filing)


def random_table(
    random: Random, name: str, n_rows: int, header_rows: int, *, merge: bool
) -> FormTable:
    """A table of amounts with one to three header rows; `merge` joins some cells of its body."""
    heads = _header(random, header_rows)
    width = len(heads[0])
    subjects = random.sample(_SUBJECTS, min(n_rows, len(_SUBJECTS)))
    body: list[list[str]] = []
    left = 0
    for row in range(n_rows):
        values = [_amount(random) for _ in range(width - 2)]
        if merge and left == 0 and row + 2 < n_rows:
            left = random.randint(2, min(4, n_rows - row))
            first = random.choice(_CLASSES)
        elif merge and left:
            first = "^"
        else:
            first = str(row + 1)
        left = max(0, left - 1)
        body.append([first, subjects[row % len(subjects)], *values])
    if merge and random.random() < 0.7:
        body.append(["合  计".replace(" ", ""), "<", *(_amount(random) for _ in range(width - 2))])
    return plain_table(name, [*heads, *body], header_rows)


def _header(random: Random, levels: int) -> list[list[str]]:
    if levels == 1:
        return [["序号", "项目", *random.sample(_HEADS, random.randint(2, 5))]]
    groups = random.sample(_GROUPS, random.randint(2, 3))
    top = ["序号", "项目"]
    bottom = ["^", "^"]
    for group in groups:
        inner = random.sample(_HEADS, random.randint(2, 3))
        top += [group, *["<"] * (len(inner) - 1)]
        bottom += inner
    if levels == 2:
        return [top, bottom]
    first = ["序号", "项目", "金额", *["<"] * (len(top) - 3)]
    return [first, ["^", "^", *top[2:]], bottom]


def _amount(random: Random) -> str:
    chance = random.random()
    if chance < 0.12:
        return ""
    if chance < 0.2:
        return random.choice(("0", "—", "/", "0.00"))
    value = 10 ** random.uniform(0, 5)
    return f"{value:,.2f}" if chance < 0.6 else str(int(value))
