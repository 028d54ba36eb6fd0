import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocrpipe.ocr.lines.crops import narrowed
from ocrpipe.ocr.recognition.batching import LINE_HEIGHT


@given(height=st.integers(8, 150), aspect=st.floats(8.0, 40.0), grey=st.booleans())
def test_a_long_line_is_read_at_three_quarters_of_its_width(
    height: int, aspect: float, grey: bool
) -> None:
    width = round(height * aspect) + 1
    shape = (height, width) if grey else (height, width, 3)
    read = narrowed(np.full(shape, 255, np.uint8))
    assert read.shape[0] == LINE_HEIGHT
    assert read.shape[2:] == shape[2:]
    assert read.shape[1] / LINE_HEIGHT == pytest.approx(0.75 * width / height, abs=0.02)


def test_a_short_line_is_read_as_it_is() -> None:
    picture = np.full((40, 300, 3), 255, np.uint8)
    assert narrowed(picture) is picture
