"""Lines with marks that a recogniser passed over, drawn as strokes around blocks for characters."""

from dataclasses import replace

import numpy as np
import pytest

from ocrpipe.ocr.port import NumericReading, Recognition
from ocrpipe.ocr.recognition.lost_marks import with_lost_marks
from ocrpipe.page import Pixels

HEIGHT, EM = 24, 20


def line(text: str) -> tuple[Recognition, Pixels]:
    """The picture of a line with its marks, and what is read of it without them."""
    picture = np.full((HEIGHT, EM * len(text) + 8, 3), 255, np.uint8)
    read, places = "", []
    for index, character in enumerate(text):
        x = 4 + EM * index
        cell = picture[2 : HEIGHT - 2, x + 2 : x + EM - 2]
        if character == "■":
            cell[4:18, 1:15] = 0
        elif character in "□☑":
            cell[3:17, 1:15] = 0
            cell[5:15, 3:13] = 255
            if character == "☑":
                np.fill_diagonal(cell[5:15, 3:13, 0], 0)
        elif character == "—":
            picture[11:13, x : x + EM] = 0
        elif character == "、":
            picture[HEIGHT - 8 : HEIGHT - 3, x + 3 : x + 8] = 0
        elif character == "_":
            picture[HEIGHT - 4 : HEIGHT - 2, x : x + EM] = 0
        else:
            cell[:, ::3] = 0
            cell[::6, :] = 0
            read += character
            places.append((x + EM / 2) / HEIGHT)
    return Recognition(read, 0.99, (0.99,) * len(read), positions=tuple(places)), picture


@pytest.mark.parametrize(
    "text",
    [
        "■政府网站",
        "政府网站□公报",
        "☑政府网站",
        "8:30—17:30",
        "5—8",
        "五、教育",
        "十二、教育",
        "■政府网站□公报☑公开",
    ],
)
def test_boxes_and_dashes_are_put_where_they_stand(text: str) -> None:
    read, picture = line(text)
    assert read.text != text

    found = with_lost_marks(read, picture)

    assert found.text == text
    assert found.confidence < 0.99
    assert len(found.positions) == len(found.character_confidences) == len(text)


def test_a_dash_paler_than_the_digits_parts_two_numbers() -> None:
    reading, picture = line("5—8")
    picture[11:13, 4 + EM : 4 + 2 * EM][picture[11:13, 4 + EM : 4 + 2 * EM] == 0] = 170
    found = with_lost_marks(replace(reading, text="58"), picture)
    assert (found.text, found.numeric) == ("5—8", None)
    words, picture = line("甲—乙")
    picture[11:13, 4 + EM : 4 + 2 * EM] = 170
    assert with_lost_marks(words, picture) == words


def test_a_mark_where_a_space_was_read_takes_its_place() -> None:
    read, picture = line("8:30—17:30")
    middle = (4 + 4.5 * EM) / HEIGHT
    spaced = Recognition(
        "8:30 17:30",
        0.99,
        (0.99,) * 10,
        positions=(*read.positions[:4], middle, *read.positions[4:]),
    )

    assert with_lost_marks(spaced, picture).text == "8:30—17:30"


def test_a_range_is_no_number() -> None:
    read, picture = line("5—8")

    assert (
        with_lost_marks(replace(read, numeric=NumericReading("58", 0.99)), picture).numeric is None
    )


@pytest.mark.parametrize(
    "text",
    ["政府网站公开", "政府—网站", "—8:30", "8:30_17:30", "教育、五", "文、教育"],
)
def test_other_ink_stays_what_it_was_read_as(text: str) -> None:
    read, picture = line(text)

    assert with_lost_marks(read, picture) == read


@pytest.mark.parametrize("text", ["■5", "5■8", "■8级"])
def test_a_short_line_with_ink_that_was_passed_over_is_never_sure(text: str) -> None:
    """↓8 read 8, 2㎡ read 2 and Ⅰ级 read 级."""
    read, picture = line(text)
    read = replace(read, numeric=NumericReading("58", 0.99))

    found = with_lost_marks(read, picture)

    assert found.text == read.text
    assert max(found.confidence, *found.character_confidences) <= 0.8
    assert found.numeric == NumericReading("58", 0.8)


@pytest.mark.parametrize("text", ["5", "58", "12.5%", "28个"])
def test_a_short_line_of_which_all_was_read_stays_sure(text: str) -> None:
    read, picture = line(text)

    assert with_lost_marks(read, picture) == read
