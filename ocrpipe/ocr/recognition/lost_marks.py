"""Marks of a line that the recogniser passed over: boxes before answers, long dashes, and the 、 of
a number.

A recogniser of text answers 政府网站 for ■政府网站 and 8:3017:30 for 8:30—17:30, and is sure of
it. Ink that stands apart where it saw no character, and has one of these shapes, is such a mark.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from ocrpipe.ideographs import is_ideograph
from ocrpipe.ocr.port import Recognition
from ocrpipe.page import Pixels
from ocrpipe.runs import Run, find_runs, inked_height, length, row_extent

_INK, _PALE = 128, 200
"""Grey levels under which a pixel has ink, and that of a dash thinner than any digit's stroke."""

_NUMBERS_APART = re.compile(r"\d[\d.,]* ?\d[\d.,]*%?")
_FEWEST, _FEWEST_OF_LABEL = 2, 4
"""Characters of a line that is looked at, and of one that may have a box: shorter ones are mostly
figures."""

_BESIDE = 0.1
"""In heights of the line: how far from its ink the recogniser may put a character."""

_SMALLEST_BOX, _LARGEST_BOX, _SQUARE = 0.4, 1.1, 1.3
_SOLID, _EMPTY, _TICKED = 0.86, 0.05, 0.5
"""Share of ink in a solid box at least (a disc has 0.79), and inside an empty and a ticked one at
most."""

_FRAME, _FRAMED = 0.2, 0.85
"""Breadth of the frame of a box in its side, and how much of each side of it is ink."""

_SHORTEST_DASH, _HIGHEST_DASH = 0.9, 0.25
_MIDDLE = (0.3, 0.7)
"""Where a dash stands, in heights of the line from the top."""

_NUMBER = re.compile("[一二三四五六七八九十]{1,3}")
_SMALLEST_STOP, _LARGEST_STOP, _LOWER = 0.1, 0.45, 0.5
"""Size of a 、 in heights of the line, and where its middle stands from the top, at least."""

_SET_APART = 1.6
"""From the middle of a number to that of the character behind its 、 in heights of the line, at
least: each of the three has a square."""

_LONE = 1.2
"""Width of the picture of one character in its height, at most: beside it is room for none."""

_SHORT = 8
"""Characters of a line that may be a value, at most."""

_HALF, _SQUARE_REACH = 0.36, 0.66
"""How far from the place of a digit, and of a character as wide as high, the nearest edge of a
piece of it is, in heights of the line, at most: half its width, and two frames of the network by
which the place may be wrong."""

_HALVES = frozenset("0123456789.,:;'!|()[]/-IiljtfrJ")
_AS_HIGH = 0.6
_UNSURE = 0.8
"""Height of ink that was passed over in that of its line, at least, and the confidence in a line
that has such, at most."""

_SURE = 0.95
"""Confidence of a line with such a mark, at most."""


def with_lost_marks(reading: Recognition, picture: Pixels) -> Recognition:
    """The reading of a line with the marks in its picture (H, W, 3) that it has no character for.

    A dash is one between two digits alone: elsewhere it may be what is left of a rule. A short line
    with other ink as high as a character that none stands for is never sure: ↓8 read 8, Ⅰ级 级.
    `text`, `character_confidences` and `positions` stay in step.
    """
    count = len(reading.text)
    if not len(reading.positions) == len(reading.character_confidences) == count:
        return reading
    if count < _FEWEST and (not count or picture.shape[1] <= _LONE * picture.shape[0]):
        return reading
    places = [position * picture.shape[0] for position in reading.positions]
    # A minimum over the last axis takes numpy ten times as long.
    blue, green, red = cv2.split(picture)
    darkest = cv2.min(cv2.min(blue, green), red)
    dark = np.less(darkest, _INK)
    rows = row_extent(dark)
    if not length(rows):
        return reading
    line = dark[slice(*rows)]
    inked: NDArray[np.bool_] = np.asarray(line.any(axis=0))
    runs = find_runs(inked)
    found = [
        (run, mark)
        for run in _passed_over(runs, reading.text, places, len(line))
        if (mark := _mark(line, run)) == "—" or (mark is not None and count >= _FEWEST_OF_LABEL)
    ]
    if not found and _NUMBERS_APART.fullmatch(reading.text):
        found = _pale_dashes(np.less(darkest, _PALE), reading.text, places)
    if not found and count <= _SHORT and _is_lost(line, runs, reading.text, places):
        return _doubted(reading)
    if not found and (stop := _stop_of_number(line, inked, reading.text, places)) is not None:
        found = [(stop, "、")]
    for run, mark in reversed(found):
        reading = _inserted(reading, mark, (run[0] + run[1]) / 2 / picture.shape[0])
    return reading


def _pale_dashes(
    pale: NDArray[np.bool_], text: str, places: Sequence[float]
) -> list[tuple[Run, str]]:
    """The dashes of a line (H, W) with its thin strokes, and the columns they are in."""
    line = pale[slice(*row_extent(pale))]
    runs = _passed_over(find_runs(np.asarray(line.any(axis=0))), text, places, len(line))
    return [(run, "—") for run in runs if _mark(line, run) == "—"]


def _passed_over(runs: Sequence[Run], text: str, places: Sequence[float], height: int) -> list[Run]:
    """The runs of columns with ink that no character stands at."""
    taken = [place for character, place in zip(text, places, strict=True) if character != " "]
    reach = _BESIDE * height
    return [(a, b) for a, b in runs if not any(a - reach <= place <= b + reach for place in taken)]


def _is_lost(
    line: NDArray[np.bool_], runs: Sequence[Run], text: str, places: Sequence[float]
) -> bool:
    """Whether there is ink as high as a character so far from all that were read that it is a part
    of none."""
    height = len(line)
    reaches = [(_HALF if one in _HALVES else _SQUARE_REACH) * height for one in text]
    return any(
        all(
            min(abs(start - place), abs(end - place)) > reach and not start <= place <= end
            for place, reach in zip(places, reaches, strict=True)
        )
        and inked_height(line[:, start:end]) >= _AS_HIGH * height
        for start, end in runs
    )


def _doubted(reading: Recognition) -> Recognition:
    numeric = reading.numeric
    if numeric is not None:
        numeric = replace(numeric, confidence=min(numeric.confidence, _UNSURE))
    return replace(
        reading,
        confidence=min(reading.confidence, _UNSURE),
        character_confidences=tuple(min(one, _UNSURE) for one in reading.character_confidences),
        numeric=numeric,
    )


def _stop_of_number(
    line: NDArray[np.bool_], inked: NDArray[np.bool_], text: str, places: Sequence[float]
) -> Run | None:
    """The columns of the 、 between the number that a label begins with and its words."""
    number = _NUMBER.match(text)
    if number is None or not is_ideograph(text[number.end() : number.end() + 1] or " "):
        return None
    whole, (before, after) = len(line), places[number.end() - 1 : number.end() + 1]
    if after - before < _SET_APART * whole:
        return None
    found = [
        run
        for run in _passed_over(find_runs(inked), text, places, whole)
        if before < (run[0] + run[1]) / 2 < after and _is_stop(line[:, slice(*run)])
    ]
    return found[0] if len(found) == 1 else None


def _is_stop(part: NDArray[np.bool_]) -> bool:
    whole, width = part.shape
    rows = np.flatnonzero(part.any(axis=1))
    size = max(width, int(rows[-1] - rows[0]) + 1) / whole
    low = (rows[0] + rows[-1] + 1) / 2 / whole >= _LOWER
    return bool(_SMALLEST_STOP <= size <= _LARGEST_STOP and low)


def _mark(line: NDArray[np.bool_], run: Run) -> str | None:
    """The mark that the ink of a run of columns has the shape of."""
    part = line[:, slice(*run)]
    rows = np.flatnonzero(part.any(axis=1))
    part = part[rows[0] : rows[-1] + 1]
    height, width = part.shape
    whole = len(line)
    if width >= _SHORTEST_DASH * whole:
        middle = (rows[0] + rows[-1] + 1) / 2 / whole
        level = height <= _HIGHEST_DASH * whole and _MIDDLE[0] <= middle <= _MIDDLE[1]
        if level:
            return "—"
    square = max(width, height) <= _SQUARE * min(width, height)
    if not square or not _SMALLEST_BOX * whole <= height <= _LARGEST_BOX * whole:
        return None
    return "■" if part.mean() >= _SOLID else _frame(part)


def _frame(part: NDArray[np.bool_]) -> str | None:
    """An empty or a ticked box, if the ink is a frame."""
    height, width = part.shape
    y, x = max(1, round(_FRAME * height)), max(1, round(_FRAME * width))
    sides = (
        part[:y].any(axis=0),
        part[-y:].any(axis=0),
        part[:, :x].any(axis=1),
        part[:, -x:].any(axis=1),
    )
    if any(side.mean() < _FRAMED for side in sides):
        return None
    inside = part[y:-y, x:-x]
    share = float(inside.mean()) if inside.size else 1.0
    return "□" if share <= _EMPTY else "☑" if share <= _TICKED else None


def _inserted(reading: Recognition, mark: str, position: float) -> Recognition:
    """The reading with a mark at its place among the characters."""
    at = sum(place < position for place in reading.positions)
    before, after = reading.text[:at].rstrip(" "), reading.text[at:].lstrip(" ")
    if mark == "—" and not (before[-1:].isdigit() and after[:1].isdigit()):
        return reading
    end, start = len(before), len(reading.text) - len(after)
    return replace(
        reading,
        text=before + mark + after,
        # A range such as 5—8 is no number.
        numeric=None if mark == "—" else reading.numeric,
        confidence=min(reading.confidence, _SURE),
        character_confidences=(
            *reading.character_confidences[:end],
            _SURE,
            *reading.character_confidences[start:],
        ),
        positions=(*reading.positions[:end], position, *reading.positions[start:]),
    )
