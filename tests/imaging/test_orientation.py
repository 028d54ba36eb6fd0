import numpy as np
import pytest
from numpy.typing import NDArray

from ocrpipe.channels import to_grey
from ocrpipe.imaging.orientation import (
    Legibility,
    OrientationModel,
    clear_turns,
    line_direction,
    quarter_turns,
)
from ocrpipe.imaging.paper import ink_mask, normalized
from ocrpipe.page import Pixels
from tests.imaging import drawing


class _Believes(OrientationModel):
    """Gives the same probabilities whatever it sees, relative to the page as stored."""

    def __init__(self, *turned: float) -> None:
        self._turned = np.array(turned, np.float32)
        self.looks = 0

    def probabilities(self, pictures: object) -> NDArray[np.float32]:
        self.looks += 1
        return np.stack([np.roll(self._turned, turns) for turns in range(4)])


def mask_of(pixels: Pixels) -> Pixels:
    return ink_mask(normalized(to_grey(pixels)))


@pytest.mark.parametrize("draw", [drawing.text_page, drawing.ruled_page])
def test_line_direction_changes_sign_with_a_quarter_turn(draw: object) -> None:
    assert callable(draw)
    mask = mask_of(draw())
    assert line_direction(mask) > 0.05
    assert line_direction(np.ascontiguousarray(np.rot90(mask))) < -0.05


@pytest.mark.parametrize(("turned", "turns"), [(0, 0), (1, 3), (2, 2), (3, 1)])
def test_turns_undo_what_the_model_believes(turned: int, turns: int) -> None:
    page = np.ascontiguousarray(np.rot90(drawing.text_page(), -turned))
    believed = [0.02] * 4
    believed[turned] = 0.94
    assert quarter_turns(page, _Believes(*believed)) == turns


def test_text_lines_overrule_a_model_that_is_wrong_about_them() -> None:
    assert quarter_turns(drawing.text_page(), _Believes(0.15, 0.03, 0.02, 0.8)) == 0


def reads(*legible: float) -> Legibility:
    """A reader to whom the drawn page of text is so legible after 0, 1, 2 and 3 quarter turns."""
    page = drawing.text_page()
    positions = [np.rot90(page, -turns) for turns in range(4)]

    def legibility(pixels: Pixels) -> float:
        (seen,) = (n for n, one in enumerate(positions) if np.array_equal(one, pixels))
        return legible[seen]

    return legibility


def test_an_unclear_page_stays_unless_its_text_reads_better_turned() -> None:
    page = drawing.text_page()
    unclear = _Believes(0.3, 0.1, 0.5, 0.1)
    assert quarter_turns(page, unclear) == 0
    assert quarter_turns(page, unclear, reads(0.5, 0, 0.55, 0)) == 0
    assert quarter_turns(page, unclear, reads(0.5, 0, 0.7, 0)) == 2


def test_a_page_that_hardly_leads_as_it_is_is_turned_when_that_reads_better() -> None:
    page = drawing.text_page()
    unclear = _Believes(0.4, 0.1, 0.3, 0.2)
    assert quarter_turns(page, unclear, reads(0.5, 0, 0.4, 0)) == 0
    assert quarter_turns(page, unclear, reads(0, 0, 0.7, 0)) == 2
    assert quarter_turns(page, _Believes(0.9, 0.03, 0.04, 0.03), reads(0, 0, 1, 0)) == 0


def test_a_page_that_another_shines_through_is_not_turned_from_where_its_words_are_read() -> None:
    page = drawing.text_page()
    # Drawn lines run across: 0.14 beside 0.84 is a lead of 1.8.
    turned = _Believes(0.14, 0.01, 0.84, 0.01)
    assert quarter_turns(page, turned, reads(0.7, 0, 0.2, 0)) == 0
    assert quarter_turns(page, turned, reads(0.2, 0, 0.7, 0)) == 2
    assert quarter_turns(page, turned, reads(0, 0, 0, 0)) == 2
    assert quarter_turns(page, turned) == 2
    assert quarter_turns(page, _Believes(0.02, 0.01, 0.96, 0.01), reads(0.7, 0, 0.2, 0)) == 2


def turned_page(turned: int) -> Pixels:
    return np.ascontiguousarray(np.rot90(drawing.text_page(), -turned))


def test_a_page_that_lies_on_either_side_is_turned_the_way_its_text_reads() -> None:
    either_side = _Believes(0.02, 0.48, 0.02, 0.48)

    def upright_alone(pixels: Pixels) -> float:
        return 0.8 if np.array_equal(pixels, drawing.text_page()) else 0.0

    for turned in (1, 3):
        assert quarter_turns(turned_page(turned), either_side, upright_alone) == 4 - turned


@pytest.mark.parametrize("turns", [1, 3])
def test_a_page_without_words_is_turned_as_the_pages_beside_it(turns: int) -> None:
    either_side = _Believes(0.02, 0.48, 0.02, 0.48)
    for legibility in (None, lambda pixels: 0.3):
        assert quarter_turns(turned_page(1), either_side, legibility, lambda: turns) == turns


def test_pages_beside_it_say_nothing_against_what_a_page_shows() -> None:
    def asked() -> int:
        raise AssertionError("there is no doubt")

    either_side = _Believes(0.02, 0.48, 0.02, 0.48)
    stored = turned_page(1)
    assert quarter_turns(stored, either_side, lambda pixels: 0.3, lambda: 0) in {1, 3}
    assert quarter_turns(stored, _Believes(0.01, 0.97, 0.01, 0.01), None, asked) == 3
    upright_reads = [np.rot90(stored, -turns) for turns in (1, 3)]

    def legibility(pixels: Pixels) -> float:
        return 0.9 if np.array_equal(pixels, upright_reads[1]) else 0.1

    assert quarter_turns(stored, either_side, legibility, asked) == 3


def test_only_a_page_without_a_doubt_tells_others_how_it_lies() -> None:
    assert clear_turns(turned_page(1), _Believes(0.01, 0.97, 0.01, 0.01)) == 3
    assert clear_turns(turned_page(1), _Believes(0.02, 0.48, 0.02, 0.48)) is None
    blank = np.full((1200, 850, 3), 250, np.uint8)
    assert clear_turns(blank, _Believes(0.97, 0.01, 0.01, 0.01)) is None


def test_further_renderings_are_looked_at_unless_a_page_clearly_stands_upright() -> None:
    sure, unsure = _Believes(0.97, 0.01, 0.01, 0.01), _Believes(0.45, 0.05, 0.45, 0.05)
    for model, looks in ((sure, 1), (unsure, 3), (_Believes(0.01, 0.01, 0.97, 0.01), 3)):
        quarter_turns(drawing.text_page(), model)
        assert model.looks == looks
