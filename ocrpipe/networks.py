"""Neural networks as functions of arrays, whichever runtime computes them."""

import logging
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from queue import Empty, LifoQueue
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from ocrpipe.cores import usable_cores
from ocrpipe.errors import EngineUnavailableError
from ocrpipe.options import EngineName, OcrOptions, Precision
from ocrpipe.timings import INFERENCE, timed
from ocrpipe.weights import Weight, locate

logger = logging.getLogger(__name__)

Floats: TypeAlias = NDArray[np.float32]
Inputs: TypeAlias = tuple[NDArray[Any], ...]


@dataclass(frozen=True, slots=True)
class Network:
    """`run` maps the one input to the outputs in the order of the file, `metadata` gives what
    the file says of itself under a key."""

    run: Callable[[Floats], tuple[Floats, ...]]
    metadata: Callable[[str], str]


def load_network(weight: Weight, options: OcrOptions) -> Network:
    """A network with one input, computed by OpenVINO where that is the engine, else ONNX Runtime.

    Raises:
        EngineUnavailableError: the weights or the runtime are missing, or do not load.
    """
    load = _with_openvino if options.engine is EngineName.OPENVINO else _with_onnxruntime
    try:
        network = load(weight, options)
    except EngineUnavailableError:
        raise
    # ONNX Runtime's own exceptions have no base below Exception.
    except Exception as error:
        runtime = "openvino" if load is _with_openvino else "onnxruntime"
        raise EngineUnavailableError(
            f"the network for {weight.purpose} does not start: {error}",
            remedy=f"Reinstall its runtime with: pip install --force-reinstall {runtime}",
        ) from error
    return replace(network, run=timed(f"{INFERENCE}{weight.purpose}")(network.run))


def threads_of(options: OcrOptions) -> int:
    """How many threads inference may use."""
    return options.threads or usable_cores()


@cache
def openvino_core() -> Any:
    """The `openvino.Core` of all networks, which share what it keeps for them.

    Raises:
        ImportError, RuntimeError: OpenVINO is missing or does not start.
    """
    import openvino as ov

    return ov.Core()


def openvino_settings(options: OcrOptions) -> dict[str, Any]:
    """What networks are compiled with, by the options."""
    precision = options.precision
    if precision is Precision.AUTO:
        capabilities = openvino_core().get_property("CPU", "OPTIMIZATION_CAPABILITIES")
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


def openvino_metadata(model: Any, key: str) -> str:
    """What an ONNX file says of itself; OpenVINO keeps it under the framework's name."""
    return str(model.get_rt_info(["framework", key]).astype(str))


class Requests:
    """Runs a model that OpenVINO compiled, several inputs at a time, for any number of threads.

    A request holds the memory of all that is computed on the way, so the threads share a few.
    """

    def __init__(self, compiled: Any, at_a_time: int = 1) -> None:
        self._outputs = len(compiled.outputs)
        self._idle: LifoQueue[Any] = LifoQueue()
        for _ in range(at_a_time):
            self._idle.put(compiled.create_infer_request())

    def answers(self, tensors: Iterable[NDArray[Any] | Inputs]) -> Iterator[tuple[Floats, ...]]:
        """The outputs for each input, in their order; a tuple holds those of a model of several."""
        running = deque[Any]()
        try:
            for tensor in tensors:
                request = self._spare(wait=not running)
                while request is None:
                    yield self._finished(running)
                    request = self._spare(wait=not running)
                # The input is kept with the request: it is not copied.
                inputs = tensor if isinstance(tensor, tuple) else (tensor,)
                request.start_async(dict(enumerate(inputs)), share_inputs=True)
                running.append(request)
            while running:
                yield self._finished(running)
        finally:
            # Whoever asked may have had enough; a request that runs cannot start again.
            for request in running:
                request.wait()
                self._idle.put(request)

    def _spare(self, *, wait: bool) -> Any | None:
        """An idle request. Only a thread that has none of its own waits for one of another's."""
        try:
            return self._idle.get(block=wait)
        except Empty:
            return None

    def _finished(self, running: deque[Any]) -> tuple[Floats, ...]:
        request = running.popleft()
        try:
            request.wait()
            # The request's own memory is overwritten by its next answer.
            return tuple(
                np.array(request.get_output_tensor(index).data) for index in range(self._outputs)
            )
        finally:
            self._idle.put(request)


def onnxruntime_session(weight: Weight, threads: int) -> Any:
    """An `onnxruntime.InferenceSession` on that many threads."""
    import onnxruntime

    settings = onnxruntime.SessionOptions()
    settings.intra_op_num_threads = threads
    settings.inter_op_num_threads = 1
    settings.log_severity_level = 3
    # Spinning threads would take the processor from the other workers of a batch.
    settings.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return onnxruntime.InferenceSession(
        str(locate(weight)), sess_options=settings, providers=["CPUExecutionProvider"]
    )


def _with_openvino(weight: Weight, options: OcrOptions) -> Network:
    core = openvino_core()
    model = core.read_model(locate(weight))
    requests = Requests(core.compile_model(model, "CPU", openvino_settings(options)))

    def run(tensor: Floats) -> tuple[Floats, ...]:
        (answer,) = requests.answers([tensor])
        return answer

    return Network(run, lambda key: openvino_metadata(model, key))


def _with_onnxruntime(weight: Weight, options: OcrOptions) -> Network:
    session = onnxruntime_session(weight, threads_of(options))
    (entry,) = session.get_inputs()

    def run(tensor: Floats) -> tuple[Floats, ...]:
        return tuple(session.run(None, {entry.name: tensor}))

    return Network(run, lambda key: str(session.get_modelmeta().custom_metadata_map[key]))
