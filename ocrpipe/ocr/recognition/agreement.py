"""Several readings of the same ink become one, and lines become one text."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from ocrpipe.ideographs import IDEOGRAPH, has_ideograph
from ocrpipe.ocr.port import NumericReading, Recognition
from ocrpipe.ocr.recognition.ctc import NUMERIC_SYMBOLS
from ocrpipe.ocr.recognition.punctuation import WIDE_FORMS, WIDENING
from ocrpipe.ocr.recognition.year_brackets import with_year_brackets
from ocrpipe.page import Alternative, CellReading
from ocrpipe.signs import SIGN

_DISAGREED = 0.6
"""What is left of the confidence of a reading that another crop of the same ink contradicts."""


def agreed(first: Recognition, others: Sequence[Recognition]) -> Recognition:
    """Combine a reading with repetitions of it, text and numeric reading each by itself.

    The answer that most crops gave stands, in a tie the one whose least sure character is the
    surest. Where all agree the doubt is that of the surest; where they do not, the confidence is
    lowered.
    """
    # A 0 and an O are one answer, and outvote a C.
    everything = _with_hyphens([digits_preferred(reading) for reading in (first, *others)])
    text, confidence = _vote(
        [(reading.text, reading.confidence, _least(reading)) for reading in everything]
    )
    numbers = [
        (reading.numeric.text, reading.numeric.confidence, reading.numeric.confidence)
        for reading in everything
        if reading.numeric is not None
    ]
    numeric = NumericReading(*_vote(numbers)) if numbers else None
    return replace(first, text=text, confidence=confidence, numeric=numeric)


def _least(reading: Recognition) -> float:
    """The confidence in the least sure character; a white between digits that was left out of the
    text counts, as there may be a mark."""
    return min(reading.confidence, min(reading.character_confidences, default=0.0))


def _with_hyphens(readings: Sequence[Recognition]) -> list[Recognition]:
    """The readings with the hyphens that others have where they have a white: between numbers of
    small print (2023-10-24) a hyphen is as small as dust, and was left out of their picture."""
    shown = [one.text for one in readings if _HYPHENED.fullmatch(one.text)]
    if not shown:
        return list(readings)
    fitting = [next((text for text in shown if _fits(one.text, text)), None) for one in readings]
    return [
        one if text is None else replace(one, text=text)
        for one, text in zip(readings, fitting, strict=True)
    ]


def _fits(text: str, hyphened: str) -> bool:
    """Whether two texts are the same but for whites in the first where the second has hyphens."""
    return len(text) == len(hyphened) and all(
        one == other or (one, other) == (" ", "-")
        for one, other in zip(text, hyphened, strict=True)
    )


def _vote(readings: Sequence[tuple[str, float, float]]) -> tuple[str, float]:
    """The text and the confidence of readings: texts with their confidence and the least one of
    their characters."""
    votes: dict[str, list[float]] = {}
    least: dict[str, float] = {}
    for text, confidence, lowest in readings:
        votes.setdefault(text, []).append(confidence)
        least[text] = max(lowest, least.get(text, 0.0))
    # The first reading wins a tie of everything, as dictionaries keep their order.
    text = max(votes, key=lambda key: (len(votes[key]), least[key], max(votes[key])))
    surest = max(votes, key=lambda key: max(votes[key]))
    wavers = max(votes[text]) < _WAVERING
    if _are_words(text, surest):
        # The strokes that lie apart in 小 and 注 look like dust, and 」 and 主 are left.
        wavers |= least[text] < _WAVERING_WORD
    if wavers and max(votes[surest]) >= _SURE and " " not in surest:
        # The same doubt twice is no evidence against a picture that leaves none.
        text = surest
    bare = text.strip(_SPECKS)
    if bare in votes and not (_is_sentence(text) and 2 * len(votes[text]) > len(readings)):
        # The only difference is what dust is read as, and one crop shows the text without it.
        text = bare
    confidence = max(votes[text])
    if len(votes) > 1:
        confidence *= _DISAGREED if len(votes[text]) == 1 else (1 + _DISAGREED) / 2
    return text, round(confidence, 4)


def _is_sentence(text: str) -> bool:
    """Whether a text is as long as a sentence and ends with a stop, which is no dust there."""
    return len(text) >= _SENTENCE and text[-1] == "。" and text[0] not in _SPECKS


def _are_words(*texts: str) -> bool:
    """Whether all texts have a Chinese character."""
    return all(map(has_ideograph, texts))


_WAVERING, _SURE = 0.85, 0.99
_WAVERING_WORD = 0.95
"""Of the least sure character."""

_SENTENCE = 10
_SPECKS = " .。,，'`·•°:_"
_NEVER_WRITTEN = re.compile(r"(?P<sign>[十一])(?P<number>\d[\d,.]*%?)")
"""A sign that was read as ten or as one: no number begins in Chinese and goes on in Arabic digits.
"""

_SIGNS = {"十": "+", "一": "-"}

_FIRST_ITEM = re.compile(rf"^[iIl|!](?=[.．、]{IDEOGRAPH})")
_LETTER_IN_NUMBER = re.compile(r"(?=(?:\D*\d){3})[\d,.]+[OoIl][\d,.OoIl]*")
"""Letters behind digits of which there are three at least: a number whose 0 or 1 looks like one."""

_SURE_LETTERS = 0.9
"""Confidence from which a text is kept beside a number of the same shapes, and is evidence against
one of others."""

_SURE_FORM = 0.985
"""Confidence of a punctuation mark among Chinese characters from which it keeps the width that was
read."""

_BULLETS, _SURE_BULLET = "·•●", 0.9
"""What dust before a line is read as, and the confidence from which it is print."""

_HYPHENED = re.compile(r"\d{2,}(?:-\d+)+")
_UNENDED = re.compile(r"\d[:.,\-–~/]$")
"""What ends a line in the middle of a time, a date or a number."""

_MAYBE_GROUPED = re.compile(SIGN + r"?\d{1,3}\.\d{3}")
_DOUBTED = 0.8
"""Confidence of a number whose point may be a comma or dust, at most."""

_FIGURE = re.compile(SIGN + r"?\d[\d,]*(?:\.\d+)?%?")


_NUMERIC = frozenset("".join(NUMERIC_SYMBOLS.values())) | {" "}
_MOST_ALTERNATIVES = 6
"""Other readings of a cell that are kept, the likeliest ones."""


def with_alternatives(
    reading: CellReading, line: Recognition, others: Sequence[Recognition]
) -> CellReading:
    """Add the numbers that the readings of a cell's only line gave and that were not taken.

    Alternatives that `reading` has already stay.
    `others` are repetitions of `line`; one without text saw no print there at all.
    """
    found = {other.text: other.confidence for other in reading.alternatives}
    for recognition in (line, *others):
        numeric = recognition.numeric
        candidates = [(recognition.text, recognition.confidence)]
        candidates += [(numeric.text, numeric.confidence)] if numeric is not None else []
        candidates += [(rival.text, rival.confidence) for rival in recognition.rivals]
        for text, confidence in candidates:
            if set(text) <= _NUMERIC:
                found[text] = max(found.get(text, 0.0), confidence)
    found.pop(reading.text, None)
    ordered = sorted(found.items(), key=lambda item: (-item[1], item[0]))
    alternatives = tuple(Alternative(*item) for item in ordered[:_MOST_ALTERNATIVES])
    return replace(reading, alternatives=alternatives)


def is_wide(character: str) -> bool:
    """Whether a character is Chinese or stands among them: it needs no spaces around it."""
    return unicodedata.east_asian_width(character) in "WF" or character in "“”‘’—…·"


def is_figure(text: str) -> bool:
    """Whether a text is one number and nothing else."""
    return _FIGURE.fullmatch(text) is not None


def digits_preferred(reading: Recognition) -> Recognition:
    """Where the reading is unsure and its numeric twin shows the same shapes, take the number.

    A lone 0 looks like O, and a lone 1 like l, to a recogniser that has no company to judge by.
    """
    numeric = reading.numeric
    if numeric is None or not reading.text:
        return reading
    compact = reading.text.replace(" ", "")
    if not _shows(compact, numeric.text):
        return reading
    if _LETTER_IN_NUMBER.fullmatch(compact):
        confidence = min(reading.confidence, numeric.confidence)
        return replace(reading, text=numeric.text, confidence=confidence)
    if match := _NEVER_WRITTEN.fullmatch(compact):
        number = _SIGNS[match["sign"]] + match["number"]
        signed = NumericReading(number, numeric.confidence)
        confidence = min(reading.confidence, numeric.confidence)
        return replace(reading, text=number, confidence=confidence, numeric=signed)
    if (
        reading.confidence >= _SURE_LETTERS
        or compact != reading.text
        or numeric.confidence <= reading.confidence
    ):
        return reading
    return replace(reading, text=numeric.text, confidence=numeric.confidence)


def _shows(text: str, number: str) -> bool:
    """Whether the characters of a text look like those of a number."""
    return len(number) == len(text) and all(
        character in NUMERIC_SYMBOLS[symbol] for symbol, character in zip(number, text, strict=True)
    )


def is_contradicted(number: str, others: Sequence[Recognition]) -> bool:
    """Whether another crop was surely read as what is no such number, dust beside it aside: 4:10
    has the numeric reading 4.10 as well, which is no evidence for that."""
    bare = ((one.text.replace(" ", "").strip(_SPECKS), one.confidence) for one in others)
    return any(
        text and confidence >= _SURE_LETTERS and not _shows(text, number)
        for text, confidence in bare
    )


def tidied(reading: Recognition, squared: bool = False) -> Recognition:
    """Drop spaces beside Chinese characters, where the recogniser sees the gaps of wide
    punctuation, and dust that it takes for a bullet before them; give punctuation among them the
    wide form where the recogniser wavers, or where the characters were `squared`: set in squares,
    whatever width they were printed in.

    `text`, `character_confidences` and `positions` stay in step.
    """
    if len(reading.character_confidences) != len(reading.text):
        return reading
    reading = with_year_brackets(reading)
    kept: list[int] = []
    text = reading.text
    characters: list[str] = []
    among_chinese = any(is_wide(character) for character in text)
    for index, (character, confidence) in enumerate(
        zip(text, reading.character_confidences, strict=True)
    ):
        before = characters[-1] if characters else ""
        after = text[index + 1 : index + 2]
        if character == " " and not _is_word_gap(before, after, among_chinese):
            continue
        unsure = not index and character in _BULLETS and confidence < _SURE_BULLET
        if unsure and after and is_wide(after):
            continue
        chinese = any(other and is_wide(other) for other in (before, after))
        wavers = chinese and (squared or confidence < _SURE_FORM)
        characters.append(WIDE_FORMS.get(character, character) if wavers else character)
        kept.append(index)
    return replace(
        reading,
        text="".join(characters),
        character_confidences=tuple(reading.character_confidences[index] for index in kept),
        positions=tuple(reading.positions[index] for index in kept) if reading.positions else (),
    )


def _is_word_gap(before: str, after: str, among_chinese: bool) -> bool:
    if not before or not after or is_wide(before) or is_wide(after):
        return False
    if before in ".,·" and after.isdigit():
        return False
    # Chinese typesetters set figures wide: 1 5 件.
    return not (among_chinese and before.isdigit() and after.isdigit())


def with_matching_brackets(text: str) -> str:
    """Give a bracket the wide form where its partner has it: no printer mixes the two."""
    characters = list(text)
    opened: list[int] = []
    for index, character in enumerate(characters):
        if character in "(（":
            opened.append(index)
        elif character in ")）" and opened:
            start = opened.pop()
            if "（" in characters[start] or "）" in character:
                characters[start], characters[index] = "（", "）"
    return "".join(characters)


def with_item_number(text: str) -> str:
    """The text of an item with its 1 as a digit: no letter stands before a stop and Chinese."""
    return _FIRST_ITEM.sub("1", text)


def widened(text: str) -> str:
    """Give the punctuation of a column of single characters its wide form, where the column is
    Chinese: each stood in a square of its own."""
    return text.translate(WIDENING) if any(is_wide(character) for character in text) else text


def without_bullets(reading: Recognition) -> Recognition:
    """Drop what dust beside a figure is read as; the reading is less sure for it."""
    bare = reading.text.strip(" •·●°")
    if bare == reading.text or not _FIGURE.fullmatch(bare):
        return reading
    return replace(reading, text=bare, confidence=round(reading.confidence * 0.85, 4))


def points_doubted(reading: Recognition) -> Recognition:
    """Lower the confidence of a number whose point may be a comma or dust.

    A coarse scan turns the comma of 5,695 into a point, of which the recogniser is then sure;
    numbers with three decimals are far rarer. A point at either end of a number is more often
    dust than print: the numeric reading goes without it, the text keeps it.
    """
    numeric = reading.numeric
    if numeric is None:
        return reading
    bare = numeric.text.strip(".,")
    if bare == numeric.text and not _MAYBE_GROUPED.fullmatch(bare):
        return reading
    return replace(
        reading,
        confidence=min(reading.confidence, _DOUBTED),
        numeric=NumericReading(bare, min(numeric.confidence, _DOUBTED)),
    )


def join_lines(lines: Sequence[str]) -> str:
    """Put the lines of a wrapped text together: a space only between words of Latin letters."""
    text = ""
    for line in (line for line in lines if line):
        goes_on = _UNENDED.search(text) is not None and line[0].isdigit()
        if text and not goes_on and not is_wide(text[-1]) and not is_wide(line[0]):
            chinese = any(is_wide(character) for character in text + line)
            text += "" if chinese and text[-1].isdigit() and line[0].isdigit() else " "
        text += line
    return text
