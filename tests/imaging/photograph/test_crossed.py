from dataclasses import replace

import cv2
import numpy as np
import pytest

from ocrpipe.imaging import find_page
from ocrpipe.page import PageImage, Pixels
from tests.imaging import drawing
from tests.imaging.photos import Points, Shot, photograph, project

SHOT = Shot(size=(900, 1200), distance=1.5, shade=0.05)
TILTED = replace(SHOT, tilt=18, pan=-12, roll=7, seed=1)
PAGE = (595.0, 842.0)
SCALE = 900 / 595.28


def sheet_corners(shot: Shot) -> Points:
    """(4, 2) in pixels of the photograph."""
    corners = np.array([[0, 0], [PAGE[0], 0], PAGE, [0, PAGE[1]]])
    return project(corners, PAGE, shot)


def inside(corners: Points, shape: tuple[int, ...]) -> Pixels:
    mask = np.zeros(shape[:2], np.uint8)
    cv2.fillConvexPoly(mask, np.round(corners).astype(np.int32), (1,))
    return mask


def lying_on_another(shot: Shot, *, whiter: bool = False) -> PageImage:
    """A sheet on another one with lines of print, which looks out at one side of it."""
    pixels = photograph(drawing.ruled_page(), shot)
    height, width = pixels.shape[:2]
    sheet = sheet_corners(shot)
    hiding = inside(sheet, pixels.shape)
    middle = sheet.mean(axis=0)
    turn = cv2.getRotationMatrix2D((float(middle[0]), float(middle[1])), 6, 1.0)
    turn[:, 2] += (0.22 * width, -0.06 * height)
    under = inside(sheet @ turn[:, :2].T + turn[:, 2], pixels.shape)
    paper = 255 if whiter else int(np.percentile(pixels[hiding == 1], 60))
    other = np.full_like(pixels, paper)
    for y in range(0, height, 24):
        cv2.line(other, (0, y), (width, y + 54), (110, 110, 110), 3)
    shadow = cv2.GaussianBlur(hiding.astype(np.float32), (0, 0), 7)[..., None]
    if whiter:
        # The light comes from the side at which the other sheet looks out.
        shadow[:] = 0
    seen = (under == 1) & (hiding == 0)
    pixels[seen] = (other * (1 - 0.5 * shadow))[seen].astype(np.uint8)
    return PageImage(pixels, SCALE)


@pytest.mark.parametrize(
    ("shot", "whiter"),
    [(SHOT, False), (TILTED, False), (SHOT, True), (replace(SHOT, tilt=10, seed=2), True)],
    ids=["from above", "tilted", "whiter from above", "whiter tilted"],
)
def test_a_sheet_is_found_that_lies_on_another_one(shot: Shot, whiter: bool) -> None:
    outline = find_page(lying_on_another(shot, whiter=whiter))
    assert outline is not None
    off = np.hypot(*(outline.corners - sheet_corners(shot) / SCALE).T) * SCALE
    # Within five points; the rulings of the sheet take out the rest.
    assert off.max() < 5 * SCALE


def test_sheets_that_hide_nothing_of_each_other_are_no_page() -> None:
    pixels = np.full((1200, 900, 3), (45, 60, 80), np.uint8)
    pixels[100:560, 80:820] = pixels[640:1100, 80:820] = 225
    assert find_page(PageImage(pixels, SCALE)) is None
