"""The dash of a range such as 6.5～8.5 or 5—8, in the form that the paper shows.

A recogniser answers - and ~ for the half-width and the full-width form alike, and surely.
"""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from ocrpipe.ocr.port import Recognition
from ocrpipe.ocr.recognition.room import has_wide_room, width_of_digit
from ocrpipe.page import Pixels
from ocrpipe.runs import find_runs, inked_height, length

_INK = 128
_TILDES, _WIDE_TILDE = "~～〜", 0.95
"""The width of a full-width wave dash in heights of a digit beside it, at least: in a dozen Chinese
typefaces 1.08 to 1.46, the half-width ones of these and of Latin typefaces 0.57 to 0.83."""

_HYPHENS, _DASH = "-–", 1.2
"""The width of a dash in the same, at least: 1.38 to 1.5, that of other hyphens 1.12 at most."""

_FLATTEST_DIGIT = 0.5
"""Height of a dash in that of its line, at most."""

_THIN = 0.2
"""Height of a dash whose ends touch digits, in that of its line, at most."""

_TOUCHING_DASH = 1.2
"""The width of what no digit stands over of such a dash, in widths of a digit, at least: a hyphen
has 0.7, a dash two, of which a digit at either end takes a fifth at most."""


def with_measured_ranges(reading: Recognition, picture: Pixels) -> Recognition:
    """The reading with the dashes of ranges in the form that the paper shows, and never in that of
    Japanese print; `picture` (H, W) or (H, W, 3) is what was read, dark on white."""
    text = reading.text
    places = [index for index, one in enumerate(text) if one in _TILDES or one in _HYPHENS]
    if not places:
        return reading
    dark = np.asarray((picture.min(axis=2) if picture.ndim == 3 else picture) < _INK, bool)
    shares = _shares(dark, len(places))
    characters = list(text)
    for number, place in enumerate(places):
        wide = has_wide_room(reading, place)
        if text[place] in _TILDES:
            if shares:
                wide = wide or shares[number] >= _WIDE_TILDE
                characters[place] = "～" if wide else "~"
            elif wide:
                characters[place] = "～"
        elif shares:
            characters[place] = "—" if shares[number] >= _DASH else text[place]
        elif wide and _is_touching_dash(dark, reading, place):
            characters[place] = "—"
    return replace(reading, text="".join(characters).replace("〜", "～"))


def _shares(dark: NDArray[np.bool_], count: int) -> list[float]:
    """The widths of flat marks between higher ones in heights of the lower of their neighbours,
    if there are as many as `count`."""
    spans = find_runs(np.asarray(dark.any(axis=0), bool))
    heights = [inked_height(dark[:, slice(*span)]) for span in spans]
    flat = [
        index
        for index in range(1, len(spans) - 1)
        if heights[index] <= _FLATTEST_DIGIT * max(heights)
        and length(spans[index]) > heights[index]
        and min(heights[index - 1], heights[index + 1]) > heights[index]
    ]
    if len(flat) != count:
        return []
    return [length(spans[at]) / min(heights[at - 1], heights[at + 1]) for at in flat]


def _is_touching_dash(dark: NDArray[np.bool_], reading: Recognition, index: int) -> bool:
    """Whether a level stroke fills the room of a character whose neighbours it touches."""
    digit = width_of_digit(reading)
    start, end = (round(reading.positions[at] * len(dark)) for at in (index - 1, index + 1))
    part = dark[:, start:end]
    high = part.sum(axis=0)
    thin = find_runs(np.asarray((high > 0) & (high <= _THIN * inked_height(dark)), bool))
    longest = max(map(length, thin), default=0)
    return digit is not None and longest >= _TOUCHING_DASH * digit * len(dark)
