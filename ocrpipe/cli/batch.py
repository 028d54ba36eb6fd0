"""`ocrpipe batch`: a run shown while it goes on, its summary, and its exit code."""

import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import TextIOWrapper
from types import FrameType

from rich.console import Console
from rich.table import Table

from ocrpipe.batch import BatchResult, StopSwitch, run_batch
from ocrpipe.batch.output.paths import SUMMARY_FILE
from ocrpipe.cli.batch_progress import JsonLines, PlainLines, TerminalBar
from ocrpipe.errors import EXIT_FAILED, EXIT_GOOD, EXIT_INTERRUPTED
from ocrpipe.options import Options


def run_and_show(
    sources: Sequence[str], output: str, options: Options, *, log_json: bool, quiet: bool
) -> int:
    """Run the batch; returns the exit code.

    The first Ctrl-C lets documents in flight be finished, the second one ends them.
    """
    out, err = Console(highlight=False), Console(stderr=True, highlight=False)
    stop = StopSwitch()
    if isinstance(sys.stdin, TextIOWrapper):
        sys.stdin.reconfigure(errors="surrogateescape")  # File names need not be UTF-8.
    try:
        with _ctrl_c_stops(stop), _shown(err, log_json=log_json, quiet=quiet) as observer:
            result = run_batch(
                sources, output, options, lines=sys.stdin, observer=observer, stop=stop
            )
    except KeyboardInterrupt:
        err.print("ocrpipe: stopped; the same command goes on where it stood")
        return EXIT_INTERRUPTED
    out.print(_summary(result))
    for reason, count in result.failures.items():
        out.print(f"{count} failed: {reason}", markup=False)
    if result.failed:
        out.print("to try them again: the same command with --retry-failed")
    out.print(f"what to look at first: {output.rstrip('/')}/{SUMMARY_FILE}", markup=False)
    if result.left:
        return EXIT_INTERRUPTED
    return EXIT_FAILED if result.failed else EXIT_GOOD


@contextmanager
def _shown(
    err: Console, *, log_json: bool, quiet: bool
) -> Iterator[JsonLines | PlainLines | TerminalBar]:
    if log_json:
        yield JsonLines(sys.stderr)
    elif err.is_terminal and not quiet:
        with TerminalBar(err) as bar:
            yield bar
    else:
        yield PlainLines(err, quiet=quiet)


@contextmanager
def _ctrl_c_stops(stop: StopSwitch) -> Iterator[None]:
    def handle(_: int, __: FrameType | None) -> None:
        if stop.requested:
            raise KeyboardInterrupt
        stop.request()

    before = signal.signal(signal.SIGINT, handle)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _summary(result: BatchResult) -> Table:
    table = Table(title="Summary", title_justify="left")
    table.add_column("documents")
    table.add_column("", justify="right")
    for name, value in (
        ("asked for", result.asked),
        ("done", result.done),
        ("of these by this run", result.converted),
        ("failed", result.failed),
        ("left for the next run", result.left),
    ):
        table.add_row(name, str(value))
    table.add_section()
    table.add_row("pages converted", str(result.pages))
    table.add_row("seconds", f"{result.seconds:.1f}")
    table.add_row("pages a second", f"{result.pages / max(result.seconds, 0.001):.2f}")
    return table
