"""The whole job: a file, bytes or a file object to a Document."""

import logging
import os
from typing import BinaryIO

from ocrpipe.document import Document, Issue, Source
from ocrpipe.errors import EngineUnavailableError, IssueCode, OcrpipeError, UnreadableInputError
from ocrpipe.ingest import open_source
from ocrpipe.networks import threads_of
from ocrpipe.options import EngineName, Options
from ocrpipe.pipeline.assemble import assemble, with_report
from ocrpipe.pipeline.debug import DebugFolder
from ocrpipe.pipeline.models import Models
from ocrpipe.pipeline.page import PageConverter
from ocrpipe.pipeline.result import PageResult
from ocrpipe.pipeline.side_by_side import convert_pages
from ocrpipe.progress import NoProgress, Progress
from ocrpipe.timings import is_measured

logger = logging.getLogger(__name__)

Input = str | os.PathLike[str] | bytes | BinaryIO


class Converter:
    """Converts one document after another; its models are built once and kept."""

    def __init__(self, options: Options | None = None) -> None:
        self.options = options or Options()
        self._pages = PageConverter(Models(self.options), self.options)

    def convert(
        self, source: Input, *, name: str | None = None, progress: Progress | None = None
    ) -> Document:
        """Turn one filing into a Document.

        A page that fails costs only itself: the others are converted, and an issue with the code
        `page.failed` names it.

        Args:
            source: path of a file, its bytes, or a file object opened for reading bytes.
            name: what to call the input in the document and in errors; default: the file's name.
            progress: told of every page.

        Raises:
            UsageError: the options ask for pages that the file does not have.
            UnreadableInputError: the file, or every chosen page of it, is unreadable.
            EngineUnavailableError: an engine or a model is missing.
        """
        progress = progress or NoProgress()
        with open_source(source, self.options.ingest, name) as opened:
            if opened.document is not None:
                return with_report(opened.document)
            progress.document_started(opened.name, len(opened.page_numbers))
            results: list[PageResult] = []
            failures: dict[int, Exception] = {}
            debug = DebugFolder(self.options.debug_dir, opened.name)
            at_a_time = min(self._pages_at_a_time(), max(1, len(opened.page_numbers)))
            for number, outcome in convert_pages(
                opened, lambda page: self._pages.convert(page, debug), at_a_time
            ):
                if isinstance(outcome, EngineUnavailableError):
                    raise outcome
                if isinstance(outcome, Exception):
                    logger.debug("page %d of %s failed", number, opened.name, exc_info=outcome)
                    failures[number] = outcome
                else:
                    results.append(outcome)
                progress.page_done(number)
            progress.document_done()
            if failures and not results:
                raise _nothing_left(opened.name, failures)
            described = Source(
                name=opened.name,
                sha256=opened.sha256,
                media_type=opened.media_type,
                page_count=opened.page_count,
            )
        return assemble(described, results, [_failed(n, e) for n, e in failures.items()])

    def _pages_at_a_time(self) -> int:
        # PaddleOCR's predictors are for one thread, and times of several do not add up.
        if self.options.ocr.engine is EngineName.PADDLEOCR or is_measured():
            return 1
        return threads_of(self.options.ocr)


def convert(
    source: Input,
    options: Options | None = None,
    *,
    name: str | None = None,
    progress: Progress | None = None,
) -> Document:
    """Turn one filing into a Document; see `Converter.convert`, which is for many."""
    return Converter(options).convert(source, name=name, progress=progress)


def _failed(number: int, error: Exception) -> Issue:
    message = error.message if isinstance(error, OcrpipeError) else _described(error)
    return Issue(
        code=IssueCode.PAGE_FAILED,
        severity="error",
        message=f"the page has no result: {message}",
        page=number,
    )


def _nothing_left(name: str, failures: dict[int, Exception]) -> OcrpipeError:
    number, error = next(iter(failures.items()))
    if isinstance(error, OcrpipeError):
        return error
    return UnreadableInputError(
        f"the page could not be converted ({_described(error)})",
        source=name,
        page=number,
        remedy="Open the file in a PDF viewer and print it to a new PDF, then try that one",
    )


def _described(error: Exception) -> str:
    return f"{type(error).__name__}: {error}".strip(": ")
