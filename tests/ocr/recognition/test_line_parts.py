"""Parts of long lines that are read again, and put back."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocrpipe.ocr.port import Recognition
from ocrpipe.ocr.recognition.line_parts import LinePart, part_to_read_again, with_part

TEXT = "对重点来信、局长信箱等重要栏目及时更新"
SQUARE = 40


def line(count: int = len(TEXT)) -> np.ndarray:
    """A line of black squares, each in the middle of a larger white one."""
    pixels = np.full((SQUARE, SQUARE * count, 3), 255, np.uint8)
    for index in range(count):
        pixels[5:35, SQUARE * index + 5 : SQUARE * index + 35] = 0
    return pixels


def reading(text: str = TEXT, confidence: float = 0.9) -> Recognition:
    places = tuple(index + 0.5 for index in range(len(text)))
    return Recognition(text, confidence, (confidence,) * len(text), positions=places)


def part(doubtful: Sequence[int]) -> LinePart:
    found = part_to_read_again(line(), reading(), doubtful)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("doubtful", "start", "end"), [((9,), 6, 13), ((8, 10), 5, 14), ((0,), 0, 4), ((18,), 15, 19)]
)
def test_a_part_is_cut_between_characters(doubtful: tuple[int, ...], start: int, end: int) -> None:
    found = part(doubtful)
    assert (found.start, found.end) == (start, end)
    for column in (found.left, found.left + found.pixels.shape[1]):
        assert min(column % SQUARE, -column % SQUARE) <= 5


def test_most_of_a_line_is_no_part() -> None:
    assert part_to_read_again(line(), reading(), (2, 16)) is None
    assert part_to_read_again(line(), reading(), ()) is None
    assert part_to_read_again(line(), Recognition(TEXT, 0.9), (9,)) is None


def test_the_second_reading_of_a_part_takes_the_place_of_the_first() -> None:
    found = part((9,))
    again = reading(TEXT[6:9] + "邮" + TEXT[10:13], 0.99)
    whole = with_part(reading(), line(), found, again)
    assert whole is not None
    assert whole.text == TEXT[:9] + "邮" + TEXT[10:]
    assert whole.character_confidences == (0.9,) * 6 + (0.99,) * 7 + (0.9,) * 6
    assert whole.confidence == pytest.approx((12 * 0.9 + 7 * 0.99) / 19, abs=1e-4)
    assert whole.positions == pytest.approx(reading().positions, abs=0.13)


def test_a_character_more_or_less_is_put_back_as_well() -> None:
    found = part((9,))
    for middle in ("", "政府"):
        whole = with_part(reading(), line(), found, reading(TEXT[6:9] + middle + TEXT[10:13]))
        assert whole is not None
        assert whole.text == TEXT[:9] + middle + TEXT[10:]
        assert len(whole.positions) == len(whole.character_confidences) == len(whole.text)


@pytest.mark.parametrize("again", ["", "长", "信长信邮等重要", "局长信邮等重大", TEXT[7:13]])
def test_readings_that_do_not_agree_at_the_cuts_are_not_joined(again: str) -> None:
    assert with_part(reading(), line(), part((9,)), reading(again)) is None


def test_nothing_has_to_agree_at_the_ends_of_the_line() -> None:
    first = with_part(reading(), line(), part((0,)), reading("封" + TEXT[1:4]))
    last = with_part(reading(), line(), part((18,)), reading(TEXT[15:18] + "亲"))
    assert first is not None
    assert last is not None
    assert first.text == "封" + TEXT[1:]
    assert last.text == TEXT[:-1] + "亲"


@given(st.lists(st.integers(0, len(TEXT) - 1), min_size=1, unique=True).map(sorted))
def test_a_part_that_is_read_alike_changes_no_text(doubtful: list[int]) -> None:
    found = part_to_read_again(line(), reading(), doubtful)
    if found is None:
        return
    assert found.start <= doubtful[0] <= doubtful[-1] < found.end
    again = reading(TEXT[found.start : found.end])
    whole = with_part(reading(), line(), found, again)
    assert whole is not None
    assert whole.text == TEXT
    assert whole.positions == pytest.approx(reading().positions, abs=0.13)
