"""What the parent and its workers tell each other over their pipes. All are small and frozen."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from ocrpipe.errors import OcrpipeError

Step = Literal["whole", "part", "assembly"]


@dataclass(frozen=True, slots=True)
class Task:
    """What one worker is to do for one document.

    Attributes:
        location: Of the input.
        name: The results are `name` with an extension each.
        step: Convert the document as a whole; or some `pages` as part `number` of it; or put
            the `parts`, and the `pages` that are `lost`, together and write the results.
    """

    document: str
    location: str
    name: str
    step: Step = "whole"
    pages: tuple[int, ...] = ()
    number: int = 0
    parts: tuple[int, ...] = ()
    lost: tuple[tuple[int, OcrpipeError], ...] = ()


@dataclass(frozen=True, slots=True)
class Ready:
    """The worker has started and wants a task."""


@dataclass(frozen=True, slots=True)
class Opened:
    """The document was opened, and these of its pages will be converted."""

    pages: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PageDone:
    number: int


@dataclass(frozen=True, slots=True)
class Converted:
    """The results are written. `failed_pages` counts pages without a result.

    `companions`: names and fingerprints of the files that a web page refers to, in its folder.
    """

    sha256: str
    pages: int
    failed_pages: int
    companions: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TooLong:
    """The document has so many pages that it is to be converted in parts."""

    pages: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PartConverted:
    """The part is written where the worker that puts the document together will find it."""


@dataclass(frozen=True, slots=True)
class Failed:
    """The document has no result, and another try would not give one."""

    error: OcrpipeError


Outcome: TypeAlias = Converted | TooLong | PartConverted | Failed
"""The last message about a task."""
Message: TypeAlias = Ready | Opened | PageDone | Outcome
