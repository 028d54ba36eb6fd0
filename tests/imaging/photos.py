"""Photographs of a sheet on a desk, made by projecting a curled page through a pinhole camera.

Where each point of the page goes is known, which is what the tests compare with.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from ocrpipe.page import Pixels

Points = NDArray[np.float64]
_CELLS = 48


@dataclass(frozen=True, slots=True)
class Shot:
    """How a page is photographed; angles in degrees, lengths as shares of the page's width.

    `tilt` and `pan` foreshorten the page downwards and sideways, `roll` turns it in the picture.
    `arch` lifts the middle of the page, `lift` its right edge, `across`: top and bottom instead.
    `shade` is how much darker the darkest place is lit than the brightest.
    """

    tilt: float = 0.0
    pan: float = 0.0
    roll: float = 0.0
    arch: float = 0.0
    lift: float = 0.0
    across: bool = False
    distance: float = 2.4
    shade: float = 0.3
    desk: tuple[int, int, int] = (45, 60, 80)
    size: tuple[int, int] = (1800, 2400)
    seed: int = 0


def project(points: Points, page_size: tuple[float, float], shot: Shot) -> Points:
    """Where points (n, 2) of a page (any unit) go in the picture, in pixels (n, 2)."""
    width, height = page_size
    x, y = points[:, 0] / width - 0.5, (points[:, 1] - height / 2) / width
    z = np.zeros_like(x)
    if shot.across:
        y, z = _curled(y, height / width, shot)
    else:
        x, z = _curled(x, 1.0, shot)
    placed = np.stack([x, y, -z], axis=1) @ _turn(shot).T
    depth = placed[:, 2] + shot.distance
    focal = 0.8 * max(shot.size)
    return np.stack(
        [
            placed[:, 0] / depth * focal + shot.size[0] / 2,
            placed[:, 1] / depth * focal + shot.size[1] / 2,
        ],
        axis=1,
    )


def _curled(along: Points, length: float, shot: Shot) -> tuple[Points, Points]:
    """The page keeps its length: what rises is missing in the plane."""
    t = np.linspace(0, 1, 401)
    z = shot.arch * np.sin(np.pi * t) + shot.lift * t**3
    slope = np.gradient(z, t * length)
    flat = np.concatenate([[0], np.cumsum(np.sqrt(np.maximum(1 - slope[1:] ** 2, 0)) / 400)])
    flat = (flat - flat[-1] / 2) * length
    at = np.clip(along / length + 0.5, 0, 1)
    return np.interp(at, t, flat), np.interp(at, t, z)


def _turn(shot: Shot) -> Points:
    tilt, pan, roll = (np.radians(value) for value in (shot.tilt, shot.pan, shot.roll))
    about_x = [[1, 0, 0], [0, np.cos(tilt), -np.sin(tilt)], [0, np.sin(tilt), np.cos(tilt)]]
    about_y = [[np.cos(pan), 0, np.sin(pan)], [0, 1, 0], [-np.sin(pan), 0, np.cos(pan)]]
    about_z = [[np.cos(roll), -np.sin(roll), 0], [np.sin(roll), np.cos(roll), 0], [0, 0, 1]]
    return np.array(about_z) @ np.array(about_x) @ np.array(about_y)


def photograph(page: Pixels, shot: Shot, quality: int = 80) -> Pixels:
    """The picture (BGR) that the camera takes of `page`."""
    rng = np.random.default_rng(shot.seed)
    width, height = shot.size
    where = _page_of_picture(page, shot)
    on_page = where[..., 0] >= 0
    shown = cv2.remap(
        page, where[..., 0], where[..., 1], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    desk = _desk(shot, rng)
    edge = cv2.GaussianBlur(on_page.astype(np.float32), (0, 0), 0.8)[..., None]
    picture = shown * edge + desk * (1 - edge)
    lit = picture * _light(shot, rng)[..., None]
    noisy = cv2.GaussianBlur(lit, (0, 0), 0.7) + rng.normal(0, 2.5, lit.shape)
    pixels = np.clip(noisy, 0, 255).astype(np.uint8)
    done, data = cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, quality])
    assert done
    assert pixels.shape[:2] == (height, width)
    return np.asarray(cv2.imdecode(data, cv2.IMREAD_COLOR), np.uint8)


def _page_of_picture(page: Pixels, shot: Shot) -> NDArray[np.float32]:
    """For each pixel of the picture the pixel of the page that it shows; -1 for the desk."""
    height, width = page.shape[:2]
    where = np.full((shot.size[1], shot.size[0], 2), -1, np.float32)
    xs, ys = np.linspace(0, width, _CELLS + 1), np.linspace(0, height, _CELLS + 1)
    grid = np.stack(np.meshgrid(xs, ys), axis=-1)
    places = project(grid.reshape(-1, 2), (width, height), shot).reshape(grid.shape)
    for row in range(_CELLS):
        for column in range(_CELLS):
            _fill(
                where,
                grid[row : row + 2, column : column + 2].reshape(4, 2),
                places[row : row + 2, column : column + 2].reshape(4, 2),
            )
    return where


def _fill(where: NDArray[np.float32], source: Points, place: Points) -> None:
    low = np.maximum(np.floor(place.min(axis=0)).astype(int) - 1, 0)
    high = np.minimum(np.ceil(place.max(axis=0)).astype(int) + 2, where.shape[1::-1])
    if (high <= low).any():
        return
    matrix = cv2.getPerspectiveTransform(place.astype(np.float32), source.astype(np.float32))
    xs, ys = np.meshgrid(np.arange(low[0], high[0]), np.arange(low[1], high[1]))
    centers = np.stack([xs + 0.5, ys + 0.5], axis=-1).astype(np.float64)
    found = cv2.perspectiveTransform(centers.reshape(1, -1, 2), matrix).reshape(centers.shape)
    margin = 1e-3
    inside = ((found >= source[0] - margin) & (found <= source[3] + margin)).all(axis=-1)
    part = where[low[1] : high[1], low[0] : high[0]]
    part[inside] = (found[inside] - 0.5).astype(np.float32)


def _desk(shot: Shot, rng: np.random.Generator) -> NDArray[np.float32]:
    """Wood: streaks along x, and grain."""
    width, height = shot.size
    streaks = cv2.resize(rng.normal(0, 1, (height // 6, max(2, width // 300))), (width, height))
    grain = rng.normal(0, 5, (height, width))
    texture = 1 + 0.12 * streaks + grain / 255
    return np.asarray(np.array(shot.desk) * texture[..., None], np.float32)


def _light(shot: Shot, rng: np.random.Generator) -> NDArray[np.float32]:
    width, height = shot.size
    angle = rng.uniform(0, 2 * np.pi)
    ys, xs = np.mgrid[0:height, 0:width]
    ramp = (xs / width - 0.5) * np.cos(angle) + (ys / height - 0.5) * np.sin(angle)
    ramp = (ramp - ramp.min()) / (ramp.max() - ramp.min())
    return np.asarray(1 - shot.shade * ramp, np.float32)
