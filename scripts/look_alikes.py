"""How sure the quick recogniser is of a character where one stands that it does not know.

    python -m scripts.look_alikes ocrpipe/ocr/recognition/look_alikes.txt

The characters are those of GB/T 2312-1980, which simplified text is printed in, and some of places
that are not in it. Each is printed in six typefaces between two common characters on either side,
shrunk and with the grain of a scan. What is kept for a character is the most that the network
believed in it where it was wrong.
"""

import argparse
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from ocrpipe.ideographs import is_ideograph
from ocrpipe.ocr.engines.networks import LineNetwork
from ocrpipe.ocr.engines.openvino_engine import quick_network
from ocrpipe.options import OcrOptions
from ocrpipe.page import Pixels
from scripts.traditional_forms import IDEOGRAPHS, in_simplified_set
from scripts.typeset.fonts import FONT_FILES, font_path, load_font

_NOTICE = """\
# Each line: a character, and how sure the quick recogniser was of it at most where another stood.
# Made by scripts/look_alikes.py.
"""

_TYPEFACES = ("song", "kai", "hei", "serif", "sans", "microhei")

_PLACES = "隰鄠邠猇沘漷瀍甪堽浉埇塄墘垱汈洣淠涢圪崾垅甽氹泖洴垟硚磴"
"""Characters of the names of counties, towns and rivers, most of them not in GB/T 2312-1980."""

_COMMON = "本年度收到政府信息公开申请数量各级行政机关依法办理结果总计公司村镇街道办事处河湖路"
_BESIDE = 2
_SIZE, _MARGIN, _SHRUNK, _GRAIN = 36, 8, 0.7, 6.0
"""Pixels of a character and around the line, what the picture is shrunk by, and the standard
deviation of its grain: characters of 25 pixels, as 10.5 points have at 170 dpi."""

_DOUBTED_ANYWAY = 0.6
"""Less is not kept: no character is believed that the network is less sure of."""

_AT_ONCE = 256


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("output", type=Path)
    options = parser.parse_args(arguments)
    network = quick_network(OcrOptions())
    known = set(network.alphabet.characters)
    simplified = set(filter(in_simplified_set, map(chr, IDEOGRAPHS)))
    unknown = sorted((simplified | set(_PLACES)) - known)
    most: defaultdict[str, float] = defaultdict(float)
    for name in _TYPEFACES:
        lines = list(_lines(unknown, name))
        for start in range(0, len(lines), _AT_ONCE):
            _measure(lines[start : start + _AT_ONCE], network, most)
    kept = [c for c in sorted(most) if most[c] >= _DOUBTED_ANYWAY and is_ideograph(c)]
    rows = [f"{c} {most[c]:.4f}\n" for c in kept]
    options.output.write_text(_NOTICE + "".join(rows), encoding="utf-8")
    return 0


def _lines(characters: Sequence[str], typeface: str) -> Iterator[tuple[str, Pixels]]:
    """A line around each of the characters that the typeface has, and its text."""
    random = np.random.default_rng(len(typeface))
    face = ImageFont.truetype(font_path(typeface), _SIZE, index=FONT_FILES[typeface].index)
    covers = load_font(typeface)
    for character in characters:
        if not covers.has_glyph(ord(character)):
            continue
        before, after = ("".join(random.choice(list(_COMMON), _BESIDE)) for _ in range(2))
        text = before + character + after
        picture = Image.new("L", (_SIZE * len(text) + 2 * _MARGIN, _SIZE + 10), 255)
        ImageDraw.Draw(picture).text((_MARGIN, 2), text, font=face, fill=20)
        small = cv2.resize(
            np.asarray(picture), None, fx=_SHRUNK, fy=_SHRUNK, interpolation=cv2.INTER_AREA
        )
        grain = random.normal(0, _GRAIN, small.shape)
        yield text, np.clip(small + grain, 0, 255).astype(np.uint8)


def _measure(
    lines: Sequence[tuple[str, Pixels]], network: LineNetwork, most: defaultdict[str, float]
) -> None:
    """Raise what the network believed in the characters that it read in the middle of lines."""
    readings = network.read([picture for _, picture in lines])
    for (text, _), reading in zip(lines, readings, strict=True):
        read, own = reading.text, slice(_BESIDE, len(reading.text) - _BESIDE)
        if read[:_BESIDE] != text[:_BESIDE] or read[-_BESIDE:] != text[-_BESIDE:]:
            continue
        confidences = reading.character_confidences[own]
        for character, confidence in zip(read[own], confidences, strict=True):
            most[character] = max(most[character], confidence)


if __name__ == "__main__":
    raise SystemExit(main())
