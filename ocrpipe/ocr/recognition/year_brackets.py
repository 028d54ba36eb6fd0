"""The brackets around the year of a document number: 永政发〔2023〕12号.

They are 〔 and 〕 (GB/T 9704-2012, 7.2.5), which in small print recognisers take for [ and ].
"""

import re
from dataclasses import replace

from ocrpipe.ocr.port import Recognition

_YEAR = re.compile(r"(?<=[\u4e00-\u9fff])([\[［【(（{〔])(?:19|20)\d\d([\]］】)）}〕])")
_ROUND = frozenset("()（）")
_SURE = 0.97


def with_year_brackets(reading: Recognition) -> Recognition:
    """The reading with 〔 and 〕 around a year behind Chinese, where the recogniser wavers between
    forms: it took the two brackets for different ones, or is not sure of square ones."""
    characters = list(reading.text)
    for match in _YEAR.finditer(reading.text):
        opening, closing = match.span(1)[0], match.span(2)[0]
        both = {characters[opening], characters[closing]}
        if both <= _ROUND:
            continue
        mixed = "〔" in both or "〕" in both or bool(both & _ROUND)
        sure = min((reading.character_confidences[at] for at in (opening, closing)), default=0.0)
        if mixed or sure < _SURE:
            characters[opening], characters[closing] = "〔", "〕"
    return replace(reading, text="".join(characters))
