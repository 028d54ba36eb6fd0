"""One run of a batch: the documents asked for through the workers, each step in the ledger."""

import logging
import os
import time
from collections import deque
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass

import psutil

from ocrpipe import __version__
from ocrpipe.batch import events
from ocrpipe.batch.finish import write_tables
from ocrpipe.batch.ledger import LEDGER_FILE, Ledger, work_folder
from ocrpipe.batch.lock import locked
from ocrpipe.batch.messages import Converted, Failed, Opened, PageDone, Task
from ocrpipe.batch.planning import RESULTS, Plan, make_plan
from ocrpipe.batch.pool import Limits, Lost, Told, WorkerPool
from ocrpipe.batch.sources import find_documents
from ocrpipe.batch.storage import Storage, is_remote, local_path, open_storage
from ocrpipe.batch.work import (
    ConversionFactory,
    ConverterFactory,
    build_converter,
    result_path,
    summary_of,
)
from ocrpipe.document import Document
from ocrpipe.errors import (
    EngineUnavailableError,
    MemoryLimitError,
    OcrpipeError,
    TimeLimitError,
    WorkerCrashedError,
)
from ocrpipe.options import Format, Options

logger = logging.getLogger(__name__)

MAX_TRIES = 2
_TICK_SECONDS = 0.2
_MEMORY_SHARE = 0.8
_LEAST_MEMORY = 1 << 30
_ERRORS = {
    "crash": (WorkerCrashedError, "the conversion crashed", "Look at the file in a viewer"),
    "timeout": (TimeLimitError, "the conversion took too long", "Raise --page-timeout"),
    "memory": (MemoryLimitError, "the conversion took too much memory", "Raise --memory-limit"),
}


@dataclass(frozen=True, slots=True)
class BatchResult:
    """What a run came to; documents are counted among those that were asked for.

    Attributes:
        asked: How many documents the sources name.
        done: With a result now, `converted` of them by this run.
        failed: Without a result for good, whether in this run or in an earlier one.
        left: Still waiting, as the run was stopped.
        failures: Failed documents of the whole ledger by reason.
        seconds, pages: Of this run.
    """

    asked: int
    done: int
    failed: int
    left: int
    converted: int
    failures: dict[str, int]
    seconds: float
    pages: int


class StopSwitch:
    """Asks a run to stop once the documents in flight are done."""

    def __init__(self) -> None:
        self.requested = False

    def request(self) -> None:
        self.requested = True


def run_batch(
    sources: Sequence[str],
    output: str | os.PathLike[str],
    options: Options | None = None,
    *,
    lines: Iterable[str] = (),
    observer: events.Observer = events.no_observer,
    stop: StopSwitch | None = None,
    converter: ConverterFactory = build_converter,
) -> BatchResult:
    """Convert every document of `sources` that has no result yet.

    Workers are processes that are spawned: a script that calls this needs the guard
    `if __name__ == "__main__":`.

    Args:
        sources: See `find_documents`; `lines` are the paths of the source "-".
        output: Folder or URL; it gets results/NAME.json (and the other formats asked for).
        observer: Told of every event.
        stop: Once it is requested, documents in flight are finished and no other is started.
        converter: Makes, in each worker, what converts; it must be picklable.

    Raises:
        OutputInUseError: another run is writing to the same output.
        OutputError: the output cannot be written to.
        UsageError: a source or an option makes no sense.
        EngineUnavailableError: an engine or a model is missing, which every document would need.
        WorkerCrashedError: worker processes cannot be started.
    """
    options = options or Options()
    place = os.fspath(output)
    folder = work_folder(place, options.batch.work_dir)
    with ExitStack() as stack:
        stack.enter_context(locked(folder))
        storage = open_storage(place)
        ledger = stack.enter_context(Ledger(folder / LEDGER_FILE))
        storage.clear_temporary(RESULTS)
        results = storage.names(RESULTS)
        left_out = None if is_remote(place) else str(local_path(place))
        found = find_documents(sources, lines=lines, leave_out=left_out)
        plan = make_plan(found, ledger, results, options)
        run = _Run(plan, ledger, storage, results, observer)
        workers = options.batch.workers or os.cpu_count() or 1
        run.announce(workers)
        factory = ConversionFactory(place, _for_workers(options, workers), converter)
        limits = Limits(
            seconds=options.batch.page_timeout,
            memory=_memory_limit(options, workers),
            documents=options.batch.documents_per_worker,
        )
        with WorkerPool(workers, factory, limits) as pool:
            try:
                run.work_off(pool, stop or StopSwitch())
            finally:
                run.release()
        result = run.result()
        if not ledger.dataset_is_current:
            observer(events.WritingDataset())
            write_tables(storage, ledger)
        return result


def _for_workers(options: Options, workers: int) -> Options:
    """Several workers share the cores by themselves: one inference thread each."""
    if workers == 1 or options.ocr.threads:
        return options
    return options.model_copy(update={"ocr": options.ocr.model_copy(update={"threads": 1})})


def _memory_limit(options: Options, workers: int) -> int:
    if options.batch.memory_limit:
        return options.batch.memory_limit << 20
    share = int(psutil.virtual_memory().total * _MEMORY_SHARE / workers)
    return max(share, _LEAST_MEMORY)


class _Run:
    """The state of one run; every change goes to the ledger first."""

    def __init__(
        self,
        plan: Plan,
        ledger: Ledger,
        storage: Storage,
        results: set[str],
        observer: events.Observer,
    ) -> None:
        self._plan = plan
        self._ledger = ledger
        self._storage = storage
        self._results = results
        self._tell = observer
        self._queue: deque[str] = deque(plan.to_convert)
        self._running: dict[str, float] = {}
        self._started = time.monotonic()
        self._converted = 0
        self._failed = plan.already_failed
        self._done = plan.already_done
        self._pages = 0
        self._take_up_interrupted()

    def _take_up_interrupted(self) -> None:
        """What a killed run was converting may be finished all but for the ledger."""
        for document in self._plan.interrupted:
            if self._recognised(document) is not None:
                self._done += 1
            else:
                self._ledger.release([document])
                self._queue.append(document)

    def _recognised(self, document: str, seconds: float | None = None) -> Converted | None:
        """Put a document that is running down as done if its result is there.

        Older results are removed before a document is put down as running.
        """
        entry = self._ledger.get(document)
        data = None if entry is None else self._storage.read(result_path(entry.name))
        if data is None:
            return None
        try:
            summary = summary_of(Document.model_validate_json(data))
        except ValueError:
            return None
        self._put_down_as_done(document, summary, seconds)
        return summary

    def _put_down_as_done(self, document: str, summary: Converted, seconds: float | None) -> None:
        self._ledger.done(
            document,
            sha256=summary.sha256,
            pages=summary.pages,
            seconds=seconds,
            version=__version__,
        )

    def announce(self, workers: int) -> None:
        plan = self._plan
        self._tell(
            events.RunStarted(
                asked=len(plan.locations),
                to_convert=len(self._queue),
                already_done=self._done,
                already_failed=plan.already_failed,
                workers=workers,
            )
        )

    def work_off(self, pool: WorkerPool, stop: StopSwitch) -> None:
        """Until every document is done or failed, or those in flight are after a stop."""
        stopping = False
        while self._queue or self._running:
            if stop.requested and not stopping:
                stopping = True
                self._tell(events.Stopping(len(self._running)))
            if stopping and not self._running:
                return
            if not stopping:
                pool.prepare(len(self._queue) + len(self._running))
                while self._queue and pool.has_idle:
                    self._start(pool)
            for event in pool.events(_TICK_SECONDS):
                if isinstance(event, Lost):
                    self._lost(event)
                else:
                    self._told(event)

    def _start(self, pool: WorkerPool) -> None:
        document = self._queue.popleft()
        entry = self._ledger.get(document)
        assert entry is not None
        for wanted in Format:
            if f"{entry.name}.{wanted.value}" in self._results:
                self._storage.remove(result_path(entry.name, wanted))
        self._ledger.start(document)
        task = Task(document, self._plan.locations[document], entry.name)
        if not pool.give(task):  # Its worker has just ended.
            self._ledger.release([document])
            self._queue.appendleft(document)
            return
        self._running[document] = time.monotonic()
        self._tell(events.DocumentStarted(document, entry.tries + 1))

    def _told(self, event: Told) -> None:
        document, message = event.task.document, event.message
        if isinstance(message, PageDone):
            self._tell(events.PageConverted(document, message.number))
        elif isinstance(message, Converted):
            self._finish(document, message)
        elif isinstance(message, Failed):
            if isinstance(message.error, EngineUnavailableError):
                raise message.error
            self._fail(document, message.error)
        elif isinstance(message, Opened):
            logger.debug("%s has %d pages", document, message.pages)

    def _finish(self, document: str, summary: Converted) -> None:
        seconds = time.monotonic() - self._running.pop(document)
        self._put_down_as_done(document, summary, seconds)
        self._count_done(document, summary, seconds)

    def _count_done(self, document: str, summary: Converted, seconds: float) -> None:
        self._done += 1
        self._converted += 1
        self._pages += summary.pages
        self._tell(
            events.DocumentDone(document, summary.pages, summary.failed_pages, round(seconds, 3))
        )

    def _fail(self, document: str, error: OcrpipeError) -> None:
        seconds = time.monotonic() - self._running.pop(document)
        self._ledger.failed(document, error, seconds)
        self._failed += 1
        self._tell(events.DocumentFailed(document, error))

    def _lost(self, event: Lost) -> None:
        document = event.task.document
        seconds = time.monotonic() - self._running[document]
        summary = self._recognised(document, seconds)
        if summary is not None:  # The worker wrote the result and could not say so any more.
            del self._running[document]
            self._count_done(document, summary, seconds)
            return
        entry = self._ledger.get(document)
        kind, message, remedy = _ERRORS[event.loss]
        if entry is not None and entry.tries >= MAX_TRIES:
            error = kind(
                f"{message} {entry.tries} times; the last time {event.detail}",
                source=event.task.location,
                remedy=remedy,
            )
            self._fail(document, error)
            return
        del self._running[document]
        self._ledger.again(document, kind.code)
        self._queue.append(document)
        self._tell(events.DocumentRetried(document, kind.code, event.detail))

    def release(self) -> None:
        """What is still running when the run ends early waits for the next one."""
        if self._running:
            self._ledger.release(list(self._running))

    def result(self) -> BatchResult:
        asked = len(self._plan.locations)
        return BatchResult(
            asked=asked,
            done=self._done,
            failed=self._failed,
            left=asked - self._done - self._failed,
            converted=self._converted,
            failures=self._ledger.failures(),
            seconds=round(time.monotonic() - self._started, 3),
            pages=self._pages,
        )
