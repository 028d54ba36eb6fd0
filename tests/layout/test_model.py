import subprocess
import sys

import numpy as np
import pytest

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


def test_its_classes_have_kinds(model: LayoutModel) -> None:
    assert set(model.label_map.values()) == set(KINDS)


def test_grey_and_colour_give_the_same(model: LayoutModel, page: Pixels) -> None:
    grey = np.ascontiguousarray(page[..., 0])
    assert model.detect(grey) == model.detect(np.stack([grey] * 3, axis=2))


def test_find_gives_regions_in_points(model: LayoutModel, page: Pixels) -> None:
    regions = model.find(PageImage(page, drawing.SCALE))
    (table,) = [region for region in regions if region.kind == "table"]
    assert np.allclose(table.box, (70, 120, 525, 620), atol=12)
    assert 0.5 < table.confidence <= 1


def test_a_blank_page_has_no_regions(model: LayoutModel) -> None:
    assert model.find(PageImage(drawing.blank_page(), drawing.SCALE)) == ()


def test_it_loads_no_package_for_tables_of_data() -> None:
    code = (
        "import sys; from ocrpipe.layout.model import LayoutModel; LayoutModel(); "
        "print([m for m in ('layoutparser', 'pandas', 'pyarrow') if m in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
