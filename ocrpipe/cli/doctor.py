"""`ocrpipe doctor`: what is there, what is missing, and how to get it."""

import platform
from importlib.metadata import PackageNotFoundError, version

from rich.console import Console
from rich.table import Table

from ocrpipe import __version__
from ocrpipe.errors import EXIT_GOOD, EngineUnavailableError
from ocrpipe.ocr import engine_report, instruction_sets
from ocrpipe.options import Options
from ocrpipe.weights import WEIGHTS, checksum, locate

_PACKAGES = (
    "pymupdf", "opencv-python", "opencv-contrib-python", "opencv-python-headless", "numpy",
    "pydantic", "layoutparser", "onnxruntime", "openvino", "paddleocr",
)  # fmt: skip


def print_diagnosis() -> int:
    """Print the tables; return 0, or 6 where the default engine or a weight is missing."""
    console = Console(highlight=False, soft_wrap=True)
    console.print(
        f"ocrpipe {__version__}, Python {platform.python_version()}, "
        f"{platform.system()} {platform.machine()}"
    )
    sound = _print_weights(console)
    sound = _print_engines(console) and sound
    _print_packages(console)
    sets = ", ".join(instruction_sets()) or "none that inference makes use of"
    console.print(f"Instruction sets: {sets}")
    return EXIT_GOOD if sound else EngineUnavailableError.exit_code


def _print_engines(console: Console) -> bool:
    table = Table("engine", "version", "state", title="Engines", title_justify="left")
    default_found = False
    for engine in engine_report():
        default = engine.name == Options().ocr.engine
        default_found = default_found or (default and engine.available)
        state = "ready" if engine.available else f"missing: {engine.remedy}"
        table.add_row(engine.name + (" (default)" if default else ""), engine.version, state)
    console.print(table)
    return default_found


def _print_weights(console: Console) -> bool:
    table = Table("weights", "purpose", "sha256", "state", title="Weights", title_justify="left")
    sound = True
    for weight in WEIGHTS:
        try:
            found = checksum(locate(weight))
        except EngineUnavailableError as error:
            table.add_row(weight.name, weight.purpose, "", str(error))
            sound = False
            continue
        state = "as published" if found == weight.sha256 else "differs from the published file"
        sound = sound and found == weight.sha256
        table.add_row(weight.name, weight.purpose, found[:16] + "…", state)
    console.print(table)
    return sound


def _print_packages(console: Console) -> None:
    table = Table("package", "version", title="Packages", title_justify="left")
    opencv = set()
    for name in _PACKAGES:
        try:
            found = version(name)
        except PackageNotFoundError:
            table.add_row(name, f"missing: pip install {name}")
            continue
        table.add_row(name, found)
        if name.startswith("opencv"):
            opencv.add(found)
    console.print(table)
    if len(opencv) > 1:
        console.print(
            "The OpenCV wheels differ in version and overwrite each other: "
            "pip install --force-reinstall ocrpipe"
        )
