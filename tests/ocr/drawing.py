"""Pictures of text with a known truth, drawn with the fonts that PyMuPDF brings."""

from collections.abc import Sequence
from itertools import groupby

import cv2
import numpy as np
import pymupdf

from ocrpipe.geometry import Box
from ocrpipe.page import PageImage, Pixels

CHINESE = "china-s"
LATIN = "tiro"


def page_picture(
    texts: Sequence[tuple[float, float, str, float]],
    width: float,
    height: float,
    *,
    dpi: float = 200,
    rules: Sequence[tuple[float, float, float, float]] = (),
    font: str = LATIN,
) -> PageImage:
    """A page of `width` x `height` points with texts (x, baseline, text, size) and rules."""
    with pymupdf.open() as document:
        page = document.new_page(width=width, height=height)
        for x, baseline, text, size in texts:
            left = x
            for run, name in _runs(text, font):
                page.insert_text((left, baseline), run, fontsize=size, fontname=name)
                left += pymupdf.get_text_length(run, fontname=name, fontsize=size)
        for x0, y0, x1, y1 in rules:
            page.draw_line((x0, y0), (x1, y1), width=0.7)
        raster = page.get_pixmap(dpi=round(dpi))
        pixels = np.frombuffer(raster.samples, np.uint8).reshape(raster.h, raster.w, raster.n)
    return PageImage(np.ascontiguousarray(pixels[:, :, ::-1]), dpi / 72)


def text_length(text: str, size: float, font: str = LATIN) -> float:
    """The width of a text in points."""
    return sum(
        pymupdf.get_text_length(run, fontname=name, fontsize=size)
        for run, name in _runs(text, font)
    )


def _runs(text: str, font: str) -> list[tuple[str, str]]:
    """The text in runs of one font each: the Chinese font sets Latin letters as wide as its own."""
    return [("".join(run), font if plain else CHINESE) for plain, run in groupby(text, str.isascii)]


def line_picture(text: str, size: float = 14, *, dpi: float = 200, font: str = LATIN) -> Pixels:
    """One line of text with a little paper around it."""
    page = page_picture(
        [(10, 10 + 1.2 * size, text, size)], 30 + 1.05 * size * len(text), 20 + 1.6 * size,
        dpi=dpi, font=font,
    )  # fmt: skip
    return trimmed(page.pixels)


def trimmed(pixels: Pixels, margin: int = 4) -> Pixels:
    """The part of a picture that has ink, with a little paper around it."""
    inked = np.argwhere(pixels.min(axis=2) < 128)
    (top, left), (bottom, right) = inked.min(axis=0), inked.max(axis=0)
    return pixels[max(0, top - margin) : bottom + margin, max(0, left - margin) : right + margin]


def tibetan_picture(text: str, size: float = 20, *, dpi: float = 200) -> PageImage:
    """A page of 400 x 80 points with one line of Tibetan, shaped by MuPDF in its own font."""
    with pymupdf.open() as document:
        page = document.new_page(width=400, height=80)
        page.insert_htmlbox((20, 15, 390, 75), f'<p style="font-size:{size}px">{text}</p>')
        raster = page.get_pixmap(dpi=round(dpi))
        pixels = np.frombuffer(raster.samples, np.uint8).reshape(raster.h, raster.w, raster.n)
    return PageImage(np.ascontiguousarray(pixels[:, :, ::-1]), dpi / 72)


def grid_picture(
    rows: Sequence[Sequence[str]],
    *,
    cell: tuple[float, float] = (60, 24),
    size: float = 10.5,
    dpi: float = 200,
    font: str = LATIN,
) -> tuple[PageImage, tuple[Box, ...]]:
    """A ruled table, a text a cell (its lines parted by newlines), and the boxes of its cells."""
    width, height = cell
    boxes, texts = [], []
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            box = Box(20 + c * width, 20 + r * height, 20 + (c + 1) * width, 20 + (r + 1) * height)
            boxes.append(box)
            lines = text.split("\n")
            top = (box.y0 + box.y1) / 2 - len(lines) * 1.25 * size / 2
            for index, line in enumerate(lines):
                if line:
                    x = (box.x0 + box.x1 - text_length(line, size, font)) / 2
                    texts.append((x, top + (1.25 * index + 1) * size, line, size))
    right, bottom = 20 + len(rows[0]) * width, 20 + len(rows) * height
    rules = [(20, 20 + r * height, right, 20 + r * height) for r in range(len(rows) + 1)]
    rules += [(20 + c * width, 20, 20 + c * width, bottom) for c in range(len(rows[0]) + 1)]
    page = page_picture(texts, right + 20, bottom + 20, dpi=dpi, rules=rules, font=font)
    return page, tuple(boxes)


def with_dust(page: PageImage, spots: Sequence[tuple[float, float]], radius: float) -> PageImage:
    """The page with round black spots at points (x, y), their radius in points."""
    pixels = page.pixels.copy()
    for x, y in spots:
        centre = (round(x * page.scale * 16), round(y * page.scale * 16))
        cv2.circle(
            pixels, centre, round(radius * page.scale * 16), (20, 20, 20), -1, cv2.LINE_AA, 4
        )
    return PageImage(pixels, page.scale)
