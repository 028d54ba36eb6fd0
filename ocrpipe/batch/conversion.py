"""What a worker does to one document: read, convert, write the results."""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from ocrpipe.batch.locations import (
    companion_fingerprints,
    is_remote,
    local_path,
    read_input,
    storable,
)
from ocrpipe.batch.output.parts import PartStore
from ocrpipe.batch.output.paths import RESULTS
from ocrpipe.batch.output.storage import Storage, open_storage
from ocrpipe.batch.planning import MAIN_FORMAT
from ocrpipe.batch.workers.messages import Converted, Opened, Outcome, PartConverted, Task, TooLong
from ocrpipe.batch.workers.worker import PipeProgress, Report, Work
from ocrpipe.document import Document
from ocrpipe.errors import IssueCode, OcrpipeError, UnreadableInputError
from ocrpipe.ingest.sniff import HEAD_BYTES, HTML, media_type
from ocrpipe.options import Format, Options
from ocrpipe.progress import Progress

if TYPE_CHECKING:
    from ocrpipe.pipeline import ConvertedPages


class DocumentConverter(Protocol):
    """What a batch needs of `ocrpipe.Converter`, which says what each does."""

    def page_numbers(self, source: Path | bytes, *, name: str | None = None) -> tuple[int, ...]: ...

    def convert(
        self, source: Path | bytes, *, name: str | None = None, progress: Progress | None = None
    ) -> Document: ...

    def convert_pages(
        self,
        source: Path | bytes,
        pages: Sequence[int],
        *,
        name: str | None = None,
        progress: Progress | None = None,
    ) -> "ConvertedPages": ...


ConverterFactory = Callable[[Options], DocumentConverter]


def build_converter(options: Options) -> DocumentConverter:
    """The real one; it is loaded in the workers alone."""
    import cv2

    from ocrpipe.pipeline import Converter

    if options.ocr.threads:
        cv2.setNumThreads(options.ocr.threads)
    return Converter(options)


@dataclass(frozen=True, slots=True)
class ConversionFactory:
    """Makes the work of one worker; crosses the process boundary as a value."""

    output: str
    parts: PartStore
    options: Options
    converter: ConverterFactory = build_converter

    def __call__(self) -> Work:
        if self.options.ocr.threads:
            # Numeric libraries read it when they are loaded, which is below.
            os.environ.setdefault("OMP_NUM_THREADS", str(self.options.ocr.threads))
        self.parts.check()
        output = open_storage(self.output)
        return _Conversion(output, self.parts, self.options, self.converter(self.options))


class _Conversion:
    def __init__(
        self, output: Storage, parts: PartStore, options: Options, converter: DocumentConverter
    ) -> None:
        self._output = output
        self._parts = parts
        self._options = options
        self._converter = converter

    def __call__(self, task: Task, report: Report) -> Outcome:
        content = read_input(task.location)
        # Before the conversion: what changes during it has the document converted again.
        companions = {} if task.step == "part" else _companions(task.location)
        if task.step == "assembly":
            document = self._assembled(task)
        else:
            name, progress = storable(content.name), PipeProgress(report)
            if task.step == "part":
                report(Opened(task.pages))
                part = self._converter.convert_pages(
                    content.data, task.pages, name=name, progress=progress
                )
                self._parts.save(task.name, task.number, part)
                return PartConverted()
            pages = self._converter.page_numbers(content.data, name=name)
            if len(pages) > self._options.batch.pages_per_part:
                return TooLong(pages)
            report(Opened(pages))
            document = self._converter.convert(content.data, name=name, progress=progress)
        self._write(content.data, document, task.name)
        return replace(summary_of(document), companions=companions)

    def _assembled(self, task: Task) -> Document:
        from ocrpipe.pipeline import ConvertedPages, put_together

        parts = [self._parts.load(task.name, number) for number in task.parts]
        if not parts:
            raise task.lost[0][1]
        if len({part.source.sha256 for part in parts}) > 1:
            raise UnreadableInputError(
                "the file was changed while it was being converted",
                source=task.location,
                remedy="Run the same command again",
            )
        return put_together([*parts, ConvertedPages(parts[0].source, (), dict(task.lost))])

    def _write(self, source: Path | bytes, document: Document, name: str) -> None:
        from ocrpipe.pipeline import render_formats

        others = tuple(wanted for wanted in self._options.export.format if wanted != MAIN_FORMAT)
        export = self._options.export.model_copy(update={"format": (*others, MAIN_FORMAT)})
        options = self._options.model_copy(update={"export": export})
        for wanted, data in render_formats(source, document, options):
            self._output.write(result_path(name, wanted), data)


def _companions(location: str) -> dict[str, str]:
    """The files beside a web page that its result depends on, with the fingerprint of each."""
    if is_remote(location):
        return {}
    path = local_path(location)
    try:
        if not path.is_file():  # To open a named pipe would wait for who writes to it.
            return {}
        with path.open("rb") as file:
            if media_type(file.read(HEAD_BYTES)) != HTML:
                return {}
        from ocrpipe.ingest.web.source import companions_of

        names = companions_of(path)
    except (OcrpipeError, OSError, ValueError):  # The conversion says what is wrong.
        return {}
    return companion_fingerprints(location, names)


def summary_of(document: Document) -> Converted:
    """What the ledger keeps of a result."""
    failed = sum(issue.code == IssueCode.PAGE_FAILED for issue in document.issues)
    return Converted(document.source.sha256, len(document.pages), failed)


def result_path(name: str, wanted: Format = MAIN_FORMAT) -> str:
    """Where a result lies in the output."""
    return f"{RESULTS}/{name}.{wanted.value}"
