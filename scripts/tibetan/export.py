"""The trained network as an ONNX file."""

import tempfile
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import Tensor, nn

from ocrpipe.ocr.tibetan.recognizer import CHARACTERS_KEY, LINE_HEIGHT
from scripts.tibetan.alphabet import CHARACTERS

_LICENCE = "AGPL-3.0-or-later"


class _Probabilities(nn.Module):
    def __init__(self, network: nn.Module) -> None:
        super().__init__()
        self.network = network

    def forward(self, picture: Tensor) -> Tensor:
        logits: Tensor = self.network(picture)
        return logits.softmax(dim=2)


def halve_weights(model: onnx.ModelProto) -> None:
    """Store the large weights as float16, each with a cast back to float32, in place.

    A runtime folds the casts when it loads the file: the arithmetic stays float32.
    """
    graph = model.graph
    casts = []
    for tensor in list(graph.initializer):
        values = numpy_helper.to_array(tensor)
        if values.dtype != np.float32 or values.size < 1024:
            continue
        half = numpy_helper.from_array(values.astype(np.float16), f"{tensor.name}_half")
        graph.initializer.remove(tensor)
        graph.initializer.append(half)
        casts.append(helper.make_node("Cast", [half.name], [tensor.name], to=TensorProto.FLOAT))
    nodes = [*casts, *graph.node]
    del graph.node[:]
    graph.node.extend(nodes)


def largest_difference(network: nn.Module, path: Path) -> float:
    """How far the file's probabilities are from the network's, over pictures of several widths."""
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    generator = np.random.default_rng(0)
    differences = []
    for width in (64, 320, 1024):
        picture = generator.random((1, 1, LINE_HEIGHT, width), dtype=np.float32)
        with torch.no_grad():
            expected = network(torch.from_numpy(picture)).numpy()
        differences.append(
            float(np.abs(session.run(None, {"picture": picture})[0] - expected).max())
        )
    return max(differences)


def export_onnx(network: nn.Module, out: Path) -> float:
    """Write the network; returns the largest difference of a probability from torch's.

    Input `picture` (B, 1, 48, W) float32, output `probabilities` (B, W / 2, classes).
    """
    probabilities = _Probabilities(network).eval()
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "plain.onnx"
        torch.onnx.export(
            probabilities,
            (torch.zeros(1, 1, LINE_HEIGHT, 64),),
            str(plain),
            input_names=["picture"],
            output_names=["probabilities"],
            dynamic_axes={
                "picture": {0: "lines", 3: "width"},
                "probabilities": {0: "lines", 1: "frames"},
            },
            opset_version=17,
            dynamo=False,
        )
        model = onnx.load(plain)
    halve_weights(model)
    helper.set_model_props(model, {CHARACTERS_KEY: CHARACTERS, "licence": _LICENCE})
    onnx.checker.check_model(model)
    out.parent.mkdir(parents=True, exist_ok=True)
    onnx.save(model, str(out))
    return largest_difference(probabilities, out)
