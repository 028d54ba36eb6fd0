"""Which cells stand among numbers, and are therefore read as numbers."""

import re
from collections.abc import Sequence
from dataclasses import replace

from ocrpipe.ideographs import is_ideograph
from ocrpipe.page import CellReading, GridCell, TableGrid
from ocrpipe.signs import SIGN

_NUMBER = re.compile(
    r"[+＋\-−－±]?[0-9０-９]+(?:[,，][0-9０-９]{3})*(?:[.．][0-9０-９]+)?\s?[%％]?|[/／—\-－]+|无"
)
_LIKE_NUMBER = re.compile(r"[0-9０-９oOQDθΘlIiq!|〇○°.。,，、'`·\s+\-−－—%％/／]{1,16}")
_SPECKS = " .。,，、'`´·•°:：;；"
"""What dust on either side of a number is read as."""

_LIKE_ZERO = re.compile(r"[(（]?[)）]|[(（]")
"""What a light 0 is read as; a number in brackets has its digits."""

_SEPARATOR = re.compile(r"[.,，．。·'`]")
_POINTS_FOR_COMMAS = re.compile(SIGN + r"?\d{1,3}(?:[.,]\d{3})*\.\d{3}\.\d{1,2}")
"""A number has one decimal point: those before it, three digits apart, are commas."""

_RANGE = re.compile(r"\d+(?:[\-－—–]\d+)+")
"""A range or a date, whose numeric reading may leave the dashes out."""

_LETTERED = re.compile(r"[a-zA-Z]?(?P<number>\d+)[a-zA-Z]?")

_SHAPES = str.maketrans(
    {**dict.fromkeys("oOQDθΘ〇○°", "0"), **dict.fromkeys("lIi!|", "1"), "q": "9"}
)
"""Characters that a digit printed or scanned badly is read as."""

_LETTERS = str.maketrans("LGбSBZ", "166582")
"""The same of letters that may well be printed beside digits, as in B1 and 5G."""

_LIKE_DASHES = frozenset({"一", "ー"})
"""What a recogniser makes of a lone — beside Chinese text."""

_DASHES = frozenset("—–－-")
_ORDINALS = frozenset("二三四五六七八九十")

_NO_BELIEF = 0.001
"""In a numeric reading, below which the shape of the text tells more: a sure Q is a 0 with dust,
though the likeliest of the digits may be a 9."""

_SHARE, _ROW_SHARE, _FEWEST = 0.4, 0.6, 2
"""Shares of the texts of a column, and of a row, that are numbers where one more is expected, and
how many they are at least. A row needs more of them: its labels stand beside its numbers, those of
a column above it."""

_LEAST_CONFIDENCE = 0.5
"""Of a numeric reading that is taken although its shapes are not those of the text."""

_HIGHEST_CONFIDENCE = 0.85
"""What a reading has at most that was chosen by its place, and not by its ink alone: under
`doubt.LOW_CONFIDENCE`."""

# What is left of a worn digit, or lies across it, is read as one of these.
_REMAINS = "↓↑←→•_()[]{}<>\\"
_FEW, _SURE = 2, 0.95
"""Characters of a text, at most, that may be a number after all; and confidence in it from which
numbers must stand both beside it and above or below it."""

_NOTABLE = 0.01
"""Belief in a number from which it is taken for ink that was read as no number, as doubtful."""

_BELIEVED = 0.1
"""The same where the text is that number and a letter."""

_UNSETTLED = 0.5
"""Confidence that is left to a cell among numbers which no numeric reading explains."""


def choose_numeric(grid: TableGrid, readings: Sequence[CellReading]) -> tuple[CellReading, ...]:
    """Take the numeric reading of the same ink where a cell stands among numbers.

    It does if enough of the printed cells above and below it, or most of those beside it, are
    numbers. Only a text that consists of characters which digits and dust are taken for is
    replaced, so a label remains text; a doubtful character or two that no number has are, where the
    recogniser has another belief. Nothing is made up: a cell whose ink has no numeric reading
    keeps its text with a lower confidence.

    Args:
        grid: Of the table.
        readings: One a cell, in the order of `grid.cells`.
    """
    pairs = list(zip(grid.cells, readings, strict=True))
    chosen = []
    for index, (_, reading) in enumerate(pairs):
        if _is_range(index, pairs):
            # 189-278 is not 189278.
            chosen.append(reading)
        elif _is_misread(reading) and (_among_numbers(index, pairs) or _is_dash(index, pairs)):
            number = _as_number(reading)
            chosen.append(number if number.text else _likeliest_number(number))
        elif _is_unlikely(reading) and _among_numbers(
            index, pairs, both=reading.confidence >= _SURE
        ):
            chosen.append(_likeliest_number(reading))
        elif _has_letters_for_digits(reading) and _among_numbers(index, pairs):
            number = replace(reading, text=reading.numeric_text or "")
            chosen.append(number.at_most(_UNSETTLED))
        elif (bare := _without_letter(reading)) is not None and _among_numbers(index, pairs):
            chosen.append(bare)
        elif _has_points_for_commas(reading) and _is_beside_number(index, pairs):
            chosen.append(_as_number(reading))
        elif _is_ordinal(index, pairs):
            ordinal = replace(reading, text="一", numeric_text=None)
            chosen.append(ordinal.at_most(_HIGHEST_CONFIDENCE))
        else:
            chosen.append(reading)
    return tuple(chosen)


def is_number(text: str) -> bool:
    """Whether `text` as printed is a number, or a dash or 无 that stands for none."""
    return _NUMBER.fullmatch(text.strip()) is not None


def _is_misread(reading: CellReading) -> bool:
    """Whether there is ink that is no number as it was read, and no word either."""
    if reading.state == "blank" or is_number(reading.text):
        return False
    text = reading.text.strip()
    return (
        not text
        or text in _LIKE_DASHES
        or _LIKE_NUMBER.fullmatch(text.strip(_SPECKS) or text) is not None
        or _LIKE_ZERO.fullmatch(text) is not None
    )


def _is_range(index: int, pairs: Sequence[tuple[GridCell, CellReading]]) -> bool:
    """Whether a cell surely has a range or a date, or another of its column has one, too."""
    own, reading = pairs[index]
    if _RANGE.fullmatch(reading.text) is None:
        return False
    return reading.confidence >= _SURE or any(
        cell is not own and cell.col == own.col and _RANGE.fullmatch(other.text)
        for cell, other in pairs
    )


def _is_unlikely(reading: CellReading) -> bool:
    """Whether a letter or two were read, or what remains of a digit is taken for: a C, a ↓.

    A Chinese character may be a unit or a head, and a √ or a ① is no digit.
    """
    text = reading.text.strip()
    letters = all(
        (character.isalpha() and not is_ideograph(character)) or character in _REMAINS
        for character in text
    )
    return 0 < len(text) <= _FEW and letters and not is_number(text)


def _has_letters_for_digits(reading: CellReading) -> bool:
    """Whether letters among digits, of which the reading is not sure, are the digits that they look
    like to the numeric reading."""
    text = reading.text.strip()
    digits = text.translate(_SHAPES).translate(_LETTERS)
    doubtful = reading.confidence < _SURE and any(map(str.isdigit, text))
    return doubtful and digits != text and digits == reading.numeric_text


def _without_letter(reading: CellReading) -> CellReading | None:
    """A number without the letter that dust beside it was read as, if the recogniser notably
    believes in it without that; as doubtful."""
    match = _LETTERED.fullmatch(reading.text.strip())
    if match is None or reading.text.strip() == match["number"]:
        return None
    beliefs = [other.confidence for other in reading.alternatives if other.text == match["number"]]
    if max(beliefs, default=0.0) < _BELIEVED:
        return None
    return replace(reading, text=match["number"]).at_most(_UNSETTLED)


def _has_points_for_commas(reading: CellReading) -> bool:
    return _POINTS_FOR_COMMAS.fullmatch(reading.text.strip()) is not None


def _is_beside_number(index: int, pairs: Sequence[tuple[GridCell, CellReading]]) -> bool:
    own = pairs[index][0]
    return any(
        cell is not own and cell.row == own.row and is_number(reading.text)
        for cell, reading in pairs
    )


def _likeliest_number(reading: CellReading) -> CellReading:
    """The number, doubtful as it is, that the recogniser believes in most where it answers with a
    character or two, or nothing, that are none; as it is without one of notable belief."""
    if not (_is_unlikely(reading) or reading.state == "unread"):
        return reading
    beliefs = {other.text: other.confidence for other in reading.alternatives}
    voted = reading.numeric_text
    if voted:
        beliefs[voted] = reading.numeric_confidence
    # What most pictures of the ink show goes before what one of them shows more surely.
    numbers = [
        (number == voted, belief, number)
        for number, belief in beliefs.items()
        if belief >= _NOTABLE and is_number(number)
    ]
    if not numbers:
        return reading
    _, belief, number = max(numbers)
    return replace(reading, text=number, state="printed", confidence=min(belief, _UNSETTLED))


def _is_dash(index: int, pairs: Sequence[tuple[GridCell, CellReading]]) -> bool:
    """Whether the ink of a lone 一 is a stroke of even width, and it counts nothing: no 二 stands
    in its row or column, and it is not what the row begins with."""
    own, reading = pairs[index]
    if reading.text.strip() not in _LIKE_DASHES or not _is_even_stroke(reading) or own.col == 0:
        return False
    return not any(
        other.text.strip() in _ORDINALS
        for cell, other in pairs
        if cell.col == own.col or cell.row == own.row
    )


def _is_ordinal(index: int, pairs: Sequence[tuple[GridCell, CellReading]]) -> bool:
    """Whether a lone — is a 一 of even width: the next text below it in its column is 二."""
    own, reading = pairs[index]
    if reading.text.strip() not in _DASHES:
        return False
    below = [
        (cell.row, other.text.strip())
        for cell, other in pairs
        if (cell.col, cell.col_span) == (own.col, own.col_span)
        and cell.row > own.row
        and other.text.strip()
    ]
    return bool(below) and min(below)[1] == "二"


def _is_even_stroke(reading: CellReading) -> bool:
    return reading.numeric_text == "—" and reading.numeric_confidence > _HIGHEST_CONFIDENCE


def _among_numbers(
    index: int, pairs: Sequence[tuple[GridCell, CellReading]], *, both: bool = False
) -> bool:
    """Whether enough cells above and below one, or beside it, are numbers; or `both`."""
    own = pairs[index][0]
    column: list[str] = []
    row: list[str] = []
    for other, (cell, reading) in enumerate(pairs):
        if other == index or not reading.text:
            continue
        if (cell.col, cell.col_span) == (own.col, own.col_span):
            column.append(reading.text)
        elif (cell.row, cell.row_span) == (own.row, own.row_span):
            row.append(reading.text)
    enough = (_enough(column, _SHARE), _enough(row, _ROW_SHARE))
    return all(enough) if both else any(enough)


def _enough(texts: Sequence[str], share: float) -> bool:
    """Whether enough of the texts are numbers; lone dashes count with them, not by themselves."""
    numbers = sum(is_number(text) for text in texts)
    dashes = sum(text.strip() in _LIKE_DASHES for text in texts)
    return numbers > 0 and numbers + dashes >= max(_FEWEST, share * len(texts))


def _as_number(reading: CellReading) -> CellReading:
    """The numeric reading, if it is sure of itself or has the same shapes as the text.

    A reading that lost a separator between digits (2.846.29 to 284629) is another number.
    """
    if reading.text.strip() in _LIKE_DASHES:
        # Where the ink itself shows a stroke of even width, the reading says so.
        even = _is_even_stroke(reading)
        highest = reading.numeric_confidence if even else _HIGHEST_CONFIDENCE
        return replace(reading, text="—").at_most(highest)
    if _has_points_for_commas(reading):
        whole, _, fraction = reading.text.strip().rpartition(".")
        grouped = replace(reading, text=f"{whole.replace('.', ',')}.{fraction}")
        return grouped.at_most(_HIGHEST_CONFIDENCE)
    number, bare = reading.numeric_text, reading.text.strip(_SPECKS)
    printed = bare.translate(_SHAPES)
    unsettled = reading.at_most(_UNSETTLED)
    if not number:
        return replace(unsettled, text=bare, state="printed") if is_number(bare) else unsettled
    if len(_SEPARATOR.findall(printed)) > len(_SEPARATOR.findall(number)):
        return unsettled
    if reading.numeric_confidence >= _LEAST_CONFIDENCE:
        confidence = min(reading.numeric_confidence, _HIGHEST_CONFIDENCE)
        return replace(reading, text=number, state="printed", confidence=confidence)
    believed = printed == number
    believed |= reading.numeric_confidence < _NO_BELIEF and is_number(printed)
    return replace(unsettled, text=printed, state="printed") if believed else unsettled
