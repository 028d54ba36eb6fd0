"""What happens to a sheet before and while it is scanned: ink, dust, rules, light, reverse side.

All functions take and give pixels (height, width, 3) in BGR; boxes are in pixels.
"""

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from ocrpipe.geometry import Box
from ocrpipe.page import Pixels

Generator = np.random.Generator


def faint(pixels: Pixels, strength: float, random: Generator) -> Pixels:
    """Ink with only `strength` of its darkness, uneven as of a tired toner cartridge."""
    height, width = pixels.shape[:2]
    cloud = _cloud(height, width, random)
    share = strength * (0.75 + 0.5 * cloud)
    paper = np.float32(255)
    return _clipped(paper - (paper - pixels.astype(np.float32)) * share[:, :, None])


def dust_in_cells(
    pixels: Pixels, cells: Sequence[Box], share: float, scale: float, random: Generator
) -> Pixels:
    """One to three dark specks in a `share` of the cells; `scale` is pixels a point."""
    dusty = pixels.copy()
    for cell in cells:
        if random.random() >= share:
            continue
        for _ in range(int(random.integers(1, 4))):
            x = random.uniform(cell.x0 + 0.1 * cell.width, cell.x1 - 0.1 * cell.width)
            y = random.uniform(cell.y0 + 0.15 * cell.height, cell.y1 - 0.15 * cell.height)
            radius = random.uniform(0.25, 0.75) * scale
            axes = (max(1, round(radius)), max(1, round(radius * random.uniform(0.6, 1))))
            grey = int(random.integers(0, 110))
            angle = float(random.uniform(0, 180))
            cv2.ellipse(
                dusty, (round(x), round(y)), axes, angle, 0, 360, (grey,) * 3, -1, cv2.LINE_AA
            )
    return dusty


def break_rules(
    pixels: Pixels, cells: Sequence[Box], share: float, scale: float, random: Generator
) -> Pixels:
    """Gaps of 1 to 9 points in the rules around `cells`, of `share` of their length."""
    broken = pixels.copy()
    half = max(1, round(1.1 * scale))
    for cell in cells:
        edges = (
            (cell.x0, cell.y0, cell.x1, cell.y0), (cell.x0, cell.y1, cell.x1, cell.y1),
            (cell.x0, cell.y0, cell.x0, cell.y1), (cell.x1, cell.y0, cell.x1, cell.y1),
        )  # fmt: skip
        for x0, y0, x1, y1 in edges:
            length = max(x1 - x0, y1 - y0)
            # Neighbours share an edge: each takes half of its gaps.
            gaps = random.poisson(share / 2 * length / (5 * scale))
            for _ in range(int(gaps)):
                gap = random.uniform(1, 9) * scale
                start = random.uniform(0, max(1.0, length - gap))
                if x1 - x0 > y1 - y0:
                    left, right = round(x0 + start), round(min(x1, x0 + start + gap))
                    broken[max(0, round(y0) - half) : round(y0) + half + 1, left:right] = 255
                else:
                    top, bottom = round(y0 + start), round(min(y1, y0 + start + gap))
                    broken[top:bottom, max(0, round(x0) - half) : round(x0) + half + 1] = 255
    return broken


def bleed_through(pixels: Pixels, reverse: Pixels, strength: float, scale: float) -> Pixels:
    """The mirrored `reverse` side shines through with `strength` of its ink, a little blurred."""
    height, width = pixels.shape[:2]
    mirrored = cv2.resize(reverse[:, ::-1], (width, height))
    soft = cv2.GaussianBlur(mirrored, (0, 0), 0.35 * scale).astype(np.float32)
    ink = (255 - soft) * strength
    return _clipped(pixels.astype(np.float32) * (1 - ink / 255))


def uneven_light(pixels: Pixels, depth: float, random: Generator) -> Pixels:
    """Shadows that take up to `depth` of the light: a slope, a cloud, and a dark gutter."""
    height, width = pixels.shape[:2]
    x = np.linspace(0, 1, width, dtype=np.float32)[None, :]
    y = np.linspace(0, 1, height, dtype=np.float32)[:, None]
    slope = np.abs(random.uniform(0, 1) * x + random.uniform(-1, 1) * y)
    slope = slope / max(0.01, float(slope.max()))
    gutter = np.exp(-x / random.uniform(0.03, 0.1))
    shadow = 0.6 * slope + 0.3 * _cloud(height, width, random) + 0.4 * gutter
    shadow = np.clip(shadow / shadow.max(), 0, 1)
    return _clipped(pixels.astype(np.float32) * (1 - depth * shadow)[:, :, None])


def pen_marks(
    pixels: Pixels, cells: Sequence[Box], count: int, scale: float, random: Generator
) -> Pixels:
    """Ticks, underlines and rings of a blue or black pen near some of the cells."""
    marked = pixels.copy()
    thickness = max(1, round(0.9 * scale))
    for index in random.choice(len(cells), min(count, len(cells)), replace=False):
        cell = cells[int(index)]
        colour = ((150, 60, 30), (60, 50, 50))[int(random.integers(2))]
        x, y = cell.center
        kind = int(random.integers(3))
        if kind == 0:
            corner = (round(cell.x1 - 2 * scale), round(cell.y1 - 3 * scale))
            for dx, dy in ((-4, -4), (7, -10)):
                end = (round(corner[0] + dx * scale), round(corner[1] + dy * scale))
                cv2.line(marked, corner, end, colour, thickness, cv2.LINE_AA)
        elif kind == 1:
            axes = (round(0.55 * cell.width), round(0.5 * cell.height))
            tilt = float(random.uniform(-12, 12))
            cv2.ellipse(
                marked, (round(x), round(y)), axes, tilt, 15, 385, colour, thickness, cv2.LINE_AA
            )
        else:
            left = (round(cell.x0 + 2 * scale), round(cell.y1 - 2.5 * scale))
            right = (round(cell.x1 - 2 * scale), round(cell.y1 - 4 * scale))
            cv2.line(marked, left, right, colour, thickness, cv2.LINE_AA)
    return marked


def _cloud(height: int, width: int, random: Generator) -> NDArray[np.float32]:
    """Smooth noise from 0 to 1."""
    coarse = random.random((5, 4)).astype(np.float32)
    cloud = cv2.resize(coarse, (width, height), interpolation=cv2.INTER_CUBIC)
    return np.clip(np.asarray(cloud, np.float32), 0, 1)


def _clipped(values: NDArray[np.floating]) -> Pixels:
    return np.asarray(np.clip(values, 0, 255), np.uint8)
