"""Known wordings that are nearly what was read, and likely in the same ink."""

from collections.abc import Mapping, Sequence
from math import log

import numpy as np

from ocrpipe.ocr.cells.readings.ways import Way
from ocrpipe.ocr.cells.readings.wordings import with_known_wordings
from ocrpipe.ocr.port import OcrEngine, Recognition
from ocrpipe.page import CellReading, Pixels

WORDINGS = ("（一）予以公开", "（三）不予公开", "8.属于行政查询事项", "自然人", "总计", "其他")


class Engine:
    """Finds texts as likely as it is told, and others impossible; or shows no likelihoods."""

    def __init__(self, likely: Mapping[str, float] | None) -> None:
        self.likely = likely
        self.asked: list[tuple[str, ...]] = []

    def likelihoods(
        self, crops: Sequence[Pixels], texts: Sequence[Sequence[str]]
    ) -> tuple[tuple[float, ...], ...]:
        assert len(crops) == len(texts)
        self.asked += [tuple(some) for some in texts]
        if self.likely is None:
            return ((),) * len(crops)
        return tuple(tuple(log(self.likely.get(text, 1e-9)) for text in some) for some in texts)


def read(engine: Engine, text: str, confidence: float = 0.9, state: str = "printed") -> CellReading:
    reading = CellReading(text, state, confidence)  # type: ignore[arg-type]
    line = Recognition(text, confidence, (confidence,) * len(text))
    best = {0: (Way(0, (np.full((30, 90, 3), 255, np.uint8),)), (line,))}
    given: OcrEngine = engine  # type: ignore[assignment]
    (found,) = with_known_wordings([reading], best, WORDINGS, given)
    return found


def test_a_likely_wording_takes_the_place_of_what_is_nearly_it() -> None:
    engine = Engine({"8.属干行政查询事项": 0.7, "8.属于行政查询事项": 0.03})
    found = read(engine, "8.属干行政查询事项")
    assert (found.text, found.confidence) == ("8.属于行政查询事项", 0.85)


def test_a_wording_that_the_ink_does_not_show_is_not_taken() -> None:
    found = read(Engine({"8.属干行政查询事项": 0.7}), "8.属干行政查询事项")
    assert (found.text, found.confidence) == ("8.属干行政查询事项", 0.9)
    assert read(Engine(None), "8.属干行政查询事项").text == "8.属干行政查询事项"


def test_the_likeliest_of_several_wordings_is_taken() -> None:
    engine = Engine({"（一）不予公开": 0.5, "（一）予以公开": 0.01, "（三）不予公开": 0.2})
    assert read(engine, "（一）不予公开").text == "（三）不予公开"


def test_what_was_printed_narrow_stays_narrow() -> None:
    engine = Engine({"(三)不子公开": 0.5, "（三）不予公开": 0.4})
    assert read(engine, "(三)不子公开").text == "(三)不予公开"


def test_wordings_figures_and_other_texts_are_not_asked_about() -> None:
    engine = Engine({})
    for text in ("(三)不予公开", "自 然 人", "总计", "12", "3", "行政许可", "8", "总"):
        assert read(engine, text).text == text
    read(engine, "", state="blank")
    read(engine, "", state="unread")
    assert engine.asked == []


def test_a_character_more_or_less_takes_more_belief_than_another_one() -> None:
    assert read(Engine({"自然入": 0.9, "自然人": 0.0003}), "自然入").text == "自然人"
    assert read(Engine({"自然人：": 0.9, "自然人": 0.0003}), "自然人：").text == "自然人："
    assert read(Engine({"自然人：": 0.9, "自然人": 0.003}), "自然人：").text == "自然人"
