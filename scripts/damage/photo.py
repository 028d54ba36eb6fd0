"""A sheet on a dark desk as a phone photographs it: page curl, perspective, light and blur."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from ocrpipe.page import Pixels


@dataclass(frozen=True, slots=True)
class Photo:
    """How a page was photographed.

    Attributes:
        tilt: how far the corners move inwards, as a share of the page's size (perspective).
        turn: degrees by which the camera was turned.
        curl: height of the paper's wave, as a share of the page's height.
        desk: the desk's grey level.
        light: how much darker the far side is, as a share.
        height: of the picture, in pixels.
        blur: standard deviation of the blur, in pixels.
        noise: standard deviation of the noise, in grey levels.
        quality: of the JPEG.
        seed: of everything random.
    """

    tilt: float = 0.03
    turn: float = 1.0
    curl: float = 0.01
    desk: int = 60
    light: float = 0.2
    height: int = 2400
    blur: float = 0.7
    noise: float = 4
    quality: int = 80
    seed: int = 1


def photograph(page: Pixels, photo: Photo) -> Pixels:
    """The picture (BGR) of a flat page (BGR), desk around it."""
    random = np.random.default_rng(photo.seed)
    height, width = page.shape[:2]
    scale = photo.height * 0.9 / height
    out_height, out_width = photo.height, round(width * scale / 0.88)
    map_x, map_y = _page_map(width, height, out_width, out_height, photo, random)
    paper = _curved_light(page, photo, random)
    inside = (map_x >= 0) & (map_x <= width - 1) & (map_y >= 0) & (map_y <= height - 1)
    mapped = cv2.remap(
        paper, map_x, map_y, cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC,
        borderMode=cv2.BORDER_REPLICATE,
    ).astype(np.float32)  # fmt: skip
    grain = cv2.resize(
        random.normal(0, 9, (out_height // 3, out_width // 12)).astype(np.float32),
        (out_width, out_height),
    )
    desk = np.array([0.75, 0.9, 1.0], np.float32) * (photo.desk + grain)[:, :, None]
    # The edge of the paper throws a soft shadow on the desk.
    edge = cv2.GaussianBlur(inside.astype(np.float32), (0, 0), 9)
    desk = desk * (1 - 0.5 * edge)[:, :, None]
    picture = np.where(inside[:, :, None], mapped, desk)
    tint = np.array([0.93, 0.98, 1.0], np.float32)
    lit = picture * _light(out_height, out_width, photo.light, random)[:, :, None] * tint
    soft = cv2.GaussianBlur(lit, (0, 0), photo.blur) if photo.blur else lit
    noisy = soft + random.normal(0, photo.noise, soft.shape).astype(np.float32)
    return np.asarray(np.clip(noisy, 0, 255), np.uint8)


def _page_map(
    width: int, height: int, out_width: int, out_height: int, photo: Photo,
    random: np.random.Generator,
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:  # fmt: skip
    """Where on the flat page each pixel of the picture comes from."""
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    inset = np.array([[1, 1], [-1, 1], [-1, -1], [1, -1]], np.float32)
    scale = photo.height * 0.9 / height
    size = np.array([width * scale, height * scale], np.float32)
    middle = np.array([out_width / 2, out_height / 2], np.float32)
    moves = random.uniform(0, 1, (4, 2)).astype(np.float32) * photo.tilt
    angle = np.deg2rad(photo.turn)
    turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]], np.float32)
    flat = (corners - np.array([width / 2, height / 2], np.float32)) * scale
    target = np.asarray((flat + inset * moves * size) @ turn + middle, np.float32)
    matrix = cv2.getPerspectiveTransform(target, corners)
    x, y = np.meshgrid(
        np.arange(out_width, dtype=np.float32), np.arange(out_height, dtype=np.float32)
    )
    depth = matrix[2, 0] * x + matrix[2, 1] * y + matrix[2, 2]
    flat_x = (matrix[0, 0] * x + matrix[0, 1] * y + matrix[0, 2]) / depth
    flat_y = (matrix[1, 0] * x + matrix[1, 1] * y + matrix[1, 2]) / depth
    # Curl: straight lines of the page become arcs, stronger towards one end.
    u, v = flat_x / width, flat_y / height
    slope = 0.4 + 0.6 * (v if random.random() < 0.5 else 1 - v)
    flat_y = flat_y + photo.curl * height * slope * (np.sin(np.pi * np.clip(u, 0, 1)) - 0.5)
    flat_x = flat_x + 0.25 * photo.curl * width * np.sin(2 * np.pi * np.clip(u, 0, 1))
    return flat_x.astype(np.float32), flat_y.astype(np.float32)


def _curved_light(page: Pixels, photo: Photo, random: np.random.Generator) -> Pixels:
    """Curled paper is darker where it turns away from the light."""
    u = np.linspace(0, 1, page.shape[1], dtype=np.float32)
    shade = 1 - min(0.25, 8 * photo.curl) * (0.5 + 0.5 * np.cos(2 * np.pi * (u - random.random())))
    return np.asarray(page * shade[None, :, None].astype(np.float32), np.uint8)


def _light(
    height: int, width: int, depth: float, random: np.random.Generator
) -> NDArray[np.float32]:
    x = np.linspace(-1, 1, width, dtype=np.float32)[None, :] - random.uniform(-0.7, 0.7)
    y = np.linspace(-1, 1, height, dtype=np.float32)[:, None] - random.uniform(-0.7, 0.7)
    far = np.asarray(x**2 + y**2, np.float32)
    return np.asarray(1 - depth * far / far.max(), np.float32)
