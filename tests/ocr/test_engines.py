import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace

import numpy as np
import pytest

from ocrpipe.errors import EngineUnavailableError, UsageError
from ocrpipe.ocr import create_engine
from ocrpipe.ocr.engines.networks import LineNetwork, LinePixels, NetworkEngine
from ocrpipe.ocr.port import OcrEngine
from ocrpipe.ocr.recognition.batching import PADDING, line_width
from ocrpipe.ocr.recognition.ctc import FrameScores
from ocrpipe.options import EngineName, OcrOptions, Precision
from tests.ocr.drawing import line_picture, page_picture

TEXTS = ("三、收到和处理政府信息公开申请情况", "（一）予以公开", "2019", "+15", "Annual report")


@pytest.fixture(scope="module")
def pictures() -> list[np.ndarray]:
    return [line_picture(text) for text in TEXTS]


def test_every_engine_reads_the_same_lines(any_engine: OcrEngine, pictures) -> None:
    readings = any_engine.recognize(pictures)
    assert [reading.text for reading in readings] == list(TEXTS)
    assert all(reading.confidence > 0.8 for reading in readings)


def test_every_engine_gives_character_confidences_and_a_numeric_reading(
    any_engine: OcrEngine, pictures
) -> None:
    for text, reading in zip(TEXTS, any_engine.recognize(pictures), strict=True):
        assert len(reading.character_confidences) == len(reading.text)
        assert reading.numeric is not None
        if text in {"2019", "+15"}:
            assert reading.numeric.text == text
            assert reading.numeric.confidence > 0.9
        else:
            assert reading.numeric.confidence < 0.5


def test_every_engine_finds_the_lines_where_they_stand(any_engine: OcrEngine) -> None:
    places = [(40, 60, "政府信息公开工作年度报告"), (40, 120, "总体情况"), (220, 120, "其他事项")]
    page = page_picture([(x, y, text, 16) for x, y, text in places], 400, 180)
    quads = any_engine.detect(page.pixels)
    assert len(quads) == len(places)
    for x, baseline, text in places:
        near = [
            quad
            for quad in quads
            if abs(quad.points[0, 0] / page.scale - x) < 8
            and abs(quad.points[3, 1] / page.scale - baseline) < 10
        ]
        assert len(near) == 1
        width = (near[0].points[1, 0] - near[0].points[0, 0]) / page.scale
        assert width == pytest.approx(16 * len(text), abs=12)


def test_every_engine_takes_grey_and_empty_pictures(any_engine: OcrEngine, pictures) -> None:
    grey = pictures[2].min(axis=2)
    empty = np.full((40, 60, 3), 255, dtype=np.uint8)
    assert [reading.text for reading in any_engine.recognize([grey, empty])] == ["2019", ""]
    assert any_engine.recognize([]) == ()
    assert any_engine.detect(np.full((64, 64), 255, dtype=np.uint8)) == ()
    assert any_engine.detect(np.zeros((0, 0, 3), dtype=np.uint8)) == ()


def test_company_and_order_do_not_change_an_answer(any_engine: OcrEngine) -> None:
    texts = ["0", "15", "1,024", "总计", "商业企业", "法律服务机构"]
    pictures = [line_picture(text) for text in texts]
    together = any_engine.recognize(pictures)
    alone = tuple(any_engine.recognize([picture])[0] for picture in pictures)
    assert together == alone
    assert any_engine.recognize(pictures[::-1]) == together[::-1]


def test_precisions_agree_on_clear_lines(pictures) -> None:
    readings = [
        create_engine(OcrOptions(precision=precision, threads=1)).recognize(pictures)
        for precision in (Precision.F32, Precision.AUTO)
    ]
    assert [r.text for r in readings[0]] == [r.text for r in readings[1]] == list(TEXTS)


def test_own_models_need_the_engine_paddleocr() -> None:
    with pytest.raises(UsageError, match="paddleocr"):
        create_engine(OcrOptions(recognition_model="PP-OCRv5_server_rec"))


def test_a_folder_without_a_description_is_named(tmp_path) -> None:
    options = OcrOptions(engine=EngineName.PADDLEOCR, detection_model=str(tmp_path))
    with pytest.raises(EngineUnavailableError, match=r"inference\.yml"):
        create_engine(options)


def test_paddleocr_reads_with_a_model_folder_of_the_user(tmp_path, monkeypatch, pictures) -> None:
    monkeypatch.setenv("OCRPIPE_CACHE", str(tmp_path))
    create_engine(OcrOptions(engine=EngineName.PADDLEOCR, threads=1))
    (folder,) = tmp_path.glob("*rec*")
    options = OcrOptions(engine=EngineName.PADDLEOCR, recognition_model=str(folder), threads=1)
    assert create_engine(options).recognize(pictures[:1])[0].text == TEXTS[0]


def test_a_half_written_model_folder_is_written_again(tmp_path, monkeypatch, pictures) -> None:
    monkeypatch.setenv("OCRPIPE_CACHE", str(tmp_path))
    create_engine(OcrOptions(engine=EngineName.PADDLEOCR, threads=1))
    (folder,) = tmp_path.glob("*rec*")
    (folder / "inference.onnx").write_bytes(b"half")
    engine = create_engine(OcrOptions(engine=EngineName.PADDLEOCR, threads=1))
    assert engine.recognize(pictures[:1])[0].text == TEXTS[0]


def test_making_one_engine_imports_no_other() -> None:
    code = (
        "import sys; from ocrpipe.ocr import create_engine; from ocrpipe.options import OcrOptions;"
        "create_engine(OcrOptions(threads=1));"
        "print([m for m in ('paddleocr', 'onnxruntime', 'layoutparser') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=os.environ
    )
    assert done.stdout.strip() == "[]"


def test_the_printed_text_is_the_likeliest(any_engine: OcrEngine, pictures) -> None:
    texts = [("（一）予以公开", "（一）子以公开", "(一) 予以公开"), ("2019", "2018")]
    of_first, of_second = any_engine.likelihoods([pictures[1], pictures[2]], texts)
    if any_engine.name == "paddleocr":
        assert of_first == of_second == ()
        return
    printed, other, narrow = of_first
    assert -0.5 < printed <= 0
    assert other < printed - 3
    assert narrow == pytest.approx(printed)
    assert of_second[1] < of_second[0] - 3
    assert any_engine.likelihoods([], []) == ()


class _Asked:
    """A recognition network that says what it was asked to read."""

    def __init__(self, network: LineNetwork) -> None:
        self.lines = 0
        self.widths: list[int] = []
        self._network = network

    def __call__(self, batches: Iterable[LinePixels]) -> Iterator[FrameScores]:
        for batch in batches:
            self.lines += int((batch != PADDING).any(axis=(1, 2, 3)).sum())
            self.widths.append(batch.shape[2])
            yield from self._network.run([batch])


def test_the_large_network_reads_what_the_quick_one_is_not_sure_of(engine: OcrEngine) -> None:
    assert isinstance(engine, NetworkEngine)
    asked = _Asked(engine.reader)
    counting = replace(engine, reader=replace(engine.reader, run=asked))
    long = [line_picture(text) for text in ("政府信息公开工作年度报告", "本年度办理结果")]
    assert [reading.text for reading in counting.recognize(long)] == [
        "政府信息公开工作年度报告", "本年度办理结果",
    ]  # fmt: skip
    assert asked.lines == 0
    figures = [line_picture(text) for text in ("12345678", "总计", "2,019.50")]
    assert [reading.text for reading in counting.recognize([*figures, *long])[:3]] == [
        "12345678", "总计", "2,019.50",
    ]  # fmt: skip
    assert asked.lines == len(figures)


def test_of_a_long_line_the_large_network_reads_what_the_quick_one_doubts(
    engine: OcrEngine,
) -> None:
    assert isinstance(engine, NetworkEngine)
    text = "二是根据上级要求，严格落实鄠邑区人民政府关于公开工作的各项制度和要求"
    asked = _Asked(engine.reader)
    counting = replace(engine, reader=replace(engine.reader, run=asked))
    picture = line_picture(text)
    (reading,) = counting.recognize([picture])
    assert reading.text == text
    assert len(reading.positions) == len(reading.character_confidences) == len(text)
    assert 0 < sum(asked.widths) < line_width(picture) / 2


@pytest.mark.parametrize("name", ["西安市鄠邑区人民政府", "信阳市浉河区人民政府", "西陵区嫘祖镇"])
def test_characters_that_the_quick_network_does_not_know_are_read(
    engine: OcrEngine, name: str
) -> None:
    (reading,) = engine.recognize([line_picture(name)])
    assert reading.text == name
