"""Greedy decoding of the output of a CTC network.

Connectionist temporal classification: Graves et al., ICML 2006. Class 0 is the blank.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from ocrpipe.ocr.port import NumericReading, Recognition
from ocrpipe.ocr.recognition.rivals import rival_numbers

_FRAME = 8 / 48
"""Width of a frame in heights of a line: these networks give a frame for 8 pixels of 48."""

NUMERIC_SYMBOLS: dict[str, str] = {
    "0": "0０oOＯ〇○θΘ",
    "1": "1１lI|丨Ｉ",
    **{str(digit): f"{digit}{chr(0xFF10 + digit)}" for digit in range(2, 9)},
    "9": "9９q",
    "+": "+＋十",
    "-": "-－−–",
    ".": ".．",
    ",": ",，",
    "%": "%％",
    "/": "/／",
    "—": "—―一",
}
"""The symbols of a number and the characters whose picture is, or may be, the same.

A recogniser tells 0 from o by their company; where only a number can stand, all the belief that
it puts into the look-alikes is belief in the digit.
"""


@dataclass(frozen=True, slots=True)
class Alphabet:
    """The classes of a recogniser after the blank: class i + 1 is `characters[i]`."""

    characters: tuple[str, ...] = field(repr=False)

    def character(self, index: int) -> str:
        return self.characters[index - 1]

    def classes(self) -> dict[str, int]:
        """The class of each character."""
        return {character: i + 1 for i, character in enumerate(self.characters)}

    def numeric_classes(self) -> tuple[NDArray[np.intp], ...]:
        """The classes that count for nothing (the blank and the space, as figures are often set
        wide), then those that count for each symbol of NUMERIC_SYMBOLS."""
        index = self.classes()
        groups = (" ", *NUMERIC_SYMBOLS.values())
        classes = [[index[c] for c in alike if c in index] for alike in groups]
        classes[0].append(0)
        return tuple(np.array(some, dtype=np.intp) for some in classes)


def characters_of(listed: str) -> tuple[str, ...]:
    """The characters of a recogniser from the list in its file, in the order of its classes.

    The blank is not among them; the space, which the list in the file leaves out, is the last.
    """
    # Not splitlines(): the list holds characters that Python takes for line ends.
    return (*listed.split("\n"), " ")


@dataclass(frozen=True, slots=True)
class FrameScores:
    """What decoding needs of a network's output, for a batch of B lines of T frames.

    `best` (B, T) is the likeliest class of each frame and `probability` (B, T) what it was given;
    `numeric` (B, T, 1 + symbols) holds the probability of nothing, then that of each symbol of
    NUMERIC_SYMBOLS.
    """

    best: NDArray[np.int64]
    probability: NDArray[np.float32]
    numeric: NDArray[np.float32]


def frame_scores(probabilities: NDArray[np.float32], alphabet: Alphabet) -> FrameScores:
    """Reduce a network's output, (B, T, classes) of probabilities, to what decoding needs."""
    best = probabilities.argmax(axis=2)
    columns = [probabilities[:, :, some].sum(axis=2) for some in alphabet.numeric_classes()]
    return FrameScores(
        best=best.astype(np.int64),
        probability=np.take_along_axis(probabilities, best[:, :, None], axis=2)[:, :, 0],
        numeric=np.stack(columns, axis=2),
    )


def decode(scores: FrameScores, alphabet: Alphabet) -> tuple[Recognition, ...]:
    """Read every line of a batch."""
    readings = []
    for best, probability, numeric in zip(
        scores.best, scores.probability, scores.numeric, strict=True
    ):
        classes = best.tolist()
        indices, confidences = collapse(classes, probability.tolist())
        positions = _positions(classes)
        text = "".join(alphabet.character(index) for index in indices)
        stripped = text.strip()
        if stripped != text:
            start = len(text) - len(text.lstrip())
            confidences = confidences[start : start + len(stripped)]
            positions = positions[start : start + len(stripped)]
        readings.append(
            Recognition(
                text=stripped,
                confidence=_mean(confidences),
                character_confidences=tuple(confidences),
                numeric=decode_numeric(numeric),
                rivals=rival_numbers(numeric, tuple(NUMERIC_SYMBOLS)),
                positions=tuple(positions),
            )
        )
    return tuple(readings)


def collapse(classes: Sequence[int], probability: Sequence[float]) -> tuple[list[int], list[float]]:
    """Drop blanks and repetitions; a character's confidence is the highest of its frames.

    Both arguments have a value for each frame. Returns the classes that remain and a confidence for
    each.
    """
    kept: list[int] = []
    confidences: list[float] = []
    previous = 0
    for index, value in zip(classes, probability, strict=True):
        if index == 0:
            pass
        elif index == previous:
            confidences[-1] = max(confidences[-1], _rounded(value))
        else:
            kept.append(index)
            confidences.append(_rounded(value))
        previous = index
    return kept, confidences


def _positions(classes: Sequence[int]) -> list[float]:
    """The middles of the characters that `collapse` keeps of the frames' classes, in line heights.

    A line has some dozen frames, for which numpy takes five times as long.
    """
    positions, start = [], 0
    for index, frames in groupby(classes):
        end = start + len(list(frames))
        if index:
            positions.append(round((start + end) / 2 * _FRAME, 3))
        start = end
    return positions


def decode_numeric(scores: NDArray[np.float32]) -> NumericReading:
    """Decode (T, 1 + symbols) where nothing but blanks and the symbols of a number count.

    The confidence is what the unrestricted network believes of the symbols that were chosen, less
    what it believes of characters that no number has, so that a word read as digits by force, or
    a digit beside a word, is told from a number.
    """
    indices, confidences = collapse(scores.argmax(axis=1).tolist(), scores.max(axis=1).tolist())
    symbols = tuple(NUMERIC_SYMBOLS)
    explained = min(1.0, float(scores.sum(axis=1).min()))
    return NumericReading(
        text="".join(symbols[index - 1] for index in indices),
        # One wrong digit is a wrong number, so the least sure one counts.
        confidence=round(min(confidences, default=0.0) * explained, 4),
    )


def _rounded(value: float) -> float:
    # Sums of look-alikes may pass 1 by an ulp.
    return min(1.0, round(value, 4))


def _mean(values: Sequence[float]) -> float:
    return round(sum(values) / len(values), 4) if values else 0.0
