import layoutparser as lp
import numpy as np
import pytest
from layoutparser.models.base_layoutmodel import BaseLayoutModel
from PIL import Image

from ocrpipe.layout.layoutparser_model import LayoutParserModel
from ocrpipe.layout.model import KINDS
from ocrpipe.page import Pixels
from tests.imaging import drawing


@pytest.fixture(scope="module")
def model() -> LayoutParserModel:
    return LayoutParserModel()


@pytest.fixture(scope="module")
def page() -> Pixels:
    """A paragraph above a table."""
    pixels = drawing.ruled_page()
    pixels[: round(110 * drawing.SCALE)] = 250
    for row in range(6):
        words = "The annual report on information disclosure says this"
        drawing.write(pixels, words, 70, 660 + 24 * row, 13)
    return pixels


def test_it_is_a_model_of_layoutparser(model: LayoutParserModel) -> None:
    assert isinstance(model, BaseLayoutModel)
    assert set(model.label_map.values()) == set(KINDS)


def test_detect_gives_blocks_in_pixels(model: LayoutParserModel, page: Pixels) -> None:
    layout = model.detect(page)
    assert isinstance(layout, lp.Layout)
    table = max(layout, key=lambda block: block.score)
    assert table.type == "table"
    truth = lp.Rectangle(*(value * drawing.SCALE for value in (70, 120, 525, 620)))
    common = truth.intersect(table.block).area
    assert common / (truth.area + table.area - common) > 0.85
    assert any(
        block.type == "text" and block.coordinates[1] > 640 * drawing.SCALE for block in layout
    )


def test_a_pil_image_and_a_grey_one_give_the_same(model: LayoutParserModel, page: Pixels) -> None:
    grey = np.ascontiguousarray(page[..., 0])
    expected = [block.type for block in model.detect(np.stack([grey] * 3, axis=2))]
    assert [block.type for block in model.detect(grey)] == expected
    assert [block.type for block in model.detect(Image.fromarray(grey))] == expected
