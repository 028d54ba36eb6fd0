"""Several inputs at a time, from several threads, give the answers that each gives alone."""

from concurrent.futures import ThreadPoolExecutor
from itertools import islice

import numpy as np
import openvino as ov
import pytest
from openvino import opset13 as ops

from ocrpipe.errors import EngineUnavailableError
from ocrpipe.networks import Floats, Requests, load_network
from ocrpipe.options import EngineName, OcrOptions
from ocrpipe.weights import LAYOUT_DETECTION, PAGE_ORIENTATION, Weight


@pytest.fixture(scope="module")
def doubling() -> ov.CompiledModel:
    """A network that gives twice its input, and the sum of it."""
    entry = ops.parameter([-1, -1], np.float32)
    twice = ops.multiply(entry, ops.constant(np.float32(2)))
    total = ops.reduce_sum(entry, ops.constant(np.int64(1)))
    model = ov.Model([ops.result(twice), ops.result(total)], [entry], "doubling")
    return ov.Core().compile_model(model, "CPU", {"NUM_STREAMS": 2})


def tensors(seed: int, count: int) -> list[Floats]:
    source = np.random.default_rng(seed)
    return [source.random((1, 1 + n % 5), dtype=np.float32) for n in range(count)]


def is_right(given: list[Floats], answers: list[tuple[Floats, ...]]) -> bool:
    return all(
        np.array_equal(twice, 2 * one) and np.allclose(total, one.sum(axis=1))
        for one, (twice, total) in zip(given, answers, strict=True)
    )


@pytest.mark.parametrize("at_a_time", [1, 2, 3])
def test_answers_stand_in_the_order_of_the_inputs(
    doubling: ov.CompiledModel, at_a_time: int
) -> None:
    given = tensors(1, 11)
    assert is_right(given, list(Requests(doubling, at_a_time).answers(given)))


def test_threads_do_not_get_each_others_answers(doubling: ov.CompiledModel) -> None:
    requests = Requests(doubling, 2)
    many = [tensors(seed, 60) for seed in range(4)]
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda given: list(requests.answers(given)), many))
    assert all(is_right(given, found) for given, found in zip(many, answers, strict=True))


def test_who_stops_asking_half_way_may_ask_again(doubling: ov.CompiledModel) -> None:
    requests = Requests(doubling, 2)
    given = tensors(2, 9)
    assert is_right(given[:1], list(islice(requests.answers(given), 1)))
    assert is_right(given, list(requests.answers(given)))


def test_both_runtimes_agree() -> None:
    picture = np.random.default_rng(3).standard_normal((2, 3, 224, 224)).astype(np.float32)
    options = [
        OcrOptions(engine=engine, precision="f32", threads=1)
        for engine in (EngineName.OPENVINO, EngineName.ONNXRUNTIME)
    ]
    (first,), (second,) = (load_network(PAGE_ORIENTATION, some).run(picture) for some in options)
    assert first.shape == (2, 4)
    assert np.allclose(first, second, atol=1e-4)


@pytest.mark.parametrize("engine", list(EngineName))
def test_what_a_file_says_of_itself_is_read(engine: EngineName) -> None:
    network = load_network(LAYOUT_DETECTION, OcrOptions(engine=engine, threads=1))
    assert network.metadata("character").splitlines()[:3] == ["text", "title", "figure"]


@pytest.mark.parametrize("engine", [EngineName.OPENVINO, EngineName.ONNXRUNTIME])
def test_missing_weights_are_a_clear_error(engine: EngineName) -> None:
    missing = Weight("none", "reading", "ocrpipe", "ocrpipe", "models/none.onnx", "", "", "")
    with pytest.raises(EngineUnavailableError, match="none for reading are missing"):
        load_network(missing, OcrOptions(engine=engine))
