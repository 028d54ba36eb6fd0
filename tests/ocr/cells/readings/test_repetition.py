"""Which pictures of a cell's ink are read again."""

import pytest

from ocrpipe.ocr.cells.ink.darkness import page_darkness
from ocrpipe.ocr.cells.ink.printed import cell_ink
from ocrpipe.ocr.cells.ink.touching import without_touching_dust
from ocrpipe.ocr.cells.readings.repetition import repeated_ways
from ocrpipe.ocr.port import Recognition
from tests.ocr.drawing import grid_picture, with_dust


@pytest.mark.parametrize(("read", "count"), [("10", 2), ("1日", 2), ("项目", 1)])
def test_dust_that_touches_is_taken_off_figures_and_not_off_words(read: str, count: int) -> None:
    page, (box,) = grid_picture([["10"]])
    page = with_dust(page, [(box.center[0] - 0.5, box.center[1] + 4.6)], 0.6)
    darkness = page_darkness(page)
    ink = cell_ink(darkness, box)
    assert without_touching_dust(ink, darkness.scale) is not None
    unsure = Recognition(read, 0.7, (0.7,) * len(read))
    assert len(repeated_ways([ink], (), {0: (unsure,)}, darkness, 15.0)) == count
