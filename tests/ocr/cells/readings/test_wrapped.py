"""Characters of wrapped labels, read in the company of all rows."""

from collections.abc import Sequence

import numpy as np

from ocrpipe.ocr.cells.readings.ways import Way
from ocrpipe.ocr.cells.readings.wrapped import with_rows_in_company
from ocrpipe.ocr.port import OcrEngine, Recognition
from ocrpipe.page import Pixels


def line(text: str, *confidences: float) -> Recognition:
    found = confidences or (0.99,) * len(text)
    return Recognition(text, sum(found) / len(found), found)


class Reader:
    """Reads every picture as one line, and keeps their widths."""

    def __init__(self, reading: Recognition) -> None:
        self.reading = reading
        self.widths: list[int] = []

    def recognize(self, pictures: Sequence[Pixels]) -> list[Recognition]:
        self.widths += [picture.shape[1] for picture in pictures]
        return [self.reading for _ in pictures]


def read(reader: Reader, *lines: Recognition, stacked: bool = False) -> list[Recognition]:
    pictures = tuple(np.full((30, 31 * len(one.text), 3), 255, np.uint8) for one in lines)
    engine: OcrEngine = reader  # type: ignore[assignment]
    best = {4: (Way(4, pictures, stacked=stacked), lines)}
    return list(with_rows_in_company(best, engine)[4][1])


def test_a_doubtful_character_is_what_it_is_read_as_beside_the_other_rows() -> None:
    reader = Reader(line("结果维持", 0.99, 0.99, 0.98, 0.97))
    found = read(reader, line("结果维"), line("待", 0.5))
    assert [one.text for one in found] == ["结果维", "持"]
    assert found[1].character_confidences == (0.97,)
    assert found[1].confidence == 0.97
    assert reader.widths == [124]


def test_a_character_that_is_read_more_surely_alone_stays() -> None:
    found = read(Reader(line("结果维待", 0.99, 0.9, 0.98, 0.6)), line("结果维"), line("持", 0.8))
    assert [one.text for one in found] == ["结果维", "持"]
    assert found[0].character_confidences == (0.99, 0.99, 0.99)


def test_only_chinese_characters_are_changed() -> None:
    reader = Reader(line("l.不予公开,2", 0.99, 0.99, 0.99, 0.99, 0.99, 0.99, 0.99, 0.99))
    found = read(reader, line("1.不予公", 0.9, 0.9, 0.9, 0.9, 0.9), line("升，2", 0.6, 0.6, 0.6))
    assert [one.text for one in found] == ["1.不予公", "开，2"]


def test_a_whole_of_another_length_tells_nothing() -> None:
    found = read(Reader(line("结果维护持")), line("结果维"), line("待", 0.5))
    assert [one.text for one in found] == ["结果维", "待"]


def test_sure_rows_columns_and_single_lines_are_not_read_again() -> None:
    reader = Reader(line("结果维持"))
    read(reader, line("结果维"), line("持", 0.98))
    read(reader, line("结果维", 0.5, 0.5, 0.5), line("待", 0.5), stacked=True)
    read(reader, line("结果维待", 0.5, 0.5, 0.5, 0.5))
    read(reader, line("3，200", *[0.7] * 5), line("4", 0.6))
    assert reader.widths == []
