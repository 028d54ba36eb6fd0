"""The part of a long line that is read again: where its first reading is unsure of a character or
two, these and their neighbours tell as much as the whole line."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from ocrpipe.ocr.port import Recognition
from ocrpipe.ocr.recognition.batching import LINE_HEIGHT, line_width, padded_width
from ocrpipe.page import Pixels

_BESIDE: Final = 3
"""Characters to either side that are read again, too: the line is cut between sure ones, and both
readings have to agree on them."""

_AGREED: Final = 2
"""Of these, the ones next to the cut, which the second reading must have as the first one has."""

_MOST: Final = 0.6
"""Share of the line's width up to which a part is worth it."""

_ASIDE: Final = 0.3
"""How far from the middle between two characters the line may be cut, in heights of the line."""


@dataclass(frozen=True, slots=True, eq=False)
class LinePart:
    """The characters from `start` to before `end` of a line's reading; `pixels` is their picture,
    which begins `left` pixels from that of the line, (H, W) or (H, W, 3)."""

    start: int
    end: int
    left: int
    pixels: Pixels


def part_to_read_again(
    line: Pixels, reading: Recognition, doubtful: Sequence[int]
) -> LinePart | None:
    """The part of a `line` around the `doubtful` characters of its `reading`; None where it is
    most of the line."""
    count = len(reading.text)
    if not doubtful or len(reading.positions) != count:
        return None
    start, end = max(0, doubtful[0] - _BESIDE), min(count, doubtful[-1] + _BESIDE + 1)
    # An end of the line belongs to its first and last characters, whatever else is there.
    left = _cut(line, reading.positions, start) if start else 0
    right = _cut(line, reading.positions, end) if end < count else line.shape[1]
    part = LinePart(start, end, left, line[:, left:right])
    if right - left < LINE_HEIGHT // 2 or _width(part.pixels) > _MOST * _width(line):
        return None
    return part


def with_part(
    reading: Recognition, line: Pixels, part: LinePart, again: Recognition
) -> Recognition | None:
    """The reading of a `line` with that of a `part` of it; None where the two do not agree on the
    characters at which it was cut."""
    first, second = reading.text[part.start : part.end], again.text
    if len(again.positions) != len(second) or len(again.character_confidences) != len(second):
        return None
    if part.start and second[:_AGREED] != first[:_AGREED]:
        return None
    if part.end < len(reading.text) and second[-_AGREED:] != first[-_AGREED:]:
        return None
    moved = [round(place + part.left / line.shape[0], 3) for place in again.positions]
    confidences = (
        *reading.character_confidences[: part.start],
        *again.character_confidences,
        *reading.character_confidences[part.end :],
    )
    return replace(
        reading,
        text=reading.text[: part.start] + second + reading.text[part.end :],
        confidence=round(sum(confidences) / len(confidences), 4),
        character_confidences=confidences,
        positions=(*reading.positions[: part.start], *moved, *reading.positions[part.end :]),
    )


def _width(picture: Pixels) -> int:
    return padded_width(line_width(picture))


def _cut(line: Pixels, positions: Sequence[float], index: int) -> int:
    """The column before the character `index`: the brightest between it and the one before."""
    height = line.shape[0]
    middle = (positions[index - 1] + positions[index]) / 2 * height
    first = max(0, round(middle - _ASIDE * height))
    around = line[:, first : round(middle + _ASIDE * height) + 1]
    brightness = around.reshape(height, around.shape[1], -1).mean(axis=(0, 2))
    return int(first + np.argmax(brightness))
