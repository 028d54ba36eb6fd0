"""OpenVINO: the default engine, the fastest on Intel and AMD processors."""

import logging
from typing import Any

import numpy as np

from ocrpipe.errors import EngineUnavailableError
from ocrpipe.ocr.ctc import Alphabet, FrameScores, characters_of
from ocrpipe.ocr.engines.networks import (
    Floats,
    NetworkEngine,
    refuse_other_models,
    threads_of,
)
from ocrpipe.options import OcrOptions, Precision
from ocrpipe.weights import TEXT_DETECTION, TEXT_RECOGNITION, locate

logger = logging.getLogger(__name__)


def create(options: OcrOptions) -> NetworkEngine:
    """Make the engine.

    Raises:
        EngineUnavailableError: OpenVINO or the weights are missing or do not load.
    """
    refuse_other_models(options)
    detection, recognition = locate(TEXT_DETECTION), locate(TEXT_RECOGNITION)
    try:
        import openvino as ov

        core = ov.Core()
        settings = _settings(core, options)
        alphabet = Alphabet(characters_of(_metadata(core.read_model(recognition))))
        detector = core.compile_model(core.read_model(detection), "CPU", settings)
        reduced = _with_reduced_output(core.read_model(recognition), alphabet)
        recognizer = core.compile_model(reduced, "CPU", settings)
    except (ImportError, RuntimeError) as error:
        raise EngineUnavailableError(
            f"the engine openvino does not start: {error}",
            remedy="Reinstall it with: pip install --force-reinstall openvino; "
            "or choose the engine onnxruntime.",
        ) from error

    def detect(pixels: Floats) -> Floats:
        probability: Floats = detector(pixels)[0][0, 0]
        return probability

    def recognize(lines: Floats) -> FrameScores:
        output = recognizer(lines)
        return FrameScores(
            best=output[0][:, :, 0].astype(np.int64),
            probability=output[1][:, :, 0],
            numeric=output[2],
        )

    return NetworkEngine("openvino", detect, recognize, alphabet)


def _settings(core: Any, options: OcrOptions) -> dict[str, Any]:
    precision = options.precision
    if precision is Precision.AUTO:
        capabilities = core.get_property("CPU", "OPTIMIZATION_CAPABILITIES")
        precision = Precision.BF16 if "BF16" in capabilities else Precision.F32
    threads = threads_of(options)
    logger.debug("openvino: %s on %d threads", precision, threads)
    return {
        "INFERENCE_PRECISION_HINT": precision.value,
        "INFERENCE_NUM_THREADS": threads,
        "NUM_STREAMS": 1,
        # Otherwise a page's batches wait for cores that another process was given.
        "ENABLE_CPU_PINNING": False,
    }


def _metadata(model: Any) -> dict[str, str]:
    # OpenVINO puts the metadata of an ONNX file there.
    return {"character": str(model.get_rt_info(["framework", "character"]).astype(str))}


def _with_reduced_output(model: Any, alphabet: Alphabet) -> Any:
    """Let the network itself reduce its 18,710 probabilities a frame to what decoding needs.

    Handing them all over costs more than reducing them where they are made.
    """
    import openvino as ov
    from openvino import opset13 as ops

    probabilities = model.get_results()[0].input_value(0)
    axis = ops.constant(np.int64(2))
    top = ops.topk(probabilities, ops.constant(np.int64(1)), 2, "max", "value", "i64")
    columns = [
        ops.reduce_sum(
            ops.gather(probabilities, ops.constant(some.astype(np.int64)), axis), axis, True
        )
        for some in alphabet.numeric_classes()
    ]
    numeric = ops.concat(columns, 2)
    outputs = [ops.result(top.output(1)), ops.result(top.output(0)), ops.result(numeric)]
    return ov.Model(outputs, model.get_parameters(), "text recognition")
