"""Rings and arrows alone in their cells."""

import cv2
import numpy as np
import pytest

from ocrpipe.geometry import Box
from ocrpipe.ocr.cells.ink.parts import Part
from ocrpipe.ocr.cells.ink.printed import CellInk
from ocrpipe.ocr.cells.marks.lone_signs import rings_by_company, with_upright_arrows
from ocrpipe.page import CellReading

EM = 24.0


def ink_of(width: int, height: int, thickness: int = 2) -> CellInk:
    """The outline of an ellipse of about that size in pixels; all of it, of a thickness of -1."""
    mask = np.zeros((60, 60), np.uint8)
    cv2.ellipse(mask, (30, 30), (width // 2, height // 2), 0, 0, 360, (1,), thickness)
    _, _, stats, _ = cv2.connectedComponentsWithStats(mask)
    parts = [Part(i, x, y, x + w, y + h, a) for i, (x, y, w, h, a) in enumerate(stats.tolist())]
    return CellInk(mask * np.uint8(200), mask, tuple(parts[1:]))


RING, ZERO = ink_of(22, 22), ink_of(14, 24)
DISC = ink_of(22, 22, -1)


@pytest.mark.parametrize(
    ("column", "texts"),
    [
        pytest.param(
            [("0", RING), ("√", ZERO), ("X", ZERO), ("0", RING)], "○√X○", id="among marks"
        ),
        pytest.param([("0", RING), ("O", RING)], "○○", id="read O, too"),
        pytest.param([("0", RING), ("0", ZERO)], "00", id="beside a zero"),
        pytest.param([("0", RING), ("12%", ZERO), ("7", ZERO)], ["0", "12%", "7"], id="numbers"),
        pytest.param([("O", RING), ("AB", ZERO)], ["O", "AB"], id="letters"),
        pytest.param([("O", RING), ("√", ZERO)], "○√", id="O beside a sign"),
        pytest.param([("0", DISC), ("0", RING), ("√", ZERO)], "●○√", id="filled"),
        pytest.param([("0", DISC), ("7", ZERO)], "07", id="filled among numbers"),
        pytest.param([("0", DISC), ("0", DISC)], "00", id="blurred zeros"),
        pytest.param([("0", ink_of(8, 8)), ("√", ZERO)], "0√", id="too small"),
    ],
)
def test_a_zero_as_wide_as_high_is_a_ring_where_no_number_is(column, texts) -> None:
    boxes = [Box(20, 20 * row, 80, 20 * row + 20) for row in range(len(column))]
    readings = [CellReading(text, "printed", 0.99, text, 0.99) for text, _ in column]
    found = rings_by_company([ink for _, ink in column], boxes, readings, EM)
    assert [reading.text for reading in found] == list(texts)
    changed = [one for one, other in zip(found, readings, strict=True) if one != other]
    assert all(reading.confidence <= 0.8 for reading in changed)


def test_columns_are_looked_at_by_themselves() -> None:
    boxes = [Box(20, 20, 80, 40), Box(20, 40, 80, 60), Box(80, 20, 140, 40), Box(80, 40, 140, 60)]
    readings = [CellReading(text, "printed", 0.99, text, 0.99) for text in ("0", "×", "0", "7")]
    found = rings_by_company([RING, ZERO, RING, ZERO], boxes, readings, EM)
    assert [reading.text for reading in found] == ["○", "×", "0", "7"]


@pytest.mark.parametrize(("text", "upright"), [("←", "↑"), ("→", "↓"), ("1", "1")])
def test_an_arrow_higher_than_wide_points_up_or_down(text: str, upright: str) -> None:
    reading = CellReading(text, "printed", 0.95)
    assert with_upright_arrows(reading, ink_of(8, 24)).text == upright
    assert with_upright_arrows(reading, ink_of(24, 8)).text == text
