"""Fours without their thin strokes."""

from collections.abc import Sequence

import cv2
import numpy as np
import pytest

from ocrpipe.ocr.cells.ink.parts import Part
from ocrpipe.ocr.cells.ink.printed import CellInk
from ocrpipe.ocr.cells.readings.faded import faded_fours
from ocrpipe.ocr.port import NumericReading, OcrEngine, Recognition, TextQuad
from ocrpipe.page import Pixels


def line(text: str, confidence: float = 0.95) -> Recognition:
    number = NumericReading(text, confidence)
    return Recognition(text, confidence, (confidence,) * len(text), number)


class Engine:
    """Reads what it is told, whatever it is shown."""

    name = "told"

    def __init__(self, *answers: Recognition) -> None:
        self.answers = answers
        self.shown: list[Pixels] = []

    def detect(self, pixels: Pixels) -> tuple[TextQuad, ...]:
        return ()

    def recognize(self, crops: Sequence[Pixels]) -> tuple[Recognition, ...]:
        self.shown += crops
        return tuple(self.answers[index % len(self.answers)] for index in range(len(crops)))

    def likelihoods(
        self, crops: Sequence[Pixels], texts: Sequence[Sequence[str]]
    ) -> tuple[tuple[float, ...], ...]:
        return ()


def ink() -> CellInk:
    mask = np.zeros((40, 60), np.uint8)
    cv2.line(mask, (30, 10), (30, 30), 1, 3)
    return CellInk(mask * np.uint8(200), mask, (Part(1, 29, 10, 32, 31, 60),))


def four(first: str, *answers: Recognition) -> tuple[str, float] | None:
    engine: OcrEngine = Engine(*answers)
    found = faded_fours([ink()], {0: (line(first),)}, {}, 20, 2.8, engine).get(0)
    return (found.text, found.confidence) if found is not None else None


@pytest.mark.parametrize(
    ("first", "again"),
    [
        ("1", "4"),
        ("+", "4"),
        ("↓", "4"),
        ("12", "42"),
        ("-10", "40"),
        ("11", "41"),
        ("1 t", "44"),
        ("141.1", "144.1"),
    ],
)
def test_a_four_that_the_darker_picture_shows_is_taken_with_doubt(first: str, again: str) -> None:
    assert four(first, line(again)) == (again, 0.6)
    assert four(first, line(first), line(again)) == (again, 0.6)


@pytest.mark.parametrize(
    ("first", "again"),
    [("1", "7"), ("12", "43"), ("3", "4"), ("1", "14"), ("1", "1"), ("上", "4"), ("件1", "件4")],
)
def test_nothing_else_is_made_of_what_was_read(first: str, again: str) -> None:
    assert four(first, line(again)) is None


def test_a_four_that_the_first_picture_shows_and_others_do_not_is_taken_too() -> None:
    found = faded_fours(
        [ink()],
        {0: (line("4", 0.6),)},
        {0: [line("1"), line("1")]},
        20,
        2.8,
        Engine(line("4")),
    )
    assert found[0].text == "4"
    alone = faded_fours([ink()], {0: (line("4"),)}, {}, 20, 2.8, Engine(line("4")))
    assert alone == {}


def test_what_two_pictures_surely_show_is_no_faded_four() -> None:
    def found(*others: Recognition) -> bool:
        first = {0: (line("-19", 0.99),)}
        return 0 in faded_fours([ink()], first, {0: others}, 20, 2.8, Engine(line("49")))

    assert not found(line("-19", 0.98))
    assert found(line("-19", 0.97))
    assert found(line("19", 0.99))


def test_a_four_that_is_not_sure_is_none_and_scans_are_not_asked() -> None:
    assert four("1", line("4", 0.6)) is None
    engine = Engine(line("4"))
    assert faded_fours([], {0: (line("1"),)}, {}, 20, 2.8, engine) == {}
    assert not engine.shown


def test_pale_ink_is_shown_darker() -> None:
    pale = ink()
    darkness = pale.darkness.copy()
    darkness[20:, :] //= 5
    engine = Engine(line("1"))
    pale = CellInk(darkness, pale.mask, pale.parts)
    faded_fours([pale], {0: (line("1"),)}, {}, 20, 2.8, engine)
    for picture in engine.shown:
        dark = 255 - picture.min(axis=(1, 2))
        low, high = dark[: len(dark) // 2].max(), dark[len(dark) * 2 // 3 : -8].max()
        assert 0.35 * low < high < low


def shown(*tips: tuple[int, int]) -> list[Pixels]:
    """The last pictures, beside the two that are darker, of a stem (29 to 31 across, 10 to 30 down)
    and dots of 3 pixels."""
    mask = ink().mask
    for x, y in tips:
        mask[y - 1 : y + 2, x - 1 : x + 2] = 1
    engine = Engine(line("4"))
    inks = [CellInk(mask * np.uint8(200), mask, (Part(1, 20, 10, 32, 31, 60),))]
    faded_fours(inks, {0: (line("1"),)}, {}, 20, 2.8, engine)
    return engine.shown[2:]


def test_the_tip_of_a_four_is_led_to_its_stem() -> None:
    (picture,) = shown((21, 24))
    dark = picture.min(axis=2) < 128
    assert cv2.connectedComponents(dark.astype(np.uint8))[0] == 2
    # Both the slope and the bar, and paper between them.
    edges = np.flatnonzero(np.diff(dark[:, dark.shape[1] // 2 - 1].astype(int)))
    assert len(edges) == 4


@pytest.mark.parametrize("dust", [(21, 12), (21, 30), (38, 24), (26, 24), (8, 24)])
def test_dust_that_is_elsewhere_is_no_tip(dust: tuple[int, int]) -> None:
    assert shown(dust) == []
