"""Signs of inequality whose bar is joined with them."""

from collections.abc import Sequence
from math import log

import numpy as np
import pytest

from ocrpipe.doubt import UNSURE
from ocrpipe.ocr.cells.readings.comparisons import with_likely_bars
from ocrpipe.ocr.cells.readings.ways import Way
from ocrpipe.ocr.port import OcrEngine, Recognition
from ocrpipe.page import CellReading, Pixels


class Engine:
    """Finds the second of two texts as likely as it is told, in shares of the first one."""

    def __init__(self, share: float | None) -> None:
        self.share = share

    def likelihoods(
        self, crops: Sequence[Pixels], texts: Sequence[Sequence[str]]
    ) -> tuple[tuple[float, ...], ...]:
        assert len(crops) == len(texts)
        return tuple(() if self.share is None else (-0.1, -0.1 + log(self.share)) for _ in texts)


def read(text: str, share: float | None) -> CellReading:
    line = Recognition(text, 0.99, (0.99,) * len(text))
    best = {0: (Way(0, (np.full((30, 90, 3), 255, np.uint8),)), (line,))}
    engine: OcrEngine = Engine(share)  # type: ignore[assignment]
    (found,) = with_likely_bars([CellReading(text, "printed", 0.99)], best, engine)
    return found


@pytest.mark.parametrize(
    ("seen", "printed"), [("<5%", "≤5%"), ("＞ 90%", "≥ 90%"), ("满意度>90%", "满意度≥90%")]
)
def test_a_sign_has_the_bar_that_the_recogniser_finds_likely_but_not_surely(
    seen: str, printed: str
) -> None:
    found = read(seen, 0.05)
    assert (found.text, found.confidence) == (printed, UNSURE)


def test_a_sign_without_a_bar_keeps_its_reading() -> None:
    for share in (0.001, None):
        assert read("<5%", share) == CellReading("<5%", "printed", 0.99)
    assert read("A>B", 0.5) == CellReading("A>B", "printed", 0.99)
