"""Characters that something was painted over are not on the paper."""

import pymupdf
import pytest

from ocrpipe.ingest import open_source
from ocrpipe.options import IngestOptions

PLACE = (100, 200)
ROOM = (98, 184, 130, 206)


def lines(*steps: str) -> list[str]:
    """What is read of a page on which these steps were painted one after another."""
    with pymupdf.open() as pdf:
        page = pdf.new_page()
        page.insert_text((60, 100), "1205 documents were received.", fontsize=12)
        for step in steps:
            if step in ("box", "black box"):
                page.draw_rect(ROOM, fill=(float(step == "box"),) * 3, color=None)
            elif step == "clipped box":
                # As spreadsheets have it: white over all, clipped to another cell.
                page.draw_rect(page.rect, fill=(1, 1, 1), color=None)
                xref = page.get_contents()[-1]
                clip = b"q 400 100 50 20 re W n " + pdf.xref_stream(xref) + b" Q"
                pdf.update_stream(xref, clip)
            elif step == "glass":
                page.draw_rect(ROOM, fill=(1, 1, 0), color=None, fill_opacity=0.4)
            else:
                page.insert_text(PLACE, step, fontsize=12)
        data = pdf.tobytes()
    with open_source(data, IngestOptions()) as source:
        return [line.text for line in source.page(1).lines[1:]]


@pytest.mark.parametrize(
    ("steps", "read"),
    [
        (("36", "box"), []),
        (("36", "box", "41"), ["41"]),
        (("36", "box", "36"), ["36"]),
        (("36", "box", "36", "box", "7"), ["7"]),
        (("36", "black box"), ["\ufffd\ufffd"]),
        (("36", "clipped box"), ["36"]),
        (("36", "glass"), ["36"]),
        (("box", "36"), ["36"]),
    ],
)
def test_a_number_under_a_box_is_not_read_and_the_one_on_it_is(
    steps: tuple[str, ...], read: list[str]
) -> None:
    assert lines(*steps) == read


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_it_is_so_on_a_page_that_is_turned(rotation: int) -> None:
    with pymupdf.open() as pdf:
        page = pdf.new_page()
        page.insert_text((60, 100), "1205 documents were received.", fontsize=12)
        page.insert_text(PLACE, "36", fontsize=12)
        page.draw_rect(ROOM, fill=(1, 1, 1), color=None)
        page.set_rotation(rotation)
        data = pdf.tobytes()
    with open_source(data, IngestOptions()) as source:
        assert [line.text for line in source.page(1).lines] == ["1205 documents were received."]
