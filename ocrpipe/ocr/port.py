"""What every OCR engine offers to the pipeline, and the values that it gives back."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from ocrpipe.page import Pixels


@dataclass(frozen=True, slots=True, eq=False)
class TextQuad:
    """A piece of text found on a picture.

    `points` is (4, 2) float, x and y in pixels of the picture that was searched: top left, top
    right, bottom right and bottom left of the text as seen there.
    """

    points: NDArray[np.float64]
    confidence: float


@dataclass(frozen=True, slots=True)
class NumericReading:
    """What the recogniser makes of a line when it may only answer with a number."""

    text: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Recognition:
    """The reading of one line; `confidence` is the mean of `character_confidences`.

    `numeric` is decoded from the same network output as `text`, and is None with engines that do
    not show that output; `rivals` are other numbers which that output gives notable belief.
    `positions` are the middles of the characters from the left, in heights of the line's picture;
    none with engines that do not show them.
    """

    text: str
    confidence: float
    character_confidences: tuple[float, ...] = ()
    numeric: NumericReading | None = None
    rivals: tuple[NumericReading, ...] = ()
    positions: tuple[float, ...] = ()


class LineRecognizer(Protocol):
    """Text recognition for one script."""

    def recognize(self, crops: Sequence[Pixels]) -> tuple[Recognition, ...]:
        """Read horizontal lines, one crop each; an empty text is a line that was not read."""
        ...


class OcrEngine(Protocol):
    """Text detection and text recognition. The answers do not depend on what is asked together."""

    @property
    def name(self) -> str: ...

    def detect(self, pixels: Pixels) -> tuple[TextQuad, ...]:
        """Find lines of text, in no particular order, in pixels of `pixels`."""
        ...

    def recognize(self, crops: Sequence[Pixels]) -> tuple[Recognition, ...]:
        """Read horizontal lines, one crop each; the answers stand in the order of the crops."""
        ...

    def likelihoods(
        self, crops: Sequence[Pixels], texts: Sequence[Sequence[str]]
    ) -> tuple[tuple[float, ...], ...]:
        """For each crop the logarithms of how likely each of its `texts` is to be what it shows,
        spaces and the width of punctuation aside; none with engines that do not show that."""
        ...
