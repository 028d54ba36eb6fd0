"""OpenVINO: the default engine, the fastest on Intel and AMD processors."""

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np

from ocrpipe.errors import EngineUnavailableError
from ocrpipe.networks import Floats, Requests, openvino_metadata, openvino_settings, threads_of
from ocrpipe.ocr.ctc import Alphabet, FrameScores, characters_of
from ocrpipe.ocr.engines.networks import NetworkEngine, refuse_other_models
from ocrpipe.options import OcrOptions
from ocrpipe.weights import TEXT_DETECTION, TEXT_RECOGNITION, locate


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
        settings = openvino_settings(core, options)
        read = core.read_model(recognition)
        alphabet = Alphabet(characters_of(openvino_metadata(read, "character")))
        detector = core.compile_model(core.read_model(detection), "CPU", settings)
        reduced = _with_reduced_output(read, alphabet)
        # A stream a thread: lines are many, and one batch on two threads is not done in half.
        streams = threads_of(options)
        recognizer = core.compile_model(reduced, "CPU", settings | {"NUM_STREAMS": streams})
    except (ImportError, RuntimeError) as error:
        raise EngineUnavailableError(
            f"the engine openvino does not start: {error}",
            remedy="Reinstall it with: pip install --force-reinstall openvino; "
            "or choose the engine onnxruntime.",
        ) from error

    detecting, recognizing = Requests(detector), Requests(recognizer, streams)

    def detect(pixels: Floats) -> Floats:
        ((output,),) = detecting.answers([pixels])
        probability: Floats = output[0, 0]
        return probability

    def recognize(batches: Iterable[Floats]) -> Iterator[FrameScores]:
        for best, probability, numeric in recognizing.answers(batches):
            yield FrameScores(
                best=best[:, :, 0].astype(np.int64),
                probability=probability[:, :, 0],
                numeric=numeric,
            )

    return NetworkEngine("openvino", detect, recognize, alphabet)


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
