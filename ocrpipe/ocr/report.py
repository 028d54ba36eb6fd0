"""What `ocrpipe doctor` says of this stage: which engines there are, and what the processor has."""

import platform
import re
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

from ocrpipe.options import EngineName

_DISTRIBUTIONS = {
    EngineName.OPENVINO: "openvino",
    EngineName.ONNXRUNTIME: "onnxruntime",
    EngineName.PADDLEOCR: "paddleocr",
}

_USEFUL_SETS = (
    "sse4_2", "avx", "avx2", "f16c", "fma", "avx_vnni", "avx512f", "avx512_vnni", "avx512_bf16",
    "avx512_fp16", "amx_tile", "amx_int8", "amx_bf16", "asimd", "asimddp", "i8mm", "bf16", "sve",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class EngineState:
    """Whether an engine's package is there; `remedy` says what to do where it is not."""

    name: str
    version: str
    available: bool
    remedy: str


def engine_report() -> tuple[EngineState, ...]:
    """The state of every engine, found out without importing any."""
    return tuple(_state(name, package) for name, package in _DISTRIBUTIONS.items())


def _state(name: EngineName, package: str) -> EngineState:
    try:
        found = version(package)
    except PackageNotFoundError:
        found = ""
    available = bool(found) and find_spec(package) is not None
    remedy = "" if available else f"pip install --force-reinstall {package}"
    return EngineState(name.value, found, available, remedy)


def instruction_sets() -> tuple[str, ...]:
    """The processor's instruction sets that speed up inference, by Linux's names for them.

    Where the system does not list them (anything but Linux), the kind of processor.
    """
    try:
        text = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return (platform.machine(),)
    line = re.search(r"^(?:flags|Features)\s*:(.*)$", text, re.MULTILINE)
    flags = set(line.group(1).split()) if line else set()
    return tuple(name for name in _USEFUL_SETS if name in flags)
