"""The room of a mark in a line, from the places of its characters."""

import pytest

from ocrpipe.ocr.port import Recognition
from ocrpipe.ocr.recognition.room import room_in_digits, width_of_digit


def line(text: str, mark: float) -> Recognition:
    """Digits half a square wide, Chinese characters a square, marks of `mark` squares."""
    places, x = [], 0.0
    for one in text:
        room = 0.5 if one.isdigit() else 1.0 if one >= "\u4e00" and one < "\u9fff" else mark
        places.append(x + room / 2)
        x += room
    return Recognition(text, 1.0, (1.0,) * len(text), positions=tuple(places))


@pytest.mark.parametrize(("mark", "room"), [(0.4, 0.8), (1.0, 2.0)])
@pytest.mark.parametrize("text", ["18-35", "函-12", "三年-四年"])
def test_the_room_of_a_mark_is_told_in_digits(text: str, mark: float, room: float) -> None:
    assert room_in_digits(line(text, mark), text.index("-")) == pytest.approx(room)


@pytest.mark.parametrize("text", ["-18", "18-", "18-)35", "1-8"])
def test_nothing_is_told_at_an_end_beside_a_mark_and_without_a_measure(text: str) -> None:
    assert room_in_digits(line(text, 1.0), text.index("-")) is None


def test_nothing_is_told_without_places() -> None:
    bare = Recognition("18-35", 1.0, (1.0,) * 5)
    assert room_in_digits(bare, 2) is None
    assert width_of_digit(bare) is None
