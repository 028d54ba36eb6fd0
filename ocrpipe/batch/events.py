"""What a run tells of itself while it goes on; the command line shows it, a library may ignore it.

The same events are the lines of `--log-json`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol, TypeAlias

from ocrpipe.errors import OcrpipeError


@dataclass(frozen=True, slots=True)
class FilesPassedOver:
    """Files in the folders that were searched whose format is not read, counted by extension."""

    by_extension: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class RunStarted:
    """`to_convert` documents wait; the others that were asked for are done or failed already."""

    asked: int
    to_convert: int
    already_done: int
    already_failed: int
    workers: int


@dataclass(frozen=True, slots=True)
class DocumentStarted:
    document: str


@dataclass(frozen=True, slots=True)
class PageConverted:
    document: str
    page: int


@dataclass(frozen=True, slots=True)
class DocumentDone:
    document: str
    pages: int
    failed_pages: int
    seconds: float


@dataclass(frozen=True, slots=True)
class DocumentRetried:
    """A worker was lost with the document, which is tried again in a fresh one."""

    document: str
    reason: str
    detail: str


@dataclass(frozen=True, slots=True)
class PageLost:
    """The page ends every worker that gets it; the document goes on without it."""

    document: str
    page: int
    reason: str


@dataclass(frozen=True, slots=True)
class DocumentFailed:
    document: str
    error: OcrpipeError


@dataclass(frozen=True, slots=True)
class Stopping:
    """No further document is started; `running` are still being converted."""

    running: int


@dataclass(frozen=True, slots=True)
class WritingDataset:
    """The conversion is over, and the tables are being written."""


@dataclass(frozen=True, slots=True)
class RunEnded:
    """Of the documents asked for, `converted` by this run, with their `pages`."""

    done: int
    failed: int
    left: int
    converted: int
    pages: int
    seconds: float


Event: TypeAlias = (
    FilesPassedOver
    | RunStarted
    | DocumentStarted
    | PageConverted
    | DocumentDone
    | DocumentRetried
    | PageLost
    | DocumentFailed
    | Stopping
    | WritingDataset
    | RunEnded
)


class Observer(Protocol):
    """Told of every event, from the thread that called `run_batch`."""

    def __call__(self, event: Event, /) -> None: ...


def no_observer(_: Event) -> None:
    """Shows nothing."""
