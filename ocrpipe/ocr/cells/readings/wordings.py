"""Cells that print a wording which is known, but for a character or two that are worn.

于 is 干 on a coarse fax, and 予 is 子. Where a cell is read as nearly one of the wordings, and the
recogniser, shown the same ink again, finds it likely enough, that is what is printed there.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from math import log

from rapidfuzz.distance import Levenshtein

from ocrpipe.ocr.cells.readings.pictures import side_by_side
from ocrpipe.ocr.cells.readings.ways import Best
from ocrpipe.ocr.port import OcrEngine
from ocrpipe.ocr.recognition.punctuation import WIDENING
from ocrpipe.page import CellReading

_SHORTEST = 2
"""Characters of what was read, at least: one may be a piece of anything."""

_ALIKE = 3
"""Characters of a wording for each that may be read otherwise; one may be in any."""

_NOTABLE, _NOTABLE_INSTEAD = 1e-3, 1e-4
"""Likelihood of a wording in that of what was read, at least; the latter where it has other
characters, and none less or more.

On worn faxes and faint pages it was 0.005 and more for three of four wordings that were printed.
Where something was drawn that a filing may print in place of one of 26 wordings, clean or worn, the
wording never came to 0.000001, but for a mark at its end, which fades: then to 0.0009.
"""

_DOUBT = 0.85
"""Confidence at most in what was not the recogniser's own first choice."""


def with_known_wordings(
    readings: Sequence[CellReading], best: Best, wordings: Collection[str], engine: OcrEngine
) -> list[CellReading]:
    """The readings of cells with those that are nearly one of `wordings` as that, where the
    recogniser finds it likely enough in the pictures that they were read from (`best`).

    Nothing is taken that the recogniser does not see in the ink, and no cell of figures changes.
    """
    folded = {wording: _folded(wording) for wording in wordings}
    near = {
        index: some
        for index in best
        if readings[index].state == "printed" and (some := _nearly(readings[index].text, folded))
    }
    found = list(readings)
    if not near:
        return found
    pictures = [side_by_side(best[index][0].pictures) for index in near]
    texts = [(readings[index].text, *some) for index, some in near.items()]
    for (index, some), likely in zip(
        near.items(), engine.likelihoods(pictures, texts), strict=True
    ):
        found[index] = _likeliest(readings[index], some, likely)
    return found


def _nearly(text: str, wordings: Mapping[str, str]) -> list[str]:
    """The wordings, each with itself `_folded`, that a text differs from in a character or two;
    none if it is one of them."""
    plain = _folded(text)
    if len(plain) < _SHORTEST:
        return []
    distances = {
        wording: Levenshtein.distance(plain, folded) for wording, folded in wordings.items()
    }
    if 0 in distances.values():
        return []
    return sorted(
        wording
        for wording, distance in distances.items()
        if distance <= max(1, len(wording) // _ALIKE)
    )


def _likeliest(
    reading: CellReading, wordings: Sequence[str], likely: Sequence[float]
) -> CellReading:
    """The reading as the likeliest of the wordings, if that is likely enough; `likely` are the
    logarithms of the likelihoods of what was read and of the wordings, or nothing."""
    if not likely:
        return reading
    belief, wording = max(zip(likely[1:], wordings, strict=True))
    instead = len(_folded(reading.text)) == len(_folded(wording))
    if belief - likely[0] < log(_NOTABLE_INSTEAD if instead else _NOTABLE):
        return reading
    text = _in_form(wording, reading.text)
    return replace(reading, text=text, confidence=min(reading.confidence, _DOUBT))


def _in_form(wording: str, printed: str) -> str:
    """The wording with what it shares with the text that was read as it was read: punctuation in
    the width that the paper shows."""
    plain = "".join(printed.split())
    pieces = []
    for change in Levenshtein.opcodes(_folded(plain), _folded(wording)):
        same = change.tag == "equal"
        pieces.append(
            plain[change.src_start : change.src_end]
            if same
            else wording[change.dest_start : change.dest_end]
        )
    return "".join(pieces)


def _folded(text: str) -> str:
    """A text without spaces, its punctuation full-width."""
    return "".join(text.split()).translate(WIDENING)
