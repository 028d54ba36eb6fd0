"""What a run needs of the workers that it gives its documents to, wherever they are."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, Protocol

from ocrpipe.batch.workers.messages import Message, Task
from ocrpipe.errors import MemoryLimitError, OcrpipeError, TimeLimitError, WorkerCrashedError

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


_LOSSES: Mapping[Loss, tuple[type[OcrpipeError], str, str]] = {
    "crash": (WorkerCrashedError, "the conversion crashed", "Look at the file in a viewer"),
    "timeout": (TimeLimitError, "the conversion took too long", "Raise --page-timeout"),
    "memory": (MemoryLimitError, "the conversion took too much memory", "Raise --memory-limit"),
}


def error_of(lost: Lost, page: int | None = None) -> OcrpipeError:
    """Why the document has no result; `page` is the one that was being converted, if known."""
    kind, message, remedy = _LOSSES[lost.loss]
    if page is not None:
        remedy += ", leave the page out with --pages, or have ocrpipe batch do so"
    return kind(f"{message}: {lost.detail}", source=lost.task.location, page=page, remedy=remedy)


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
