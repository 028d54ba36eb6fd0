"""Several filings in one file: the first is read, and none of its figures is another's."""

from collections.abc import Sequence

import pytest

from ocrpipe.disclosure import read_report
from ocrpipe.document import Page, Table
from ocrpipe.errors import IssueCode
from tests.disclosure import forms

FIRST = {key: [str(100 + row)] * 7 for row, key in enumerate(forms.row_keys("2019"))}
SECOND = {key: [str(700 + row)] * 7 for row, key in enumerate(forms.row_keys("2021"))}
PROSE = "本年度共受理申请若干件，均已按时答复。"


def filing(organization: str, first: int) -> tuple[Page, ...]:
    return forms.make_pages(
        (
            ("title", f"{organization}2020年政府信息公开工作年度报告"),
            ("heading", "一、总体情况"),
            ("text", PROSE),
            ("heading", "三、收到和处理政府信息公开申请情况"),
        ),
        (
            ("heading", "五、存在的主要问题及改进情况"),
            ("text", "名称：某县某局2019年政府信息公开工作年度报告"),
            ("heading", "六、其他需要报告的事项"),
            ("text", "无。"),
            ("text", organization),
        ),
        start=first,
    )


def table(name: str, number: int, edition: str, figures: dict[str, list[str]]) -> Table:
    return forms.make_table(forms.applications_rows(edition, figures), name, lambda row: number)


PAGES = (*filing("平昌县财政局", 1), *filing("宁强县水务局", 3))
TABLES = (table("t1", 1, "2019", FIRST), table("t2", 3, "2021", SECOND))


def read(
    pages: Sequence[Page], tables: Sequence[Table]
) -> tuple[str | None, str, set[object], int]:
    report, issues = read_report(pages, tables)
    assert report is not None
    values = {figure.value for row in report.applications.rows for figure in row.figures.values()}
    others = [issue.page for issue in issues if issue.code == IssueCode.REPORT_ANOTHER]
    return report.organization, str(report.edition), values, (*others, 0)[0] or 0


@pytest.mark.parametrize("cover", [False, True])
def test_the_first_of_two_filings_is_read(cover: bool) -> None:
    pages = PAGES
    if cover:
        title = "宁强县水务局2020年政府信息公开工作年度报告"
        front = forms.make_pages((("title", title), ("text", "2021年1月")), start=3)
        pages = (*PAGES[:2], *front, *filing("宁强县水务局", 4))
    tables = (TABLES[0], table("t2", 4 if cover else 3, "2021", SECOND))
    numbers = {int(text) for texts in FIRST.values() for text in texts}
    assert read(pages, tables) == ("平昌县财政局", "2019", numbers, 3)


def test_a_table_that_is_printed_twice_makes_no_second_filing() -> None:
    pages = (*PAGES[:2], *forms.make_pages((("text", "附表"),), start=3))
    assert read(pages, (TABLES[0], table("t2", 3, "2019", FIRST)))[3] == 0


def test_a_filing_alone_is_read_whole() -> None:
    assert read(PAGES[:2], TABLES[:1])[3] == 0


def on_one_page(pages: Sequence[Page], tables: Sequence[Table], number: int) -> Page:
    """The blocks of pages as those of one, each table below the heading of section 三."""
    blocks = []
    waiting = list(tables)
    for block in (block for page in pages for block in page.blocks):
        blocks.append(block)
        if block.text.startswith("三、"):
            name = waiting.pop(0).id
            blocks.append(block.model_copy(update={"kind": "table", "text": "", "table_id": name}))
    return pages[0].model_copy(update={"number": number, "blocks": tuple(blocks)})


def test_the_first_of_two_filings_of_a_web_page_is_read() -> None:
    """A web page has one page, on which the second filing begins behind the first one's text."""
    tables = (table("t1", 1, "2019", FIRST), table("t2", 1, "2021", SECOND))
    pages = (on_one_page(PAGES, tables, 1),)
    numbers = {int(text) for texts in FIRST.values() for text in texts}
    assert read(pages, tables) == ("平昌县财政局", "2019", numbers, 1)
    report, _ = read_report(pages, tables)
    assert report is not None
    assert [section.number for section in report.sections] == [1, 3, 5, 6]
    assert report.sections[-1].paragraphs == ("无。",)


def test_a_filing_that_begins_in_the_middle_of_a_page_leaves_the_first_its_end() -> None:
    tables = (table("t1", 1, "2019", FIRST), table("t2", 2, "2021", SECOND))
    pages = (on_one_page(PAGES[:1], tables[:1], 1), on_one_page(PAGES[1:], tables[1:], 2))
    report, _ = read_report(pages, tables)
    assert report is not None
    assert [section.number for section in report.sections] == [1, 3, 5, 6]
    assert report.organization == "平昌县财政局"
    numbers = {int(text) for texts in FIRST.values() for text in texts}
    assert read(pages, tables) == ("平昌县财政局", "2019", numbers, 2)
