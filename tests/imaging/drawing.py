"""Pages drawn for the tests: text-like marks, rules, seals. No typeface is needed."""

import cv2
import numpy as np

from ocrpipe.page import PageImage, Pixels

SCALE = 150 / 72
RED = (40, 40, 205)
BLACK = (25, 25, 25)


def blank_page(width: float = 595, height: float = 842) -> Pixels:
    """An A4 page (points) of white paper at 150 dpi."""
    return np.full((round(height * SCALE), round(width * SCALE), 3), 250, np.uint8)


def write(pixels: Pixels, text: str, x: float, y: float, size: float = 14) -> None:
    """Latin text with its baseline at (x, y), `size` points high."""
    place = (round(x * SCALE), round(y * SCALE))
    factor = size * SCALE / 30
    cv2.putText(pixels, text, place, cv2.FONT_HERSHEY_COMPLEX, factor, BLACK, 2, cv2.LINE_AA)


def text_page() -> Pixels:
    pixels = blank_page()
    for row in range(22):
        words = "The annual report on information disclosure" if row % 5 else "In short it says"
        write(pixels, words, 80 + 25 * (row % 5 == 1), 100 + 28 * row)
    return pixels


def ruled_page() -> Pixels:
    """A table of ten rows and six columns with a figure in each cell."""
    pixels = blank_page()
    xs, ys = np.linspace(70, 525, 7), np.linspace(120, 620, 11)
    for x in xs:
        line(pixels, x, ys[0], x, ys[-1])
    for y in ys:
        line(pixels, xs[0], y, xs[-1], y)
    for row, y in enumerate(ys[:-1]):
        for column, x in enumerate(xs[:-1]):
            write(pixels, str(row * 7 + column), x + 25, y + 32, 11)
    return pixels


def line(
    pixels: Pixels, x0: float, y0: float, x1: float, y1: float, color: tuple[int, int, int] = BLACK
) -> None:
    start, end = ((round(x * SCALE), round(y * SCALE)) for x, y in ((x0, y0), (x1, y1)))
    cv2.line(pixels, start, end, color, 2, cv2.LINE_AA)


def stamp(
    pixels: Pixels, x: float, y: float, radius: float, color: tuple[int, int, int] = RED
) -> None:
    """A round seal with a ring, a star and marks along the ring, inked over what is there."""
    layer = np.full_like(pixels, 255)
    center = (round(x * SCALE), round(y * SCALE))
    cv2.circle(layer, center, round(radius * SCALE), color, round(2.5 * SCALE), cv2.LINE_AA)
    turns = np.arange(10) * np.pi / 5
    reach = radius * 0.3 * np.where(np.arange(10) % 2 == 0, 1, 0.4)
    star = np.stack([x + reach * np.sin(turns), y - reach * np.cos(turns)], axis=1) * SCALE
    cv2.fillPoly(layer, [np.round(star).astype(np.int32)], color, cv2.LINE_AA)
    for turn in np.linspace(0.8, 2.2, 9) * np.pi:
        mark = (
            round((x + 0.75 * radius * np.cos(turn)) * SCALE),
            round((y + 0.75 * radius * np.sin(turn)) * SCALE),
        )
        cv2.circle(layer, mark, round(0.09 * radius * SCALE), color, 2, cv2.LINE_AA)
    pixels[:] = (pixels.astype(np.uint16) * layer // 255).astype(np.uint8)


def as_jpeg(pixels: Pixels, quality: int = 70) -> Pixels:
    """The picture after a JPEG with its colour at half the resolution."""
    done, data = cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, quality])
    assert done
    return np.asarray(cv2.imdecode(data, cv2.IMREAD_COLOR), np.uint8)


def scanned(pixels: Pixels, seed: int = 0) -> Pixels:
    """Blurred, grained and compressed as a scanner would."""
    grain = np.random.default_rng(seed).normal(0, 4, pixels.shape)
    blurred = cv2.GaussianBlur(pixels, (0, 0), 0.8).astype(np.float64)
    return as_jpeg(np.clip(blurred + grain, 0, 255).astype(np.uint8))


def page_image(pixels: Pixels) -> PageImage:
    return PageImage(pixels, SCALE)
