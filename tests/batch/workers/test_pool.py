"""Worker processes one by one: limits, deaths while idle, fresh ones, and none that can start."""

import os
import signal
import time
from collections.abc import Callable

import psutil
import pytest

from ocrpipe.batch.workers.limits import Limits
from ocrpipe.batch.workers.messages import Converted, Opened, Task
from ocrpipe.batch.workers.pool import WorkerPool, _Worker
from ocrpipe.batch.workers.ports import Lost, Told
from ocrpipe.batch.workers.worker import WorkFactory
from ocrpipe.errors import EngineUnavailableError, MemoryLimitError, WorkerCrashedError
from tests.batch import faults

ROOMY = Limits(seconds=60, memory=1 << 32, tasks=100)


def until(pool: WorkerPool, condition: Callable[[], bool]) -> list[Told | Lost]:
    """Everything that happens until `condition` holds."""
    events: list[Told | Lost] = []
    end = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < end
        pool.prepare(1)
        events += pool.events(0.05)
    return events


def do(pool: WorkerPool, *, fresh: bool = False) -> list[Told | Lost]:
    """Give one task, and all that happens until it has ended."""
    events = until(pool, lambda: pool.give(Task("a", "/a", "a"), fresh=fresh))
    return events + until(pool, lambda: pool.busy == 0)


def worker_of(events: list[Told | Lost]) -> int:
    (told,) = (event for event in events if isinstance(event, Told))
    assert isinstance(told.message, Converted)
    return int(told.message.sha256)


def test_workers_are_kept_and_replaced(capfd: pytest.CaptureFixture[str]) -> None:
    with WorkerPool(1, faults.echo, Limits(seconds=60, memory=1 << 32, tasks=2)) as pool:
        first = worker_of(do(pool))
        assert worker_of(do(pool)) == first
        second = worker_of(do(pool))
        assert second != first

        # One that is killed while it is idle costs nothing.
        os.kill(second, signal.SIGKILL)
        psutil.wait_procs([psutil.Process(second)] if psutil.pid_exists(second) else [], timeout=5)
        events = until(pool, lambda: not pool.has_idle)
        third = worker_of(events + do(pool))
        assert third not in (first, second)

        # A fresh one is made where one is asked for and only a used one is idle.
        assert not pool.give(Task("a", "/a", "a"), fresh=True)
        pool.refresh()
        assert worker_of(do(pool, fresh=True)) != third
    assert not psutil.pid_exists(third)
    assert capfd.readouterr().err == ""


def test_a_worker_that_is_silent_for_too_long_is_ended() -> None:
    with WorkerPool(1, faults.sleep, Limits(seconds=1, memory=1 << 32, tasks=1)) as pool:
        events = do(pool)
    assert [type(event) for event in events] == [Told, Lost]
    assert isinstance(events[0], Told)
    assert isinstance(events[0].message, Opened)
    assert isinstance(events[1], Lost)
    assert events[1].loss == "timeout"


def test_to_write_many_pages_may_take_longer_than_one_page() -> None:
    with WorkerPool(1, faults.finish_slowly, Limits(seconds=1, memory=1 << 32, tasks=1)) as pool:
        events = do(pool)
    assert not [event for event in events if isinstance(event, Lost)]


@pytest.mark.parametrize(
    ("factory", "error"),
    [(faults.no_engine, EngineUnavailableError), (faults.no_start, WorkerCrashedError)],
)
def test_workers_that_cannot_start_end_the_run(
    factory: WorkFactory, error: type[Exception]
) -> None:
    with WorkerPool(2, factory, ROOMY) as pool, pytest.raises(error):
        until(pool, lambda: False)


@pytest.mark.parametrize("once_ready", [False, True])
def test_a_limit_that_no_worker_can_keep_is_named(
    once_ready: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A worker may be ready before its memory is looked at."""
    memory = _Worker.memory
    if once_ready:
        monkeypatch.setattr(_Worker, "memory", lambda self: memory(self) if self.ready else 0)
    limits = Limits(seconds=60, memory=1 << 20, tasks=1)
    with WorkerPool(2, faults.echo, limits) as pool, pytest.raises(
        MemoryLimitError, match=r"MiB\. Raise --memory-limit"
    ):  # fmt: skip
        until(pool, lambda: False)
