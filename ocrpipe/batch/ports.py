"""What a run needs of the workers that it gives its documents to, wherever they are."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, Protocol

from ocrpipe.batch.messages import Message, Task

Loss = Literal["crash", "timeout", "memory"]


@dataclass(frozen=True, slots=True)
class Told:
    """A message of the worker that converts `task`."""

    task: Task
    message: Message


@dataclass(frozen=True, slots=True)
class Lost:
    """The worker that converted `task` is gone; `detail` is for people."""

    task: Task
    loss: Loss
    detail: str


class Pool(Protocol):
    """Workers with at most one task each; used as a context manager, in one thread."""

    def __enter__(self) -> "Pool": ...

    def __exit__(self, *_: object) -> None:
        """End the workers that are left."""

    @property
    def busy(self) -> int:
        """How many tasks are being done."""

    @property
    def has_idle(self) -> bool: ...

    @property
    def has_fresh(self) -> bool:
        """Whether a task could now be given that asks for a worker which has done nothing yet."""

    def prepare(self, wanted: int) -> None:
        """Start workers until there are as many as `wanted` tasks can use.

        Raises:
            WorkerCrashedError: workers end before they are ready, one after another.
        """

    def give(self, task: Task, *, fresh: bool = False) -> bool:
        """Hand `task` to an idle worker, a `fresh` one if asked to; False where none is."""

    def refresh(self) -> None:
        """See to it that a fresh worker is to come."""

    def events(self, timeout: float) -> Iterator[Told | Lost]:
        """What has happened; waits up to `timeout` seconds for something to happen.

        Raises:
            OcrpipeError: a worker says why none can do any work.
        """
