import layoutparser as lp
import numpy as np
import pytest
from layoutparser.models.base_layoutmodel import BaseLayoutModel
from PIL import Image

from ocrpipe.layout.model import KINDS, LayoutModel
from ocrpipe.page import PageImage, Pixels
from tests.imaging import drawing


@pytest.fixture(scope="module")
def model() -> LayoutModel:
    return LayoutModel()


@pytest.fixture(scope="module")
def page() -> Pixels:
    """A paragraph above a table."""
    pixels = drawing.ruled_page()
    pixels[: round(110 * drawing.SCALE)] = 250
    for row in range(6):
        words = "The annual report on information disclosure says this"
        drawing.write(pixels, words, 70, 660 + 24 * row, 13)
    return pixels


def test_it_is_a_model_of_layoutparser(model: LayoutModel) -> None:
    assert isinstance(model, BaseLayoutModel)
    assert set(model.label_map.values()) == set(KINDS)


def test_detect_gives_blocks_in_pixels(model: LayoutModel, page: Pixels) -> None:
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


def test_a_pil_image_and_a_grey_one_give_the_same(model: LayoutModel, page: Pixels) -> None:
    grey = np.ascontiguousarray(page[..., 0])
    expected = [block.type for block in model.detect(np.stack([grey] * 3, axis=2))]
    assert [block.type for block in model.detect(grey)] == expected
    assert [block.type for block in model.detect(Image.fromarray(grey))] == expected


def test_find_gives_regions_in_points(model: LayoutModel, page: Pixels) -> None:
    regions = model.find(PageImage(page, drawing.SCALE))
    (table,) = [region for region in regions if region.kind == "table"]
    assert np.allclose(table.box, (70, 120, 525, 620), atol=12)
    assert 0.5 < table.confidence <= 1


def test_a_blank_page_has_no_regions(model: LayoutModel) -> None:
    assert model.find(PageImage(drawing.blank_page(), drawing.SCALE)) == ()
