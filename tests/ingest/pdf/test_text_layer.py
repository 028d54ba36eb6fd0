from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from ocrpipe.geometry import Box
from ocrpipe.ingest.pdf.text_layer import PageFacts, covered_share, ink_share, judge
from ocrpipe.ingest.pdf.text_runs import Char

PAGE = Box(0, 0, 600, 800)
PROSE = "本年度我局主动公开政府信息四十二条，其中规范性文件三件，均按时公布。" * 4


def facts(text: str, *, visible: bool = True, width: float = 10, font: str = "SimSun") -> PageFacts:
    chars = []
    for index, char in enumerate(text):
        x, y = 50 + index % 40 * 12, 60 + index // 40 * 20
        chars.append(Char(char, Box(x, y, x + width, y + 10), 10, font, visible))
    return PageFacts(600, 800, tuple(chars))


def never(boxes: Sequence[Box]) -> float:
    raise AssertionError("the raster should not be needed")


def test_sound_text_is_believed() -> None:
    verdict = judge(facts(PROSE), never)
    assert (verdict.origin, verdict.rejected) == ("digital", None)


def test_an_empty_page_is_a_blank_digital_page() -> None:
    assert judge(facts(""), never).origin == "digital"


@pytest.mark.parametrize("change", [{"pictures": (PAGE,)}, {"drawings": 3}])
def test_a_page_without_text_that_shows_something_is_scanned(change: dict[str, object]) -> None:
    verdict = judge(replace(facts(""), **change), never)
    assert (verdict.origin, verdict.rejected) == ("scanned", None)


def test_invisible_text_over_a_picture_is_an_earlier_ocr() -> None:
    verdict = judge(replace(facts(PROSE, visible=False), pictures=(PAGE,)), never)
    assert verdict.origin == "scanned"
    assert verdict.rejected is not None
    assert "invisible" in verdict.rejected


def test_text_under_a_picture_is_not_believed() -> None:
    verdict = judge(replace(facts(PROSE), pictures=(PAGE,), buried=1.0), lambda boxes: 1.0)
    assert verdict.origin == "scanned"


@pytest.mark.parametrize(
    "garbage",
    [
        "\ufffd" * 40,
        "".join(chr(0xE000 + n) for n in range(40)),
        "".join(chr(1 + n) for n in range(8)) * 5,
        PROSE.encode("gb18030").decode("latin-1"),
        PROSE.encode("utf-8").decode("latin-1"),
        "".join(chr(0x3400 + 37 * n) for n in range(60)),
        "".join(chr(c) for n in range(12) for c in (0x410 + n, 0x5D0 + n, 0x905 + n, 0x10D0 + n)),
    ],
    ids=["replacement", "private", "control", "gbk", "utf8", "rare", "scripts"],
)
def test_a_wrong_mapping_is_recognised(garbage: str) -> None:
    verdict = judge(facts(garbage), never)
    assert verdict.origin == "scanned"
    assert verdict.rejected


def test_digits_of_one_unmapped_font_spoil_a_page_of_good_text() -> None:
    good = facts(PROSE * 2)
    digits = facts("\ufffd" * 12, font="ABCDEF+Digits").chars
    verdict = judge(replace(good, chars=(*good.chars, *digits)), never)
    assert verdict.origin == "scanned"


def test_chinese_glyphs_mapped_to_latin_letters_are_too_wide() -> None:
    assert judge(facts("FGHIJKLabcdefgh" * 3), never).origin == "scanned"
    assert judge(facts("FGHIJKLabcdefgh" * 3, width=5), never).origin == "digital"


@pytest.mark.parametrize(
    "text",
    [
        "本機關對於民眾申請政府資訊，應自受理之日起十五日內為准駁之決定。" * 2,
        "Les données de l’année précédente ont été publiées à l’été." * 2,
        "ཀན་ལྷོ་བོད་རིགས་རང་སྐྱོང་ཁུལ་" * 2,
        "あいうえお日本語の文書です。表を含みます。" * 2,
        "0 0 0 12 34 5,678.90 -16.10% " * 3,
    ],
    ids=["traditional", "french", "tibetan", "japanese", "figures"],
)
def test_honest_text_of_other_kinds_is_believed(text: str) -> None:
    assert judge(facts(text, width=5), never).origin == "digital"


def test_symbols_as_bullets_do_no_harm() -> None:
    good = facts(PROSE)
    bullets = facts("\uf0b2" * 30, font="Wingdings-Regular").chars
    assert judge(replace(good, chars=(*good.chars, *bullets)), never).origin == "digital"


def test_characters_piled_up_or_without_extent_are_not_believed() -> None:
    good = facts(PROSE)
    pile = tuple(replace(char, box=Box(10, 10, 20, 20)) for char in good.chars)
    assert judge(replace(good, chars=pile), never).origin == "scanned"
    flat = tuple(replace(char, box=char.box._replace(x1=char.box.x0)) for char in good.chars)
    assert judge(replace(good, chars=flat), never).origin == "scanned"


def test_a_stamp_on_a_full_page_picture_leaves_the_page_a_scan() -> None:
    stamped = replace(facts("第1页"), pictures=(PAGE,))
    assert judge(stamped, lambda boxes: 0.04).origin == "scanned"
    assert judge(stamped, lambda boxes: 0.97).origin == "digital"


def test_text_turned_into_curves_is_noticed_beside_a_page_number() -> None:
    outlined = replace(facts("- 3 -"), drawings=900, outlines=900)
    assert judge(outlined, lambda boxes: 0.02).origin == "scanned"


def test_covered_share_counts_overlap_once() -> None:
    half = Box(0, 0, 600, 400)
    assert covered_share([half, half], 600, 800) == pytest.approx(0.5)
    assert covered_share([Box(0, 400, 600, 800), half], 600, 800) == pytest.approx(1.0)


def test_ink_share_measures_ink_inside_the_boxes() -> None:
    grey = np.full((100, 100), 255, np.uint8)
    grey[10:20, 10:20] = 0
    grey[60:80, 10:25] = 0
    assert ink_share(grey, 2.0, [Box(5, 5, 10, 10)]) == pytest.approx(100 / 400)
    assert ink_share(np.full((10, 10), 255, np.uint8), 1.0, []) == 1.0
