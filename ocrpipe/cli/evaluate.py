"""`ocrpipe evaluate`: the scores as tables on the terminal, as JSON and as HTML."""

from collections.abc import Iterator
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from ocrpipe.errors import EXIT_GOOD
from ocrpipe.evaluate import Evaluation, Score, evaluate, evaluation_html
from ocrpipe.evaluate.shares import decimal, percent
from ocrpipe.files import write_atomically

_SHOWN = 10
"""Silent errors that are printed; --json and --html have all."""
_PIPE_WIDTH = 200
"""Columns: the 80 of a terminal that is none would cut the tables, and nobody wraps a pipe."""
_COLUMNS = (
    "exact tables", "found", "cell F1", "TEDS", "TEDS-Struct", "CER", "figures right", "wrong",
    "missed", "invented", "silent",
)  # fmt: skip


def print_evaluation(
    read: Path,
    gold: Path,
    *,
    json_file: Path | None,
    html_file: Path | None,
    sources: Path | None,
    teds: bool,
) -> int:
    """Evaluate, write the files asked for, print the tables; returns the exit code.

    Where no folder of `sources` is given, the files are looked for beside the ground truth.
    """
    evaluation = evaluate(read, gold, teds=teds)
    if json_file is not None:
        write_atomically(json_file, evaluation.model_dump_json(indent=2) + "\n")
    if html_file is not None:
        beside = gold if gold.is_dir() else gold.parent
        write_atomically(html_file, evaluation_html(evaluation, sources or beside))
    console = Console(highlight=False)
    if not console.is_terminal:
        console = Console(highlight=False, width=_PIPE_WIDTH)
    for table in _tables(evaluation):
        console.print(table)
    for line in _notes(evaluation):
        console.print(escape(line), soft_wrap=True)
    return EXIT_GOOD


def _tables(evaluation: Evaluation) -> Iterator[Table]:
    documents = _score_table("document", "Documents")
    for document in evaluation.documents:
        name = f"{document.name} (no result)" if document.score.missing else document.name
        documents.add_row(escape(name), *_row(document.score))
    documents.add_section()
    documents.add_row(f"total of {evaluation.total.documents}", *_row(evaluation.total))
    yield documents
    if evaluation.by_damage:
        damages = _score_table("damage", "By kind of damage")
        for kind, score in evaluation.by_damage.items():
            damages.add_row(f"{escape(kind)} ({score.documents})", *_row(score))
        yield damages
    yield _trust_table(evaluation.total)
    yield _text_table(evaluation.total)


def _score_table(first: str, title: str) -> Table:
    table = Table(title=title, title_justify="left")
    table.add_column(first, overflow="fold")
    for name in _COLUMNS:
        table.add_column(name, justify="right")
    return table


def _row(score: Score) -> tuple[str, ...]:
    figures = score.figures
    return (
        f"{score.tables.exact}/{score.tables.expected}",
        str(score.tables.found),
        decimal(score.cells.f1),
        decimal(score.tables.teds),
        decimal(score.tables.teds_structure),
        percent(score.all_text.error_rate),
        f"{figures.right}/{figures.expected}",
        str(figures.wrong),
        str(figures.missed),
        str(figures.invented),
        str(figures.silent),
    )


def _trust_table(score: Score) -> Table:
    table = Table(title="Trust against truth", title_justify="left")
    for name in ("trust", "right", "wrong", "share right"):
        table.add_column(name, justify="left" if name == "trust" else "right")
    for name in ("confirmed", "read", "doubtful"):
        trust = getattr(score.figures, name)
        table.add_row(name, str(trust.right), str(trust.wrong), percent(trust.share_right))
    return table


def _text_table(score: Score) -> Table:
    table = Table(title="Body text by script", title_justify="left")
    for name in ("script", "characters", "edits", "CER"):
        table.add_column(name, justify="left" if name == "script" else "right")
    for name, text in (*score.text.items(), ("all", score.all_text)):
        table.add_row(name, str(text.characters), str(text.edits), percent(text.error_rate))
    return table


def _notes(evaluation: Evaluation) -> Iterator[str]:
    """The silent errors one by one, what was not measured, and what was left out."""
    silent = [
        f"silent: {document.name}: {error.path} is {error.gold_raw or error.gold_state or 'absent'}"
        f", read {error.raw or error.state} ({error.trust})"
        for document in evaluation.documents
        for error in document.wrong_figures
        if error.silent
    ]
    yield from silent[:_SHOWN]
    if len(silent) > _SHOWN:
        yield f"and {len(silent) - _SHOWN} more silent errors"
    tables = evaluation.total.tables
    unmeasured = sum(
        table.teds is None for document in evaluation.documents for table in document.tables
    )
    if tables.measured and unmeasured:
        yield f"TEDS was not measured for {unmeasured} tables that are too large"
    yield from (f"left out: {line}" for line in evaluation.ignored)
