"""A worker process: converts the documents it is sent, and never outlives its parent.

This module is imported first in every worker: it loads nothing heavy.
"""

import logging
import os
import signal
import sys
import threading
from collections.abc import Callable
from multiprocessing import parent_process
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TypeAlias

from ocrpipe.allocator import give_back_freed_memory
from ocrpipe.batch.workers.messages import Failed, Message, Outcome, PageDone, Ready, Task
from ocrpipe.errors import OcrpipeError, unexpected
from ocrpipe.progress import NoProgress

logger = logging.getLogger(__name__)

Report: TypeAlias = Callable[[Message], None]
Work: TypeAlias = Callable[[Task, Report], Outcome]
"""Does one task; reports `Opened` and `PageDone` on the way."""
WorkFactory: TypeAlias = Callable[[], Work]
"""Makes the work in its worker, where its models are to live. It must be picklable."""

_PR_SET_PDEATHSIG = 1  # linux/prctl.h


def run_worker(connection: Connection, parent: int, factory: WorkFactory) -> None:
    """Convert what comes over `connection` until its other end is closed."""
    _die_with_parent(parent)
    _leave_ctrl_c_to_the_parent()
    _offer_to_the_memory_killer()
    give_back_freed_memory()
    try:
        work = factory()
    except OcrpipeError as error:
        connection.send(Failed(error))
        return
    connection.send(Ready())
    while True:
        try:
            task: Task = connection.recv()
        except (EOFError, OSError):
            return
        connection.send(outcome_of(work, task, connection.send))


def outcome_of(work: Work, task: Task, report: Report) -> Outcome:
    """What becomes of a task: whatever the work raises is an outcome as well."""
    try:
        return work(task, report)
    except OcrpipeError as error:
        return Failed(error)
    except Exception as error:
        logger.debug("%s failed", task.location, exc_info=True)
        return Failed(unexpected(error, task.location))


class PipeProgress(NoProgress):
    """Tells the parent of every page: it shows them, and ends a worker that is silent too long."""

    def __init__(self, report: Report) -> None:
        self._report = report

    def page_done(self, number: int) -> None:
        self._report(PageDone(number))


def _die_with_parent(parent: int) -> None:
    """End this process when its parent ends, however that ends.

    The kernel does so on Linux, also where native code holds the interpreter; elsewhere a thread.
    """
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:  # It ended before the call.
            os._exit(1)
    threading.Thread(target=_wait_for_parent, name="parent-watch", daemon=True).start()


def _wait_for_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _leave_ctrl_c_to_the_parent() -> None:
    """Ctrl-C goes to every process of the terminal; documents in flight are to be finished."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(signal, "pthread_sigmask"):
        # The parent blocks the signal while it starts a worker, and a child inherits that.
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})


def _offer_to_the_memory_killer() -> None:
    """Where the machine runs out of memory, a worker is to go and not the parent or the desktop."""
    try:
        Path("/proc/self/oom_score_adj").write_text("500")
    except OSError:  # No such file but on Linux.
        logger.debug("the score for the out-of-memory killer cannot be set")
