from datetime import date

import pytest

from ocrpipe.disclosure import read_report
from ocrpipe.document import Block, Page
from ocrpipe.errors import IssueCode
from ocrpipe.report import DisclosureReport
from tests.disclosure import forms
from tests.disclosure.forms import C, make_pages


def read(*pages: list[tuple[str, str]], tables: tuple[object, ...] = ()) -> DisclosureReport:
    report, _ = read_report(make_pages(*pages), tables)  # type: ignore[arg-type]
    assert report is not None
    return report


GANNAN = [
    ("letterhead", "ཀྲུང་གོ་རྒྱལ་ཁོངས་"),
    ("letterhead", "甘南藏族自治州生态环境局文件"),
    ("text", "州环发〔2020〕21号"),
    ("text", "签发人：李海龙"),
    ("title", "甘南州生态环境保护局"),
    ("title", "2019年政务公开工作年度"),
    ("title", "报告"),
    ("text", "州政府政务公开办公室："),
    ("text", "根据甘南州政府办公室《通知》要求，现将工作开展情况报告如下："),
    ("heading", "一、总体情况"),
    ("heading", "（一）高度重视，加强组织领导"),
    ("text", "1. 进一步落实领导负责制。及时成立了工作领导小组。"),
]


def test_a_filing_with_letterhead() -> None:
    report = read(GANNAN)
    assert [line.text for line in report.letterhead] == [
        "ཀྲུང་གོ་རྒྱལ་ཁོངས་",
        "甘南藏族自治州生态环境局文件",
    ]
    assert report.organization == "甘南藏族自治州生态环境局"
    assert report.document_number == "州环发〔2020〕21号"
    assert report.signer == "李海龙"
    assert report.title == "甘南州生态环境保护局2019年政务公开工作年度报告"
    assert report.year == 2019
    assert report.issue_date is None
    assert report.sections[0].paragraphs[0] == "（一）高度重视，加强组织领导"


def test_a_tibetan_line_that_was_not_read_stays_in_the_letterhead() -> None:
    pages = make_pages(GANNAN)
    blocks = list(pages[0].blocks)
    blocks[0] = Block(
        id="p1-b0", kind="letterhead", bbox=None, text="", language="bo", confidence=0.0
    )
    report, _ = read_report([pages[0].model_copy(update={"blocks": tuple(blocks)})], ())
    assert report is not None
    line = report.letterhead[0]
    assert (line.text, line.language, line.confidence) == ("", "bo", 0.0)


def test_number_and_signer_on_one_line_and_in_the_letterhead() -> None:
    lines = [
        ("letterhead", "青禾县水务局文件"),
        ("letterhead", "青水函［2023］7号　　签发人：周  远"),
        *GANNAN[4:],
    ]
    report = read(lines)
    assert (report.document_number, report.signer) == ("青水函［2023］7号", "周远")
    assert [line.text for line in report.letterhead] == ["青禾县水务局文件"]


def test_a_number_cited_in_the_text_is_not_the_documents() -> None:
    cited = ("text", "根据《格式》（国办公开办函〔2021〕30号）的要求，现公布我局年度报告。")
    report = read([*GANNAN[4:8], cited, *GANNAN[9:]])
    assert report.document_number is None


def test_the_head_of_a_web_page() -> None:
    head = forms.make_table(
        [
            [C("索  引  号"), C("AKT001-2021-000014"), C("主题分类"), C("")],
            [C("成文日期"), C("2021-01-18 00:00"), C("文        号"), C("〔〕号")],
            [C("发布日期"), C("2021-01-22 15:36"), C("发文单位"), C("克州生态环境局阿克陶县分局")],
        ],
        "t1",
        None,
    )
    lines = [
        ("title", "克州生态环境局阿克陶县分局2020年政府信息公开工作年度报告"),
        ("heading", "一、总体情况"),
        ("text", "2020年，我局共受理政府信息公开申请0宗。"),
        ("heading", "六、其他需要报告的事项"),
        ("text", "无其他需要报告的事项"),
        ("text", "克州生态环境局阿克陶县分局"),
    ]
    report = read(lines, tables=(head,))
    assert report.organization == "克州生态环境局阿克陶县分局"
    assert report.issue_date == date(2021, 1, 18)
    assert report.document_number is None
    assert report.sections[-1].paragraphs == ("无其他需要报告的事项",)


def test_a_report_without_tables() -> None:
    lines = [
        ("title", "市生态环境局淳安分局2019年度政府信息公开年度报告"),
        ("text", "2019年，杭州市生态环境局淳安分局政务公开工作在县委、县政府的领导下进行。"),
        ("heading", "1、 基本情况"),
        ("text", "2019年我局公开各类政务信息149条（篇），依申请公开1件。"),
        ("heading", "2、 主要做法"),
        ("text", "（1） 领导重视，机制健全。1.建立了工作机制。2.重视网络平台建设。"),
        ("heading", "3、 存在问题及下一步工作思路"),
        ("text", "一是办公能力还需继续加强。"),
    ]
    report, issues = read_report(make_pages(lines), ())
    assert report is not None
    assert (report.organization, report.year) == ("市生态环境局淳安分局", 2019)
    assert [section.number for section in report.sections] == [1, 2, 3]
    assert report.sections[2].heading == "3、 存在问题及下一步工作思路"
    assert (report.edition, report.applications.rows, report.checks) == (None, (), ())
    assert [issue.code for issue in issues] == [IssueCode.REPORT_TABLE_MISSING] * 3


@pytest.mark.parametrize(
    ("lines", "title", "organization", "year"),
    [
        (
            [("text", "楚雄州生态环境局 2019 年 政府信息公开工作年度报告")],
            "楚雄州生态环境局2019年政府信息公开工作年度报告",
            "楚雄州生态环境局",
            2019,
        ),
        (
            [("text", "洪泽区人民政府"), ("text", "2023 年政府信息公开工作年度报告")],
            "洪泽区人民政府2023年政府信息公开工作年度报告",
            "洪泽区人民政府",
            2023,
        ),
        (
            [("text", "洪泽区水务局"), ("title", "2023年政府信息公开工作年度报告")],
            "洪泽区水务局2023年政府信息公开工作年度报告",
            "洪泽区水务局",
            2023,
        ),
        (
            [("text", "洪泽区人民政府"), ("text", "洪泽区水务局2023年政府信息公开工作年度报告")],
            "洪泽区水务局2023年政府信息公开工作年度报告",
            "洪泽区水务局",
            2023,
        ),
        (
            [("title", "2022年上海市政府信息公开工作年度报告")],
            "2022年上海市政府信息公开工作年度报告",
            "上海市",
            2022,
        ),
        (
            [("title", "二〇二〇年度青禾县水务局政府信息公开年报")],
            "二〇二〇年度青禾县水务局政府信息公开年报",
            "青禾县水务局",
            2020,
        ),
        (
            [("title", "青禾大学2021—2022学年信息公开工作年度报告")],
            "青禾大学2021—2022学年信息公开工作年度报告",
            "青禾大学",
            None,
        ),
    ],
)
def test_titles(
    lines: list[tuple[str, str]], title: str, organization: str, year: int | None
) -> None:
    report = read([*lines, ("heading", "一、总体情况"), ("text", "概述。")])
    assert (report.title, report.organization, report.year) == (title, organization, year)


@pytest.mark.parametrize(
    "written", ["二〇二〇年一月十六日", "2020年1月16日", "2020 年 1 月 16 日", "2020-01-16"]
)
def test_the_date_below_the_text_is_the_issue_date(written: str) -> None:
    lines = [
        ("heading", "六、其他需要报告的事项"),
        ("text", "2018年5月1日起施行的办法已废止，全年无其他事项。"),
        ("text", "甘南州生态环境局"),
        ("text", written),
    ]
    report = read([*GANNAN[:10], *lines])
    assert report.issue_date == date(2020, 1, 16)
    assert report.sections[-1].paragraphs == (lines[1][1],)


def test_name_and_date_in_one_line() -> None:
    lines = [("heading", "六、其他需要报告的事项"), ("text", "无。")]
    report = read([*GANNAN[:10], *lines, ("text", "甘南州生态环境局2020年1月16日")])
    assert report.issue_date == date(2020, 1, 16)
    assert report.sections[-1].paragraphs == ("无。",)


def test_impossible_dates_are_no_dates() -> None:
    report = read([*GANNAN[:10], ("text", "2020年13月41日")])
    assert report.issue_date is None


@pytest.mark.parametrize(
    "lines",
    [
        [],
        [("title", "2024年部门预算公开报告"), ("heading", "一、总体情况"), ("text", "概述。")],
        [
            ("title", "关于做好2021年政府信息公开工作年度报告编制发布工作的通知"),
            ("heading", "一、总体情况"),
            ("text", "请按格式编制。"),
        ],
        [("text", "本机关已公布2019年政府信息公开工作年度报告，请查阅。")],
    ],
)
def test_other_documents_are_no_reports(lines: list[tuple[str, str]]) -> None:
    report, issues = read_report(make_pages(lines), ())
    assert report is None
    assert [(issue.code, issue.severity) for issue in issues] == [(IssueCode.REPORT_NONE, "info")]


def test_tables_alone_make_a_report_and_what_is_missing_is_said() -> None:
    report, issues = read_report((), [forms.applications("2019", {})])
    assert report is not None
    missing = [i.message for i in issues if i.code == IssueCode.REPORT_FIELD_MISSING]
    assert len(missing) == 3


@pytest.mark.parametrize("height", [0, 842])
def test_a_table_that_a_web_page_lacks_may_be_a_picture(height: float) -> None:
    """Pictures of web pages are not read: the remedy is to convert them by themselves."""
    lines = [("title", "青禾县2020年政府信息公开工作年度报告"), ("heading", "一、总体情况")]
    pages = [page.model_copy(update={"height": height}) for page in make_pages(lines)]
    _, issues = read_report(pages, ())
    missing = [i.message for i in issues if i.code == IssueCode.REPORT_TABLE_MISSING]
    assert len(missing) == 3
    assert all(("save and convert that picture" in text) == (height == 0) for text in missing)


def test_no_pages_no_report() -> None:
    empty = Page(number=1, width=1, height=1, rotation=0, origin="digital", blocks=())
    report, issues = read_report([empty], ())
    assert report is None
    assert [issue.code for issue in issues] == [IssueCode.REPORT_NONE]
