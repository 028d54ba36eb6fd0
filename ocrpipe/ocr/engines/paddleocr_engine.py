"""PaddleOCR: the official package, on the bundled weights or on any of its models.

The official predictors do the scaling, the inference and the text detection. The recogniser's
decoding is replaced by this project's, on the same network output, because the official one gives
neither the confidence of each character nor a numeric reading.
"""

import logging
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from ocrpipe.errors import EngineUnavailableError, OcrpipeError
from ocrpipe.networks import threads_of
from ocrpipe.ocr.detection import LONG_SIDE, order_corners
from ocrpipe.ocr.engines.paddleocr_models import bundled_folder
from ocrpipe.ocr.port import Recognition, TextQuad
from ocrpipe.ocr.recognition.batching import batches
from ocrpipe.ocr.recognition.ctc import Alphabet, FrameScores, decode, frame_scores
from ocrpipe.options import OcrOptions
from ocrpipe.page import Pixels
from ocrpipe.weights import TEXT_DETECTION, TEXT_RECOGNITION

_DETECTION_NAME = "PP-OCRv6_small_det"
_RECOGNITION_NAME = "PP-OCRv6_small_rec"


def create(options: OcrOptions) -> "PaddleOcrEngine":
    """Make the engine; the options may name other models, by folder or by PaddleOCR's name.

    Raises:
        EngineUnavailableError: the package or a model is missing or does not load.
    """
    # Without this the package asks the network for its model hosts when it is imported.
    os.environ.setdefault("PADDLE_PDX_DISABLE_MODEL_SOURCE_CHECK", "True")
    detection = options.detection_model or str(bundled_folder(TEXT_DETECTION, _DETECTION_NAME))
    recognition = options.recognition_model or str(
        bundled_folder(TEXT_RECOGNITION, _RECOGNITION_NAME)
    )
    try:
        import paddleocr

        # After the import, which sets the level itself.
        for name in ("paddlex", "ppocr"):
            logging.getLogger(name).setLevel(logging.ERROR)
        threads = threads_of(options)
        detector = paddleocr.TextDetection(**_model(detection, threads), **_DETECTION_LIMITS)
        recognizer = paddleocr.TextRecognition(**_model(recognition, threads))
        scores = _CapturedScores(recognizer.paddlex_predictor)
    except OcrpipeError:
        raise
    # The package raises whatever its parts raise: import, file, value and network errors.
    except Exception as error:
        raise EngineUnavailableError(
            f"the engine paddleocr does not start: {error}",
            remedy="Reinstall it with: pip install --force-reinstall 'paddleocr>=3.7,<3.8', "
            "or name a folder that holds inference.onnx and inference.yml.",
        ) from error
    return PaddleOcrEngine("paddleocr", detector, recognizer, scores)


_DETECTION_LIMITS = {"limit_side_len": LONG_SIDE, "limit_type": "max"}


def _model(folder_or_name: str, threads: int) -> dict[str, Any]:
    settings: dict[str, Any] = {
        "engine": "onnxruntime",
        "engine_config": {"intra_op_num_threads": threads},
        "device": "cpu",
    }
    folder = Path(folder_or_name)
    if not folder.is_dir():
        return settings | {"model_name": folder_or_name}
    return settings | {"model_name": _name_of(folder), "model_dir": str(folder)}


def _name_of(folder: Path) -> str:
    """A PaddleOCR model folder says its model's name in inference.yml."""
    import yaml

    description = folder / "inference.yml"
    if not description.is_file():
        raise EngineUnavailableError(
            f"the folder {folder} holds no inference.yml",
            remedy="Name a folder that holds inference.onnx and inference.yml.",
        )
    return str(yaml.safe_load(description.read_text(encoding="utf-8"))["Global"]["model_name"])


class _CapturedScores:
    """Stands in for the decoding of PaddleOCR's recogniser and keeps the scores it was given."""

    def __init__(self, predictor: Any) -> None:
        self._official = predictor.post_op
        characters = tuple(str(character) for character in self._official.character[1:])
        self.alphabet = Alphabet(characters)
        self.last: list[FrameScores] = []
        predictor.post_op = self

    def __call__(self, predictions: Any, **_: Any) -> tuple[list[str], list[float]]:
        scores = frame_scores(np.asarray(predictions[0], dtype=np.float32), self.alphabet)
        self.last.append(scores)
        readings = decode(scores, self.alphabet)
        return [reading.text for reading in readings], [reading.confidence for reading in readings]


@dataclass(frozen=True, slots=True)
class PaddleOcrEngine:
    name: str
    detector: Any
    recognizer: Any
    scores: _CapturedScores

    def detect(self, pixels: Pixels) -> tuple[TextQuad, ...]:
        if pixels.size == 0:
            return ()
        if pixels.ndim == 2:
            pixels = np.repeat(pixels[:, :, None], 3, axis=2)
        (found,) = self.detector.predict(pixels)
        return tuple(
            TextQuad(
                points=order_corners(np.asarray(polygon, dtype=np.float64)),
                confidence=round(min(1.0, float(score)), 4),
            )
            for polygon, score in zip(found["dt_polys"], found["dt_scores"], strict=True)
        )

    def recognize(self, crops: Sequence[Pixels]) -> tuple[Recognition, ...]:
        readings = [Recognition(text="", confidence=0.0)] * len(crops)
        for batch in batches(crops):
            self.scores.last.clear()
            lines = list(batch.pixels)
            self.recognizer.predict(lines, batch_size=len(lines))
            found = [
                reading
                for scores in self.scores.last
                for reading in decode(scores, self.scores.alphabet)
            ]
            for index, reading in zip(batch.members, found, strict=False):
                readings[index] = reading
        return tuple(readings)

    def likelihoods(
        self, crops: Sequence[Pixels], texts: Sequence[Sequence[str]]
    ) -> tuple[tuple[float, ...], ...]:
        return ((),) * len(crops)
