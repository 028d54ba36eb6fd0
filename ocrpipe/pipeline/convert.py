"""The whole job: a file, bytes or a file object to a Document."""

import logging
import os
from collections.abc import Sequence
from typing import BinaryIO

from ocrpipe.aside import threads_aside
from ocrpipe.document import Document, Issue, Source
from ocrpipe.errors import (
    EngineUnavailableError,
    IssueCode,
    OcrpipeError,
    UnreadableInputError,
)
from ocrpipe.ingest import Source as OpenedSource
from ocrpipe.ingest import open_source
from ocrpipe.networks import threads_of
from ocrpipe.options import EngineName, Options, options_or_default
from ocrpipe.pipeline.assemble import assemble, with_report
from ocrpipe.pipeline.debug import DebugFolder
from ocrpipe.pipeline.finished import chosen_pages
from ocrpipe.pipeline.models import Models
from ocrpipe.pipeline.page import PageConverter
from ocrpipe.pipeline.result import ConvertedPages, PageResult
from ocrpipe.pipeline.side_by_side import convert_pages
from ocrpipe.progress import NoProgress, Progress
from ocrpipe.timings import is_measured

logger = logging.getLogger(__name__)

Input = str | os.PathLike[str] | bytes | BinaryIO


class Converter:
    """Converts one document after another; its models are built once and kept."""

    def __init__(self, options: Options | None = None) -> None:
        """Raises UsageError where `options` is no `ocrpipe.Options`."""
        self.options = options_or_default(options)
        self._pages = PageConverter(Models(self.options), self.options)

    def convert(
        self, source: Input, *, name: str | None = None, progress: Progress | None = None
    ) -> Document:
        """Turn one filing into a Document.

        A page that fails costs only itself: the others are converted, and an issue with the code
        `page.failed` names it. Nothing ends a page that MuPDF draws for years, as some made to harm
        are: `ocrpipe.batch.run_batch` converts in processes with limits.

        Args:
            source: path of a file, its bytes, or a file object opened for reading bytes.
            name: what to call the input in the document and in errors; default: the file's name.
            progress: told of every page.

        Raises:
            UsageError: the options ask for pages that the file does not have.
            UnreadableInputError: the file, or every chosen page of it, is unreadable.
            EngineUnavailableError: an engine or a model is missing.
        """
        with open_source(source, self.options.ingest, name) as opened:
            if not opened.paper and opened.document is not None:
                return with_report(chosen_pages(opened.document, opened.page_numbers))
            converted = self._converted(opened, opened.paper, progress or NoProgress())
        return put_together([converted])

    def page_numbers(self, source: Input, *, name: str | None = None) -> tuple[int, ...]:
        """The pages that `convert` would look at; of a web page the pictures of print in it. Raises
        what it raises."""
        with open_source(source, self.options.ingest, name) as opened:
            return opened.paper

    def convert_pages(
        self,
        source: Input,
        pages: Sequence[int],
        *,
        name: str | None = None,
        progress: Progress | None = None,
    ) -> ConvertedPages:
        """Convert some pages alone, to be given to `put_together` with the others.

        A page that fails costs only itself. Raises what `convert` raises, of the file as a whole.
        """
        with open_source(source, self.options.ingest, name) as opened:
            return self._converted(opened, pages, progress or NoProgress())

    def _converted(
        self, opened: OpenedSource, pages: Sequence[int], progress: Progress
    ) -> ConvertedPages:
        progress.document_started(opened.name, len(pages))
        results: list[PageResult] = []
        errors: dict[int, OcrpipeError] = {}
        debug = DebugFolder(self.options.debug_dir, opened.name)
        # The pages that there are, and steps of each where threads are left.
        at_a_time = min(self._threads(), max(1, len(pages)))
        with threads_aside(self._threads() - at_a_time) as aside:
            for number, outcome in convert_pages(
                opened, pages, lambda page: self._pages.convert(page, debug, aside), at_a_time
            ):
                if isinstance(outcome, EngineUnavailableError):
                    raise outcome
                if isinstance(outcome, Exception):
                    logger.debug("page %d of %s failed", number, opened.name, exc_info=outcome)
                    errors[number] = _explained(outcome, opened.name, number)
                else:
                    results.append(outcome)
                progress.page_done(number)
        progress.document_done()
        described = Source(
            name=opened.name,
            sha256=opened.sha256,
            media_type=opened.media_type,
            page_count=opened.page_count,
        )
        finished = opened.document and chosen_pages(opened.document, opened.page_numbers)
        return ConvertedPages(described, tuple(results), errors, finished, opened.issues)

    def _threads(self) -> int:
        # PaddleOCR's predictors are for one thread, and times of several do not add up.
        if self.options.ocr.engine is EngineName.PADDLEOCR or is_measured():
            return 1
        return threads_of(self.options.ocr)


def put_together(parts: Sequence[ConvertedPages]) -> Document:
    """The document that `parts` are the pages of; the same however it was divided.

    Raises:
        OcrpipeError: no page has a result; it is the error of the first.
    """
    results = [result for part in parts for result in part.results]
    results.sort(key=lambda result: result.page.number)
    errors = sorted((item for part in parts for item in part.errors.items()), key=lambda e: e[0])
    finished = parts[0].finished
    if errors and not results and not (finished and finished.pages):
        raise errors[0][1]
    issues = [*parts[0].issues, *(_failed(*error) for error in errors)]
    return assemble(parts[0].source, results, issues, finished)


def convert(
    source: Input,
    options: Options | None = None,
    *,
    name: str | None = None,
    progress: Progress | None = None,
) -> Document:
    """Turn one filing into a Document; see `Converter.convert`, which is for many."""
    return Converter(options).convert(source, name=name, progress=progress)


def _failed(number: int, error: OcrpipeError) -> Issue:
    return Issue(
        code=IssueCode.PAGE_FAILED,
        severity="error",
        message=f"the page has no result: {error.message}",
        page=number,
    )


def _explained(error: Exception, name: str, page: int) -> OcrpipeError:
    if isinstance(error, OcrpipeError):
        return error
    described = f"{type(error).__name__}: {error}".strip(": ")
    return UnreadableInputError(
        f"the page could not be converted ({described})",
        source=name,
        page=page,
        remedy="Open the file in a PDF viewer and print it to a new PDF, then try that one",
    )
