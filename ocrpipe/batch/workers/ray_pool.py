"""Workers on the nodes of a Ray cluster.

An actor keeps one worker process with its engines, under the same limits and with the same last
words as without Ray: what becomes of a document does not depend on where it was converted. The
limits are kept on the node itself, where a busy network cannot make a worker look silent. This side
gives each idle actor one task, so that no more documents are on their way than there are actors.
"""

import logging
import pickle
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Self

from ocrpipe import __version__
from ocrpipe.batch.workers.limits import default_workers, limits_for
from ocrpipe.batch.workers.messages import Opened, PageDone, Task
from ocrpipe.batch.workers.pool import START_FAILURES, START_SECONDS, WorkerPool
from ocrpipe.batch.workers.ports import Loss, Lost, Told
from ocrpipe.batch.workers.ray_cluster import load_ray
from ocrpipe.batch.workers.worker import WorkFactory
from ocrpipe.errors import EngineUnavailableError, OcrpipeError, WorkerCrashedError
from ocrpipe.options import BatchOptions

logger = logging.getLogger(__name__)

_TICK_SECONDS = 0.2
"""How often the limits are looked at while the worker tells nothing."""
_REPLY_SECONDS = 5.0
"""An actor that has nothing to tell says at least so."""
_SILENT_SECONDS = 120.0
"""Ray itself finds out about most nodes that are lost, and sooner."""
_PAUSE_SECONDS = 2.0
"""More than passes between two looks of a run that is not stopped, which are a tick apart."""
_DETAILS: Mapping[Loss, str] = {
    "crash": "its actor or the node it was on is gone",
    "timeout": f"its actor did not answer for {_SILENT_SECONDS:.0f} s",
    "memory": "its node ran out of memory",
}


@dataclass(frozen=True, slots=True)
class Reply:
    """What an actor has to tell; `error` is why it can do no work at all."""

    events: tuple[Told | Lost, ...] = ()
    is_idle: bool = False
    error: OcrpipeError | None = None


class WorkerHost:
    """The actor: one worker process, on whatever node Ray puts it.

    Args:
        version: Of ocrpipe where the run was started.
        packed: Pickle of the factory and the options.
        workers: How many share the memory of this node; 0: one a core.
    """

    def __init__(self, version: str, packed: bytes, workers: int) -> None:
        self._error: OcrpipeError | None = None
        if version != __version__:
            self._error = EngineUnavailableError(
                f"a node has ocrpipe {__version__}, and the run was started by {version}",
                remedy="Install the same version on every node",
            )
            return
        # The worker would load the script of Ray's own process, which is of no use to it.
        vars(sys.modules["__main__"]).pop("__file__", None)
        factory: WorkFactory
        options: BatchOptions
        factory, options = pickle.loads(packed)
        self._pool = WorkerPool(1, factory, limits_for(options, workers or default_workers()))
        self._waiting: tuple[Task, bool] | None = None

    def work(self, task: Task | None, fresh: bool) -> Reply:
        """Take up `task`, or go on with the one before; returns when there is something to tell."""
        if task is not None:
            self._waiting = task, fresh
        try:
            if self._error is not None:
                raise self._error
            return self._next_reply()
        except OcrpipeError as error:
            return Reply(error=error)

    def _next_reply(self) -> Reply:
        end = time.monotonic() + _REPLY_SECONDS
        while time.monotonic() < end:
            self._pool.prepare(1)
            self._hand_over()
            events = tuple(self._pool.events(_TICK_SECONDS))
            is_idle = self._waiting is None and self._pool.has_idle
            if events or is_idle:
                return Reply(events, is_idle)
        return Reply()

    def _hand_over(self) -> None:
        if self._waiting is not None:
            task, fresh = self._waiting
            if self._pool.give(task, fresh=fresh):
                self._waiting = None
            elif fresh:
                self._pool.refresh()


class _Actor:
    """An actor as it is seen from here: the call it has not answered yet, and its task."""

    def __init__(self, handle: Any) -> None:
        self.handle = handle
        self.task: Task | None = None
        self.is_ready = False
        self.call: Any = None
        self.silent = 0.0
        self.ask()

    @property
    def is_idle(self) -> bool:
        return self.call is None

    def ask(self, task: Task | None = None, *, fresh: bool = False) -> None:
        self.call = self.handle.work.remote(task, fresh)
        self.silent = 0.0


class RayPool:
    """Up to `size` actors, each with at most one task.

    Args:
        workers_of_a_node: How many share the memory of their node; 0: one a core.
    """

    def __init__(
        self, size: int, factory: WorkFactory, options: BatchOptions, *, workers_of_a_node: int = 0
    ) -> None:
        self._ray = load_ray(options.ray)
        self._size = size
        # A limit that was asked for is also what Ray places the actors by.
        memory = {"memory": options.memory_limit << 20} if options.memory_limit else {}
        self._kind = self._ray.remote(WorkerHost).options(
            num_cpus=1, max_restarts=0, max_task_retries=0, scheduling_strategy="SPREAD", **memory
        )
        self._arguments = __version__, pickle.dumps((factory, options)), workers_of_a_node
        self._actors: list[_Actor] = []
        self._start_failures = 0
        self._looked = time.monotonic()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for actor in self._actors:
            self._end(actor)
        self._actors.clear()

    @property
    def busy(self) -> int:
        """How many tasks are being done."""
        return sum(actor.task is not None for actor in self._actors)

    @property
    def has_idle(self) -> bool:
        return any(actor.is_idle for actor in self._actors)

    def refresh(self) -> None:
        """There is nothing to do: an actor makes a fresh worker where a task asks for one."""

    def prepare(self, wanted: int) -> None:
        """Start actors until there are as many as `wanted` tasks can use.

        Raises:
            WorkerCrashedError: actors end before they are ready, one after another.
        """
        if self._start_failures >= START_FAILURES:
            raise WorkerCrashedError(
                f"{self._start_failures} actors in a row ended before they were ready",
                remedy="Look into the logs of Ray; ocrpipe must be installed on every node",
            )
        while len(self._actors) < min(self._size, wanted):
            self._actors.append(_Actor(self._kind.remote(*self._arguments)))

    def give(self, task: Task, *, fresh: bool = False) -> bool:
        """Hand `task` to an idle actor; False where none is."""
        for actor in self._actors:
            if actor.is_idle:
                actor.task = task
                actor.ask(task, fresh=fresh)
                return True
        return False

    def events(self, timeout: float) -> Iterator[Told | Lost]:
        """What has happened; waits up to `timeout` seconds for something to happen.

        Raises:
            OcrpipeError: an actor says why none can do any work.
            WorkerCrashedError: the cluster has no room for a single actor.
        """
        calls = {actor.call: actor for actor in self._actors if actor.call is not None}
        answered: list[Any] = []
        if calls:
            waiting = list(calls)
            answered, _ = self._ray.wait(waiting, timeout=timeout)
            if answered:  # The first one ends the wait; others may be there as well.
                answered, _ = self._ray.wait(waiting, num_returns=len(waiting), timeout=0)
        else:
            time.sleep(timeout)
        for call in answered:
            yield from self._received(calls[call])
        yield from self._silent()

    def _received(self, actor: _Actor) -> Iterator[Told | Lost]:
        try:
            reply: Reply = self._ray.get(actor.call)
        except self._ray.exceptions.RayError as error:
            is_memory = isinstance(error, self._ray.exceptions.OutOfMemoryError)
            logger.debug("an actor is gone", exc_info=True)
            yield from self._gone(actor, "memory" if is_memory else "crash")
            return
        if reply.error is not None:
            raise reply.error
        actor.is_ready = actor.is_ready or reply.is_idle
        if actor.is_ready:
            self._start_failures = 0
        for event in reply.events:
            if isinstance(event, Lost) or not isinstance(event.message, Opened | PageDone):
                actor.task = None
        if reply.is_idle:
            actor.call = None
        else:
            actor.ask()
        yield from reply.events

    def _silent(self) -> Iterator[Lost]:
        """Give up actors that do not answer, which is for Ray to find out but where it cannot."""
        now = time.monotonic()
        # No more than that: all may have been stopped (Ctrl-Z), or nobody asked for events.
        passed = min(now - self._looked, _PAUSE_SECONDS)
        self._looked = now
        for actor in [*self._actors]:
            if actor.call is None:
                continue
            actor.silent += passed
            if actor.is_ready and actor.silent > _SILENT_SECONDS:
                yield from self._gone(actor, "timeout")
        if self._actors and all(
            not actor.is_ready and actor.silent > START_SECONDS for actor in self._actors
        ):
            raise WorkerCrashedError(
                f"no node of the cluster took a worker in {START_SECONDS:.0f} s",
                remedy="Each needs one CPU, and the memory of --memory-limit where that is given",
            )

    def _gone(self, actor: _Actor, loss: Loss) -> Iterator[Lost]:
        self._actors.remove(actor)
        self._end(actor)
        if not actor.is_ready:
            self._start_failures += 1
            logger.warning("an actor ended before it was ready")
        if actor.task is not None:
            yield Lost(actor.task, loss, _DETAILS[loss])

    def _end(self, actor: _Actor) -> None:
        with suppress(Exception):  # It is gone already, or the cluster is.
            self._ray.kill(actor.handle, no_restart=True)
