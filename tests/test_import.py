"""`import ocrpipe` must stay cheap: the heavy packages load when they are used."""

import subprocess
import sys

HEAVY = ("cv2", "layoutparser", "lxml", "numpy", "onnxruntime", "openvino", "paddleocr", "pymupdf")


def test_importing_ocrpipe_loads_no_heavy_package() -> None:
    code = f"import sys, ocrpipe; print([m for m in {HEAVY!r} if m in sys.modules])"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


def test_the_options_and_the_contract_load_no_heavy_package() -> None:
    code = (
        "import sys; from ocrpipe import Document, Options; "
        f"print([m for m in {HEAVY!r} if m in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
