"""Print and dust by where they stand; boxes in pixels at 2.5 pixels a point."""

import pytest

from ocrpipe.ocr.cells.ink.parts import Part
from ocrpipe.ocr.cells.ink.specks import sort_parts

SCALE = 2.5
EIGHT = (10, 10, 20, 28)
NINE = (40, 10, 50, 28)


def parts(*boxes: tuple[int, int, int, int]) -> list[Part]:
    return [
        Part(label, *box, area=(box[2] - box[0]) * (box[3] - box[1]))
        for label, box in enumerate(boxes, start=1)
    ]


def kept(*boxes: tuple[int, int, int, int]) -> list[int]:
    return [part.label for part in sort_parts(parts(*boxes), SCALE).print]


@pytest.mark.parametrize(
    "mark",
    [
        pytest.param((28, 25, 31, 28), id="decimal point"),
        pytest.param((28, 25, 31, 32), id="comma"),
    ],
)
def test_a_point_on_the_baseline_between_digits_stays(mark) -> None:
    assert kept(EIGHT, NINE, mark) == [1, 2, 3]


@pytest.mark.parametrize(
    "speck",
    [
        pytest.param((28, 11, 31, 14), id="between, but high"),
        pytest.param((13, 34, 16, 37), id="below a digit"),
        pytest.param((13, 2, 16, 5), id="above a digit"),
        pytest.param((54, 25, 57, 28), id="after the last digit"),
        pytest.param((80, 20, 83, 23), id="far away"),
        pytest.param((80, 20, 87, 27), id="large and far away"),
        pytest.param((28, 25, 29, 26), id="a grain"),
    ],
)
def test_a_speck_beside_digits_goes(speck) -> None:
    assert kept(EIGHT, NINE, speck) == [1, 2]


def test_a_minus_stays_and_a_round_speck_in_its_place_is_dust() -> None:
    assert kept(EIGHT, NINE, (1, 19, 7, 21)) == [1, 2, 3]
    assert kept(EIGHT, NINE, (3, 18, 6, 21)) == [1, 2]


def test_a_long_minus_far_from_its_digits_is_in_doubt_and_one_beside_them_is_not() -> None:
    """Two specks that touch are as long as a minus."""
    assert [part.label for part in _doubtful((20, 18, 31, 24))] == [2]
    assert _doubtful((28, 18, 39, 21)) == ()


def _doubtful(mark: tuple[int, int, int, int]) -> tuple[Part, ...]:
    found = sort_parts(parts((45, 10, 55, 28), mark), SCALE)
    assert [part.label for part in found.print] == [1, 2]
    return found.doubtful


@pytest.mark.parametrize(
    ("mark", "stays"),
    [((7, 19, 13, 22), True), ((8, 18, 12, 22), False), ((7, 12, 13, 15), False)],
)
def test_a_minus_before_digits_that_touch_stays_and_dust_there_goes(
    mark: tuple[int, int, int, int], stays: bool
) -> None:
    # A fax joins the digits of 600.30 to one part, four times as wide as high.
    assert (2 in kept((18, 10, 90, 30), mark)) == stays


COARSE = ((148, 12, 159, 26), (165, 12, 174, 26), (176, 12, 185, 26))
POINT = (160, 23, 163, 26)


def test_the_minus_of_small_print_in_a_coarse_scan_stays_in_doubt() -> None:
    found = sort_parts(parts(*COARSE, POINT, (143, 19, 147, 22)), SCALE)
    assert [part.label for part in found.print] == [1, 2, 3, 4, 5]
    assert 5 in [part.label for part in found.doubtful]


@pytest.mark.parametrize(
    "specks",
    [
        pytest.param([(143, 16, 147, 19)], id="too high"),
        pytest.param([(143, 18, 146, 22)], id="no wider than high"),
        pytest.param([(136, 19, 140, 22)], id="apart"),
        pytest.param([(143, 19, 147, 22), (190, 15, 194, 18)], id="not alone"),
    ],
)
def test_a_speck_before_small_digits_is_dust(specks) -> None:
    assert kept(*COARSE, POINT, *specks) == [1, 2, 3, 4]


def test_doubtful_marks_are_named() -> None:
    found = sort_parts(parts(EIGHT, NINE, (28, 11, 31, 14), (80, 20, 83, 23)), SCALE)
    assert [part.label for part in found.doubtful] == [3]


def test_a_lone_dash_and_the_strokes_of_two_are_print() -> None:
    assert kept((10, 20, 32, 23)) == [1]
    assert kept((12, 12, 28, 15), (9, 26, 32, 29)) == [1, 2]


def test_lone_dust_is_no_print() -> None:
    assert kept((10, 20, 14, 24)) == []
    assert kept((10, 20, 14, 24), (60, 5, 63, 8)) == []


def test_the_dots_of_a_chinese_text_stay() -> None:
    text = [(10 + 26 * i, 10, 34 + 26 * i, 34) for i in range(5)]
    comma = (142, 28, 147, 35)
    assert kept(*text, comma) == [1, 2, 3, 4, 5, 6]


def test_the_point_of_a_worn_number_before_a_short_label_stays() -> None:
    """3.其他 on a fax, where the point is two pixels high and as wide."""
    label = [(9, 20, 17, 33), (25, 16, 45, 36), (47, 17, 54, 37), (53, 16, 68, 37)]
    found = sort_parts(parts(*label, (20, 33, 22, 35)), 2.83)
    assert [part.label for part in found.print] == [1, 2, 3, 4, 5]


def test_a_digit_that_lost_its_thin_strokes_is_print_and_stray_dust_is_not() -> None:
    bar, bowl = (44, 15, 50, 16), (43, 19, 50, 25)
    assert kept(bar, bowl) == [1, 2]
    assert kept(bar, (80, 19, 86, 25)) == []


def test_a_line_under_a_figure_goes_and_a_minus_before_it_stays() -> None:
    assert kept(EIGHT, NINE, (2, 32, 60, 36)) == [1, 2]
    assert kept(EIGHT, (-3, 18, 6, 20)) == [1, 2]


def test_the_dots_of_a_colon_stay_and_two_specks_askew_do_not() -> None:
    text = [(10, 10, 34, 34), (38, 10, 62, 34)]
    assert kept(*text, (74, 18, 78, 22), (74, 29, 78, 33)) == [1, 2, 3, 4]
    assert kept(*text, (74, 18, 78, 22), (88, 29, 92, 33)) == [1, 2]


def test_the_colon_of_a_time_stays_and_two_specks_beside_a_figure_do_not() -> None:
    """8:30, 8:30 with another speck above its point, and 830 with two specks between its digits."""
    time = [(10, 10, 20, 28), (32, 10, 42, 28), (46, 10, 56, 28)]
    assert kept(*time, (25, 15, 28, 18), (25, 25, 28, 28)) == [1, 2, 3, 4, 5]
    assert kept(*time, (25, 13, 30, 18), (25, 26, 28, 28)) == [1, 2, 3, 5]
    close = [(10, 10, 20, 28), (25, 10, 35, 28), (40, 10, 50, 28)]
    assert kept(*close, (21, 15, 23, 17), (21, 26, 23, 28)) == [1, 2, 3, 5]
    assert kept(*time, (60, 15, 63, 18), (60, 25, 63, 28)) == [1, 2, 3]


def test_the_point_of_a_figure_in_brackets_stays_though_its_digits_touch() -> None:
    """(63.1), of which the 6 and the 3 are one part lower than the brackets."""
    brackets = [(99, 12, 105, 31), (145, 12, 151, 31)]
    figure = [(106, 12, 128, 27), (136, 12, 143, 27)]
    assert kept(*brackets, *figure, (129, 24, 132, 27)) == [1, 2, 3, 4, 5]
    assert kept(*brackets, *figure, (129, 14, 132, 17)) == [1, 2, 3, 4]


def test_a_mark_between_the_digits_of_a_text_of_narrow_characters_stays() -> None:
    """第1、2节, whose characters are no wider than digits may be for their height."""
    characters, digits = (
        [(38, 12, 55, 34), (112, 12, 130, 34)],
        [(62, 16, 68, 31), (97, 15, 108, 31)],
    )
    assert 5 in kept(*characters, *digits, (78, 26, 83, 30))
    # In a square of its own a mark stands farther from a 1 than from a character.
    characters, digits = [(8, 23, 30, 46), (83, 23, 105, 46)], [(35, 27, 40, 43), (70, 26, 81, 43)]
    assert 5 in kept(*characters, *digits, (53, 36, 60, 42))
    assert 5 not in kept(*characters, *digits, (53, 24, 60, 30))


def test_a_speck_between_digits_that_stand_close_is_no_clear_point() -> None:
    three = [(10, 10, 20, 28), (24, 10, 34, 28), (38, 10, 48, 28)]
    found = sort_parts(parts(*three, (21, 25, 23, 28)), SCALE)
    assert [part.label for part in found.doubtful] == [4]
    spread = [(10, 10, 20, 28), (31, 10, 41, 28), (45, 10, 55, 28)]
    found = sort_parts(parts(*spread, (24, 25, 27, 28)), SCALE)
    assert (found.doubtful, len(found.print)) == ((), 4)


def test_a_mark_between_characters_that_touch_each_other_is_punctuation() -> None:
    """一、 before a word whose characters a blurred copy joins: one part as wide as five."""
    word, one, mark = (60, 10, 170, 30), (10, 19, 30, 22), (35, 24, 40, 30)
    assert 3 in kept(word, one, mark)


def test_the_pieces_of_a_percent_sign_stay_though_its_stroke_is_broken() -> None:
    rings = ((58, 10, 66, 18), (65, 20, 73, 28))
    assert kept(EIGHT, NINE, *rings, (66, 15, 69, 18)) == [1, 2, 3, 4, 5]
    # A ring alone is dust.
    assert kept(EIGHT, NINE, rings[1]) == [1, 2]


def test_the_hyphen_of_a_date_stays_and_a_round_speck_there_is_dust() -> None:
    assert kept(EIGHT, NINE, (27, 18, 33, 21)) == [1, 2, 3]
    assert kept(EIGHT, NINE, (28, 18, 31, 21)) == [1, 2]


def test_the_full_stop_behind_a_percent_sign_of_a_text_stays() -> None:
    characters = [(10 + 24 * n, 10, 30 + 24 * n, 32) for n in range(6)]
    sign = [(158, 12, 164, 18), (166, 24, 172, 30)]
    assert len(kept(*characters, *sign, (178, 26, 183, 31))) == 9


def test_a_point_two_pixels_high_between_small_digits_is_no_hyphen() -> None:
    """As 7 point type has it at 150 dpi."""
    digits = [(0, 0, 8, 12), (10, 0, 14, 12), (17, 0, 24, 12), (33, 0, 41, 12), (42, 0, 49, 12)]
    assert kept(*digits, (27, 10, 31, 12)) == [1, 2, 3, 4, 5, 6]
    assert kept(*digits, (27, 1, 31, 3)) == [1, 2, 3, 4, 5]


@pytest.mark.parametrize("lone", [(29, 85, 52, 107), (29, -18, 51, 5)])
def test_a_character_in_line_with_others_that_touch_each_other_stays(lone) -> None:
    assert kept((29, 10, 53, 80), lone) == [1, 2]


def test_a_speck_in_line_with_a_tall_digit_goes() -> None:
    assert kept((30, 10, 40, 40), (32, 46, 38, 52)) == [1]


def test_the_colon_of_a_light_text_in_two_rows_stays() -> None:
    """A high narrow part above others is no column: the size of the characters is that of most."""
    upper = [(x, 10, x + 28, 42) for x in range(0, 150, 30)]
    lower = [(x, 60, x + 28, 92) for x in range(0, 300, 30)]
    narrow = (150, 10, 165, 42)
    behind = [(x, 10, x + 28, 42) for x in range(205, 300, 30)]
    colon = [(182, 20, 186, 24), (182, 34, 186, 38)]
    boxes = [*upper, narrow, *colon, *behind, *lower]
    assert len(kept(*boxes)) == len(boxes)


def test_the_bar_of_a_broken_seven_and_the_rest_of_its_stem_are_print() -> None:
    """The rest is no larger than dust: a fax left — of a 7."""
    found = sort_parts(parts((10, 10, 19, 14), (12, 19, 15, 23)), SCALE)
    assert [part.label for part in found.print] == [1, 2]
    assert [part.label for part in found.doubtful] == [2]


@pytest.mark.parametrize(
    "speck",
    [
        pytest.param((26, 19, 29, 23), id="beside the stroke"),
        pytest.param((12, 26, 15, 30), id="far below it"),
        pytest.param((12, 16, 14, 18), id="too small"),
    ],
)
def test_other_dust_near_a_short_stroke_goes(speck: tuple[int, int, int, int]) -> None:
    assert kept((10, 10, 19, 14), speck) == [1]


def test_the_lowest_stroke_of_a_three_is_no_line_over_the_text() -> None:
    """It may touch the mark behind it; the strokes above it are no letters as high as others."""
    found = kept((15, 53, 32, 63), (13, 67, 41, 71), (13, 77, 57, 97), (13, 105, 57, 124))
    assert found == [1, 2, 3, 4]
    assert kept((13, 67, 41, 71), (13, 77, 57, 97), (13, 105, 57, 124)) == [2, 3]


def test_what_is_left_of_a_rule_far_from_a_number_is_dust_and_its_sign_stays() -> None:
    """In a wide cell whose rule is oblique, a speck on the rule is left with a piece of it."""
    number = [(323, 20, 334, 38), (335, 20, 347, 38), (304, 22, 316, 34)]
    assert kept(*number, (167, 0, 185, 6)) == [1, 2, 3]
    assert kept(*number, (284, 27, 300, 31)) == [1, 2, 3, 4]


def test_a_line_of_touching_characters_stays_though_a_blot_far_above_it_is_half_as_high() -> None:
    line, blot, grain = (9, 52, 318, 73), (219, 0, 236, 9), (242, 6, 246, 9)
    assert kept(line, blot, grain) == [1]


def test_the_mark_behind_the_number_of_a_label_in_narrow_characters_is_print() -> None:
    """二、外交支出: its characters are no wider than digits may be, but stand farther apart."""
    two = [(18, 19, 40, 24), (23, 10, 35, 14)]
    word = [(71, 5, 92, 30), (98, 6, 118, 29), (126, 6, 145, 30), (153, 6, 170, 29)]
    assert kept(*two, (49, 21, 55, 25), *word) == [1, 2, 3, 4, 5, 6, 7]


def test_dust_between_wide_digits_goes() -> None:
    digits = [(x, 6, x + 19, 30) for x in (18, 41, 64, 87, 110)]
    assert kept(*digits, (135, 3, 139, 7)) == [1, 2, 3, 4, 5]
