"""Progress on a terminal, with rich; silence in a pipe."""

from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    TextColumn,
    TimeRemainingColumn,
)


class TerminalProgress:
    """Bars that are there within a `with` block, and leave no trace of themselves after it."""

    def __init__(self, console: Console, unit: ProgressColumn, *, disable: bool = False) -> None:
        self.bars = Progress(
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            MofNCompleteColumn(),
            unit,
            TimeRemainingColumn(),
            console=console,
            transient=True,
            disable=disable,
        )

    def __enter__(self) -> Self:
        self.bars.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.bars.stop()


class PageBar(TerminalProgress):
    """A bar a document, removed when the document is done. Shows nothing off a terminal."""

    def __init__(self, console: Console, *, quiet: bool) -> None:
        super().__init__(console, TextColumn("pages"), disable=quiet or not console.is_terminal)
        self._task = self.bars.add_task("", total=None, visible=False)

    def document_started(self, name: str, page_count: int) -> None:
        self.bars.reset(self._task, description=name, total=page_count, visible=True)

    def page_done(self, number: int) -> None:
        self.bars.advance(self._task)

    def document_done(self) -> None:
        self.bars.update(self._task, visible=False)
