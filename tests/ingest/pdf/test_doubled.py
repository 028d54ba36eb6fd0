"""Text that is printed twice in one place is one text."""

import pymupdf
import pytest

from ocrpipe.ingest import open_source
from ocrpipe.options import IngestOptions

NUMBER = "1188 of 11"


def line(*aside: tuple[float, float], text: str = NUMBER, wide: float = 1.0) -> str:
    """What is read of a text that is printed at a place and again this far aside.

    `wide`: how wide its characters are, in widths of the typeface.
    """
    with pymupdf.open() as pdf:
        page = pdf.new_page()
        for x, y in ((0.0, 0.0), *aside):
            start = pymupdf.Point(60 + x, 100 + y)
            narrowed = (start, pymupdf.Matrix(wide, 1))
            page.insert_text(start, text, fontsize=12, morph=narrowed)
        data = pdf.tobytes()
    with open_source(data, IngestOptions()) as source:
        return "/".join(found.text for found in source.page(1).lines)


@pytest.mark.parametrize("aside", [(0.0, 0.0), (0.3, 0.0), (0.8, 0.8), (-0.5, 0.4)])
def test_a_number_printed_again_for_bold_or_a_shadow_is_read_once(
    aside: tuple[float, float],
) -> None:
    assert line(aside) == NUMBER
    assert line(aside, (aside[0] / 2, aside[1] / 2)) == NUMBER


def test_the_same_digit_twice_is_two() -> None:
    assert line() == NUMBER


def test_the_same_number_below_is_another_one() -> None:
    assert line((0.0, 10.0)) == f"{NUMBER}/{NUMBER}"


def test_the_same_digit_twice_is_two_in_the_narrowest_typeface() -> None:
    assert line(text="111 of 11", wide=0.1) == "111 of 11"
    assert line((0.1, 0.0), text="111 of 11", wide=0.1) == "111 of 11"
