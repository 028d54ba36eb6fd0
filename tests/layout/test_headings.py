import pytest

from ocrpipe.layout.headings import heading_level, number_level

HEADINGS = {
    "一、总体情况": 1,
    "十二、其他需要报告的事项": 1,
    "第一章 总则": 1,
    "第三部分 情况说明": 1,
    "第二节 职责": 2,
    "（一）高度重视，加强组织领导": 2,
    "(三)政府信息管理": 2,
    "（三）政府信息管理情况。": 2,
    "1. 收入决算情况": 3,
    "２．支出决算情况": 3,
    "3、合并现金流量表": 3,
    "（1）行政许可": 4,
    "(12)其他": 4,
}
TEXTS = [
    "总体情况",
    "1. 进一步落实领导负责制。为加强政务公开工作的领导，立足实际，及时成立了领导小组。",
    "（一）主动公开情况。主要通过门户网站主动公开各类信息。",
    "1.5万元用于培训",
    "2019.1",
    "2020年1月23日",
    "1.行政许可6件；",
    "2.空格表示没有此项支出。",
    "一、下列事项应当公开：",
    "一、总体情况..........3",
    "（一）" + "工作" * 40,
    "第三条 公开的原则",
    "一是网站管理员定期检查维护服务器",
    "三大改革",
    "",
]


@pytest.mark.parametrize(("text", "level"), HEADINGS.items())
def test_numbered_lines_that_stand_alone_are_headings(text: str, level: int) -> None:
    assert heading_level(text) == level


@pytest.mark.parametrize("text", TEXTS)
def test_text_is_no_heading(text: str) -> None:
    assert heading_level(text) is None


def test_a_number_may_lead_a_paragraph() -> None:
    assert number_level(TEXTS[1]) == 3
    assert number_level(TEXTS[2]) == 2
    assert number_level("2019年") is None
