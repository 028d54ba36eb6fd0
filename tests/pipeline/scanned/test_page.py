"""What the steps of a scanned page are given."""

from dataclasses import replace
from unittest.mock import patch

import cv2
import numpy as np
import pytest

from ocrpipe import convert
from ocrpipe.imaging import Upright, straighten
from ocrpipe.page import PageImage, Ruling
from ocrpipe.tables.rulings import detect_rulings


@pytest.mark.parametrize("changed", [False, True])
def test_the_skew_is_that_of_the_page_as_it_is_turned(changed: bool) -> None:
    """It is measured while the page is looked over, and anew where something is taken off."""
    pixels = np.full((842, 595), 255, np.uint8)
    cv2.putText(pixels, "PRINT", (100, 300), cv2.FONT_HERSHEY_SIMPLEX, 2, (0,), 3)
    skews = []

    def lit(image: PageImage) -> PageImage:
        return replace(image) if changed else image

    def seen(*values: object, skew: object, **others: object) -> Upright:
        skews.append(skew)
        return straighten(*values, **others)  # type: ignore[arg-type]

    with (
        patch("ocrpipe.pipeline.scanned.page.without_watermark", lit),
        patch("ocrpipe.pipeline.scanned.page.straighten", seen),
    ):
        convert(cv2.imencode(".png", pixels)[1].tobytes())
    assert [skew is None for skew in skews] == [changed]


def test_a_fold_of_a_sheet_that_lies_askew_is_no_rule() -> None:
    pixels = np.full((1754, 1240), 250, np.float64)
    xs, ys = range(200, 1001, 200), range(300, 1301, 100)
    for x in xs:
        pixels[ys[0] : ys[-1], x : x + 2] = 60
    for y in ys:
        pixels[y : y + 2, xs[0] : xs[-1]] = 60
    for x in xs[:-1]:
        for y in ys[:-1]:
            cv2.putText(pixels, "17", (x + 70, y + 65), cv2.FONT_HERSHEY_SIMPLEX, 1.2, (40,), 3)
    pixels *= (1 - 0.35 * np.exp(-(((np.arange(1754) - 845) / 6) ** 2)))[:, None]
    turned = cv2.getRotationMatrix2D((620, 877), 1.2, 1)
    askew = cv2.warpAffine(pixels, turned, (1240, 1754), borderMode=cv2.BORDER_REPLICATE)
    seen = []

    def noted(image: PageImage, *others: object) -> tuple[Ruling, ...]:
        seen.append(image.pixels)
        return detect_rulings(image, *others)  # type: ignore[arg-type]

    with patch("ocrpipe.pipeline.scanned.page.detect_rulings", noted):
        convert(cv2.imencode(".png", askew)[1].tobytes())
    assert seen[0][200:-200, 60:90].min() > 200
