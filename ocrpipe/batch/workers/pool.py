"""Worker processes that may die: each has a pipe of its own, a time limit and a memory limit.

Pools that share one queue among their workers (concurrent.futures, pebble) break when a worker is
killed while it holds the queue's lock. Here nothing is shared, so that a worker which is lost
costs the document it was at and nothing else.
"""

import logging
import multiprocessing
import os
import pickle
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Self

import psutil

from ocrpipe.batch.workers.limits import Limits
from ocrpipe.batch.workers.messages import Failed, Message, Opened, PageDone, Ready, Task
from ocrpipe.batch.workers.ports import Loss, Lost, Told
from ocrpipe.batch.workers.worker import WorkFactory, run_worker
from ocrpipe.errors import MemoryLimitError, OcrpipeError, WorkerCrashedError

logger = logging.getLogger(__name__)

START_SECONDS = 300.0
"""What a worker may take to start, on a machine that is busy with many."""
START_FAILURES = 5
"""As many workers in a row that end before they are ready mean that none will ever be."""
_END_SECONDS = 5.0
"""For a process that was killed, or has closed its pipe, to be gone: its exit code says why."""
_MEMORY_CHECK_SECONDS = 0.5
"""Between two looks at the memory of all workers, as docs/batch.md says."""
_PAUSE_SECONDS = 2.0
"""More than passes between two looks of a run that is not stopped, which are a tick apart."""
_PAGES_AT_ONCE = 50
"""As many pages are put together in the time that one page may take, by far."""
_RECYCLE_SHARE = 0.6
"""A worker that keeps this share of the memory limit between documents is replaced."""


class _Worker:
    """One process, its pipe, and what it is doing."""

    def __init__(self, process: BaseProcess, connection: Connection) -> None:
        self.process = process
        self.connection = connection
        self.ready = False
        self.task: Task | None = None
        self.tasks = 0
        self._pages = self._pages_left = 0
        self.deadline = time.monotonic() + START_SECONDS
        self.ended: tuple[Loss, str] | None = None

    @property
    def idle(self) -> bool:
        return self.ready and self.task is None and self.ended is None

    @property
    def pages_to_finish(self) -> int:
        """How many pages are to be written once all are converted; 0 before that."""
        return 0 if self._pages_left else self._pages

    def begin(self, task: Task) -> None:
        self.task = task
        self._pages = self._pages_left = 0

    def note(self, message: Message) -> None:
        """See from `message` how far the task is."""
        if isinstance(message, Opened):
            self._pages = self._pages_left = len(message.pages)
        elif isinstance(message, PageDone):
            self._pages_left -= 1

    def memory(self) -> int:
        """Resident bytes; 0 where it cannot be known."""
        try:
            return int(psutil.Process(self.process.pid).memory_info().rss)
        except psutil.Error:
            return 0

    def kill(self) -> None:
        self.process.kill()
        self.process.join(_END_SECONDS)
        self.connection.close()


class WorkerPool:
    """Up to `size` workers, each with at most one task.

    Use it as a context manager in one thread: workers that are left at the end are ended. As with
    every pool of processes that are spawned, a script that makes one needs the guard
    `if __name__ == "__main__":`.
    """

    def __init__(
        self, size: int, factory: WorkFactory, limits: Limits, *, fork: bool = False
    ) -> None:
        """With `fork`, a worker is forked where `can_fork` says that it may be: that takes no time,
        where a process that is spawned imports everything again."""
        self._size = size
        self._factory = factory
        self._limits = limits
        self._fork = fork
        self._workers: list[_Worker] = []
        self._start_failures = 0
        self._start_error: OcrpipeError = WorkerCrashedError("", remedy="")
        self._memory_checked = 0.0
        self._looked = time.monotonic()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._end_all()

    @property
    def busy(self) -> int:
        """How many tasks are being done."""
        return sum(worker.task is not None for worker in self._workers)

    def prepare(self, wanted: int) -> None:
        """Start workers until there are as many as `wanted` tasks can use.

        Raises:
            WorkerCrashedError: workers end before they are ready, one after another.
            MemoryLimitError: as they take more memory than they may.
        """
        if self._start_failures >= START_FAILURES:
            raise self._start_error
        while len(self._workers) < min(self._size, wanted):
            self._workers.append(self._started())

    @property
    def has_idle(self) -> bool:
        return any(worker.idle for worker in self._workers)

    def give(self, task: Task, *, fresh: bool = False) -> bool:
        """Hand `task` to an idle worker, a `fresh` one if asked to; False where none is."""
        for worker in sorted(self._workers, key=lambda worker: -worker.tasks):
            if not worker.idle or (fresh and worker.tasks > 0):
                continue
            try:
                worker.connection.send(task)
            except OSError:
                worker.ended = "crash", "ended while it was idle"
                continue
            worker.begin(task)
            worker.deadline = time.monotonic() + self._seconds(worker, task)
            return True
        return False

    def refresh(self) -> None:
        """See to it that a fresh worker is to come: unless one is starting, replace an idle one."""
        if all(worker.ready for worker in self._workers):
            for worker in self._workers:
                if worker.idle:
                    worker.tasks = max(worker.tasks, self._limits.tasks)
                    return

    def _seconds(self, worker: _Worker, task: Task) -> float:
        # Putting together and writing are one step, however many the pages.
        pages = len(task.pages) if task.step == "assembly" else worker.pages_to_finish
        return self._limits.seconds * (1 + pages // _PAGES_AT_ONCE)

    def events(self, timeout: float) -> Iterator[Told | Lost]:
        """What has happened; waits up to `timeout` seconds for something to happen.

        Raises:
            OcrpipeError: a worker says why none can do any work.
        """
        waiting = [worker.connection for worker in self._workers]
        ready = set(wait(waiting, timeout)) if waiting else set()
        for worker in self._workers:
            if worker.connection in ready:
                yield from self._received(worker)
        self._enforce_limits()
        yield from self._removed()

    def _received(self, worker: _Worker) -> Iterator[Told]:
        # All that is there: the last words of a worker that is gone count as well.
        try:
            while worker.ended is None and worker.connection.poll():
                message: Message = worker.connection.recv()
                if isinstance(message, Ready):
                    worker.ready = True
                elif not worker.ready and isinstance(message, Failed):
                    raise message.error
                elif worker.task is not None:
                    task = worker.task
                    self._start_failures = 0
                    worker.note(message)
                    worker.deadline = time.monotonic() + self._seconds(worker, task)
                    if not isinstance(message, Opened | PageDone):
                        worker.task = None
                        worker.tasks += 1
                    yield Told(task, message)
        except (OSError, EOFError, pickle.UnpicklingError):
            worker.process.join(_END_SECONDS)
            worker.ended = "crash", _how_it_ended(worker.process.exitcode)

    def _enforce_limits(self) -> None:
        now = time.monotonic()
        pause = now - self._looked
        self._looked = now
        check_memory = now - self._memory_checked >= _MEMORY_CHECK_SECONDS
        if check_memory:
            self._memory_checked = now
        for worker in self._workers:
            if worker.ended is not None:
                continue
            if pause > _PAUSE_SECONDS:  # All were stopped (Ctrl-Z), or nobody asked for events.
                worker.deadline += pause
            if not worker.idle and now > worker.deadline:
                worker.ended = "timeout", f"no page was finished in {self._limits.seconds:.0f} s"
            elif check_memory and (memory := worker.memory()) > self._limits.memory:
                worker.ended = "memory", f"it took {memory >> 20} MiB"

    def _removed(self) -> Iterator[Lost]:
        """Take out workers that have ended, are to be ended, or have done their share."""
        for worker in [*self._workers]:
            if worker.ended is not None:
                self._workers.remove(worker)
                worker.kill()
                # One that is too large by the time it is ready gets no task either.
                if not worker.ready or (worker.task is None and not worker.tasks):
                    self._start_failures += 1
                    self._start_error = _start_error(*worker.ended)
                    logger.warning("a worker ended before it had a task: %s", worker.ended[1])
                if worker.task is not None:
                    yield Lost(worker.task, *worker.ended)
            elif worker.idle and self._is_spent(worker):
                self._workers.remove(worker)
                worker.kill()

    def _is_spent(self, worker: _Worker) -> bool:
        if worker.tasks >= self._limits.tasks:
            return True
        return worker.tasks > 0 and worker.memory() > _RECYCLE_SHARE * self._limits.memory

    def _started(self) -> _Worker:
        forked = self._fork and can_fork()
        context = (
            multiprocessing.get_context("fork") if forked else multiprocessing.get_context("spawn")
        )
        ours, theirs = context.Pipe()
        process = context.Process(
            target=run_worker, args=(theirs, os.getpid(), self._factory), daemon=True
        )
        try:
            with _ctrl_c_held_back(forked=forked):
                process.start()
        finally:
            theirs.close()
        return _Worker(process, ours)

    def _end_all(self) -> None:
        for worker in self._workers:
            worker.process.kill()
        for worker in self._workers:
            worker.kill()
        self._workers.clear()


def _start_error(loss: Loss, detail: str) -> OcrpipeError:
    if loss == "memory":
        return MemoryLimitError(
            f"a worker takes more memory than it may before its first document: {detail}",
            remedy="Raise --memory-limit",
        )
    return WorkerCrashedError(
        f"{START_FAILURES} worker processes in a row ended before they had a task, the last: "
        f"{detail}",
        remedy="Look at what they wrote to stderr; a script of your own needs the guard "
        'if __name__ == "__main__":',
    )


def _how_it_ended(exit_code: int | None) -> str:
    if exit_code is None:
        return "its process closed the connection"
    if exit_code < 0:
        try:
            return f"its process was ended by {signal.Signals(-exit_code).name}"
        except ValueError:
            return f"its process was ended by signal {-exit_code}"
    return f"its process ended with code {exit_code}"


def can_fork() -> bool:
    """Whether a fork of this process is sound: on Linux, while it has no thread but this one.

    A fork has no other thread, and every lock that one of them held stays locked in it.
    """
    if sys.platform != "linux":
        return False
    try:
        return sum(1 for _ in Path("/proc/self/task").iterdir()) == 1
    except OSError:
        return False


@contextmanager
def _ctrl_c_held_back(*, forked: bool) -> Iterator[None]:
    """A child that starts inherits this, and is not ended by Ctrl-C before it can ignore it."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    # The first child brings this helper with it, whose start lets the signal through again.
    if not forked:
        resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
