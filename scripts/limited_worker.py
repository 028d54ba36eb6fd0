"""A process that converts one file after another under a time limit and a memory limit.

It says how each conversion ended: what ends the process ends no more than that.
"""

import logging
import multiprocessing
import re
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from pathlib import Path
from typing import Literal, Self

import psutil

Ending = Literal["result", "clear error", "traceback", "crash", "hang", "memory"]
GOOD: tuple[Ending, ...] = ("result", "clear error")

_START_SECONDS = 300.0
_LOOK_SECONDS = 0.05


@dataclass(frozen=True, slots=True)
class Outcome:
    """How the conversion of a file ended.

    Attributes:
        code: Of a clear error, for instance "input.unreadable"; of a traceback, what was raised
            and where; of a crash, the exit code of the process.
        detail: For people; a whole traceback where there was one.
        peak: MiB of resident memory at the highest.
    """

    ending: Ending
    code: str = ""
    detail: str = ""
    seconds: float = 0.0
    peak: int = 0


class LimitedWorker:
    """Converts files to every format, each within `seconds` and `memory` MiB; for one thread."""

    def __init__(self, seconds: float, memory: int, threads: int = 1) -> None:
        self._seconds = seconds
        self._memory = memory
        self._threads = threads
        self._context = multiprocessing.get_context("spawn")
        self._process: SpawnProcess | None = None
        self._connection: Connection | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._end()

    def convert(self, path: Path) -> Outcome:
        """Convert one file; nothing is written."""
        connection, process = self._started()
        start = time.perf_counter()
        connection.send(path)
        peak = 0
        while (seconds := time.perf_counter() - start) < self._seconds:
            peak = max(peak, _memory_of(process))
            if peak > self._memory:
                self._end()
                return Outcome("memory", detail=f"over {self._memory} MiB", peak=peak)
            try:
                if connection.poll(_LOOK_SECONDS):
                    ending, code, detail, most = connection.recv()
                    seconds = round(time.perf_counter() - start, 2)
                    return Outcome(ending, code, detail, seconds, max(peak, most))
            except (EOFError, OSError):
                process.join(5)
                code = f"exit code {process.exitcode}"
                self._end()
                return Outcome("crash", code, "the process ended", round(seconds, 2), peak)
        self._end()
        return Outcome("hang", detail=f"over {self._seconds:.0f} s", seconds=seconds, peak=peak)

    def _started(self) -> tuple[Connection, SpawnProcess]:
        if self._connection is None or self._process is None:
            self._connection, theirs = self._context.Pipe()
            self._process = self._context.Process(
                target=_work, args=(theirs, self._threads), daemon=True
            )
            self._process.start()
            theirs.close()
            if not self._connection.poll(_START_SECONDS):
                raise RuntimeError("the worker does not start")
            self._connection.recv()
        return self._connection, self._process

    def _end(self) -> None:
        if self._process is not None and self._connection is not None:
            self._process.kill()
            self._process.join()
            self._connection.close()
        self._process = self._connection = None


def _memory_of(process: SpawnProcess) -> int:
    with suppress(psutil.Error):
        return int(psutil.Process(process.pid).memory_info().rss) >> 20
    return 0


def _work(connection: Connection, threads: int) -> None:
    import cv2

    from ocrpipe.options import ExportOptions, Format, OcrOptions, Options
    from ocrpipe.pipeline import Converter, render_formats

    cv2.setNumThreads(threads)
    options = Options(ocr=OcrOptions(threads=threads), export=ExportOptions(format=tuple(Format)))
    converter = Converter(options)
    defects = _Defects()

    def convert(path: Path) -> str:
        defects.found = None
        try:
            document = converter.convert(path)
        finally:
            if defects.found is not None:
                raise defects.found
        written = sum(len(data) for _, data in render_formats(path, document, options))
        codes = {issue.code for issue in document.issues}
        return f"{len(document.pages)} pages, {written} bytes, {' '.join(sorted(codes))}"

    connection.send("ready")
    while True:
        try:
            path: Path = connection.recv()
        except EOFError:
            return
        _forget_peak()
        connection.send((*_ended(convert, path), _peak()))


class _Defects(logging.Handler):
    """Keeps what was raised in the conversion of a page and is no error of ocrpipe's own.

    A page that fails costs only itself whatever the reason: only the log tells a defect.
    """

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.found: BaseException | None = None
        pages = logging.getLogger("ocrpipe.pipeline.convert")
        pages.setLevel(logging.DEBUG)
        pages.addHandler(self)

    def emit(self, record: logging.LogRecord) -> None:
        from ocrpipe.errors import OcrpipeError

        raised = record.exc_info[1] if record.exc_info else None
        if raised is not None and not isinstance(raised, OcrpipeError):
            self.found = raised


def _ended(convert: Callable[[Path], str], path: Path) -> tuple[Ending, str, str]:
    from ocrpipe.errors import OcrpipeError

    try:
        return "result", "", convert(path)
    except OcrpipeError as error:
        return "clear error", error.code, str(error)
    except BaseException as error:
        last = traceback.extract_tb(error.__traceback__)[-1]
        place = f"{Path(last.filename).name}:{last.lineno}"
        return "traceback", f"{type(error).__name__} in {place}", traceback.format_exc()


def _forget_peak() -> None:
    with suppress(OSError):  # No such file but on Linux.
        Path("/proc/self/clear_refs").write_text("5")


def _peak() -> int:
    """MiB at the highest since `_forget_peak`; 0 where it cannot be known."""
    with suppress(OSError):
        found = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())
        return int(found[1]) >> 10 if found else 0
    return 0
