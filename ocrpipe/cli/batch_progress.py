"""The events of a batch on a terminal, as plain lines, and as lines of JSON."""

import json
import time
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from typing import TextIO

from rich.console import Console
from rich.markup import escape
from rich.progress import TextColumn

from ocrpipe.batch import events
from ocrpipe.cli.progress import TerminalProgress
from ocrpipe.errors import OcrpipeError
from ocrpipe.export.text import one_line, quantity

_LINE_SECONDS = 30.0
"""Between two lines of a log without a terminal, as docs/batch.md says."""
_SHOWN_KINDS = 6
"""Kinds of files passed over that are named, the most frequent ones; the others are counted."""


class Counter:
    """Documents and pages of a run, counted from its events."""

    def __init__(self) -> None:
        self.to_convert = self.done = self.failed = self.pages = 0
        self._started = time.monotonic()

    def count(self, event: events.Event) -> None:
        if isinstance(event, events.RunStarted):
            self.to_convert = event.to_convert
            self._started = time.monotonic()
        elif isinstance(event, events.PageConverted):
            self.pages += 1
        elif isinstance(event, events.DocumentDone):
            self.done += 1
        elif isinstance(event, events.DocumentFailed):
            self.failed += 1

    @property
    def ended(self) -> int:
        return self.done + self.failed

    @property
    def pages_a_second(self) -> float:
        return self.pages / max(time.monotonic() - self._started, 0.001)

    @property
    def seconds_left(self) -> float | None:
        if self.ended == 0:
            return None
        taken = time.monotonic() - self._started
        return taken / self.ended * (self.to_convert - self.ended)


class TerminalBar(TerminalProgress):
    """A bar of documents; failures and retries stay above it as lines."""

    def __init__(self, console: Console) -> None:
        super().__init__(console, TextColumn("{task.fields[facts]}"))
        self._console = console
        self._counter = Counter()
        self._task = self.bars.add_task("looking", total=None, facts="")

    def __call__(self, event: events.Event) -> None:
        self._counter.count(event)
        line = told(event)
        if line is not None and not isinstance(event, events.RunStarted):
            self._console.print(escape(line), soft_wrap=True)
        if isinstance(event, events.RunStarted):
            self.bars.update(self._task, description="documents", total=event.to_convert)
        elif isinstance(event, events.Stopping):
            self.bars.update(self._task, description="stopping")
        counter = self._counter
        facts = f"{counter.pages_a_second:.2f} pages/s, {counter.failed} failed"
        self.bars.update(self._task, completed=counter.ended, facts=facts)


class PlainLines:
    """For logs: how far it is every half minute, and each failure; with `quiet` failures alone."""

    def __init__(self, console: Console, *, quiet: bool) -> None:
        self._console = console
        self._quiet = quiet
        self._counter = Counter()
        self._told = time.monotonic()

    def __call__(self, event: events.Event) -> None:
        self._counter.count(event)
        line = told(event)
        if line is not None and (not self._quiet or isinstance(event, events.DocumentFailed)):
            self._print(line)
        if not self._quiet and time.monotonic() - self._told >= _LINE_SECONDS:
            self._told = time.monotonic()
            self._print(self._progress())

    def _print(self, line: str) -> None:
        self._console.print(line, markup=False, soft_wrap=True)

    def _progress(self) -> str:
        counter = self._counter
        left = counter.seconds_left
        return (
            f"{counter.ended} of {quantity(counter.to_convert, 'document')}, "
            f"{counter.failed} failed, {counter.pages_a_second:.2f} pages/s"
            + ("" if left is None else f", about {left / 60:.0f} min left")
        )


class JsonLines:
    """One JSON object a line: `event`, `time` and the fields of the event."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def __call__(self, event: events.Event) -> None:
        if isinstance(event, events.DocumentFailed):
            fields = {
                "document": event.document, "reason": event.error.code, "error": str(event.error)
            }  # fmt: skip
        else:
            fields = asdict(event)
        line = {"time": datetime.now(UTC).isoformat(), "event": type(event).__name__, **fields}
        # ASCII alone: a log has no encoding that one could rely on.
        self._stream.write(json.dumps(line) + "\n")
        self._stream.flush()


def told(event: events.Event) -> str | None:
    """The event in words; None for those that only move the counts."""
    text = None
    match event:
        case events.FilesPassedOver():
            text = f"passed over, as their format is not read: {_kinds(event.by_extension)}"
        case events.RunStarted():
            text = (
                f"{quantity(event.asked, 'document')}: {event.already_done} done already, "
                f"{event.already_failed} failed in an earlier run, {event.to_convert} to convert "
                f"with {quantity(event.workers, 'worker')}"
            )
        case events.DocumentRetried():
            text = f"{event.document}: {event.reason} ({event.detail}); it is tried again"
        case events.PageLost():
            text = f"{event.document}: page {event.page} is left out ({event.reason})"
        case events.DocumentFailed():
            text = f"ocrpipe: {_with_name(event.document, event.error)}"
        case events.Stopping():
            text = f"stopping after {event.running} tasks in flight; Ctrl-C again ends them now"
        case events.WritingDataset():
            text = "writing the dataset"
    # Names of files may hold what a terminal would act on.
    return None if text is None else one_line(text)


def _kinds(by_extension: Mapping[str, int]) -> str:
    shown = [
        f"{count} {extension or 'without an extension'}"
        for extension, count in by_extension.items()
    ]
    rest = len(shown) - _SHOWN_KINDS
    return ", ".join([*shown[:_SHOWN_KINDS], *([f"{rest} other kinds"] if rest > 0 else [])])


def _with_name(document: str, error: OcrpipeError) -> str:
    return str(error) if error.source is not None else f"{document}: {error}"
