"""What is measured: each tool as a function that reads one PDF from its bytes on disk to data.

Tools that read pictures get the pages rasterized by PyMuPDF, at the resolution of ocrpipe.
"""

from collections.abc import Callable
from importlib.metadata import version
from typing import Any

import numpy as np
import pymupdf
from numpy.typing import NDArray

Read = Callable[[str], object]
DPI = 200
"""That of ocrpipe by default; a tool may live in a Python without ocrpipe."""


def _pictures(path: str) -> list[NDArray[np.uint8]]:
    with pymupdf.open(path) as pdf:
        maps = [page.get_pixmap(dpi=DPI, alpha=False) for page in pdf]
    return [
        np.frombuffer(one.samples, np.uint8).reshape(one.height, one.width, 3)[..., ::-1].copy()
        for one in maps
    ]


def _ocrpipe(threads: int) -> tuple[str, Read]:
    from ocrpipe import Converter, __version__
    from ocrpipe.allocator import give_back_freed_memory
    from ocrpipe.export import to_json
    from ocrpipe.options import OcrOptions, Options

    converter = Converter(Options(ocr=OcrOptions(threads=threads)))
    # As in a worker and in the command line.
    give_back_freed_memory()
    return f"ocrpipe {__version__}", lambda path: to_json(converter.convert(path))


def _rapidocr(engine: str) -> tuple[str, Read]:
    from rapidocr import EngineType, RapidOCR

    chosen = EngineType(engine)
    parts = ("Det", "Cls", "Rec")
    params: dict[str, Any] = {f"{part}.engine_type": chosen for part in parts}
    reader = RapidOCR(params=params | {"Global.log_level": "critical"})
    name = f"RapidOCR {version('rapidocr')} ({engine}, text only)"
    return name, lambda path: [reader(picture) for picture in _pictures(path)]


def _paddleocr() -> tuple[str, Read]:
    import os

    os.environ["PADDLE_PDX_DISABLE_MODEL_SOURCE_CHECK"] = "True"
    from paddleocr import PaddleOCR

    from ocrpipe.ocr.engines.paddleocr_models import bundled_folder
    from ocrpipe.weights import TEXT_DETECTION, TEXT_RECOGNITION

    detection, recognition = "PP-OCRv6_small_det", "PP-OCRv6_small_rec"
    reader = PaddleOCR(
        engine="onnxruntime",
        text_detection_model_name=detection,
        text_detection_model_dir=str(bundled_folder(TEXT_DETECTION, detection)),
        text_recognition_model_name=recognition,
        text_recognition_model_dir=str(bundled_folder(TEXT_RECOGNITION, recognition)),
        use_doc_orientation_classify=False,
        use_doc_unwarping=False,
        use_textline_orientation=False,
    )
    name = f"PaddleOCR {version('paddleocr')} (onnxruntime, text only)"
    return name, lambda path: [reader.predict(picture) for picture in _pictures(path)]


def _img2table() -> tuple[str, Read]:
    from scripts.peers.img2table import start

    name, read = start()
    return f"{name} + RapidOCR", read


def _pymupdf4llm() -> tuple[str, Read]:
    import pymupdf4llm

    name = f"pymupdf4llm {version('pymupdf4llm')}"
    return name, lambda path: pymupdf4llm.to_markdown(path, show_progress=False)


TOOLS: dict[str, Callable[[], tuple[str, Read]]] = {
    "ocrpipe": lambda: _ocrpipe(0),
    "ocrpipe-1": lambda: _ocrpipe(1),
    "rapidocr-openvino": lambda: _rapidocr("openvino"),
    "rapidocr-onnxruntime": lambda: _rapidocr("onnxruntime"),
    "paddleocr": _paddleocr,
    "img2table": _img2table,
    "pymupdf4llm": _pymupdf4llm,
}
"""By the name that the command line has for them; `ocrpipe-1` is ocrpipe on one thread."""
