"""ONNX Runtime: runs wherever Python does."""

from typing import Any

from ocrpipe.errors import EngineUnavailableError
from ocrpipe.ocr.ctc import Alphabet, FrameScores, characters_of, frame_scores
from ocrpipe.ocr.engines.networks import (
    Floats,
    NetworkEngine,
    refuse_other_models,
    threads_of,
)
from ocrpipe.options import OcrOptions
from ocrpipe.weights import TEXT_DETECTION, TEXT_RECOGNITION, locate


def create(options: OcrOptions) -> NetworkEngine:
    """Make the engine.

    Raises:
        EngineUnavailableError: ONNX Runtime or the weights are missing or do not load.
    """
    refuse_other_models(options)
    paths = locate(TEXT_DETECTION), locate(TEXT_RECOGNITION)
    try:
        import onnxruntime

        settings = _settings(onnxruntime, threads_of(options))
        detector, recognizer = (
            onnxruntime.InferenceSession(
                str(path), sess_options=settings, providers=["CPUExecutionProvider"]
            )
            for path in paths
        )
    # ONNX Runtime's own exceptions have no base below Exception.
    except Exception as error:
        raise EngineUnavailableError(
            f"the engine onnxruntime does not start: {error}",
            remedy="Reinstall it with: pip install --force-reinstall onnxruntime",
        ) from error
    alphabet = Alphabet(characters_of(recognizer.get_modelmeta().custom_metadata_map))

    def detect(pixels: Floats) -> Floats:
        probability: Floats = detector.run(None, {"x": pixels})[0][0, 0]
        return probability

    def recognize(lines: Floats) -> FrameScores:
        return frame_scores(recognizer.run(None, {"x": lines})[0], alphabet)

    return NetworkEngine("onnxruntime", detect, recognize, alphabet)


def _settings(onnxruntime: Any, threads: int) -> Any:
    settings = onnxruntime.SessionOptions()
    settings.intra_op_num_threads = threads
    settings.inter_op_num_threads = 1
    settings.log_severity_level = 3
    # Spinning threads would take the processor from the other workers of a batch.
    settings.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return settings
