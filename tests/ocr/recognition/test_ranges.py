"""The dashes of ranges by their ink, and by the room they take."""

import numpy as np
import pytest

from ocrpipe.ocr.port import Recognition
from ocrpipe.ocr.recognition.ranges import with_measured_ranges
from ocrpipe.page import Pixels

HEIGHT = 40
DIGIT = 14
"""From one digit to the next, in pixels."""


def range_of(text: str, width: int, height: int, *, gap: int = 4) -> tuple[Recognition, Pixels]:
    """Digits 20 high and 10 wide, and in place of each other character a mark of that size, which
    stands `gap` pixels off the digits."""
    picture = np.full((HEIGHT, 240, 3), 255, np.uint8)
    places, x = [], 4
    for character in text:
        digit = character.isdigit()
        wide, high = (10, 20) if digit else (width, height)
        left = x if digit else x - 4 + gap
        picture[20 - high // 2 : 20 + high // 2, left : left + wide] = 0
        places.append((left + wide / 2) / HEIGHT)
        x = left + wide + (4 if digit else gap)
    sure = (0.99,) * len(text)
    return Recognition(text, 0.99, sure, positions=tuple(places)), picture


def ranges(line: Recognition, picture: Pixels) -> str:
    return with_measured_ranges(line, picture).text


@pytest.mark.parametrize(("width", "printed"), [(14, "~"), (24, "～")])
@pytest.mark.parametrize("seen", ["65~85", "65～85", "65〜85"])
def test_a_wave_dash_between_numbers_is_as_wide_as_on_paper(
    seen: str, width: int, printed: str
) -> None:
    assert ranges(*range_of(seen, width, 6)) == f"65{printed}85"


def test_another_number_of_flat_marks_shows_nothing() -> None:
    assert ranges(*range_of("65~85", 10, 20)) == "65~85"


@pytest.mark.parametrize(("width", "printed"), [(8, "-"), (22, "-"), (28, "—")])
def test_a_dash_between_numbers_is_no_hyphen(width: int, printed: str) -> None:
    assert ranges(*range_of("65-85", width, 2)) == f"65{printed}85"


def test_a_wave_dash_narrower_than_its_square_takes_the_room_of_one() -> None:
    """A light or a bold typeface draws it shorter than a digit is high."""
    line, picture = range_of("65~85", 16, 6, gap=6)
    assert ranges(line, picture) == "65～85"


@pytest.mark.parametrize(("width", "printed"), [(9, "-"), (26, "—")])
def test_a_dash_that_touches_its_digits_is_known_by_what_stands_free_of_them(
    width: int, printed: str
) -> None:
    assert ranges(*range_of("2024-2025", width, 2, gap=0)) == f"2024{printed}2025"


def test_a_line_without_places_keeps_the_form_it_was_read_in() -> None:
    line, picture = range_of("65~85", 16, 6, gap=6)
    assert ranges(Recognition(line.text, 0.99, line.character_confidences), picture) == "65~85"
