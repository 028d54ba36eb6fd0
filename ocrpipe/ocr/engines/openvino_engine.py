"""OpenVINO: the default engine, the fastest on Intel and AMD processors."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

import numpy as np

from ocrpipe.errors import EngineUnavailableError
from ocrpipe.networks import (
    Floats,
    Requests,
    openvino_core,
    openvino_metadata,
    openvino_settings,
    threads_of,
)
from ocrpipe.ocr.engines.networks import (
    Classes,
    LineNetwork,
    LinePixels,
    NetworkEngine,
    refuse_other_models,
)
from ocrpipe.ocr.recognition.ctc import Alphabet, FrameScores, characters_of
from ocrpipe.options import OcrOptions
from ocrpipe.weights import (
    QUICK_TEXT_RECOGNITION,
    TEXT_DETECTION,
    TEXT_RECOGNITION,
    Weight,
    locate,
)

_BLANK = np.zeros(1, np.int64)
_PARTS = 32
"""How many parts the classes are searched in, at most."""


def create(options: OcrOptions) -> NetworkEngine:
    """Make the engine.

    Raises:
        EngineUnavailableError: OpenVINO or the weights are missing or do not load.
    """
    refuse_other_models(options)
    detection = locate(TEXT_DETECTION)
    with _started():
        core = openvino_core()
        detector = core.compile_model(core.read_model(detection), "CPU", openvino_settings(options))
    detecting = Requests(detector)
    # A stream a thread: lines are many, and one batch on two threads is not done in half.
    streams = threads_of(options)
    recognizing, alphabet = _line_requests(TEXT_RECOGNITION, options, streams)

    def detect(pixels: Floats) -> Floats:
        ((output,),) = detecting.answers([pixels])
        probability: Floats = output[0, 0]
        return probability

    def believe(batches: Iterable[LinePixels], classes: Classes) -> Iterator[Floats]:
        for _, _, _, believed in recognizing.answers((lines, classes) for lines in batches):
            yield believed

    reader = LineNetwork(partial(_scores, recognizing), alphabet)
    return NetworkEngine("openvino", detect, quick_network(options), reader, believe)


def quick_network(options: OcrOptions) -> LineNetwork:
    """The small network that looks at long lines first.

    It has one stream: a second one held 20 MB, and lines took as long with two.

    Raises:
        EngineUnavailableError: OpenVINO or the weights are missing or do not load.
    """
    requests, alphabet = _line_requests(QUICK_TEXT_RECOGNITION, options, streams=1)
    return LineNetwork(partial(_scores, requests), alphabet)


@contextmanager
def _started() -> Iterator[None]:
    """Say what to do where OpenVINO does not start."""
    try:
        yield
    except (ImportError, RuntimeError) as error:
        raise EngineUnavailableError(
            f"the engine openvino does not start: {error}",
            remedy="Reinstall it with: pip install --force-reinstall openvino; "
            "or choose the engine onnxruntime.",
        ) from error


def _line_requests(weight: Weight, options: OcrOptions, streams: int) -> tuple[Requests, Alphabet]:
    """A recognition network that reads as many batches at a time as it has streams, and its
    characters."""
    file = locate(weight)
    with _started():
        core = openvino_core()
        read = core.read_model(file)
        alphabet = Alphabet(characters_of(openvino_metadata(read, "character")))
        reduced = _of_bytes(_with_reduced_output(read, alphabet))
        settings = openvino_settings(options) | {"NUM_STREAMS": streams}
        return Requests(core.compile_model(reduced, "CPU", settings), streams), alphabet


def _scores(requests: Requests, batches: Iterable[LinePixels]) -> Iterator[FrameScores]:
    for best, probability, numeric, _ in requests.answers((lines, _BLANK) for lines in batches):
        yield FrameScores(
            best=best[:, :, 0].astype(np.int64), probability=probability[:, :, 0], numeric=numeric
        )


def _of_bytes(model: Any) -> Any:
    """Let the network itself bring bytes to -1 to 1 and its channels to the front."""
    import openvino as ov
    from openvino.preprocess import PrePostProcessor

    steps = PrePostProcessor(model)
    entry = steps.input(0)
    entry.tensor().set_element_type(ov.Type.u8).set_layout(ov.Layout("NHWC"))
    entry.model().set_layout(ov.Layout("NCHW"))
    entry.preprocess().convert_element_type(ov.Type.f32).mean(127.5).scale(127.5)
    return steps.build()


def _with_reduced_output(model: Any, alphabet: Alphabet) -> Any:
    """Let the network itself reduce its 18,710 probabilities a frame to what decoding needs, and
    those of classes that are asked for by a second input.

    Handing them all over costs more than reducing them where they are made.
    """
    import openvino as ov
    from openvino import opset13 as ops

    probabilities = model.get_results()[0].input_value(0)
    axis = ops.constant(np.int64(2))
    greatest, best = _greatest(probabilities)
    columns = [
        ops.reduce_sum(
            ops.gather(probabilities, ops.constant(some.astype(np.int64)), axis), axis, True
        )
        for some in alphabet.numeric_classes()
    ]
    numeric = ops.concat(columns, 2)
    classes = ops.parameter([-1], np.int64, "classes")
    believed = ops.gather(probabilities, classes, axis)
    outputs = [ops.result(output) for output in (best, greatest, numeric, believed)]
    return ov.Model(outputs, [*model.get_parameters(), classes], "text recognition")


def _greatest(probabilities: Any) -> tuple[Any, Any]:
    """The greatest of (B, T, classes) and its class, both (B, T, 1); of equals, the first.

    OpenVINO's TopK takes a fifth of the network's whole time over so many classes, its maximum
    next to nothing: so the classes are parted, and TopK goes over the maxima of the parts and
    then over one part.
    """
    from openvino import opset13 as ops

    one, last = ops.constant(np.int64(1)), ops.constant(np.int64(3))
    classes = int(probabilities.get_partial_shape()[2].get_length())
    parts = next(number for number in range(_PARTS, 0, -1) if classes % number == 0)
    size = classes // parts
    shape = ops.constant(np.array([0, 0, parts, size], np.int64))
    parted = ops.reshape(probabilities, shape, True)
    top = ops.topk(ops.reduce_max(parted, last, False), one, 2, "max", "value", "i64")
    part = top.output(1)
    within = ops.topk(ops.gather_nd(parted, part, 2), one, 2, "max", "value", "i64").output(1)
    return top.output(0), ops.add(ops.multiply(part, ops.constant(np.int64(size))), within)
