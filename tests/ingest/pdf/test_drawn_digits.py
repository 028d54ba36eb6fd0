"""Digits of a text layer that are not those on the paper are not read from it."""

import numpy as np
import pymupdf
import pytest

from ocrpipe.geometry import Box
from ocrpipe.ingest import open_source
from ocrpipe.ingest.pdf.drawn_digits import check_digits
from ocrpipe.ingest.pdf.text_runs import Char, Run
from ocrpipe.options import IngestOptions
from ocrpipe.page import PageImage, SourcePage

ROWS = ("Received 1205 of 3849", "Granted 764 and refused 3", "Carried over 58, 96 in all")
FACES = ("helv", "tiro", "tibo", "cour", "heit")


def build(codes: str = "", *, face: str = "helv", size: float = 10, rotation: int = 0) -> bytes:
    """A page of `ROWS` whose font draws its digits for the characters in `codes`."""
    with pymupdf.open() as pdf:
        page = pdf.new_page()
        for row, text in enumerate(ROWS):
            page.insert_text((60, 100 + 30 * row), text, fontsize=size, fontname=face)
        if codes:
            ((font, *_),) = page.get_fonts()
            shown = "0123456789"
            pairs = "".join(
                f"<{ord(digit):02X}> <{ord(code):04X}>\n"
                for digit, code in zip(shown, codes, strict=True)
            )
            others = "<20> <2F> <0020>\n<3A> <7E> <003A>\n"
            cmap = (
                "/CIDInit /ProcSet findresource begin begincmap\n"
                "1 begincodespacerange <00> <FF> endcodespacerange\n"
                f"10 beginbfchar\n{pairs}endbfchar\n"
                f"2 beginbfrange\n{others}endbfrange\nendcmap end"
            )
            xref = pdf.get_new_xref()
            pdf.update_object(xref, "<<>>")
            pdf.update_stream(xref, cmap.encode())
            pdf.xref_set_key(font, "ToUnicode", f"{xref} 0 R")
        page.set_rotation(rotation)
        return bytes(pdf.tobytes())


def first(data: bytes) -> SourcePage:
    with open_source(data, IngestOptions()) as source:
        return source.page(1)


@pytest.mark.parametrize("rotation", [0, 90, 180])
@pytest.mark.parametrize("codes", ["3456789012", "0123458769"])
def test_a_font_whose_digits_have_other_names_is_not_believed(codes: str, rotation: int) -> None:
    page = first(build(codes, rotation=rotation))
    assert page.origin == "scanned"
    assert page.rejected_text_layer == "its digits are not those that are printed"


@pytest.mark.parametrize("size", [6, 10, 18])
@pytest.mark.parametrize("face", FACES)
def test_digits_that_are_drawn_are_believed(face: str, size: float) -> None:
    page = first(build(face=face, size=size))
    assert [line.text for line in page.lines] == list(ROWS)


def test_digits_that_are_called_spaces_are_in_doubt() -> None:
    page = first(build("01234 6789"))
    assert page.origin == "digital"
    assert page.lines[0].text == "Received 120\ufffd of 3849"
    assert page.lines[2].text == "Carried over \ufffd8, 96 in all"


def test_few_digits_of_other_names_are_in_doubt() -> None:
    page = first(build("0723456189"))
    assert page.origin == "digital"
    assert page.lines[0].text == "Received \ufffd205 of 3849"
    assert page.lines[1].text == "Granted \ufffd64 and refused 3"


def test_a_layer_most_of_whose_digits_are_not_drawn_is_not_believed() -> None:
    """They stand elsewhere, then, and their cells are no blank ones."""

    def look(dpi: float, part: Box | None) -> PageImage:
        return PageImage(np.full((200, 200), 255, np.uint8), dpi / 72)

    def digits(count: int) -> Run:
        boxes = (Box(20 + 6 * at, 20, 26 + 6 * at, 32) for at in range(count))
        return Run(tuple(Char("1", box, 10.0, "F", True) for box in boxes))

    assert check_digits([digits(4)], look).refuted
    few = check_digits([digits(1)], look)
    assert not few.refuted
    assert not few.runs[0].chars[0].visible


def test_digits_of_which_the_lower_half_is_hidden_are_in_doubt() -> None:
    with pymupdf.open("pdf", build()) as pdf:
        page = pdf[0]
        for number in range(6):
            page.insert_text((60 + 40 * number, 300), "1205 764 38"[:4], fontsize=10)
        page.insert_text((60, 360), "5", fontsize=10)
        # In three pieces, none of which hides the digit alone.
        for left in (59.0, 62.0, 65.0):
            page.draw_rect((left, 356, left + 4, 362), fill=(1, 1, 1), color=None)
        data = pdf.tobytes()
    assert first(data).lines[-1].text == "\ufffd"


def test_a_page_without_digits_takes_no_look() -> None:
    def look(dpi: float, part: object) -> None:
        raise AssertionError

    assert check_digits((), look) == check_digits((), look)  # type: ignore[arg-type]
