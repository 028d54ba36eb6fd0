"""The mark behind the number of a label set in short rows."""

from collections.abc import Sequence

import numpy as np

from ocrpipe.ocr.cells.readings.numbered import with_marks_of_numbers
from ocrpipe.ocr.cells.readings.ways import Way
from ocrpipe.ocr.port import OcrEngine, Recognition
from ocrpipe.page import Pixels


def picture(width: int, height: int = 30) -> Pixels:
    return np.full((height, width, 3), 255, np.uint8)


def line(text: str) -> Recognition:
    return Recognition(text, 0.99, (0.99,) * len(text))


class Reader:
    """Reads every picture as one text, and keeps their widths."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.widths: list[int] = []

    def recognize(self, pictures: Sequence[Pixels]) -> list[Recognition]:
        self.widths += [picture.shape[1] for picture in pictures]
        return [line(self.text) for _ in pictures]


def read(reader: Reader, first: int, *texts: str) -> list[str]:
    way = Way(4, (picture(first), *(picture(66, 34) for _ in texts[1:])))
    engine: OcrEngine = reader  # type: ignore[assignment]
    found = with_marks_of_numbers({4: (way, tuple(line(text) for text in texts))}, engine)
    kept, lines = found[4]
    assert len(kept.pictures) == len(lines)
    return [each.text for each in lines]


def test_a_mark_that_shows_beside_the_next_row_is_read() -> None:
    reader = Reader("三、本年")
    assert read(reader, 50, "三", "本年", "度办") == ["三、本年", "度办"]
    assert reader.widths == [116]


def test_other_readings_of_both_rows_change_nothing() -> None:
    for text in ("三本年", "二、本年", "三、木年"):
        assert read(Reader(text), 50, "三", "本年", "度办") == ["三", "本年", "度办"]


def test_a_number_without_room_for_a_mark_and_a_word_are_read_once() -> None:
    reader = Reader("三、本年")
    assert read(reader, 32, "三", "本年", "度办") == ["三", "本年", "度办"]
    assert read(reader, 50, "总", "本年", "度办") == ["总", "本年", "度办"]
    assert reader.widths == []
