"""What the pages beside a page tell of the way it lies."""

from collections.abc import Sequence

import numpy as np
import pytest

from ocrpipe.document import Origin
from ocrpipe.imaging.orientation import OrientationModel
from ocrpipe.page import PageImage, SourcePage
from ocrpipe.pipeline.scanned.orientation import turns_beside
from tests.imaging import drawing


@pytest.fixture(scope="module")
def model() -> OrientationModel:
    return OrientationModel()


def lying(
    turned: int, size: tuple[float, float] = (842, 595), origin: Origin = "scanned"
) -> SourcePage:
    pixels = np.ascontiguousarray(np.rot90(drawing.text_page(), -turned))
    return SourcePage(2, *size, origin, lambda dpi: PageImage(pixels, dpi / 72))


def blank_page() -> SourcePage:
    pixels = np.full((850, 1200, 3), 250, np.uint8)
    return SourcePage(2, 842, 595, "scanned", lambda dpi: PageImage(pixels, dpi / 72))


def damaged_page() -> SourcePage:
    def render(dpi: float) -> PageImage:
        raise ValueError("damaged")

    return SourcePage(2, 842, 595, "scanned", render)


def told_by(beside: Sequence[SourcePage], model: OrientationModel) -> int | None:
    page = SourcePage(1, 842, 595, "scanned", damaged_page().render, beside=lambda: iter(beside))
    return turns_beside(page, model)


def test_pages_that_lie_alike_tell_it(model: OrientationModel) -> None:
    assert told_by([lying(1), lying(1, size=(836, 600))], model) == 3
    assert told_by([lying(3)], model) == 1


def test_pages_that_lie_differently_tell_nothing(model: OrientationModel) -> None:
    assert told_by([lying(1), lying(3)], model) is None
    assert told_by([], model) is None


def test_blank_and_damaged_pages_tell_nothing(model: OrientationModel) -> None:
    assert told_by([blank_page(), damaged_page()], model) is None
    assert told_by([blank_page(), damaged_page(), lying(1)], model) == 3


def test_pages_of_another_size_and_digital_ones_are_not_asked(model: OrientationModel) -> None:
    others = [lying(1, size=(595, 842)), lying(1, size=(700, 595)), lying(1, origin="digital")]
    assert told_by(others, model) is None
    assert told_by([*others, lying(3)], model) == 1
