"""What stands at the head of a page: a running header, or the body's first line."""

import pytest

from ocrpipe.geometry import Box
from ocrpipe.layout.margins import running_kinds
from ocrpipe.page import Region, TextLine

WIDTH, HEIGHT = 595.0, 842.0


def kind_of(text: str, y: float, seen: bool) -> str | None:
    """The kind of a line at height `y`, with a table's text far below it."""
    line = TextLine(text, Box(100, y, 400, y + 12), 1.0, "zh-Hans")
    rest = [TextLine("合计", Box(100, y, 140, y + 12), 1.0, "zh-Hans") for y in (300, 400, 500)]
    regions = [Region("header", Box(90, y - 4, 410, y + 16), 0.9)] if seen else []
    return running_kinds([line, *rest], regions, WIDTH, HEIGHT)[0]


@pytest.mark.parametrize("text", ["三、收到和处理政府信息公开申请情况", "（二）依申请公开情况"])
def test_the_heading_of_a_table_is_no_header_whatever_the_model_sees(text: str) -> None:
    assert kind_of(text, 70, seen=True) is None


def test_a_header_that_the_model_sees_is_one() -> None:
    assert kind_of("石桥县统计局年度报告", 70, seen=True) == "header"
    assert kind_of("石桥县统计局年度报告", 70, seen=False) is None


def test_what_stands_at_the_edge_of_the_paper_is_a_header() -> None:
    assert kind_of("石桥县统计局年度报告", 20, seen=False) == "header"


@pytest.mark.parametrize("text", ["三、收到和处理政府信息公开申请情况", "（二）依申请公开情况"])
def test_a_numbered_heading_is_none_though_the_page_has_no_margin(text: str) -> None:
    assert kind_of(text, 20, seen=False) is None


def test_text_that_begins_at_the_edge_of_a_page_without_margin_is_no_header() -> None:
    """Pages printed by a browser: the rest of a paragraph stands 8 mm below the edge."""
    texts = [
        TextLine("二是政策解读形式单一", Box(30, y, 500, y + 11), 1.0, "zh-Hans")
        for y in (24, 41, 58, 75)
    ]
    bar = TextLine("2024/1/20 石桥县统计局年度报告", Box(30, 12, 300, 18), 1.0, "zh-Hans")
    lines = [bar, *texts]
    kinds = running_kinds(lines, [], WIDTH, HEIGHT)
    assert kinds == ["header", None, None, None, None]


@pytest.mark.parametrize("height", [15.0, 18.0, 22.0])
def test_the_second_line_of_a_title_is_no_header_whatever_the_model_sees(height: float) -> None:
    """Lines of one size are found as high as 16.2 and 19.5 points on one page."""
    first = TextLine("石桥县统计局2020年", Box(200, 72 - height, 400, 72), 1.0, "zh-Hans")
    second = TextLine("政府信息公开工作年度报告", Box(190, 81, 410, 99), 1.0, "zh-Hans")
    rest = [TextLine("合计", Box(100, y, 140, y + 12), 1.0, "zh-Hans") for y in (300, 400)]
    regions = [Region("header", Box(185, 78, 415, 102), 0.9)]
    assert running_kinds([first, second, *rest], regions, WIDTH, HEIGHT)[1] is None


def test_a_header_below_another_at_the_edge_is_still_one() -> None:
    first = TextLine("石桥县统计局", Box(200, 20, 400, 32), 1.0, "zh-Hans")
    second = TextLine("石桥县统计局年度报告", Box(200, 38, 400, 50), 1.0, "zh-Hans")
    rest = [TextLine("合计", Box(100, y, 140, y + 12), 1.0, "zh-Hans") for y in (300, 400)]
    regions = [Region("header", Box(190, 15, 410, 55), 0.9)]
    assert running_kinds([first, second, *rest], regions, WIDTH, HEIGHT)[1] == "header"


def test_a_picture_of_many_screens_has_the_margins_of_one_sheet() -> None:
    """6000 points high: the title at 200 points is in its upper 4 percent."""
    title = TextLine("石桥县统计局2020年", Box(200, 190, 400, 210), 1.0, "zh-Hans")
    date = TextLine("2021年1月20日", Box(200, 5790, 400, 5810), 1.0, "zh-Hans")
    bar = TextLine("首页", Box(200, 20, 400, 40), 1.0, "zh-Hans")
    lines = [bar, title, date]
    kinds = running_kinds(lines, [], WIDTH, 6000.0)
    assert kinds == ["header", None, None]
