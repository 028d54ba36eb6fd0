"""Memory over many conversions in one process, and over one file of many pages."""

from collections.abc import Sequence
from pathlib import Path

import psutil
import pymupdf

from ocrpipe import Converter
from ocrpipe.options import OcrOptions, Options
from ocrpipe.progress import NoProgress

_LINES = 20


def print_soak(files: Sequence[Path], count: int) -> None:
    """Print the resident memory while `count` files are converted on one thread, in turn."""
    converter = Converter(Options(ocr=OcrOptions(threads=1)))
    curve = _Curve("conversions", count, first=len(files))
    for number in range(count):
        converter.convert(files[number % len(files)])
        curve.reached(number + 1)


def print_long_file(files: Sequence[Path], pages: int, folder: Path) -> None:
    """Print the resident memory while one file of `pages` pages, those of `files` in turn, is
    converted on one thread."""
    path = folder / "long.pdf"
    with pymupdf.open() as long:
        for number in range(pages):
            with pymupdf.open(files[number % len(files)]) as single:
                long.insert_pdf(single)
        long.save(path)
    progress = _PageCurve(_Curve("pages of one file", pages, first=len(files)))
    Converter(Options(ocr=OcrOptions(threads=1))).convert(path, progress=progress)


class _Curve:
    """Prints a line of the table after the `first` few steps, then at every twentieth of all."""

    def __init__(self, name: str, count: int, first: int) -> None:
        self._every = max(1, count // _LINES)
        self._first = first
        self._process = psutil.Process()
        print(f"\n| {name} | resident MB |\n|---|---|")

    def reached(self, number: int) -> None:
        if number % self._every == 0 or number == self._first:
            resident = self._process.memory_info().rss / 1e6
            print(f"| {number} | {resident:.0f} |", flush=True)


class _PageCurve(NoProgress):
    """Tells a curve how many pages are done."""

    def __init__(self, curve: _Curve) -> None:
        self._curve = curve
        self._done = 0

    def page_done(self, number: int) -> None:
        self._done += 1
        self._curve.reached(self._done)
