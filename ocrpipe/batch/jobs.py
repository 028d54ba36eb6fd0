"""One document on its way through the workers: what is to be done next, and when to give up.

A document is converted as a whole, a long one in parts. What is lost with its worker is tried
again; what is lost twice is divided into pages, so that a page which ends every worker costs
itself alone. Such a page is not tried again: each try may cost the whole time limit.
"""

from collections import Counter, deque
from collections.abc import Sequence
from dataclasses import replace

from ocrpipe.batch.workers.messages import Opened, Outcome, PartConverted, Task, TooLong
from ocrpipe.errors import OcrpipeError

MAX_TRIES = 2
MAX_LOST_PAGES = 3
"""A document with more pages that end their workers is given up."""


class Job:
    """The tasks of one document; `waiting` are those that no worker has."""

    def __init__(self, task: Task, pages_per_part: int) -> None:
        self.task = task
        self.waiting: deque[Task] = deque([task])
        self.lost_pages: dict[int, OcrpipeError] = {}
        self._pages_per_part = pages_per_part
        self._pages: tuple[int, ...] = ()
        self._losses: Counter[Task] = Counter()
        self._parts: list[int] = []
        self._open_parts = 0
        self._numbers = 0
        self._suspects: set[int] = set()

    @property
    def is_divided(self) -> bool:
        """Whether there are, or will be, parts of the document."""
        return self._numbers > 0

    def wants_fresh_worker(self, task: Task) -> bool:
        """Whether `task` was lost before, for which its worker may have been to blame."""
        return self._losses[task] > 0

    def opened(self, message: Opened) -> None:
        """A worker knows the pages of the document."""
        if not self._pages:
            self._pages = message.pages

    def done(self, task: Task, outcome: Outcome) -> None:
        """A worker has done `task`, and the document is not finished by that."""
        if isinstance(outcome, TooLong):
            size = self._pages_per_part
            pages = self._pages = outcome.pages
            self._divide([pages[at : at + size] for at in range(0, len(pages), size)])
        elif isinstance(outcome, PartConverted):
            self._parts.append(task.number)
            self._end_part()

    def lost(self, task: Task, error: OcrpipeError) -> bool:
        """The worker is gone that had `task`; returns whether the document is to go on."""
        self._losses[task] += 1
        is_suspect = task.step == "part" and task.number in self._suspects
        if self._losses[task] < MAX_TRIES and not is_suspect:
            self.waiting.append(task)
            return True
        if task.step == "assembly":
            return False
        pages = task.pages or self._pages
        if len(pages) > 1:
            first = self._numbers
            self._divide([(page,) for page in pages])
            self._suspects.update(range(first, self._numbers))
        elif task.step == "part":
            self.lost_pages[pages[0]] = error
            if len(self.lost_pages) > MAX_LOST_PAGES:
                return False
        else:
            return False
        if task.step == "part":
            self._end_part()
        return True

    def _divide(self, parts: Sequence[tuple[int, ...]]) -> None:
        for pages in parts:
            self.waiting.append(replace(self.task, step="part", pages=pages, number=self._numbers))
            self._numbers += 1
        self._open_parts += len(parts)

    def _end_part(self) -> None:
        self._open_parts -= 1
        if self._open_parts == 0:
            self.waiting.append(
                replace(
                    self.task,
                    step="assembly",
                    pages=self._pages,
                    parts=tuple(self._parts),
                    lost=tuple(self.lost_pages.items()),
                )
            )
