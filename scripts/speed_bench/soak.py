"""Memory over many conversions in one process."""

from collections.abc import Sequence
from pathlib import Path

import psutil

from ocrpipe import Converter

_LINES = 20


def print_soak(files: Sequence[Path], count: int) -> None:
    """Print the resident memory while `count` files are converted on one thread, in turn."""
    from ocrpipe.options import OcrOptions, Options

    converter = Converter(Options(ocr=OcrOptions(threads=1)))
    process = psutil.Process()
    print("\n| conversions | resident MB |\n|---|---|")
    for number in range(count):
        converter.convert(files[number % len(files)])
        if (number + 1) % max(1, count // _LINES) == 0 or number + 1 == len(files):
            print(f"| {number + 1} | {process.memory_info().rss / 1e6:.0f} |", flush=True)
