import pytest

from ocrpipe.disclosure import read_report
from ocrpipe.report import Section
from tests.disclosure import forms
from tests.disclosure.forms import make_pages

TITLE = ("title", "青禾县水务局2022年政府信息公开工作年度报告")
HEADINGS = (
    "一、总体情况",
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
    "五、存在的主要问题及改进情况",
    "六、其他需要报告的事项",
)


def sections(*pages: list[tuple[str, str]]) -> list[Section]:
    report, _ = read_report(make_pages(*pages), ())
    assert report is not None
    return list(report.sections)


def test_six_sections_with_headings_as_printed() -> None:
    lines = [TITLE, *(("heading", heading) for heading in HEADINGS)]
    found = sections(lines)
    assert [(section.number, section.heading) for section in found] == list(
        enumerate(HEADINGS, start=1)
    )


def test_headings_that_the_layout_took_for_text_and_numbers_that_were_misread() -> None:
    lines = [
        TITLE,
        ("text", "—、总体情况"),
        ("text", "2022年工作正常。"),
        ("heading", "二．主动公开政府信息情况"),
        ("text", "五、存在的主要问题及下一步工作意见"),
        ("text", "一是力度不够。"),
    ]
    assert [(section.number, section.heading) for section in sections(lines)] == [
        (1, "—、总体情况"),
        (2, "二．主动公开政府信息情况"),
        (5, "五、存在的主要问题及下一步工作意见"),
    ]


def test_numbers_of_headings_set_apart_by_a_space_or_by_nothing() -> None:
    printed = [heading.replace("、", " ", 1) for heading in HEADINGS]
    printed[0] = "一总体情况"
    lines = [TITLE, *(("text", heading) for heading in printed)]
    assert [(section.number, section.heading) for section in sections(lines)] == list(
        enumerate(printed, start=1)
    )


@pytest.mark.parametrize("number", ["第{}部分　", "（{}）", "第{}章 "])
def test_numbers_of_headings_as_parts_or_in_brackets(number: str) -> None:
    printed = [number.format(heading[0]) + heading[2:] for heading in HEADINGS]
    lines = [TITLE, *(("text", heading) for heading in printed)]
    assert [(section.number, section.heading) for section in sections(lines)] == list(
        enumerate(printed, start=1)
    )


def test_a_lower_point_with_the_name_of_a_section_does_not_begin_it() -> None:
    lines = [TITLE, ("heading", HEADINGS[0]), ("heading", "（一）主动公开情况"), ("text", "正常。")]
    assert [section.number for section in sections(lines)] == [1]


def test_points_inside_a_section_do_not_begin_sections() -> None:
    lines = [
        TITLE,
        ("heading", HEADINGS[0]),
        ("heading", "1.主动公开情况"),
        ("text", "一、二季度发布信息188条，运行平稳，比去年同期有所增加，公众反映良好，渠道畅通。"),
        ("heading", "2.依申请公开办理情况"),
        ("text", "办理正常。"),
        ("heading", HEADINGS[1]),
    ]
    found = sections(lines)
    assert [section.number for section in found] == [1, 2]
    assert len(found[0].paragraphs) == 4


def test_a_table_of_contents_comes_before_the_text() -> None:
    contents = [("text", heading) for heading in HEADINGS[:2]]
    lines = [TITLE, *contents, ("heading", HEADINGS[0]), ("text", "概述。"),
             ("heading", HEADINGS[1])]  # fmt: skip
    assert sections(lines)[0].paragraphs == ("概述。",)


def test_a_paragraph_goes_on_over_the_page() -> None:
    first = [TITLE, ("heading", HEADINGS[0]), ("text", "成立了以局长为组长，其")]
    second = [
        ("header", "青禾县水务局"),
        ("text", "他党组成员为副组长的领导小组。"),
        ("text", "网站运行平稳。"),
        ("page_number", "- 2 -"),
    ]
    assert sections(first, second)[0].paragraphs == (
        "成立了以局长为组长，其他党组成员为副组长的领导小组。",
        "网站运行平稳。",
    )


def test_what_is_complete_or_numbered_begins_anew_on_the_next_page() -> None:
    first = [TITLE, ("heading", HEADINGS[0]), ("text", "第一段。")]
    second = [("text", "第二段"), ("text", "2. 第三段")]
    third = [("text", "（二）第四段")]
    assert sections(first, second, third)[0].paragraphs == (
        "第一段。",
        "第二段",
        "2. 第三段",
        "（二）第四段",
    )


def test_tables_figures_and_seals_are_not_in_the_text() -> None:
    lines = [
        TITLE,
        ("heading", HEADINGS[1]),
        ("table", ""),
        ("figure", "图"),
        ("seal", "印"),
        ("footer", "脚注"),
    ]
    assert sections(lines)[0].paragraphs == ()


def test_text_run_into_its_heading_is_parted() -> None:
    text = "2022年，我局认真贯彻条例，全面推进政务公开，取得了明显成效。"
    lines = [TITLE, ("text", f"一、总体情况 {text}")]
    found = sections(lines)[0]
    assert (found.heading, found.paragraphs) == ("一、总体情况", (text,))


def test_a_heading_that_stands_as_a_caption() -> None:
    table = forms.applications("2019", {}).model_copy(update={"caption": HEADINGS[2]})
    report, _ = read_report(make_pages([TITLE, ("heading", HEADINGS[0])]), [table])
    assert report is not None
    assert [section.heading for section in report.sections] == [HEADINGS[0], HEADINGS[2]]


def test_imprint_and_signature_do_not_belong_to_the_last_section() -> None:
    lines = [
        TITLE,
        ("heading", HEADINGS[5]),
        ("text", "无。"),
        ("text", "青禾县水务局"),
        ("text", "2023年1月16日"),
        ("text", "抄送：县政府办公室。"),
        ("text", "青禾县水务局办公室　2023年1月16日印发"),
    ]
    assert sections(lines)[0].paragraphs == ("无。",)


def test_what_a_site_puts_below_a_text_does_not_belong_to_the_last_section() -> None:
    """A web page that was printed: its footer has lines longer than any signature."""
    lines = [
        TITLE,
        *(("heading", heading) for heading in HEADINGS),
        ("text", "无其他需要报告的事项。"),
        ("text", "青禾县水务局"),
        ("text", "2023年1月9日"),
        ("text", "分享到：微信微博"),
        ("text", "上一篇：2021年政府信息公开工作年度报告"),
        ("text", "主办单位：青禾县水务局办公室　承办单位：大数据中心"),
        ("text", "地址：人民路1号　邮编：100000　网站标识码：0000000000　电话：010-00000000" * 2),
    ]
    assert sections(lines)[-1].paragraphs == ("无其他需要报告的事项。",)
