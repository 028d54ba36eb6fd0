"""`import ocrpipe` must stay cheap: the heavy packages load when they are used."""

import subprocess
import sys

import ocrpipe
import ocrpipe.batch

OF_SCANS = ("ocrpipe.imaging", "ocrpipe.ocr", "ocrpipe.tables.rulings")
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


def test_a_command_line_that_forks_its_worker_loads_no_heavy_package_before() -> None:
    """Their threads would not be in the fork, and the locks that these held would stay locked."""
    code = (
        "import sys, ocrpipe.cli.commands, ocrpipe.cli.convert, ocrpipe.cli.limited; "
        f"print([m for m in {HEAVY!r} if m in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


def test_a_digital_page_brings_no_imaging_and_no_ocr() -> None:
    """They take a sixth of the time that the command takes to start."""
    code = (
        "import pymupdf, sys, ocrpipe\n"
        "with pymupdf.open() as pdf:\n"
        "    pdf.new_page().insert_text((72, 72), 'A line of text that a page has')\n"
        "    document = ocrpipe.convert(pdf.tobytes())\n"
        "assert document.pages[0].origin == 'digital', document\n"
        f"print([m for m in {OF_SCANS!r} if m in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


def test_consoles_complete_what_is_public() -> None:
    """Both packages load what they have on demand, which `dir` alone does not see."""
    for package in (ocrpipe, ocrpipe.batch):
        assert dir(package) == sorted(package.__all__)
        assert all(getattr(package, name) is not None for name in package.__all__)
