"""A converter that does to its process what the name of the file says; it runs in real workers."""

import hashlib
import os
import signal
import time
from pathlib import Path

from ocrpipe.document import Document, Issue, Page, Source
from ocrpipe.errors import EngineUnavailableError, IssueCode, UnreadableInputError
from ocrpipe.options import Options
from ocrpipe.progress import NoProgress, Progress


class FaultyConverter:
    """Turns any file into a document of two pages, unless its name holds the name of a fault.

    Every conversion that is begun leaves a line in the file `log` beside the input.
    """

    def convert(
        self, source: Path | bytes, *, name: str | None = None, progress: Progress | None = None
    ) -> Document:
        progress = progress or NoProgress()
        data = source if isinstance(source, bytes) else source.read_bytes()
        name = name or "document"
        first = True
        if isinstance(source, Path):
            first = self._note(source)
        if ("crash-once" in name and first) or ("crash" in name and "once" not in name):
            os.kill(os.getpid(), signal.SIGKILL)
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
        progress.document_started(name, 2)
        progress.page_done(1)
        progress.page_done(2)
        progress.document_done()
        return small_document(name, hashlib.sha256(data).hexdigest())

    def _note(self, source: Path) -> bool:
        log = source.parent / "log"
        first = not log.exists() or f"{source.name}\n" not in log.read_text()
        with log.open("a") as stream:
            stream.write(f"{source.name}\n")
        return first


def hog() -> None:
    """Take 20 MiB more every 10 ms."""
    held = []
    while True:
        held.append(b"x" * (20 << 20))
        time.sleep(0.01)


def small_document(name: str, sha256: str) -> Document:
    pages = tuple(
        Page(number=number, width=595, height=842, rotation=0, origin="digital", blocks=())
        for number in (1, 2)
    )
    issue = Issue(code=IssueCode.PAGE_BLANK, severity="info", message="<blank>", page=1)
    return Document(
        source=Source(name=name, sha256=sha256, media_type="text/plain", page_count=2),
        pages=pages,
        tables=(),
        issues=(issue,),
    )


def make_faulty(_: Options) -> FaultyConverter:
    return FaultyConverter()


def begun(folder: Path) -> dict[str, int]:
    """How often the conversion of each file was begun."""
    names = (folder / "log").read_text().splitlines()
    return {name: names.count(name) for name in names}
