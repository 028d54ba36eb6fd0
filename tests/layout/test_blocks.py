import random

import pytest

from ocrpipe.geometry import Box
from ocrpipe.layout.blocks import build_blocks
from ocrpipe.page import Region, TextLine
from tests.layout.setting import (
    HEIGHT,
    LEFT,
    PITCH,
    RIGHT,
    SIZE,
    WIDTH,
    centered,
    line,
    paragraph,
    prose,
    right,
    shown,
)  # fmt: skip


def blocks_of(
    lines: list[TextLine], regions: list[Region] | None = None, page: int = 2
) -> list[tuple[str, str]]:
    shuffled = list(lines)
    random.Random(1).shuffle(shuffled)
    return shown(build_blocks(shuffled, regions or [], page, WIDTH, HEIGHT))


def test_a_page_without_anything_has_no_blocks() -> None:
    assert build_blocks([], [], 1, WIDTH, HEIGHT) == ()


def test_wrapped_paragraphs_are_joined_and_told_apart_by_their_indent() -> None:
    first, second = prose(26 + 28 * 3), prose(26 + 28 + 5, 900)
    lines = paragraph(first, 100) + paragraph(second, 100 + 4 * PITCH)
    assert blocks_of(lines) == [("text", first), ("text", second)]


def test_a_paragraph_that_goes_on_from_the_page_before() -> None:
    lines = [line(prose(12), LEFT, 100), *paragraph(prose(70, 50), 100 + PITCH)]
    assert blocks_of(lines) == [("text", prose(12)), ("text", prose(70, 50))]


def test_a_note_in_the_margin_does_not_part_the_lines() -> None:
    body = prose(26 + 28 * 6)
    note = line("14", RIGHT + 8, 100 + 3 * PITCH)
    assert ("text", body) in blocks_of([*paragraph(body, 100)])
    texts = [text for _, text in blocks_of([*paragraph(body, 100), note])]
    assert len(texts) <= 3
    assert "".join(texts).replace("14", "") == body


def test_headings_part_the_text_and_have_levels() -> None:
    body = prose(26 + 28 * 2)
    lines = [
        line("一、总体情况", LEFT + 2 * SIZE, 100),
        line("（一）主动公开", LEFT + 2 * SIZE, 100 + PITCH),
        *paragraph(body, 100 + 2 * PITCH),
        line("1. 网站", LEFT + 2 * SIZE, 100 + 5 * PITCH),
        *paragraph(body, 100 + 6 * PITCH),
    ]
    blocks = build_blocks(lines, [], 1, WIDTH, HEIGHT)
    assert shown(blocks) == [
        ("heading", "一、总体情况"),
        ("heading", "（一）主动公开"),
        ("text", body),
        ("heading", "1. 网站"),
        ("text", body),
    ]
    assert [block.level for block in blocks] == [1, 2, None, 3, None]
    assert [block.id for block in blocks] == [f"p1-b{count}" for count in range(1, 6)]


def test_a_heading_left_of_the_title_above_it_is_no_part_of_it() -> None:
    """The table below takes all other lines of the page, so that the title sets its margins."""
    lines = [
        line("石桥县统计局二〇二〇年工作", LEFT + 80, 100, size=20),
        line("政府信息公开工作年度报告书", LEFT + 80, 130, size=20),
        line("三、收到和处理政府信息公开申请情况", LEFT, 165, size=17),
    ]
    assert ("heading", "三、收到和处理政府信息公开申请情况") in blocks_of(lines, page=1)


def test_a_centered_heading_below_a_title_is_no_part_of_it() -> None:
    heading = "三、收到和处理政府信息公开申请情况"
    lines = [
        centered("石桥县统计局政府信息公开工作年度报告", 100, 20),
        centered(heading, 132, 18),
        *paragraph(prose(26 + 28 * 3), 200),
    ]
    found = [text for _, text in blocks_of(lines, page=1)]
    assert heading in found


def test_a_gap_in_a_line_does_not_make_its_characters_larger() -> None:
    """Six spaces between the number and the signer stand for one in the text."""
    number, title = "石桥政〔2024〕3号\u3000签发人：李建国", "石桥县2023年政府信息公开工作年度报告"
    made = centered(number, 100)
    box = Box(made.box.x0 - 2.5 * SIZE, made.box.y0, made.box.x1 + 2.5 * SIZE, made.box.y1)
    lines = [
        TextLine(number, box, 0.9, "zh-Hans"),
        centered(title, 124, 22),
        *paragraph(prose(26 + 28 * 3), 200),
    ]
    found = [text for _, text in blocks_of(lines, page=1)]
    assert {number, title} < set(found)


def test_a_heading_below_a_line_that_reaches_the_margin_is_no_part_of_it() -> None:
    """A printed web page: the line with date and source fills its row, and nothing is indented."""
    info = prose(28).rstrip("。")
    lines = [
        line(info, LEFT, 100),
        line("一、总体情况", LEFT, 100 + PITCH),
        line(prose(28, 40), LEFT, 100 + 2 * PITCH),
        line("二、主动公开政府信息情况", LEFT, 100 + 3 * PITCH),
    ]
    assert ("heading", "一、总体情况") in blocks_of(lines)


def test_a_number_in_a_sentence_is_no_heading() -> None:
    text = prose(28).rstrip("。")[:-1] + "第" + "一、二产业增加值"
    lines = [line(text[:28], LEFT, 100), line(text[28:], LEFT, 100 + PITCH)]
    assert blocks_of(lines) == [("text", text)]


def test_numbered_paragraphs_that_fill_their_lines_stay_apart() -> None:
    first, second = "1. " + prose(25 + 28), "2. " + prose(25 + 28, 300)
    lines = []
    for count, text in enumerate((first, second)):
        y = 100 + 2 * count * PITCH
        lines += [line(text[:27], LEFT + 2 * SIZE, y), line(text[27:], LEFT, y + PITCH)]
    assert blocks_of(lines) == [("text", first), ("text", second)]


@pytest.mark.parametrize("stated", ["甘南藏族自治州生态环境局文件", "某某县人民政府办公室"])
def test_the_head_of_an_official_document(stated: str) -> None:
    unread = TextLine("", Box(107, 92, 488, 129), 0.0, "bo")
    body = prose(26 + 28 * 4)
    lines = [
        unread,
        centered(stated, 140, 33),
        line("州环发〔2020〕21号", LEFT + SIZE, 202),
        line("签发人：李海龙", 399, 202),
        centered("生态环境保护局", 259, 22),
        centered("2019年政务公开工作年度", 292, 22),
        centered("报告", 325, 22),
        line("州政府办公室：", LEFT, 373),
        *paragraph(body, 400),
    ]
    blocks = build_blocks(lines, [], 1, WIDTH, HEIGHT)
    assert shown(blocks) == [
        ("letterhead", ""),
        ("letterhead", stated),
        ("text", "州环发〔2020〕21号"),
        ("text", "签发人：李海龙"),
        ("title", "生态环境保护局2019年政务公开工作年度报告"),
        ("text", "州政府办公室："),
        ("text", body),
    ]
    assert (blocks[0].language, blocks[0].confidence) == ("bo", 0.0)
    assert (blocks[1].language, blocks[1].confidence) == ("zh-Hans", 0.9)


def test_a_title_in_the_size_of_the_text_opens_the_first_page_only() -> None:
    lines = [centered("2020年政府信息公开工作年度报告", 100), *paragraph(prose(120), 160)]
    assert blocks_of(lines, page=1)[0][0] == "title"
    assert blocks_of(lines, page=3)[0][0] == "text"


def test_a_signature_is_not_joined_to_the_text_or_to_its_date() -> None:
    body = prose(26 + 28)
    lines = [
        *paragraph(body, 100),
        right("青禾县水务局", 240),
        right("2023年1月16日", 240 + PITCH),
    ]
    expected = [("text", body), ("text", "青禾县水务局"), ("text", "2023年1月16日")]
    assert blocks_of(lines) == expected
    assert blocks_of(lines[2:]) == expected[1:]


def test_a_table_a_seal_and_a_page_number_take_their_places() -> None:
    table = Region("table", Box(LEFT, 200, RIGHT, 400), 1.0)
    seal = Region("seal", Box(380, 520, 500, 640), 0.9)
    lines = [
        line("二、主动公开政府信息情况", LEFT + 2 * SIZE, 160),
        *paragraph(prose(60), 420),
        right("青禾县水务局", 560),
        right("2023年1月16日", 560 + PITCH),
        centered("- 3 -", 790),
    ]
    assert blocks_of(lines, [seal, table]) == [
        ("heading", "二、主动公开政府信息情况"),
        ("table", ""),
        ("text", prose(60)),
        ("text", "青禾县水务局"),
        ("text", "2023年1月16日"),
        ("seal", ""),
        ("page_number", "- 3 -"),
    ]


@pytest.mark.parametrize(
    "printed",
    [
        "3",
        "- 3 -",
        "— 3 —",
        "－3－",
        "ー3ー",
        "第3页 共9页",
        "第 3 页",
        "3/9",
        "Page 3 of 9",
        "iii",
    ],
)
def test_page_numbers(printed: str) -> None:
    number = centered(printed, 800)
    assert blocks_of([*paragraph(prose(90), 100), number])[-1] == ("page_number", printed)


def test_a_number_in_the_text_is_no_page_number() -> None:
    lines = [*paragraph(prose(90), 100), centered("3", 300)]
    assert blocks_of(lines)[-1] == ("text", "3")


def test_the_first_line_of_a_title_is_no_header_whatever_the_layout_model_says() -> None:
    first = centered("东湖县卫生健康委员会2024年", 55, 19)
    second = centered("政府信息公开工作年度报告", 85, 19)
    lines = [first, second, *paragraph(prose(200), 140)]
    regions = [Region("header", first.box, 0.8)]
    assert "header" not in [kind for kind, _ in blocks_of(lines, regions)]


def test_header_and_footer_by_the_word_of_the_layout_model() -> None:
    header, footer = line("2025年第一季度报告", 370, 55, 9), line("内部资料", LEFT, 775, 9)
    lines = [header, *paragraph(prose(90), 100), footer]
    regions = [Region("header", header.box, 0.8), Region("footer", footer.box, 0.8)]
    assert [kind for kind, _ in blocks_of(lines, regions)] == ["header", "text", "footer"]
    assert [kind for kind, _ in blocks_of(lines)] == ["text", "text", "text"]


def test_two_columns_are_joined_column_by_column() -> None:
    left, second = prose(150), prose(150, 700)
    lines = [
        centered("年度报告综述", 60, 24),
        *paragraph(left, 120, LEFT, 13),
        *paragraph(second, 120, LEFT + 15 * SIZE, 13),
    ]
    assert blocks_of(lines, page=1) == [("title", "年度报告综述"), ("text", left), ("text", second)]


def test_latin_lines_are_joined_with_spaces() -> None:
    words = [
        "The quick brown fox jumps over the lazy dog again",
        "and again until the day is over.",
    ]
    lines = [
        TextLine(text, Box(LEFT, 100 + 14 * row, LEFT + 5.5 * len(text), 110 + 14 * row), 0.9, "en")
        for row, text in enumerate(words)
    ]
    (block,) = build_blocks(lines, [], 1, 420, HEIGHT)
    assert block.text == " ".join(words)
    assert block.language == "en"


def test_a_table_without_rulings_is_read_row_by_row() -> None:
    region = Region("table", Box(LEFT, 150, RIGHT, 300), 0.9)
    rows = [[line(f"项目{row}", 80, y), line(f"{row}7", 300, y), line(f"{row}9", 420, y)]
            for row, y in enumerate(range(160, 280, 24))]  # fmt: skip
    lines = [cell for row in rows for cell in row]
    assert [text for _, text in blocks_of(lines, [region])] == [cell.text for cell in lines]


def test_text_that_the_model_took_for_a_figure_is_text() -> None:
    body = prose(26 + 28 * 4)
    region = Region("figure", Box(LEFT, 95, RIGHT, 245), 0.8)
    assert blocks_of(paragraph(body, 100), [region]) == [("text", body)]
    away = Region("figure", Box(LEFT, 300, RIGHT, 500), 0.8)
    assert blocks_of(paragraph(body, 100), [away]) == [("text", body), ("figure", "")]
