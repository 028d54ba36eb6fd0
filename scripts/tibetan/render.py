"""Drawing a line of Tibetan as print lays it down: ink on white, shaped with HarfBuzz."""

import random
import unicodedata
from dataclasses import dataclass
from functools import cache

import numpy as np
from fontTools.ttLib import TTFont
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from scripts.tibetan.typefaces import FALLBACK, Typeface, find


@dataclass(frozen=True, slots=True)
class Style:
    """`size` in pixels an em; `weight`, `tracking` and `space` as parts of an em: how much bolder,
    how much wider after each syllable, and how wide a space is beyond its own width."""

    face: Typeface
    size: int
    weight: float = 0.0
    tracking: float = 0.0
    space: float = 0.0


def random_style(rng: random.Random, face: Typeface, size: int) -> Style:
    return Style(
        face=face,
        size=size,
        weight=rng.uniform(0.005, 0.03) if rng.random() < 0.25 else 0.0,
        tracking=rng.uniform(0.0, 0.25) if rng.random() < 0.25 else 0.0,
        space=rng.uniform(0.0, 1.5) if rng.random() < 0.3 else 0.0,
    )


@cache
def _font(face: Typeface, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(find(face), size, layout_engine=ImageFont.Layout.RAQM)


@cache
def _draws(face: Typeface, character: str) -> bool:
    """Whether a typeface has a character, and leaves room for it.

    The Monlam typefaces declare the brackets 《》〈〉〔〕 to be marks, so that shaping takes their
    width away and prints them over the next letter. A word processor takes such brackets from
    another typeface.
    """
    with TTFont(find(face), lazy=True) as font:
        if ord(character) not in font.getBestCmap():
            return False
    stands_alone = not unicodedata.category(character).startswith("M")
    return not stands_alone or _font(face, 64).getlength(character) > 0


def _pieces(text: str, style: Style) -> list[tuple[Typeface, str]]:
    """Runs to draw one after another: split where the typeface lacks a character, where spaces are
    widened and, with tracking, after every tsheg."""
    pieces: list[tuple[Typeface, str]] = []
    apart = True
    for character in text:
        face = style.face if _draws(style.face, character) else FALLBACK
        if apart or not pieces or pieces[-1][0] is not face:
            pieces.append((face, character))
        else:
            pieces[-1] = (face, pieces[-1][1] + character)
        apart = (character == " " and style.space > 0) or (character == "་" and style.tracking > 0)
    return pieces


def draw(text: str, style: Style) -> NDArray[np.uint8]:
    """Draw one line, cut to its ink: (height, width) with 0 for paper and 255 for ink.

    Raises:
        ValueError: nothing was printed.
    """
    stroke = style.weight * style.size / 2
    x = 0.0
    placed: list[tuple[float, Typeface, str]] = []
    for face, piece in _pieces(text, style):
        placed.append((x, face, piece))
        x += _font(face, style.size).getlength(piece)
        if piece.endswith(" "):
            x += style.space * style.size
        elif style.tracking and piece.endswith("་"):
            x += style.tracking * style.size
    margin = style.size
    image = Image.new("L", (int(x) + 2 * margin, 5 * style.size // 2), 0)
    canvas = ImageDraw.Draw(image)
    baseline = 6 * style.size // 5
    for left, face, piece in placed:
        canvas.text(
            (margin + left, baseline),
            piece,
            fill=255,
            font=_font(face, style.size),
            anchor="ls",
            stroke_width=stroke,
        )
    box = image.getbbox()
    if box is None:
        raise ValueError(f"nothing is printed for {text!r}")
    return np.asarray(image.crop(box))
