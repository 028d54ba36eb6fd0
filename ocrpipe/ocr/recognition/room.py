"""The room that a mark takes in a line, by the places of the characters beside it.

Where its ink touches that of a digit, or is much narrower than its square, the places tell what
the ink does not.
"""

from itertools import pairwise
from statistics import median

from ocrpipe.ideographs import is_ideograph
from ocrpipe.ocr.port import Recognition

_IDEOGRAPH = 2.0
"""The room of a Chinese character in widths of a digit: in the typefaces of offices a digit takes
half a square."""

_WIDE = 1.5
"""The room of a full-width mark in widths of a digit, at least: the middle between that of an en
dash, or of a half-width bracket, and that of a square."""


def has_wide_room(reading: Recognition, index: int) -> bool:
    """Whether the character at `index` takes the room of a full-width one, as far as that shows."""
    room = room_in_digits(reading, index)
    return room is not None and room >= _WIDE


def room_in_digits(reading: Recognition, index: int) -> float | None:
    """The room of the character at `index` in widths of a digit: that of a half-width mark is one
    or less, that of a full-width one two.

    None at the ends of a line, beside other marks, and where nothing shows how wide a digit is.
    """
    text, places = reading.text, reading.positions
    if not 0 < index < len(text) - 1:
        return None
    before, after = _half(text[index - 1]), _half(text[index + 1])
    digit = width_of_digit(reading)
    if before is None or after is None or digit is None:
        return None
    return (places[index + 1] - places[index - 1]) / digit - before - after


def _half(character: str) -> float | None:
    """Half the room of a character in widths of a digit."""
    if character.isascii() and character.isdigit():
        return 0.5
    return _IDEOGRAPH / 2 if is_ideograph(character) else None


def width_of_digit(reading: Recognition) -> float | None:
    """From one digit to the next in heights of the line's picture, or half of that between Chinese
    characters; None where there are no two of either beside each other, or no places."""
    if len(reading.positions) != len(reading.text):
        return None
    pairs = list(zip(reading.text, reading.positions, strict=True))
    found = {False: list[float](), True: list[float]()}
    for (one, start), (other, end) in pairwise(pairs):
        halves = _half(one), _half(other)
        if halves[0] is not None and halves[0] == halves[1]:
            found[halves[0] > 0.5].append(end - start)
    if found[False]:
        return median(found[False])
    return median(found[True]) / _IDEOGRAPH if found[True] else None
