"""What a worker does to one document: read, convert, write the results."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from ocrpipe.batch.messages import Converted, Task
from ocrpipe.batch.planning import RESULTS
from ocrpipe.batch.storage import Storage, open_storage, read_input, storable
from ocrpipe.batch.worker import PipeProgress, Report, Work
from ocrpipe.document import Document
from ocrpipe.errors import IssueCode
from ocrpipe.options import Format, Options
from ocrpipe.progress import Progress

MAIN_FORMAT = Format.JSON
"""Always written, and last: where it is there, the other formats are too."""


class DocumentConverter(Protocol):
    """What a batch needs of `ocrpipe.Converter`."""

    def convert(
        self, source: Path | bytes, *, name: str | None = None, progress: Progress | None = None
    ) -> Document: ...


ConverterFactory = Callable[[Options], DocumentConverter]


def build_converter(options: Options) -> DocumentConverter:
    """The real one; it is loaded in the workers alone."""
    from ocrpipe.pipeline import Converter

    return Converter(options)


@dataclass(frozen=True, slots=True)
class ConversionFactory:
    """Makes the work of one worker; crosses the process boundary as a value."""

    output: str
    options: Options
    converter: ConverterFactory = build_converter

    def __call__(self) -> Work:
        if self.options.ocr.threads:
            # Numeric libraries read it when they are loaded, which is below.
            os.environ.setdefault("OMP_NUM_THREADS", str(self.options.ocr.threads))
        return _Conversion(open_storage(self.output), self.options, self.converter(self.options))


class _Conversion:
    def __init__(self, output: Storage, options: Options, converter: DocumentConverter) -> None:
        self._output = output
        self._options = options
        self._converter = converter

    def __call__(self, task: Task, report: Report) -> Converted:
        content = read_input(task.location)
        document = self._converter.convert(
            content.data, name=storable(content.name), progress=PipeProgress(report)
        )
        self._write(content.data, document, task.name)
        return summary_of(document)

    def _write(self, source: Path | bytes, document: Document, name: str) -> None:
        from ocrpipe.pipeline import render_formats

        others = tuple(wanted for wanted in self._options.export.format if wanted != MAIN_FORMAT)
        export = self._options.export.model_copy(update={"format": (*others, MAIN_FORMAT)})
        options = self._options.model_copy(update={"export": export})
        for wanted, data in render_formats(source, document, options):
            self._output.write(result_path(name, wanted), data)


def summary_of(document: Document) -> Converted:
    """What the ledger keeps of a result."""
    failed = sum(issue.code == IssueCode.PAGE_FAILED for issue in document.issues)
    return Converted(document.source.sha256, len(document.pages), failed)


def result_path(name: str, wanted: Format = MAIN_FORMAT) -> str:
    """Where a result lies in the output."""
    return f"{RESULTS}/{name}.{wanted.value}"
