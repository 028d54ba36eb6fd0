"""Labels that are wrapped into short rows: 结果维 / 持, （三）不予公 / 开.

A character alone in its row, or two, give the recogniser no word to judge by: a worn 开 is 升 to
it. Beside the other rows of its label it is read as part of a word.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ocrpipe.ideographs import is_ideograph
from ocrpipe.ocr.cells.readings.pictures import side_by_side
from ocrpipe.ocr.cells.readings.ways import SURE, Best, Way, mean_confidence, recognize_ways
from ocrpipe.ocr.port import OcrEngine, Recognition

_LONGEST = 40
"""Characters of a label, at most: a longer text has no short rows."""


def with_rows_in_company(best: Best, engine: OcrEngine) -> Best:
    """The same with each doubtful Chinese character of a wrapped label in the form that is read
    more surely where all of its rows are read as one."""
    ways = [
        Way(index, (side_by_side(way.pictures),))
        for index, (way, lines) in best.items()
        if not way.stacked and _is_doubtful(lines)
    ]
    found = dict(best)
    for whole, (reading,) in zip(ways, recognize_ways(ways, engine), strict=True):
        way, lines = best[whole.cell]
        found[whole.cell] = (way, tuple(_surer(lines, reading)))
    return found


def _is_doubtful(lines: Sequence[Recognition]) -> bool:
    if len(lines) < 2 or sum(len(line.text) for line in lines) > _LONGEST:
        return False
    return any(
        confidence < SURE and is_ideograph(character)
        for line in lines
        for character, confidence in zip(line.text, line.character_confidences, strict=False)
    )


def _surer(lines: Sequence[Recognition], whole: Recognition) -> Iterator[Recognition]:
    """The lines with the characters of which `whole`, all of them read as one, is surer."""
    each = [len(line.text) == len(line.character_confidences) for line in (*lines, whole)]
    characters = [
        pair
        for pair in zip(whole.text, whole.character_confidences, strict=False)
        if pair[0] != " "
    ]
    if not all(each) or len(characters) != sum(len(line.text) for line in lines):
        yield from lines
        return
    rest = iter(characters)
    for line in lines:
        pairs = [
            max(own, other, key=lambda pair: pair[1]) if _are_chinese(own[0], other[0]) else own
            for own, other in zip(
                zip(line.text, line.character_confidences, strict=True), rest, strict=False
            )
        ]
        surer = replace(
            line,
            text="".join(character for character, _ in pairs),
            character_confidences=tuple(confidence for _, confidence in pairs),
        )
        yield replace(surer, confidence=round(mean_confidence([surer]), 4))


def _are_chinese(*characters: str) -> bool:
    return all(is_ideograph(character) for character in characters)
