from dataclasses import replace

import pytest

from ocrpipe.ocr.port import NumericReading, Recognition
from ocrpipe.ocr.recognition.agreement import (
    agreed,
    digits_preferred,
    is_figure,
    join_lines,
    points_doubted,
    tidied,
    with_alternatives,
    with_item_number,
    with_matching_brackets,
    without_bullets,
)
from ocrpipe.page import Alternative, CellReading


def reading(text: str, confidence: float, numeric: str | None = None) -> Recognition:
    return Recognition(
        text,
        confidence,
        (confidence,) * len(text),
        None if numeric is None else NumericReading(numeric, confidence),
    )


def test_agreement_keeps_the_confidence_of_the_surest() -> None:
    result = agreed(reading("15", 0.8, "15"), [reading("15", 0.95, "15")])
    assert (result.text, result.confidence) == ("15", 0.95)
    assert result.numeric == NumericReading("15", 0.95)


def test_disagreement_is_never_sure() -> None:
    result = agreed(reading("15", 0.99, "15"), [reading("16", 0.98, "16")])
    assert result.text == "15"
    assert result.confidence < 0.7
    assert result.numeric.confidence < 0.7


def test_the_majority_wins_and_stays_doubtful() -> None:
    result = agreed(reading("1.5", 0.99), [reading("15", 0.9), reading("15", 0.9)])
    assert result.text == "15"
    assert result.confidence < 0.9


def test_a_digit_and_the_letter_that_looks_like_it_are_one_answer() -> None:
    letter = replace(reading("O", 0.7), numeric=NumericReading("0", 0.99))
    result = agreed(letter, [reading("0", 0.98, "0"), reading("C", 0.99)])
    assert result.text == "0"
    assert result.confidence < 0.9


def test_the_same_doubt_twice_gives_way_to_a_picture_without_any() -> None:
    result = agreed(reading("ó", 0.73), [reading("ó", 0.8), reading("0", 0.999)])
    assert result.text == "0"
    assert result.confidence < 0.7
    kept = agreed(reading("1,024", 0.8), [reading("1,024", 0.8), reading("1 024", 0.999)])
    assert kept.text == "1,024"


def test_a_word_whose_strokes_were_taken_for_dust_is_read_with_them() -> None:
    without = [Recognition("」计", 0.82, (0.64, 1.0)), Recognition("」计", 0.93, (0.86, 1.0))]
    assert agreed(without[0], [without[1], reading("小计", 0.999)]).text == "小计"
    sure = [reading("大", 0.98), reading("大", 0.97)]
    assert agreed(sure[0], [sure[1], reading("太", 0.995)]).text == "大"
    assert agreed(reading("3", 0.9), [reading("3", 0.94), reading("8", 0.999)]).text == "3"


def test_in_a_tie_the_least_sure_character_counts() -> None:
    shorter = Recognition("予以公开", 0.97, (0.97, 0.96, 0.98, 0.97))
    longer = Recognition("4予以公开", 0.98, (0.6, 1.0, 1.0, 1.0, 1.0))
    assert agreed(longer, [shorter]).text == "予以公开"


def test_a_white_that_was_left_out_between_digits_is_a_doubt() -> None:
    pointed = Recognition("1.34件", 0.9998, (1.0, 0.9992, 1.0, 1.0, 1.0))
    white = Recognition("134件", 0.97, (0.9999,) * 4)
    assert agreed(white, [pointed]).text == "1.34件"


def test_a_reading_without_the_speck_is_preferred() -> None:
    result = agreed(reading("15.", 0.99), [reading("15.", 0.99), reading("15", 0.9)])
    assert result.text == "15"
    assert result.confidence < 0.9


def test_the_stop_of_a_sentence_is_no_speck() -> None:
    sentence, bare = "数据以财政批复为准。", "数据以财政批复为准"
    others = [reading(sentence, 0.99), reading(bare, 0.999)]
    assert agreed(reading(sentence, 0.99), others).text == sentence
    assert agreed(reading(sentence, 0.99), [reading(bare, 0.99)]).text == bare
    label = [reading("予以公开。", 0.99), reading("予以公开", 0.9)]
    assert agreed(reading("予以公开。", 0.99), label).text == "予以公开"


def test_an_unsure_letter_that_looks_like_a_digit_becomes_the_digit() -> None:
    unsure = Recognition("O", 0.6, (0.6,), NumericReading("0", 0.97))
    assert digits_preferred(unsure).text == "0"
    sure = Recognition("O", 0.99, (0.99,), NumericReading("0", 0.99))
    assert digits_preferred(sure).text == "O"
    other = Recognition("A", 0.6, (0.6,), NumericReading("4", 0.9))
    assert digits_preferred(other).text == "A"


@pytest.mark.parametrize("seen", ["1,157,058.2O", "1,157,058.2 O"])
def test_a_letter_in_a_long_number_is_a_digit_however_sure_the_reading(seen: str) -> None:
    result = digits_preferred(reading(seen, 0.98, "1,157,058.20"))
    assert (result.text, result.confidence) == ("1,157,058.20", 0.98)
    assert digits_preferred(reading("2O", 0.98, "20")).text == "2O"
    assert digits_preferred(reading("A320", 0.98, "320")).text == "A320"


def test_the_number_of_the_first_item_is_no_letter() -> None:
    assert with_item_number("i.信访举报投诉类申请") == "1.信访举报投诉类申请"
    assert with_item_number("l、重复申请") == "1、重复申请"
    assert with_item_number("I类") == "I类"
    assert with_item_number("i.e. so") == "i.e. so"


def test_a_plus_that_is_read_as_ten_is_a_plus_however_sure_the_reading() -> None:
    assert (
        digits_preferred(Recognition("十8", 0.91, (0.91,) * 2, NumericReading("+8", 0.98))).text
        == "+8"
    )
    sure = Recognition("十66", 0.9996, (0.99,) * 3, NumericReading("+66", 0.999))
    assert digits_preferred(sure).text == "+66"
    minus = digits_preferred(Recognition("一65", 0.86, (0.86,) * 3, NumericReading("—65", 0.76)))
    assert (minus.text, minus.numeric) == ("-65", NumericReading("-65", 0.76))
    ordinal = Recognition("十", 0.91, (0.91,), NumericReading("+", 0.98))
    assert digits_preferred(ordinal).text == "十"


def test_a_point_that_may_be_a_comma_is_doubted() -> None:
    assert points_doubted(reading("5.695", 0.99, "5.695")).numeric.confidence == 0.8
    assert points_doubted(reading("5.69", 0.99, "5.69")).numeric.confidence == 0.99
    ended = points_doubted(reading("113.", 0.99, "113."))
    assert (ended.text, ended.confidence) == ("113.", 0.8)
    assert ended.numeric == NumericReading("113", 0.8)


def test_dust_read_as_a_bullet_goes_from_figures_only() -> None:
    assert without_bullets(reading("• 203", 0.99)).text == "203"
    assert without_bullets(reading("• 203", 0.99)).confidence < 0.9
    assert without_bullets(reading("• item", 0.99)).text == "• item"


@pytest.mark.parametrize(
    ("seen", "printed"),
    [
        ("3. 落实", "3.落实"),
        ("甘 南 州", "甘南州"),
        ("annual report", "annual report"),
        ("共 5 件", "共5件"),
        ("共1 5件", "共15件"),
        ("2019 2020", "2019 2020"),
    ],
)
def test_spaces_beside_chinese_go(seen: str, printed: str) -> None:
    result = tidied(reading(seen, 0.99))
    assert result.text == printed
    assert len(result.character_confidences) == len(printed)


@pytest.mark.parametrize(("confidence", "kept"), [(0.43, "第五项"), (0.97, "·第五项")])
def test_an_unsure_bullet_before_chinese_is_dust(confidence: float, kept: str) -> None:
    seen = Recognition("·第五项", 0.9, (confidence, 1.0, 1.0, 1.0), positions=(0.1, 1.0, 2.0, 3.0))
    found = tidied(seen)
    assert found.text == kept
    assert len(found.positions) == len(found.character_confidences) == len(kept)
    assert tidied(Recognition("·", 0.3, (0.3,))).text == "·"


def test_wavering_punctuation_among_chinese_is_wide() -> None:
    assert tidied(reading("(一)公开", 0.9)).text == "（一）公开"
    assert tidied(reading("(一)公开", 1.0)).text == "(一)公开"
    assert tidied(reading("f(x)", 0.9)).text == "f(x)"


@pytest.mark.parametrize(
    ("seen", "printed"),
    [
        ("（单位：万元)", "（单位：万元）"),
        ("(a)", "(a)"),
        ("（一)(二)", "（一）(二)"),
        (")（", ")（"),
    ],
)
def test_brackets_match_their_partner(seen: str, printed: str) -> None:
    assert with_matching_brackets(seen) == printed


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        (["政府信息", "公开"], "政府信息公开"),
        (["annual", "report"], "annual report"),
        (["20", "19年"], "2019年"),
        (["使用", "Python"], "使用Python"),
        (["14:00—16:", "00"], "14:00—16:00"),
        (["2403-370102-", "04"], "2403-370102-04"),
        (["Note:", "none"], "Note: none"),
        (["", "总计", ""], "总计"),
        ([], ""),
    ],
)
def test_lines_join_without_spaces_between_chinese(lines: list[str], joined: str) -> None:
    assert join_lines(lines) == joined


def test_what_was_not_taken_of_the_readings_of_a_cell_stays_at_hand() -> None:
    first = Recognition("l6", 0.6, (0.5, 0.7), NumericReading("16", 0.5))
    first = replace(first, rivals=(NumericReading("18", 0.2), NumericReading("16.", 0.02)))
    second = Recognition("6", 0.9, (0.9,), NumericReading("6", 0.9), (NumericReading("8", 0.05),))
    taken = CellReading("16", "printed", 0.5)
    found = with_alternatives(taken, first, [second, reading("乱6", 0.99)])
    assert found == replace(
        taken,
        alternatives=(
            Alternative("6", 0.9),
            Alternative("l6", 0.6),
            Alternative("18", 0.2),
            Alternative("8", 0.05),
            Alternative("16.", 0.02),
        ),
    )


def test_hyphens_that_one_picture_shows_are_in_the_whites_of_the_others() -> None:
    seconds = [reading("2023 02 23", 0.99, "20230223"), reading("2023-02-23", 0.99)]

    assert agreed(reading("2023 02-23", 0.99, "20230223"), seconds).text == "2023-02-23"


def test_a_hyphen_in_no_white_is_another_reading() -> None:
    result = agreed(reading("20230223", 0.99), [reading("2023-0223", 0.98)])

    assert result.confidence < 0.9


@pytest.mark.parametrize("sign", ["", "-", "－", "−", "+", "＋"])
def test_a_number_may_have_a_sign_of_any_width(sign: str) -> None:
    assert is_figure(f"{sign}3,681.40")
