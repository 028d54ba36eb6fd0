"""What happens between a clean print and the crop of a line: the scanner, wear, and the cutting.

Ink pictures are (height, width) uint8, 255 for ink; scans are grey, 255 for white.
"""

import random
from dataclasses import dataclass
from typing import TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

Grey: TypeAlias = NDArray[np.uint8]
Floats: TypeAlias = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Level:
    """How strong the damage may get: 0 is none."""

    name: str
    strength: float


CLEAN = Level("clean", 0.0)
LIGHT = Level("light", 0.4)
SCAN = Level("scan", 0.75)
HARD = Level("hard", 1.0)


def _chance(rng: random.Random, probability: float) -> bool:
    return rng.random() < probability


def place(ink: Grey, rng: random.Random, neighbour: Grey | None, strength: float) -> Grey:
    """Put the ink in a crop as a text detector cuts it: margins, now and then too tight a cut, and
    ink of the line above or below (`neighbour`) at the edge."""
    height, width = ink.shape
    top, bottom = (round(height * rng.uniform(-0.03 * strength, 0.28)) for _ in range(2))
    left, right = (round(height * rng.uniform(0.0, 0.5)) for _ in range(2))
    page = np.zeros((height + max(top, 0) + max(bottom, 0), width + left + right), dtype=np.uint8)
    page[max(top, 0) : max(top, 0) + height, left : left + width] = ink
    if neighbour is not None:
        depth = max(1, min(round(height * rng.uniform(0.03, 0.16)), neighbour.shape[0]))
        span = min(page.shape[1], neighbour.shape[1])
        start = rng.randint(0, page.shape[1] - span)
        if _chance(rng, 0.5):
            edge = page[:depth, start : start + span]
            np.maximum(edge, neighbour[-depth:, :span], out=edge)
        else:
            edge = page[-depth:, start : start + span]
            np.maximum(edge, neighbour[:depth, :span], out=edge)
    return page[max(-top, 0) : page.shape[0] - max(-bottom, 0)]


def bend(ink: Grey, rng: random.Random, strength: float) -> Grey:
    """Skew, slant and unequal scaling; the picture grows so that no ink is lost."""
    height, width = ink.shape
    stretch = rng.uniform(1 - 0.25 * strength, 1 + 0.3 * strength)
    angle = rng.gauss(0, 0.5 * strength) * np.pi / 180
    # A long line is found as a turned box: only a little of the skew is left in its crop.
    rise = float(np.clip(np.tan(angle) * width, -0.12 * height, 0.12 * height))
    slant = rng.gauss(0, 0.05 * strength)
    out = max(8, round(width * stretch))
    source = np.array([[0, 0], [width, 0], [0, height]], dtype=np.float32)
    target = np.array([[0, 0], [out, rise], [slant * height, height]], dtype=np.float32)
    room = np.ceil([abs(slant) * height, abs(rise)]).astype(int) + 1
    matrix = cv2.getAffineTransform(source, target + room.astype(np.float32))
    method = cv2.INTER_AREA if stretch < 0.9 else cv2.INTER_LINEAR
    size = (out + 2 * int(room[0]), height + 2 * int(room[1]))
    bent = cv2.warpAffine(ink, matrix, size, flags=method)
    x, y, wide, high = cv2.boundingRect(bent)
    return np.asarray(bent[y : y + high, x : x + wide], dtype=np.uint8)


def _smooth_field(rng: random.Random, shape: tuple[int, int], cell: int) -> Floats:
    """Values about 0 with a deviation of 1 that change over about `cell` pixels."""
    generator = np.random.default_rng(rng.getrandbits(32))
    rows, columns = max(2, shape[0] // cell + 2), max(2, shape[1] // cell + 2)
    coarse = generator.standard_normal((rows, columns)).astype(np.float32)
    return np.asarray(cv2.resize(coarse, (shape[1], shape[0]), interpolation=cv2.INTER_LINEAR))


def wear(ink: Grey, rng: random.Random, strength: float) -> Grey:
    """Thicker or thinner strokes, ragged edges, faint places."""
    out = ink
    if _chance(rng, 0.5 * strength) and ink.shape[0] > 20:
        field = _smooth_field(rng, ink.shape, rng.randint(2, 4))
        soft = cv2.GaussianBlur(ink, (0, 0), rng.uniform(0.5, 0.9) * ink.shape[0] / 48)
        threshold = rng.uniform(80, 150) + 25 * strength * field
        worn = np.where(soft > threshold, 255, 0).astype(np.uint8)
        # Thin strokes of small type would vanish, and with them what is to be read.
        if worn.sum(dtype=np.int64) > 0.7 * ink.sum(dtype=np.int64):
            out = np.asarray(cv2.addWeighted(worn, 0.75, ink, 0.25, 0), dtype=np.uint8)
    if _chance(rng, 0.25 * strength):
        field = _smooth_field(rng, ink.shape, rng.randint(6, 40))
        fade = np.clip(1 - rng.uniform(0.1, 0.5) * strength * np.maximum(field, 0), 0.25, 1)
        out = (out * fade).astype(np.uint8)
    return np.asarray(out)


def _seal(page: Floats, rng: random.Random) -> None:
    """Multiply a part of a round or square stamp over the page, in place."""
    height, width = page.shape
    layer = np.ones_like(page)
    shade = rng.uniform(0.45, 0.85)
    radius = rng.randint(height, 3 * height)
    centre = (rng.randint(0, width), rng.randint(-height, 2 * height))
    thick = max(1, round(height * rng.uniform(0.05, 0.15)))
    if _chance(rng, 0.7):
        cv2.circle(layer, centre, radius, (shade,), thick)
    else:
        corner = (centre[0] + radius, centre[1] + radius)
        cv2.rectangle(layer, (centre[0] - radius, centre[1] - radius), corner, (shade,), thick)
    for _ in range(rng.randint(0, 6)):
        start = (rng.randint(0, width), rng.randint(0, height))
        end = (
            start[0] + rng.randint(-height, height) // 2,
            start[1] + rng.randint(-height, height) // 2,
        )
        cv2.line(layer, start, end, (shade,), max(1, thick // 2))
    page *= layer


def _print(ink: Grey, rng: random.Random, strength: float) -> Floats:
    """Ink of some darkness on paper of some lightness, both uneven."""
    paper = 255 - rng.uniform(0, 60) * strength
    dark = rng.uniform(0, 40 + 110 * strength)
    dark = min(dark, paper - 70)
    page: Floats = paper + np.float32(dark - paper) * (ink.astype(np.float32) / np.float32(255))
    if _chance(rng, 0.4 * strength):
        page += rng.uniform(2, 12) * strength * _smooth_field(rng, ink.shape, rng.randint(40, 200))
    if _chance(rng, 0.1 * strength):
        _seal(page, rng)
    if _chance(rng, 0.06 * strength):
        y = rng.choice((0, ink.shape[0] - 1)) + rng.randint(-2, 2)
        cv2.line(page, (0, y), (ink.shape[1], y + rng.randint(-2, 2)), (dark,), rng.randint(1, 3))
    return page


def scan(ink: Grey, rng: random.Random, strength: float) -> Grey:
    """Print the ink and scan it: blur, noise, dust, binarising, JPEG."""
    page = _print(ink, rng, strength)
    unit = ink.shape[0] / 60
    if _chance(rng, 0.75 * strength + 0.05):
        sigma = rng.uniform(0.3, 0.4 + 0.9 * strength) * max(0.6, unit)
        page = np.asarray(cv2.GaussianBlur(page, (0, 0), sigma), dtype=np.float32)
    generator = np.random.default_rng(rng.getrandbits(32))
    if _chance(rng, 0.7 * strength):
        noise = generator.standard_normal(page.shape, dtype=np.float32)
        page += rng.uniform(1, 18) * strength * noise
    if _chance(rng, 0.2 * strength):
        dust = generator.random(page.shape, dtype=np.float32)
        share = rng.uniform(0.0002, 0.004) * strength
        page[dust < share] = rng.uniform(0, 120)
        page[dust > 1 - share] = 255
    grey = np.clip(page, 0, 255).astype(np.uint8)
    if _chance(rng, 0.14 * strength):
        _, binary = cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
        grey = np.asarray(binary, dtype=np.uint8)
    if _chance(rng, 0.6 * strength):
        quality = rng.randint(max(5, round(90 - 65 * strength)), 95)
        _, coded = cv2.imencode(".jpg", grey, [cv2.IMWRITE_JPEG_QUALITY, quality])
        grey = np.asarray(cv2.imdecode(coded, cv2.IMREAD_GRAYSCALE), dtype=np.uint8)
    return grey


def damaged(ink: Grey, rng: random.Random, neighbour: Grey | None, strength: float) -> Grey:
    """A clean print to the crop of its scan."""
    ink = place(wear(bend(ink, rng, strength), rng, strength), rng, neighbour, strength)
    return scan(ink, rng, strength)
