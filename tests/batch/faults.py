"""A converter that does to its process what the name of the file says; it runs in real workers."""

import errno
import hashlib
import os
import re
import signal
import time
from collections.abc import Sequence
from pathlib import Path

import fsspec
from fsspec.implementations.local import LocalFileSystem

from ocrpipe.batch.workers.messages import Converted, Opened, PageDone, Task
from ocrpipe.batch.workers.worker import Report, Work
from ocrpipe.document import Document, Issue, Page, Source
from ocrpipe.errors import EngineUnavailableError, IssueCode, UnreadableInputError
from ocrpipe.options import Options
from ocrpipe.pipeline import ConvertedPages, put_together
from ocrpipe.pipeline.result import PageResult
from ocrpipe.progress import NoProgress, Progress


class FaultyConverter:
    """Turns any file into a document of two pages, unless its name holds the name of a fault.

    "pages-9" makes it nine pages, "bad-3" kills the process at page 3, "orphan-once" its
    parent. Every conversion that is
    begun leaves a line in the file `log` beside the input.
    """

    def page_numbers(self, source: Path | bytes, *, name: str | None = None) -> tuple[int, ...]:
        counted = re.search(r"pages-(\d+)", name or "")
        return tuple(range(1, (int(counted[1]) if counted else 2) + 1))

    def convert(
        self, source: Path | bytes, *, name: str | None = None, progress: Progress | None = None
    ) -> Document:
        numbers = self.page_numbers(source, name=name)
        return put_together([self.convert_pages(source, numbers, name=name, progress=progress)])

    def convert_pages(
        self,
        source: Path | bytes,
        pages: Sequence[int],
        *,
        name: str | None = None,
        progress: Progress | None = None,
    ) -> ConvertedPages:
        progress = progress or NoProgress()
        data = source if isinstance(source, bytes) else source.read_bytes()
        name = name or "document"
        first = self._note(source) if isinstance(source, Path) else True
        self._fault(name, first=first)
        progress.document_started(name, len(pages))
        for number in pages:
            if f"bad-{number}." in name:
                os.kill(os.getpid(), signal.SIGKILL)
            progress.page_done(number)
        progress.document_done()
        return ConvertedPages(
            Source(
                name=name,
                sha256=hashlib.sha256(data).hexdigest(),
                media_type="text/plain",
                page_count=len(self.page_numbers(source, name=name)),
            ),
            tuple(small_page(number) for number in pages),
            {},
        )

    def _fault(self, name: str, *, first: bool) -> None:
        if ("crash-once" in name and first) or ("crash" in name and "once" not in name):
            os.kill(os.getpid(), signal.SIGKILL)
        elif "orphan-once" in name and first:
            os.kill(os.getppid(), signal.SIGKILL)
            time.sleep(600)
        elif "hang" in name:
            time.sleep(600)
        elif "hog" in name:
            hog()
        elif "broken" in name:
            raise UnreadableInputError("it is broken", source=name, remedy="Mend it")
        elif "defect" in name:
            raise RuntimeError("a defect")
        elif "engine" in name:
            raise EngineUnavailableError("there is no engine", remedy="Install one")
        elif "slow" in name:
            time.sleep(0.3)

    def _note(self, source: Path) -> bool:
        log = source.parent / "log"
        line = os.fsencode(f"{source.name}\n")
        first = not log.exists() or line not in log.read_bytes()
        with log.open("ab") as stream:
            stream.write(line)
        return first


class SharedFileSystem(LocalFileSystem):
    """The local disk as shared:///path, for what a memory file system cannot have: workers."""

    protocol = "shared"

    @classmethod
    def _strip_protocol(cls, path: str) -> str:
        stripped: str = super()._strip_protocol(str(path).removeprefix("shared://"))
        return stripped

    def unstrip_protocol(self, name: str) -> str:
        return f"shared://{self._strip_protocol(name)}"


class FullFileSystem(SharedFileSystem):
    """A disk as full:///path: nothing has room in a folder called full, nor has no-room.json.

    From a folder called keeping nothing may be removed.
    """

    protocol = "full"

    @classmethod
    def _strip_protocol(cls, path: str) -> str:
        return super()._strip_protocol(str(path).removeprefix("full://"))

    def unstrip_protocol(self, name: str) -> str:
        return f"full://{self._strip_protocol(name)}"

    def pipe_file(self, path: str, value: bytes, **options: object) -> None:
        self._find_room("/full/results/" in path)
        super().pipe_file(path, value, **options)

    def mv(self, path1: str, path2: str, **options: object) -> None:
        self._find_room(path2.endswith("no-room.json"))
        super().mv(path1, path2, **options)

    def rm_file(self, path: str) -> None:
        if "/keeping/" in path:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        super().rm_file(path)

    def _find_room(self, is_full: bool) -> None:
        if is_full:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


# Workers import this module for `make_faulty`.
fsspec.register_implementation("shared", SharedFileSystem, clobber=True)
fsspec.register_implementation("full", FullFileSystem, clobber=True)


def hog() -> None:
    """Take 20 MiB more every 10 ms."""
    held = []
    while True:
        held.append(b"x" * (20 << 20))
        time.sleep(0.01)


def small_page(number: int) -> PageResult:
    page = Page(number=number, width=595, height=842, rotation=0, origin="digital", blocks=())
    issue = Issue(code=IssueCode.PAGE_BLANK, severity="info", message="<blank>", page=number)
    return PageResult(page, (), (issue,))


def make_faulty(_: Options) -> FaultyConverter:
    return FaultyConverter()


def begun(folder: Path) -> dict[str, int]:
    """How often the conversion of each file was begun."""
    names = (folder / "log").read_text().splitlines()
    return {name: names.count(name) for name in names}


# Work for `WorkerPool` alone.


def echo() -> Work:
    return lambda task, report: Converted(sha256=str(os.getpid()), pages=0, failed_pages=0)


def sleep() -> Work:
    def work(task: Task, report: Report) -> Converted:
        report(Opened((1,)))
        time.sleep(600)
        raise AssertionError

    return work


def finish_slowly() -> Work:
    """Converts 100 pages in no time, and writes them in 1.6 seconds."""

    def work(task: Task, report: Report) -> Converted:
        pages = tuple(range(1, 101))
        report(Opened(pages))
        for page in pages:
            report(PageDone(page))
        time.sleep(1.6)
        return Converted(sha256="", pages=100, failed_pages=0)

    return work


def no_engine() -> Work:
    raise EngineUnavailableError("there is no engine", remedy="Install one")


def no_start() -> Work:
    os._exit(3)
