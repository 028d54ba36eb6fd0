"""Numbers that are struck out are not those beside them."""

import pymupdf
import pytest

from ocrpipe.ingest import open_source
from ocrpipe.options import IngestOptions
from ocrpipe.page import SourcePage

OLD, NEW = "81", "205"
LEFT, BASE, SIZE = 100.0, 200.0, 12.0
WIDTH = pymupdf.get_text_length(OLD, fontsize=SIZE)


def page(*lines: tuple[float, float, float], annot: bool = False) -> SourcePage:
    """A page with an old number before a new one, and level lines (x0, x1, y) over them."""
    with pymupdf.open() as pdf:
        made = pdf.new_page()
        made.insert_text((60, 100), "Received in this year:", fontsize=SIZE)
        made.insert_text((LEFT, BASE), OLD + NEW, fontsize=SIZE)
        for x0, x1, y in lines:
            made.draw_line((x0, y), (x1, y), width=0.7)
        if annot:
            made.add_strikeout_annot((LEFT, BASE - 10, LEFT + WIDTH, BASE + 2))
        data = pdf.tobytes()
    with open_source(data, IngestOptions()) as source:
        return source.page(1)


@pytest.mark.parametrize("rise", [0.25, 0.3, 0.35])
def test_struck_digits_are_no_part_of_the_number(rise: float) -> None:
    found = page((LEFT, LEFT + WIDTH, BASE - rise * SIZE))
    assert found.lines[1].text == NEW
    assert found.rulings == ()


def test_a_reader_may_have_struck_them() -> None:
    assert page(annot=True).lines[1].text == NEW


@pytest.mark.parametrize(
    "line",
    [
        (LEFT, LEFT + WIDTH, BASE + 1.5),  # an underline
        (LEFT - 30, LEFT + 90, BASE - 4),  # a rule that the row of a table is too low for
        (LEFT, LEFT + WIDTH, BASE - 11),  # a rule above
    ],
)
def test_rules_strike_nothing(line: tuple[float, float, float]) -> None:
    found = page(line)
    assert found.lines[1].text == OLD + NEW
    assert len(found.rulings) == 1


def test_hollow_digits_are_read() -> None:
    with pymupdf.open() as pdf:
        made = pdf.new_page()
        made.insert_text((60, 100), "Received in this year:", fontsize=SIZE)
        made.insert_text((LEFT, BASE), NEW, fontsize=SIZE, fill=(1, 1, 1), render_mode=2)
        data = pdf.tobytes()
    with open_source(data, IngestOptions()) as source:
        assert [line.text for line in source.page(1).lines][1:] == [NEW]
