"""What the parent and its workers tell each other over their pipes. All are small and frozen."""

from dataclasses import dataclass
from typing import TypeAlias

from ocrpipe.errors import OcrpipeError


@dataclass(frozen=True, slots=True)
class Task:
    """One document to convert; the results are `name` with an extension each."""

    document: str
    location: str
    name: str


@dataclass(frozen=True, slots=True)
class Ready:
    """The worker has started and wants a task."""


@dataclass(frozen=True, slots=True)
class Opened:
    """The document was opened and this many of its pages will be converted."""

    pages: int


@dataclass(frozen=True, slots=True)
class PageDone:
    number: int


@dataclass(frozen=True, slots=True)
class Converted:
    """The results are written. `failed_pages` counts pages without a result."""

    sha256: str
    pages: int
    failed_pages: int


@dataclass(frozen=True, slots=True)
class Failed:
    """The document has no result, and another try would not give one."""

    error: OcrpipeError


Message: TypeAlias = Ready | Opened | PageDone | Converted | Failed
