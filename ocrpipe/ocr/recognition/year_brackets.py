"""The brackets around the year of a document number: 永政发〔2023〕12号.

They are 〔 and 〕 (GB/T 9704-2012, 7.2.5), which in small print recognisers take for [ and ].
"""

import re
from dataclasses import replace

from ocrpipe.ocr.port import Recognition
from ocrpipe.ocr.recognition.punctuation import measured_widths
from ocrpipe.ocr.recognition.room import has_wide_room
from ocrpipe.page import Pixels

_YEAR = re.compile(
    r"(?:(?<=[\u4e00-\u9fff])|^(?=.{6}第?\d))([\[［【(（{〔])(?:19|20)\d\d([\]］】)）}〕])"
)
"""Behind Chinese, or where a line begins with it before a number."""

_ROUND = frozenset("()（）")
_SURE = 0.97


def with_year_brackets(reading: Recognition) -> Recognition:
    """The reading with 〔 and 〕 around the year of a number, where the recogniser wavers between
    forms: it took the two brackets for different ones, or is not sure of square ones."""
    characters = list(matched_year_brackets(reading.text))
    for match in _YEAR.finditer(reading.text):
        opening, closing = match.span(1)[0], match.span(2)[0]
        sure = min((reading.character_confidences[at] for at in (opening, closing)), default=0.0)
        if not {characters[opening], characters[closing]} <= _ROUND and sure < _SURE:
            characters[opening], characters[closing] = "〔", "〕"
    return replace(reading, text="".join(characters))


def matched_year_brackets(text: str) -> str:
    """A text with 〔 and 〕 around the year of a number where its brackets are of different kinds,
    as they are read where a line ends between them."""
    characters = list(text)
    for match in _YEAR.finditer(text):
        opening, closing = match.span(1)[0], match.span(2)[0]
        both = {characters[opening], characters[closing]}
        if not both <= _ROUND and ("〔" in both or "〕" in both or both & _ROUND):
            characters[opening], characters[closing] = "〔", "〕"
    return "".join(characters)


def with_measured_year_brackets(reading: Recognition, picture: Pixels) -> Recognition:
    """The reading with 〔 and 〕 around the year of a number where a square bracket takes
    the room of a full-width one, however sure the recogniser is of [ and ].

    `picture` (H, W, 3) is what was read, dark on white.
    """
    match = _YEAR.search(reading.text)
    if match is None:
        return reading
    opening, closing = match.span(1)[0], match.span(2)[0]
    before, after = reading.text[opening], reading.text[closing]
    if before not in "[［【〔" or after not in "]］】〕":
        return reading

    def with_brackets(first: str, last: str) -> Recognition:
        characters = list(reading.text)
        characters[opening], characters[closing] = first, last
        return replace(reading, text="".join(characters))

    # The room of a mark is measured alike whatever its form is.
    widths = measured_widths(picture, with_brackets("(", ")"))
    wide = has_wide_room(reading, closing) or True in (widths[opening], widths[closing])
    return with_brackets("〔", "〕") if wide else reading
