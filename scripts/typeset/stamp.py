"""What is drawn as a picture: a letterhead in Tibetan, which needs shaping, and round seals."""

import io
import math

from PIL import Image, ImageDraw, ImageFont, features

from scripts.typeset.fonts import FONT_FILES, FontMissingError, font_path

_SCALE = 300 / 72
_RED = (214, 28, 36)


def tibetan_line(text: str, size: float) -> tuple[bytes, float, float]:
    """A line of Tibetan in red as PNG, with its width and height in points.

    Raises:
        FontMissingError: the typeface or the shaping library (raqm) is not there.
    """
    if not features.check("raqm"):
        raise FontMissingError("Pillow lacks raqm, which shapes Tibetan: install libraqm0")
    font = ImageFont.truetype(
        str(font_path("tibetan")), round(size * _SCALE), layout_engine=ImageFont.Layout.RAQM
    )
    left, top, right, bottom = (int(value) for value in font.getbbox(text))
    image = Image.new("RGBA", (right - left + 4, bottom - top + 4), (*_RED, 0))
    ImageDraw.Draw(image).text((2 - left, 2 - top), text, font=font, fill=(*_RED, 255))
    return _png(image), image.width / _SCALE, image.height / _SCALE


def round_seal(text: str, diameter: float = 116) -> bytes:
    """A round seal as PNG: ring, five-pointed star, and `text` along the upper arc.

    `diameter` is in points. The ink lets what is under it shine through.
    """
    side = round(diameter * _SCALE)
    image = Image.new("RGBA", (side, side), (*_RED, 0))
    draw = ImageDraw.Draw(image)
    ring = round(side * 0.028)
    draw.ellipse((2, 2, side - 3, side - 3), outline=(*_RED, 215), width=ring)
    center, star = side / 2, side * 0.15
    points = []
    for corner in range(10):
        radius = star if corner % 2 == 0 else star * 0.382
        angle = math.radians(36 * corner - 90)
        points.append((center + radius * math.cos(angle), center + radius * math.sin(angle)))
    draw.polygon(points, fill=(*_RED, 215))
    em = round(side * min(0.13, 2.2 / len(text)))
    file = FONT_FILES["song"]
    font = ImageFont.truetype(str(font_path("song")), em, index=file.index)
    sweep = 250 * min(1, len(text) / 12)
    for index, letter in enumerate(text):
        turn = -sweep / 2 + sweep * (index / max(1, len(text) - 1))
        glyph = Image.new("RGBA", (2 * em, 2 * em), (*_RED, 0))
        ImageDraw.Draw(glyph).text(
            (em, em), letter, font=font, fill=(*_RED, 215), anchor="mm", stroke_width=1
        )
        turned = glyph.rotate(-turn, resample=Image.Resampling.BICUBIC)
        radius = side / 2 - ring - em * 0.75
        x = center + radius * math.sin(math.radians(turn)) - em
        y = center - radius * math.cos(math.radians(turn)) - em
        image.alpha_composite(turned, (round(x), round(y)))
    return _png(image)


def _png(image: Image.Image) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, "PNG", optimize=False)
    return buffer.getvalue()
