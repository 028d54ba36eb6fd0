"""Dashes that lost their ends."""

from collections import Counter

from ocrpipe.ocr.cells.marks.dashes import long_by_custom
from ocrpipe.page import CellReading


def table(*texts: str) -> list[CellReading]:
    return [CellReading(text, "printed", 0.85, text, 0.85) for text in texts]


def test_hyphens_among_many_dashes_are_dashes() -> None:
    read = long_by_custom(table("—", "-", "—", "12", "—", "–", "—"))
    assert Counter(reading.text for reading in read) == {"—": 6, "12": 1}
    assert all(reading.numeric_text == reading.text for reading in read)
    assert all(reading.confidence == 0.85 for reading in read)


def test_a_table_of_hyphens_keeps_them() -> None:
    cells = table("-", "-", "—", "-3", "7")
    assert long_by_custom(cells) == cells


def test_a_number_below_zero_keeps_its_sign() -> None:
    assert [reading.text for reading in long_by_custom(table("—", "—", "-3"))] == ["—", "—", "-3"]
