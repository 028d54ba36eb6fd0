import numpy as np
import pytest

from ocrpipe.geometry import Box
from ocrpipe.ocr import read_cells
from ocrpipe.ocr.port import OcrEngine
from ocrpipe.page import PageImage
from tests.ocr.drawing import grid_picture, page_picture, with_dust

FIGURES = [
    ["0", "1", "2", "3", "4"],
    ["5", "6", "7", "8", "9"],
    ["10", "", "128", "1024", "-3"],
    ["+15", "3.5", "1,024", "", "0.25"],
]
LABELS = [
    ["（一）予以公开", "（二）部分公开（区分处\n理的，只计这一情形，\n不计其他情形）"],
    ["3.危及三安全一稳定", "5.要求行政机关确认或\n重新出具已获取信息"],
    ["二", "Annual\nreport"],
]


@pytest.mark.parametrize("font", ["tiro", "helv", "china-s"])
@pytest.mark.parametrize("dpi", [150, 200, 300])
def test_figures_and_blanks_are_read(engine: OcrEngine, dpi: int, font: str) -> None:
    page, boxes = grid_picture(FIGURES, dpi=dpi, font=font)
    readings = read_cells(page, boxes, engine)
    flat = [text for row in FIGURES for text in row]
    assert [reading.text for reading in readings] == flat
    for text, reading in zip(flat, readings, strict=True):
        assert reading.state == ("printed" if text else "blank")
        if text:
            assert reading.numeric_text == text
        else:
            assert reading.confidence > 0.9


def test_wrapped_labels_are_joined_without_spaces(engine: OcrEngine) -> None:
    page, boxes = grid_picture(LABELS, cell=(130, 50))
    readings = read_cells(page, boxes, engine)
    texts = [text.replace("\n", "") for row in LABELS for text in row]
    texts[-1] = "Annual report"
    assert [reading.text for reading in readings] == texts
    assert readings[1].numeric_text is None


def test_a_column_of_characters_is_read_from_the_top(engine: OcrEngine) -> None:
    page, boxes = grid_picture(
        [["\n".join("三、本年度办理结果"), "\n".join("合计")]], cell=(18, 150)
    )
    readings = read_cells(page, boxes, engine)
    assert [reading.text for reading in readings] == ["三、本年度办理结果", "合计"]


def test_two_characters_a_line_are_lines_and_no_column(engine: OcrEngine) -> None:
    """As the heads of 三 are set; dust between the lines made two of them one."""
    texts = ["三、\n本年\n度办\n理结\n果", "法律\n服务\n机构"]
    page, boxes = grid_picture([texts], cell=(30, 90))
    readings = read_cells(page, boxes, engine)
    assert [reading.text for reading in readings] == [text.replace("\n", "") for text in texts]


def test_a_head_printed_larger_than_the_figures_is_one_line(engine: OcrEngine) -> None:
    heads = ["名称", "单位", "备注", "合计"]
    figures = ["12", "348", "5", "60", "7", "1,024", "90", "11"]
    texts = [*heads, *figures]
    places = [(60.0 * (index % 4), 30.0 * (index // 4)) for index in range(len(texts))]
    sizes = [13.2] * len(heads) + [10.0] * len(figures)
    printed = zip(places, texts, sizes, strict=True)
    page = page_picture([(x + 12, y + 20, text, size) for (x, y), text, size in printed], 240, 90)
    readings = read_cells(page, [Box(x + 2, y + 2, x + 58, y + 28) for x, y in places], engine)
    assert [reading.text for reading in readings] == texts


def test_figures_below_each_other_are_not_one_number(engine: OcrEngine) -> None:
    page, boxes = grid_picture([["1\n2\n3"]], cell=(18, 60))
    (reading,) = read_cells(page, boxes, engine)
    assert reading.text != "123"


def test_dust_changes_no_figure_and_fills_no_blank(engine: OcrEngine) -> None:
    page, boxes = grid_picture(FIGURES)
    clean = read_cells(page, boxes, engine)
    spots = [(box.x0 + 9, box.y0 + 6) for box in boxes]
    dusty = read_cells(with_dust(page, spots, 0.6), boxes, engine)
    assert [reading.text for reading in dusty] == [reading.text for reading in clean]
    assert [reading.state for reading in dusty] == [reading.state for reading in clean]


def test_a_cell_alone_and_in_company_reads_the_same(engine: OcrEngine) -> None:
    page, boxes = grid_picture(FIGURES)
    together = read_cells(page, boxes, engine)
    assert read_cells(page, boxes[::-1], engine) == together[::-1]


def test_boxes_a_little_off_their_rules_do_not_matter(engine: OcrEngine) -> None:
    page, boxes = grid_picture(FIGURES)
    moved = [box.shifted(0.5, -0.4) for box in boxes]
    texts = [reading.text for reading in read_cells(page, moved, engine)]
    assert texts == [text for row in FIGURES for text in row]


def test_white_print_on_a_dark_ground_is_read(engine: OcrEngine) -> None:
    page, boxes = grid_picture([["总计", "其他"]], cell=(80, 30))
    dark = page.pixels.copy()
    x0, y0, x1, y1 = (round(value) for value in boxes[0].padded(-2).scaled(page.scale))
    dark[y0:y1, x0:x1] = 255 - page.pixels[y0:y1, x0:x1] // 4 * 3
    readings = read_cells(PageImage(dark, page.scale), boxes, engine)
    assert [reading.text for reading in readings] == ["总计", "其他"]


def test_ink_that_is_no_text_is_unread_and_never_a_sure_reading(engine: OcrEngine) -> None:
    page, boxes = grid_picture([["", "5"]], cell=(60, 40))
    pixels = page.pixels.copy()
    rng = np.random.default_rng(3)
    x0, y0, x1, y1 = (round(value) for value in boxes[0].padded(-12).scaled(page.scale))
    pixels[y0:y1, x0:x1] = np.where(rng.random((y1 - y0, x1 - x0, 1)) < 0.5, 0, 255)
    smudge, figure = read_cells(PageImage(pixels, page.scale), boxes, engine)
    assert smudge.state == "unread" or smudge.confidence < 0.7
    assert figure.text == "5"


def test_no_cells_and_cells_without_area_are_no_error(engine: OcrEngine) -> None:
    page, boxes = grid_picture([["5"]])
    assert read_cells(page, [], engine) == ()
    outside = boxes[0].shifted(5000, 0)
    assert read_cells(page, [outside], engine)[0].state == "blank"


@pytest.mark.parametrize("shift", [-9.5, -8.0, 8.0, 9.5])
def test_figures_set_over_their_rule_are_never_sure_and_wrong(
    engine: OcrEngine, shift: float
) -> None:
    """The bar of a 7 goes with the rule that it lies on, and leaves a 1 or a stroke."""
    texts = ["7", "47", "5", "12", "", "3"]
    page, boxes = grid_picture([[""] * 6, texts, [""] * 6], cell=(40, 20))
    figures, _ = grid_picture([texts], cell=(40, 20))
    # Everything but the rules, moved over them; a row of cells stands between 40 and 60 points.
    lone, _ = grid_picture([[""] * 6], cell=(40, 20))
    ink = 255 - np.where(lone.pixels < 128, 255, figures.pixels)
    moved = np.zeros_like(page.pixels)
    top = round((20 + shift) * page.scale)
    moved[top : top + ink.shape[0]] = ink[: moved.shape[0] - top, : moved.shape[1]]
    drawn = PageImage(np.minimum(page.pixels, 255 - moved), page.scale)
    for reading, text in zip(read_cells(drawn, boxes, engine)[6:12], texts, strict=True):
        assert reading.text == text or reading.confidence <= 0.8 or not reading.numeric_text


def test_thin_strokes_of_a_coarse_scan_are_not_lost(engine: OcrEngine) -> None:
    page, boxes = grid_picture([["4", "14", "7", "41"]], dpi=100, size=8, font="tiro")
    pale = PageImage((255 - (255 - page.pixels) // 8 * 5).astype(np.uint8), page.scale)
    texts = [reading.text for reading in read_cells(pale, boxes, engine)]
    assert texts == ["4", "14", "7", "41"]


def test_specks_above_and_before_the_lines_of_a_label_are_no_text(engine: OcrEngine) -> None:
    page, boxes = grid_picture([["（五）不\n予处理", "要求行政机\n关重新出具"]], cell=(110, 50))
    spots = [
        (boxes[0].x0 + 33, boxes[0].y0 + 34),
        (boxes[1].x0 + 30, boxes[1].y0 + 5),
        (boxes[1].x0 + 33, boxes[1].y0 + 6),
    ]
    readings = read_cells(with_dust(page, spots, 0.9), boxes, engine)
    assert [reading.text for reading in readings] == ["（五）不予处理", "要求行政机关重新出具"]


def test_the_last_digit_of_a_wrapped_number_is_no_letter(engine: OcrEngine) -> None:
    page, boxes = grid_picture([["1,157,058.2\n0"]], font="helv", cell=(90, 40))
    (reading,) = read_cells(page, boxes, engine)
    assert reading.text.replace(" ", "") == "1,157,058.20"
    assert reading.confidence < 0.7


def test_two_figures_in_one_cell_are_never_a_sure_number(engine: OcrEngine) -> None:
    """Where the rule between them was missed."""
    page, boxes = grid_picture([["38        7", "1 2 3", "387"], ["1          0", "1 0 0", "10"]])
    readings = read_cells(page, boxes, engine)
    for reading in readings[::3]:
        assert reading.confidence <= 0.6
        assert reading.numeric_text is None
    for reading in (readings[2], readings[5]):
        assert reading.confidence >= 0.9


def test_specks_that_are_no_character_together_are_a_doubtful_blank(engine: OcrEngine) -> None:
    page, boxes = grid_picture([["12", "", "8"], ["3", "", "44"]])
    places = [boxes[index].center for index in (1, 4)]
    spots = [(x + dx, y + dy) for x, y in places for dx, dy in ((-5, 2), (0, 0), (4, 1.5))]
    readings = read_cells(with_dust(page, spots, 1.2), boxes, engine)
    assert [reading.text for reading in readings] == ["12", "", "8", "3", "", "44"]
    for index in (1, 4):
        assert (readings[index].state, readings[index].confidence) == ("blank", 0.5)


@pytest.mark.parametrize("dpi", [100, 150, 200])
def test_a_label_that_a_page_break_cuts_may_begin_with_its_mark(
    engine: OcrEngine, dpi: int
) -> None:
    page, boxes = grid_picture([["、\n本\n年\n度"], ["本\n年\n度"]], cell=(90, 70), dpi=dpi)
    (printed, dusty) = read_cells(
        with_dust(page, [(boxes[1].center[0], boxes[1].y0 + 6)], 0.6), boxes, engine
    )
    assert (printed.text, dusty.text) == ("、本年度", "本年度")
