"""The documents of one run on their way through the workers, each step in the ledger first."""

import logging
import time
from collections import deque
from contextlib import suppress
from dataclasses import dataclass

from ocrpipe import __version__
from ocrpipe.batch import events
from ocrpipe.batch.conversion import result_path, summary_of
from ocrpipe.batch.jobs import Job
from ocrpipe.batch.ledger import Ledger
from ocrpipe.batch.output.parts import PartStore
from ocrpipe.batch.output.paths import RESULTS
from ocrpipe.batch.output.storage import Storage
from ocrpipe.batch.planning import Plan
from ocrpipe.batch.workers.messages import Converted, Failed, Message, Opened, PageDone, Ready, Task
from ocrpipe.batch.workers.ports import Lost, Pool, error_of
from ocrpipe.document import Document
from ocrpipe.errors import EngineUnavailableError, OcrpipeError, OutputError
from ocrpipe.options import Format

logger = logging.getLogger(__name__)

_TICK_SECONDS = 0.2
"""How often a stop and the limits are looked at while no worker tells anything."""


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


class Scheduler:
    """Hands out the documents of one run, and keeps the count of what became of them.

    Args:
        results: Names of the result files that are there.
    """

    def __init__(
        self,
        plan: Plan,
        ledger: Ledger,
        storage: Storage,
        results: set[str],
        parts: PartStore,
        pages_per_part: int,
        observer: events.Observer,
    ) -> None:
        self._plan = plan
        self._ledger = ledger
        self._storage = storage
        self._results = results
        self._parts = parts
        self._pages_per_part = pages_per_part
        self._tell = observer
        self._queue: deque[str] = deque(plan.to_convert)
        self._jobs: dict[str, Job] = {}
        self._started: dict[str, float] = {}
        self._run_started = time.monotonic()
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

    def announce(self, workers: int) -> None:
        """Tell what is to be done."""
        self._tell(
            events.RunStarted(
                asked=len(self._plan.locations),
                to_convert=len(self._queue),
                already_done=self._done,
                already_failed=self._plan.already_failed,
                workers=workers,
            )
        )

    def work_off(self, pool: Pool, stop: StopSwitch) -> None:
        """Until every document is done or failed, or what is in flight is after a stop."""
        stopping = False
        while self._queue or self._jobs:
            if stop.requested and not stopping:
                stopping = True
                self._tell(events.Stopping(pool.busy))
            if stopping and not pool.busy:
                return
            if not stopping:
                waiting = sum(len(job.waiting) for job in self._jobs.values())
                pool.prepare(len(self._queue) + waiting + pool.busy)
                self._assign(pool)
            for event in pool.events(_TICK_SECONDS):
                if isinstance(event, Lost):
                    self._lost(event)
                else:
                    self._told(event.task, event.message)

    def _assign(self, pool: Pool) -> None:
        """Give idle workers what waits: documents that were begun come first."""
        for job in self._jobs.values():
            for _ in range(len(job.waiting)):
                if not pool.has_idle:
                    return
                task = job.waiting.popleft()
                fresh = job.wants_fresh_worker(task)
                if not pool.give(task, fresh=fresh):
                    job.waiting.append(task)
                    if fresh:
                        pool.refresh()
        while self._queue and pool.has_idle:
            if not self._start(pool):
                return

    def _start(self, pool: Pool) -> bool:
        document = self._queue.popleft()
        entry = self._ledger.get(document)
        assert entry is not None
        # What is there once the ledger says that it is running is of this try.
        for wanted in Format:
            if f"{entry.name}.{wanted.value}" in self._results:
                self._storage.remove(result_path(entry.name, wanted))
        self._ledger.start(document)
        task = Task(document, self._plan.locations[document], entry.name)
        if not pool.give(task):  # Its worker has just ended.
            self._ledger.release([document])
            self._queue.appendleft(document)
            return False
        self._jobs[document] = job = Job(task, self._pages_per_part)
        job.waiting.clear()
        self._started[document] = time.monotonic()
        self._tell(events.DocumentStarted(document))
        return True

    def _told(self, task: Task, message: Message) -> None:
        job = self._jobs.get(task.document)
        if isinstance(message, Ready) or job is None:  # The document was given up meanwhile.
            return
        if isinstance(message, PageDone):
            self._tell(events.PageConverted(task.document, message.number))
        elif isinstance(message, Opened):
            job.opened(message)
        elif isinstance(message, Converted):
            self._count_done(task.document, message)
        elif isinstance(message, Failed):
            self._refused(task, message.error)
        else:
            job.done(task, message)

    def _refused(self, task: Task, error: OcrpipeError) -> None:
        """A worker says why there is no result: the document fails, unless all others would too."""
        if isinstance(error, EngineUnavailableError):
            raise error
        if isinstance(error, OutputError):
            try:
                self._storage.check_room(RESULTS)
                self._parts.check_room()
            except OutputError:
                raise error from None
        self._fail(task.document, error)

    def _lost(self, event: Lost) -> None:
        task = event.task
        job = self._jobs.get(task.document)
        if job is None:
            return
        summary = None if task.step == "part" else self._recognised(task.document)
        if summary is not None:  # The worker wrote the result and could not say so any more.
            self._count_done(task.document, summary, is_recorded=True)
            return
        error = error_of(event)
        known = set(job.lost_pages)
        if not job.lost(task, error):
            self._fail(task.document, error)
            return
        if task.step == "whole":
            self._ledger.again(task.document, error.code)
            self._ledger.start(task.document)
        self._tell(events.DocumentRetried(task.document, error.code, event.detail))
        for page in set(job.lost_pages) - known:
            self._tell(events.PageLost(task.document, page, error.code))

    def _recognised(self, document: str) -> Converted | None:
        """Put a document that is running down as done if its result is there."""
        entry = self._ledger.get(document)
        data = None if entry is None else self._storage.read(result_path(entry.name))
        if data is None:
            return None
        try:
            summary = summary_of(Document.model_validate_json(data))
        except ValueError:
            return None
        self._put_down_as_done(document, summary)
        return summary

    def _put_down_as_done(self, document: str, summary: Converted) -> None:
        self._ledger.done(
            document,
            sha256=summary.sha256,
            pages=summary.pages,
            seconds=self._seconds(document),
            version=__version__,
            companions=summary.companions,
        )

    def _seconds(self, document: str) -> float | None:
        started = self._started.get(document)
        return None if started is None else round(time.monotonic() - started, 3)

    def _count_done(self, document: str, summary: Converted, *, is_recorded: bool = False) -> None:
        seconds = self._seconds(document)
        if not is_recorded:
            self._put_down_as_done(document, summary)
        self._forget(document)
        self._done += 1
        self._converted += 1
        self._pages += summary.pages
        self._tell(
            events.DocumentDone(document, summary.pages, summary.failed_pages, seconds or 0.0)
        )

    def _fail(self, document: str, error: OcrpipeError) -> None:
        # The formats that were written before one could not be would pass for a result. Where
        # nothing may be removed, as in some object stores, that is no reason to end the run.
        with suppress(OutputError):
            for wanted in Format:
                self._storage.remove(result_path(self._jobs[document].task.name, wanted))
        self._ledger.failed(document, error, self._seconds(document))
        self._forget(document)
        self._failed += 1
        self._tell(events.DocumentFailed(document, error))

    def _forget(self, document: str) -> None:
        job = self._jobs.pop(document)
        if job.is_divided:
            self._parts.remove(job.task.name)
        del self._started[document]

    def release(self) -> None:
        """What is not finished when the run ends early waits for the next one."""
        if self._jobs:
            self._ledger.release(list(self._jobs))

    def result(self) -> BatchResult:
        asked = len(self._plan.locations)
        return BatchResult(
            asked=asked,
            done=self._done,
            failed=self._failed,
            left=asked - self._done - self._failed,
            converted=self._converted,
            failures=self._ledger.failures(),
            seconds=round(time.monotonic() - self._run_started, 3),
            pages=self._pages,
        )
