"""Progress by page on a terminal, with rich; silence in a pipe."""

from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn


class TerminalProgress:
    """A bar a document, removed when the document is done. Shows nothing off a terminal."""

    def __init__(self, console: Console, *, quiet: bool) -> None:
        self._bars = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("pages"),
            TimeRemainingColumn(),
            console=console,
            transient=True,
            disable=quiet or not console.is_terminal,
        )
        self._task = self._bars.add_task("", total=None, visible=False)

    def __enter__(self) -> Self:
        self._bars.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._bars.stop()

    def document_started(self, name: str, page_count: int) -> None:
        self._bars.reset(self._task, description=name, total=page_count, visible=True)

    def page_done(self, number: int) -> None:
        self._bars.advance(self._task)

    def document_done(self) -> None:
        self._bars.update(self._task, visible=False)
