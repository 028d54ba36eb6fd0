from dataclasses import replace
from functools import cache

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ocrpipe.geometry import Box
from ocrpipe.imaging import Flattened, PageOutline, find_page, flatten, straighten
from ocrpipe.imaging.orientation import OrientationModel
from ocrpipe.imaging.photograph.light import even_light
from ocrpipe.imaging.photograph.sheet import sheet_map, sheet_size
from ocrpipe.options import ImagingOptions
from ocrpipe.page import PageImage, Pixels
from tests.imaging import drawing
from tests.imaging.photos import Points, Shot, photograph, project

SHOT = Shot(size=(1500, 2000), distance=1.5)
SHOTS = {
    "from above": SHOT,
    "tilted": replace(SHOT, tilt=18, pan=-12, roll=7, seed=1),
    "arched": replace(SHOT, arch=0.07, tilt=-12, roll=-4, seed=2),
    "lifted": replace(SHOT, lift=0.12, pan=10, desk=(60, 90, 130), seed=3),
    "wave": replace(SHOT, arch=0.05, lift=-0.1, tilt=15, seed=4),
    "arched downwards": replace(SHOT, arch=0.06, across=True, pan=14, roll=5, seed=5),
    "badly lit": replace(SHOT, shade=0.65, tilt=10, arch=0.03, seed=6),
}
PHOTO_SCALE = 1500 / 595.28
FLAT_SCALE = 150 / 72
PAGE = (595.0, 842.0)


@cache
def photo(name: str) -> PageImage:
    return PageImage(photograph(drawing.ruled_page(), SHOTS[name]), PHOTO_SCALE)


@cache
def flat(name: str) -> Flattened:
    outline = find_page(photo(name))
    assert outline is not None
    return flatten(photo(name), outline, FLAT_SCALE)


def in_photo(points: Points, name: str) -> Points:
    """Where points of the page lie in the photo, both in points."""
    return project(points, PAGE, SHOTS[name]) / PHOTO_SCALE


def in_flat(places: Points, flattened: Flattened) -> Points:
    """The points of the flat page that `to_photo` puts at `places`, by Newton's method."""
    sheet = flattened.sheet
    found = np.tile([sheet.width / 2, sheet.height / 2], (len(places), 1))
    step = 1e-3
    for _ in range(15):
        here = sheet.to_photo(found)
        dx = (sheet.to_photo(found + np.array([step, 0])) - here) / step
        dy = (sheet.to_photo(found + np.array([0, step])) - here) / step
        matrix = np.stack([dx, dy], axis=2)
        found = found + np.linalg.solve(matrix, (places - here)[:, :, None])[:, :, 0]
    return found


@pytest.mark.parametrize("name", SHOTS)
def test_the_corners_of_the_sheet_are_found_to_two_pixels(name: str) -> None:
    outline = find_page(photo(name))
    assert outline is not None
    corners = np.array([[0, 0], [PAGE[0], 0], PAGE, [0, PAGE[1]]])
    off = np.hypot(*(outline.corners - in_photo(corners, name)).T) * PHOTO_SCALE
    assert off.max() < 2


@pytest.mark.parametrize("name", SHOTS)
def test_rulings_are_straight_to_a_pixel_and_a_half_on_the_flat_page(name: str) -> None:
    t = np.linspace(0, 1, 40)
    for y in np.linspace(120, 620, 11):
        rule = in_photo(np.stack([70 + t * 455, np.full_like(t, y)], axis=1), name)
        across = in_flat(rule, flat(name))[:, 1]
        assert np.ptp(across) * FLAT_SCALE < 1.5, f"the ruling at y {y:.0f}"
    for x in np.linspace(70, 525, 7):
        rule = in_photo(np.stack([np.full_like(t, x), 120 + t * 500], axis=1), name)
        across = in_flat(rule, flat(name))[:, 0]
        assert np.ptp(across) * FLAT_SCALE < 1.5, f"the ruling at x {x:.0f}"


@pytest.mark.parametrize("name", SHOTS)
def test_places_on_the_flat_page_are_those_on_the_paper(name: str) -> None:
    grid = np.stack(np.meshgrid(np.linspace(40, 555, 9), np.linspace(40, 800, 12)), axis=-1)
    points = grid.reshape(-1, 2)
    off = np.hypot(*(in_flat(in_photo(points, name), flat(name)) - points).T)
    assert off.max() < 16  # a fiftieth of the page


@pytest.mark.parametrize("name", SHOTS)
def test_boxes_go_back_to_where_the_photo_shows_them(name: str) -> None:
    cells = [Box(70, 120, 145.8, 170), Box(449, 570, 525, 620), Box(221, 320, 373, 370)]
    for cell in cells:
        corners = np.array(
            [[cell.x0, cell.y0], [cell.x1, cell.y0], [cell.x1, cell.y1], [cell.x0, cell.y1]]
        )
        places = in_flat(in_photo(corners, name), flat(name))
        found = flat(name).box_to_page(Box(*places.min(axis=0), *places.max(axis=0)))
        expected = in_photo(corners, name)
        assert found == pytest.approx((*expected.min(axis=0), *expected.max(axis=0)), abs=2.0)


def test_the_picture_shows_what_the_mapping_says() -> None:
    pixels = drawing.blank_page()
    for x, y in ((120, 100), (470, 120), (300, 420), (110, 760), (480, 740)):
        drawing.line(pixels, x - 4, y, x + 4, y)
        drawing.line(pixels, x, y - 4, x, y + 4)
    shot = SHOTS["wave"]
    image = PageImage(photograph(pixels, shot), PHOTO_SCALE)
    outline = find_page(image)
    assert outline is not None
    flattened = flatten(image, outline, FLAT_SCALE)
    grey = flattened.image.pixels.min(axis=2)
    count, _, stats, centers = cv2.connectedComponentsWithStats((grey < 150).astype(np.uint8))
    marks = centers[1:count][stats[1:count, cv2.CC_STAT_AREA] > 12]
    assert len(marks) == 5
    shown = flattened.sheet.to_photo((marks + 0.5) / FLAT_SCALE)
    true = np.array([[120, 100], [470, 120], [300, 420], [110, 760], [480, 740]], float)
    expected = project(true, PAGE, shot) / PHOTO_SCALE
    nearest = np.hypot(*(shown[:, None] - expected[None]).transpose(2, 0, 1)).min(axis=1)
    assert nearest.max() < 1.0


def test_light_is_even_and_red_stays_red() -> None:
    pixels = drawing.text_page()
    drawing.stamp(pixels, 420, 700, 55)
    ramp = np.linspace(1, 0.4, pixels.shape[1])[None, :, None]
    lit = even_light(drawing.page_image((pixels * ramp).astype(np.uint8))).pixels
    paper = [np.median(lit[:150, left : left + 200]) for left in range(0, 1200, 200)]
    assert max(paper) - min(paper) < 8
    assert min(paper) > 235
    seal = lit[round(640 * drawing.SCALE) : round(760 * drawing.SCALE), 750:1000].astype(int)
    redness = seal[..., 2] - seal[..., :2].max(axis=2)
    assert np.mean(redness > 80) > 0.05


def _unframed(pixels: Pixels) -> PageImage:
    return drawing.page_image(drawing.scanned(pixels))


def test_scans_and_drawings_are_no_photographs() -> None:
    pages = {"text": drawing.text_page(), "table": drawing.ruled_page()}
    pages["blank"] = drawing.blank_page()
    pages["black"] = np.full_like(drawing.blank_page(), 20)
    dark_edges = drawing.text_page()
    dark_edges[:, :12] = dark_edges[:, -9:] = dark_edges[:10] = dark_edges[-14:] = 15
    pages["dark edges"] = dark_edges
    one_edge = drawing.ruled_page()
    one_edge[:, :90] = 20
    pages["one dark edge"] = one_edge
    picture = drawing.text_page()
    picture[300:1300, 150:1100] = 50
    picture[420:1180, 260:980] = 240
    pages["dark frame on a page"] = picture
    panel = np.full_like(drawing.blank_page(), 70)
    panel[200:1500, 150:1080] = 245
    pages["panel on a dark ground"] = panel
    for name, pixels in pages.items():
        assert find_page(_unframed(pixels)) is None, name


def test_a_sheet_that_lies_straight_on_a_desk_with_grain_is_no_drawing() -> None:
    random = np.random.default_rng(4)
    pixels = random.integers(30, 90, drawing.blank_page().shape).astype(np.uint8)
    pixels[200:1500, 150:1080] = 245
    outline = find_page(_unframed(pixels))
    assert outline is not None
    assert np.abs(outline.corners[[0, 2]] * drawing.SCALE - [[150, 200], [1080, 1500]]).max() < 6


def test_a_white_desk_or_a_sheet_cut_off_is_left_as_it_is() -> None:
    white = replace(SHOT, desk=(235, 235, 235), tilt=10)
    near = replace(SHOT, distance=0.9, tilt=10)
    for shot in (white, near):
        image = PageImage(photograph(drawing.ruled_page(), shot), PHOTO_SCALE)
        assert find_page(image) is None


def test_a_sheet_is_found_beside_another_one_and_with_a_corner_cut_off() -> None:
    shot = replace(SHOT, tilt=8, roll=6, seed=7)
    pixels = photograph(drawing.ruled_page(), shot)
    corners = np.array([[0, 0], [PAGE[0], 0], PAGE, [0, PAGE[1]]])
    true = project(corners, PAGE, shot)
    beside = pixels.copy()
    other = np.array([[1440, 900], [1499, 860], [1499, 1999], [1420, 1999]], np.int32)
    cv2.fillPoly(beside, [other], (230, 230, 228))
    cut = round(float(true[1, 0])) - 60
    for name, shown in (("beside another", beside), ("cut off", pixels[:, :cut].copy())):
        outline = find_page(PageImage(shown, PHOTO_SCALE))
        assert outline is not None, name
        off = np.hypot(*(outline.corners * PHOTO_SCALE - true).T)
        assert off.max() < 6, name


@pytest.mark.parametrize("quarters", [0, 1, 2, 3])
def test_a_turned_photo_is_put_upright_and_boxes_fit_the_turned_photo(quarters: int) -> None:
    shot = replace(SHOTS["tilted"], arch=0.04)
    page = drawing.text_page()
    drawing.line(page, 70, 800, 170, 800)
    taken = photograph(page, shot)
    stored = PageImage(np.ascontiguousarray(np.rot90(taken, quarters)), PHOTO_SCALE)

    upright = straighten(stored, ImagingOptions(), OrientationModel)

    assert upright.rotation == 90 * quarters
    assert upright.placement is not None
    assert upright.placement.size == pytest.approx((1500 / PHOTO_SCALE, 2000 / PHOTO_SCALE))
    # The line under the text is the lowest ink; turned back the photo is as it was taken.
    dark = np.argwhere(upright.image.pixels.min(axis=2) < 120) / upright.image.scale
    low = dark[dark[:, 0] > 740]
    box = upright.box_to_page(Box(*low.min(axis=0)[::-1], *low.max(axis=0)[::-1]))
    ends = project(np.array([[70, 800], [170, 800]]), PAGE, shot) / PHOTO_SCALE
    assert box.x0 == pytest.approx(ends[:, 0].min(), abs=3)
    assert box.x1 == pytest.approx(ends[:, 0].max(), abs=3)
    assert box.center[1] == pytest.approx(ends[:, 1].mean(), abs=3)


def test_a_scan_keeps_its_frame_and_flattening_can_be_left_out() -> None:
    options = ImagingOptions(auto_rotate=False)
    scan = straighten(drawing.page_image(drawing.ruled_page()), options, OrientationModel)
    assert scan.placement is None
    assert scan.box_to_page(Box(1, 2, 3, 4)) == Box(1, 2, 3, 4)

    off = options.model_copy(update={"flatten": False})
    left = straighten(photo("tilted"), off, OrientationModel)
    assert left.placement is None
    assert left.image.width == photo("tilted").width


def test_a_small_sheet_is_rendered_finer() -> None:
    asked: list[float] = []

    def render(dpi: float) -> PageImage:
        asked.append(dpi)
        return photo("tilted")

    options = ImagingOptions(auto_rotate=False)
    upright = straighten(photo("tilted"), options, OrientationModel, render=render)
    assert len(asked) == 1
    assert 1.1 * 72 * PHOTO_SCALE < asked[0] <= 2 * 72 * PHOTO_SCALE
    assert upright.image.scale == PHOTO_SCALE


@given(
    moves=st.lists(st.floats(-60, 60), min_size=8, max_size=8),
    turn=st.floats(-0.3, 0.3),
)
@settings(deadline=None, max_examples=50)
def test_corners_of_the_flat_sheet_are_those_of_the_outline(
    moves: list[float], turn: float
) -> None:
    square = np.array([[100, 100], [500, 100], [500, 700], [100, 700]], float)
    spin = np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
    corners = (square + np.reshape(moves, (4, 2))) @ spin + [0, 150]
    t = np.linspace(0, 1, 50)[:, None]
    sides = [a + t * (b - a) for a, b in zip(corners, np.roll(corners, -1, axis=0), strict=True)]
    sheet = sheet_map(PageOutline((sides[0], sides[1], sides[2], sides[3])), (800.0, 1000.0))
    flat_corners = np.array(
        [[0, 0], [sheet.width, 0], [sheet.width, sheet.height], [0, sheet.height]]
    )
    assert np.allclose(sheet.to_photo(flat_corners), corners, atol=0.01)


@pytest.mark.parametrize("name", SHOTS)
@pytest.mark.parametrize(("page", "expected"), [(PAGE, 0.707), ((842.0, 595.0), 1.414)])
def test_a4_is_recognised_upright_and_lying(
    name: str, page: tuple[float, float], expected: float
) -> None:
    corners = np.array([[0, 0], [page[0], 0], page, [0, page[1]]])
    width, height = sheet_size(project(corners, page, SHOTS[name]), (1500.0, 2000.0))
    assert width / height == pytest.approx(expected, abs=0.001)


def test_a_square_sheet_stays_square() -> None:
    corners = np.array([[0, 0], [600, 0], [600, 600], [0, 600]], float)
    shot = replace(SHOT, tilt=15, pan=10)
    width, height = sheet_size(project(corners, (600.0, 600.0), shot), (1500.0, 2000.0))
    assert width / height == pytest.approx(1.0, abs=0.05)
