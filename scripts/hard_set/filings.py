"""Random filings of the form: what they say, how they are set, and where they break over pages."""

from dataclasses import dataclass, replace
from random import Random
from typing import Literal

from scripts.hard_set.faces import LANDSCAPE, Look
from scripts.hard_set.figures import (
    Printing,
    application_figures,
    break_sums,
    proactive_figures,
    review_figures,
)
from scripts.hard_set.words import (
    closing_paragraphs,
    introduction,
    organization_name,
    summary_paragraphs,
)
from scripts.typeset.filing import typeset
from scripts.typeset.forms import APPLICANTS, Edition, application_keys
from scripts.typeset.page import Flow
from scripts.typeset.rules import RuleStyle
from scripts.typeset.source import Filing, SourceSection
from scripts.typeset.table import TableLayout

FIVE_COLUMNS = ("natural_person", "company", "research_institution", "social_organization", "total")
Extent = Literal["matrix", "tables", "full"]
_ATTEMPTS = 40


@dataclass(frozen=True, slots=True)
class Wish:
    """What a case asks of its filing; None leaves it to chance."""

    extent: Extent | None = None
    rules: RuleStyle | None = None
    wrong_sums: bool = False
    one_page: bool = False
    landscape: bool | None = None
    columns: tuple[str, ...] | None = None


def random_filing(random: Random, name: str, look: Look, wish: Wish) -> tuple[Filing, Flow]:
    """A filing with lawful figures, set; layouts that do not fit are drawn again.

    Large letters take two pages also where one was wished for.

    Raises:
        RuntimeError: no layout fitted.
    """
    filing = _content(random, name, look, wish)
    reason: ValueError | None = None
    longer: tuple[Filing, Flow] | None = None
    for _ in range(_ATTEMPTS):
        layouts = _layouts(random, filing, look, wish)
        try:
            candidate = replace(filing, layouts=layouts)
            flow = typeset(candidate)
        except ValueError as error:
            reason = error
            continue
        if not wish.one_page or flow.page == 1:
            return candidate, flow
        longer = longer or (candidate, flow)
    if longer:
        return longer
    raise RuntimeError(f"no layout fits {name}") from reason


def _content(random: Random, name: str, look: Look, wish: Wish) -> Filing:
    edition: Edition = random.choice(("2019", "2021"))
    year = random.randint(2019, 2020) if edition == "2019" else random.randint(2021, 2025)
    columns = wish.columns or (FIVE_COLUMNS if random.random() < 0.1 else tuple(APPLICANTS))
    printing = Printing(
        zero=random.choice(("0",) * 7 + ("", "", "/", "—")),
        commas=random.random() < 0.2,
        digits=random.choice((1, 2, 3, 3, 4)),
    )
    extents: tuple[Extent, ...] = ("matrix", "matrix", "tables", "tables", "full")
    drawn = random.choice(extents)
    extent = drawn if wish.extent is None else wish.extent
    figures = application_figures(random, edition, columns, printing)
    if extent != "matrix":
        figures |= proactive_figures(random, edition, printing) | review_figures(random, printing)
    if wish.wrong_sums:
        counts = [
            f"applications/{key}/{column}"
            for key in application_keys(edition)
            for column in columns
        ]
        figures = break_sums(random, figures, counts)
    office = organization_name(random)
    return Filing(
        name=name,
        title=(f"{office}{year}年", "政府信息公开工作年度报告"),
        sections=_sections(random, extent, year),
        style=look.style,
        organization=office,
        year=year,
        edition=edition,
        introduction=(introduction(office, year),) if extent == "full" else (),
        columns=columns,
        figures=figures,
    )


def _sections(random: Random, extent: Extent, year: int) -> tuple[SourceSection, ...]:
    matrix = SourceSection("三、收到和处理政府信息公开申请情况", table="applications")
    if extent == "matrix":
        return (matrix,)
    tables = (
        SourceSection("二、主动公开政府信息情况", table="proactive"),
        matrix,
        SourceSection("四、政府信息公开行政复议、行政诉讼情况", table="reviews"),
    )
    if extent == "tables":
        return tables
    return (
        SourceSection("一、总体情况", summary_paragraphs(random, year)),
        *tables,
        SourceSection("五、存在的主要问题及改进情况", closing_paragraphs(random, year)),
        SourceSection("六、其他需要报告的事项", ("没有其他需要报告的事项。",)),
    )


def _layouts(random: Random, filing: Filing, look: Look, wish: Wish) -> dict[str, TableLayout]:
    rules = wish.rules or RuleStyle(width=look.style.rule_width)
    whole_document = look.style.page_size == LANDSCAPE
    landscape = wish.landscape if wish.landscape is not None else random.random() < 0.12
    own_page = landscape and not whole_document and len(filing.sections) > 1
    matrix = TableLayout(
        widths=_matrix_widths(random, len(filing.columns), look.style.table_size),
        new_page=own_page or (len(filing.sections) > 1 and random.random() < 0.3),
        break_after=() if wish.one_page else _breaks(random, filing),
        repeat_header=random.random() < 0.4,
        labels=random.choice(("flow", "flow", "repeat")),
        row_height=look.style.row_height * (0.8 if wish.one_page else 1),
        rules=rules,
        page_size=LANDSCAPE if own_page else None,
    )
    size = min(look.style.table_size, 10.5)
    return {
        "proactive": TableLayout(
            (random.uniform(1, 1.5), 1, 1, 1),
            rules=rules,
            repeat_header=False,
        ),
        "applications": matrix,
        "reviews": TableLayout((1.0,) * 15, size=size, rules=rules, row_height=30),
    }


def _matrix_widths(random: Random, columns: int, size: float) -> tuple[float, ...]:
    # 三、本年度办理结果 stands one or two characters wide.
    first = random.choice((1.0, 2.0)) * size + 9
    second = random.uniform(3.6, 6) * size
    third = random.uniform(9, 15) * size
    each = random.uniform(2.9, 3.6) * size
    return (first, second, third, *(each * random.uniform(0.92, 1.08) for _ in range(columns)))


def _breaks(random: Random, filing: Filing) -> tuple[int, ...]:
    """Rows of the matrix after which a page ends: often none but where the page is full."""
    rows = filing.table("applications").n_rows
    pages = random.choice((1, 1, 1, 2, 2, 3))
    # Most pages are full where they end; some end anywhere.
    first = 3 if random.random() < 0.4 else rows // 2
    return tuple(sorted(random.sample(range(first, rows - 1), pages - 1)))
