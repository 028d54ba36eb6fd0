import math

import pymupdf
import pytest

from ocrpipe.geometry import Box
from ocrpipe.ingest import open_source
from ocrpipe.ingest.pdf.overlays import part_overlays, without_stamp_frames
from ocrpipe.ingest.pdf.text_runs import Char, Run
from ocrpipe.options import IngestOptions
from ocrpipe.page import Ruling, TextLine

RED, GREY = 0xD91A1A, 0xC0C0C0
FIGURES = [(x, y) for y in range(100, 220, 20) for x in (60, 140, 220, 300)]


def set_text(
    text: str,
    x: float,
    y: float,
    size: float = 10,
    color: int = 0,
    *,
    alpha: int = 255,
    quarters: int = 0,
    askew: bool = False,
) -> Run:
    """Characters set in a row from (x, y): Chinese a full em wide, the rest half."""
    chars = []
    for char in text:
        width = size if ord(char) > 0x2000 else size / 2
        box = Box(x, y, x + width, y + size)
        chars.append(Char(char, box, size, "F", True, color, alpha=alpha))
        x += width
    return Run(tuple(chars), quarters, askew=askew)


def around(name: str, x: float, y: float, color: int = RED, *, askew: bool = False) -> list[Run]:
    """Characters along a circle about (x, y), each one a run of its own."""
    runs = []
    for number, char in enumerate(name):
        angle = math.pi * (0.8 + 1.4 * number / (len(name) - 1))
        place = (x + 42 * math.cos(angle), y + 42 * math.sin(angle))
        turned = number % 3 == 1
        runs.append(set_text(char, *place, color=color, askew=askew and turned))
    return runs


def table() -> list[Run]:
    return [set_text("1,234.56", x, y) for x, y in FIGURES]


def texts(runs: tuple[Run, ...]) -> list[str]:
    return ["".join(char.text for char in run.chars) for run in runs]


@pytest.mark.parametrize("askew", [False, True])
def test_a_stamp_along_a_circle_is_no_text_of_the_table_below_it(askew: bool) -> None:
    name = "临夏县财政局专用章"
    star = set_text("★", 186, 146, 28, RED)
    runs, overlays = part_overlays([*table(), *around(name, 200, 160, askew=askew), star])
    assert texts(runs) == ["1,234.56"] * len(FIGURES)
    assert sorted("".join(line.text for line in overlays)) == sorted(name + "★")


@pytest.mark.parametrize(
    "over",
    [
        set_text("仅供参考", 80, 130, 60, GREY),
        set_text("仅供参考", 80, 130, 60, GREY, askew=True),
        set_text("财务专用章", 145, 143, 12, RED),
        set_text("内部资料", 60, 101, 10, 0, alpha=90),
    ],
    ids=["large", "slanted", "red", "translucent"],
)
def test_what_lies_over_text_and_looks_otherwise_is_a_line_of_its_own(over: Run) -> None:
    runs, (line,) = part_overlays([*table(), over])
    assert texts(runs) == ["1,234.56"] * len(FIGURES)
    assert line.text == "".join(char.text for char in over.chars)


def test_a_watermark_that_lies_between_the_rows_is_known_by_the_rule_below_it() -> None:
    rule = Ruling(40, 275, 400, 275)
    runs, overlays = part_overlays([*table(), set_text("政务公开", 60, 270, 10, GREY)], [rule])
    assert texts(runs) == ["1,234.56"] * len(FIGURES)
    assert [line.text for line in overlays] == ["政务公开"]


def test_red_figures_and_heads_of_a_table_are_its_own_beside_a_red_stamp() -> None:
    own = [set_text("-12.30", 380, y, color=RED) for y in range(100, 220, 20)]
    total = [set_text("合计", 10, 200, color=RED), set_text("9,876.00", 460, 200, color=RED)]
    stamp = around("某某市人民政府办公室", 300, 150)
    runs, overlays = part_overlays([*table(), *own, *total, *stamp])
    assert texts(runs) == ["1,234.56"] * len(FIGURES) + ["-12.30"] * 6 + ["合计", "9,876.00"]
    assert len(overlays) == 1


@pytest.mark.parametrize(
    "own",
    [
        set_text("年度报告", 60, 40, 26),
        set_text("合计", 10, 200, color=RED),
        set_text("√", 60, 100, color=RED),
        set_text("8", 65, 100, color=RED),
        set_text("办理", 20, 100, quarters=1),
        set_text("超支", 95, 100, color=RED),
    ],
    ids=["title", "red head", "tick", "red figure", "turned", "runs over"],
)
def test_text_of_the_page_stays_however_it_is_set(own: Run) -> None:
    runs, overlays = part_overlays([*table(), own])
    assert len(runs) == len(FIGURES) + 1
    assert overlays == ()


def test_text_that_stands_askew_beside_the_text_is_left_out() -> None:
    runs, overlays = part_overlays([*table(), set_text("图例", 460, 400, askew=True)])
    assert len(runs) == len(FIGURES)
    assert overlays == ()


def test_a_pdf_with_a_red_stamp_of_text_keeps_its_figures() -> None:
    pdf = pymupdf.open()
    page = pdf.new_page()
    for y in (100, 120, 140):
        page.insert_text((100, y), "97.40%", fontsize=10)
    page.insert_text((96, 125), "CHECKED", fontsize=14, color=(0.9, 0.1, 0.1))
    with open_source(pdf.tobytes(), IngestOptions()) as source:
        read = source.page(1)
    assert [line.text for line in read.lines] == ["97.40%"] * 3
    assert "".join(glyph.text for glyph in read.glyphs) == "97.40%" * 3
    assert [line.text for line in read.overlays] == ["CHECKED"]


def box_rules(x0: float, y0: float, x1: float, y1: float) -> tuple[Ruling, ...]:
    across = (Ruling(x0, y0, x1, y0), Ruling(x0, y1, x1, y1))
    return (*across, Ruling(x0, y0, x0, y1), Ruling(x1, y0, x1, y1))


def test_the_frame_of_a_stamp_is_no_rule_of_a_table() -> None:
    stamp = TextLine("已审核", Box(100, 100, 130, 110), 1.0, "zh-Hans")
    frame = box_rules(98, 97, 132, 113)
    grid = (Ruling(50, 105, 300, 105), *(Ruling(x, 60, x, 160) for x in (50, 120, 300)))
    assert without_stamp_frames((*grid, *frame), (stamp,)) == grid
    assert without_stamp_frames((*grid, *frame), ()) == (*grid, *frame)
    # The cell that a stamp stands in has neighbours, though each has rules of its own.
    cells = (*frame, *box_rules(132, 97, 166, 113))
    assert without_stamp_frames(cells, (stamp,)) == cells


def test_rules_around_a_table_under_a_watermark_stay() -> None:
    outline = box_rules(90, 90, 210, 210)
    table = (*outline, Ruling(90, 150, 210, 150), Ruling(150, 90, 150, 210))
    across = TextLine("政务公开", Box(100, 100, 200, 200), 1.0, "zh-Hans")
    assert without_stamp_frames(table, (across,)) == table
    row = TextLine("公开", Box(105, 125, 195, 170), 1.0, "zh-Hans")
    assert without_stamp_frames(table, (row,)) == table
