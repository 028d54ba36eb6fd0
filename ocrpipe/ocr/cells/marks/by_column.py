"""Signs told by the others of their column: Ⅰ and Ⅲ read 1 and 111 among Ⅱ and Ⅳ, × read X among √,
and ↑8 read 18 among figures with arrows. Never sure.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from ocrpipe.doubt import UNSURE
from ocrpipe.geometry import Box
from ocrpipe.ocr.cells.ink.printed import CellInk
from ocrpipe.ocr.cells.marks.strokes import bounded
from ocrpipe.page import CellReading
from ocrpipe.signs import SIGN

_SAME_BORDER: Final = 3.0
"""Points."""


_ROMAN: Final = frozenset("ⅡⅢⅣⅥⅦⅧⅨ") | {"II", "III", "IV", "VI", "VII", "VIII", "IX"}
"""What tells that a column has Roman numerals: V and X may be √ and ×."""

_STROKES: Final[Mapping[str, str]] = {
    **dict.fromkeys(("1", "I", "l", "|", "丨"), "Ⅰ"),
    **dict.fromkeys(("11", "ll", "||", "lI", "Il"), "Ⅱ"),
    **dict.fromkeys(("111", "lll", "|||"), "Ⅲ"),
}
"""What those of upright strokes are read as."""

_DIGITS: Final = frozenset("023456789")
_LEVEL: Final = frozenset("—-－–―一_＿")
_UPRIGHT: Final = 2.0
"""Height of an upright stroke in its width, at least; of such a cell the reading is that of the ink
turned."""

_TWICE: Final = re.compile(r"([Ⅱ-Ⅸ])\1")
"""One numeral of several strokes, which no label has twice."""

_CROSSES: Final = frozenset("XxＸ")
_MARKS: Final = frozenset("√✓✔☑○●△☆")
_ARROWS: Final = frozenset("↑↓")
_TRIANGLES: Final = frozenset("▲▼△▽")
_COUNT: Final = re.compile(r"1[0-9]*")
_LIKE_TRIANGLES: Final = frozenset("VvΔ∇A")
_FEWEST_ARROWS: Final = 2
_NUMBERS_AN_ARROW: Final = 3
"""Numbers without an arrow for each with one, from which a column is none of changes."""
_LED: Final = re.compile(r"[↑↓]\d[\d,.]*[%‰]?")
_NUMBER: Final = re.compile(SIGN + r"?\d[\d,.]*[%‰]?")


def signs_by_column(
    inks: Sequence[CellInk], boxes: Sequence[Box], readings: Sequence[CellReading]
) -> list[CellReading]:
    """The readings of a table with the signs that the other cells of their columns tell.

    `boxes` are the cells in points. A level stroke that stands upright is none in any column.
    """
    found = [_by_itself(*pair) for pair in zip(inks, readings, strict=True)]
    for column in columns_of(boxes).values():
        _without_rare_arrows(found, column)
        texts = [found[index].text for index in column]
        if _ROMAN.intersection(texts) and not any(_DIGITS.intersection(text) for text in texts):
            _replace(found, column, _STROKES)
        if _MARKS.intersection(texts):
            _replace(found, column, dict.fromkeys(_CROSSES, "×"))
        if sum(text[:1] in _ARROWS for text in texts if len(text) > 1) >= _FEWEST_ARROWS:
            # Of shares and amounts the shape of the first mark is looked at.
            ones = [index for index in column if _COUNT.fullmatch(found[index].text)]
            _doubt(found, ones)
        if (_ARROWS | _TRIANGLES).intersection(texts):
            _doubt(found, [index for index in column if found[index].text in _LIKE_TRIANGLES])
    return found


def columns_of(boxes: Sequence[Box]) -> dict[tuple[int, int], list[int]]:
    """The indices of the cells (points) between the same borders."""
    columns = defaultdict[tuple[int, int], list[int]](list)
    for index, box in enumerate(boxes):
        columns[round(box.x0 / _SAME_BORDER), round(box.x1 / _SAME_BORDER)].append(index)
    return dict(columns)


def _by_itself(ink: CellInk, reading: CellReading) -> CellReading:
    """The reading of a cell with a numeral that was read twice once, and with an upright stroke
    that was read turned, as a level one, upright."""
    once = _TWICE.sub(r"\1", reading.text)
    if once != reading.text:
        return replace(bounded(reading, UNSURE), text=once)
    if reading.text not in _LEVEL or len(ink.parts) != 1:
        return reading
    (part,) = ink.parts
    if part.height < _UPRIGHT * part.width:
        return reading
    return replace(bounded(reading, UNSURE), text="|", numeric_text=None, numeric_confidence=0.0)


def _without_rare_arrows(readings: list[CellReading], column: Sequence[int]) -> None:
    """Where few numbers of a column have an arrow, which their shape told, they have the 1 that was
    read: those of bold or small print have flags on both sides."""
    led = [index for index in column if _LED.fullmatch(readings[index].text)]
    others = [index for index in column if _NUMBER.fullmatch(readings[index].text)]
    if _NUMBERS_AN_ARROW * len(led) > len(others):
        return
    for index in led:
        reading = readings[index]
        one = "1" + reading.text[1:]
        if any(each.text == one for each in reading.alternatives):
            readings[index] = replace(
                bounded(reading, UNSURE), text=one, numeric_text=one, alternatives=()
            )


def _doubt(readings: list[CellReading], indices: Sequence[int]) -> None:
    for index in indices:
        readings[index] = bounded(readings[index], UNSURE)


def _replace(readings: list[CellReading], column: Sequence[int], forms: Mapping[str, str]) -> None:
    for index in column:
        form = forms.get(readings[index].text)
        if form is not None:
            sure = readings[index].confidence if readings[index].text == "I" else UNSURE
            readings[index] = replace(
                bounded(readings[index], sure),
                text=form,
                numeric_text=None,
                numeric_confidence=0.0,
                alternatives=(),
            )
