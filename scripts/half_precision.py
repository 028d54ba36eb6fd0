"""Weights of ONNX networks in half precision, which halves their files."""

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

_LARGE = 64
"""Values from which a weight is kept in half precision."""


def halve(graph: onnx.GraphProto) -> None:
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
