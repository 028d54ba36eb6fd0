import time

import pytest

from ocrpipe.geometry import Box
from ocrpipe.ingest.characters import language_of
from ocrpipe.ingest.pdf.text_lines import build_glyphs, build_lines
from ocrpipe.ingest.pdf.text_runs import Char, Run, turn_runs
from ocrpipe.page import Ruling


def set_text(text: str, x: float, y: float = 100, size: float = 10, visible: bool = True) -> Run:
    """Characters set in a row from (x, y): Chinese a full em wide, the rest half."""
    chars = []
    for char in text:
        width = size if ord(char) > 0x2000 else size / 2
        chars.append(Char(char, Box(x, y, x + width, y + size), size, "F", visible))
        x += width
    return Run(tuple(chars))


def texts(*runs: Run, rulings: tuple[Ruling, ...] = ()) -> list[str]:
    return [line.text for line in build_lines(runs, rulings)]


def test_parts_on_one_baseline_are_one_line_without_a_space_between_chinese() -> None:
    assert texts(set_text("政府信息", 0), set_text("公开", 44)) == ["政府信息公开"]


def test_words_of_latin_text_keep_a_space() -> None:
    assert texts(set_text("annual report", 0), set_text("2023", 70)) == ["annual report 2023"]


def test_narrow_typed_spaces_between_chinese_are_layout() -> None:
    assert texts(set_text("信 息 公开 2023 年", 0)) == ["信息公开2023年"]


def test_a_wide_typed_gap_between_chinese_is_kept() -> None:
    assert texts(set_text("县政府\u3000函", 0)) == ["县政府\u3000函"]
    assert texts(set_text("目  录", 0)) == ["目 录"]


def test_columns_stay_apart() -> None:
    assert texts(set_text("左栏", 0), set_text("右栏", 45)) == ["左栏", "右栏"]


def test_a_rule_between_keeps_cells_apart() -> None:
    rule = Ruling(22, 90, 22, 120)
    assert texts(set_text("甲", 10), set_text("乙", 24), rulings=(rule,)) == ["甲", "乙"]
    assert texts(set_text("甲", 10), set_text("乙", 24)) == ["甲乙"]


def test_parts_drawn_out_of_order_are_put_in_order() -> None:
    assert texts(set_text("三四", 20), set_text("一二", 0)) == ["一二三四"]


def test_lines_stay_in_the_order_of_the_file() -> None:
    assert texts(set_text("后", 0, 200), set_text("先", 0, 100)) == ["后", "先"]


def test_invisible_text_is_left_out_of_lines_and_glyphs() -> None:
    runs = (set_text("见", 0), set_text("不见", 50, visible=False))
    assert texts(*runs) == ["见"]
    assert [glyph.text for glyph in build_glyphs(runs)] == ["见"]


def test_vertical_writing_is_joined_downwards() -> None:
    column = [
        Run((Char(char, Box(50, y, 60, y + 10), 10, "F", True),), vertical=True)
        for char, y in zip("三、本年度", range(0, 50, 10), strict=True)
    ]
    (line,) = build_lines(column)
    assert (line.text, line.vertical, line.box) == ("三、本年度", True, Box(50, 0, 60, 50))


def test_a_sideways_run_stands_upright_after_turning_its_page() -> None:
    # Read downwards on a 200 x 100 page: turned clockwise by 90 degrees.
    sideways = Run((Char("甲", Box(150, 10, 160, 20), 10, "F", True),), quarters=1)
    (turned,) = turn_runs((sideways,), 200, 100, 3)
    assert turned.quarters == 0
    assert turned.chars[0].box == pytest.approx(Box(10, 40, 20, 50))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("政府信息2023", "zh-Hans"),
        ("- 1 -", "zh-Hans"),
        ("Annual Report 2023", "en"),
        ("ཀན་ལྷོ་", "bo"),
        ("WTO规则", "zh-Hans"),
    ],
)
def test_language(text: str, language: str) -> None:
    assert language_of(text) == language


def test_characters_set_one_by_one_all_over_a_page_are_read_in_reasonable_time() -> None:
    columns, rows = range(100), range(60)
    runs = [set_text("字", 40.0 * column, 5.0 * row) for row in rows for column in columns]
    start = time.process_time()
    assert len(build_lines(runs)) == len(runs)
    assert time.process_time() - start < 20
