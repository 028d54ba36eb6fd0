"""ONNX Runtime: runs wherever Python does."""

from collections.abc import Iterable, Iterator
from typing import Any

from ocrpipe.errors import EngineUnavailableError
from ocrpipe.networks import Floats, onnxruntime_session, threads_of
from ocrpipe.ocr.engines.networks import (
    Classes,
    LineNetwork,
    LinePixels,
    NetworkEngine,
    refuse_other_models,
)
from ocrpipe.ocr.recognition.batching import normalized
from ocrpipe.ocr.recognition.ctc import Alphabet, FrameScores, characters_of, frame_scores
from ocrpipe.options import OcrOptions
from ocrpipe.weights import QUICK_TEXT_RECOGNITION, TEXT_DETECTION, TEXT_RECOGNITION


def create(options: OcrOptions) -> NetworkEngine:
    """Make the engine.

    Raises:
        EngineUnavailableError: ONNX Runtime or the weights are missing or do not load.
    """
    refuse_other_models(options)
    try:
        detector, quick, recognizer = (
            onnxruntime_session(weight, threads_of(options))
            for weight in (TEXT_DETECTION, QUICK_TEXT_RECOGNITION, TEXT_RECOGNITION)
        )
    except EngineUnavailableError:
        raise
    # ONNX Runtime's own exceptions have no base below Exception.
    except Exception as error:
        raise EngineUnavailableError(
            f"the engine onnxruntime does not start: {error}",
            remedy="Reinstall it with: pip install --force-reinstall onnxruntime",
        ) from error

    def detect(pixels: Floats) -> Floats:
        probability: Floats = detector.run(None, {"x": pixels})[0][0, 0]
        return probability

    def believe(batches: Iterable[LinePixels], classes: Classes) -> Iterator[Floats]:
        for lines in batches:
            yield recognizer.run(None, {"x": normalized(lines)})[0][:, :, classes]

    return NetworkEngine(
        "onnxruntime", detect, _line_network(quick), _line_network(recognizer), believe
    )


def _line_network(session: Any) -> LineNetwork:
    """A recognition network of an `onnxruntime.InferenceSession`."""
    alphabet = Alphabet(characters_of(session.get_modelmeta().custom_metadata_map["character"]))

    def run(batches: Iterable[LinePixels]) -> Iterator[FrameScores]:
        for lines in batches:
            yield frame_scores(session.run(None, {"x": normalized(lines)})[0], alphabet)

    return LineNetwork(run, alphabet)
