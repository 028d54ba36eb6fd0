"""What the trust of a figure is worth, from the documents that measure_hard_set left.

`python -m scripts.measure_trust DIR [--kind KIND …]`

Prints trust against truth by kind of damage, how often figures are wrong by confidence (those that
a check covers, and those that none does), and every figure that is wrong and not doubtful.
"""

import argparse
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from ocrpipe.document import Document
from ocrpipe.evaluate.figures import compare_figures
from ocrpipe.evaluate.gold import Gold, load_document, load_gold
from ocrpipe.evaluate.text import fold_path
from ocrpipe.export import list_figures
from ocrpipe.report import Figure, Trust
from scripts.hard_set.cases import CASES
from scripts.measure_hard_set import kept_document

TRUSTS: tuple[Trust, ...] = get_args(Trust)
BOUNDS = (0.0, 0.5, 0.7, 0.8, 0.85, 0.9, 0.95, 0.97, 0.98, 0.99, 0.995)


@dataclass(frozen=True, slots=True)
class Judged:
    """A figure that was given, and whether it is what the paper says.

    `covered`: a check that can be assessed involves it.
    """

    file: str
    kind: str
    path: str
    figure: Figure
    right: bool
    covered: bool


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, metavar="DIR")
    parser.add_argument("--kind", action="append", choices=list(CASES), help="only these kinds")
    arguments = parser.parse_args()
    figures: list[Judged] = []
    for path in sorted(arguments.folder.glob("*.truth.json")):
        truth = load_gold(path)
        kept = kept_document(arguments.folder / (truth.file or ""))
        if kept.is_file() and truth.damage in (arguments.kind or CASES):
            figures += judged(load_document(kept), truth)
    for lines in (by_damage(figures), by_confidence(figures), silent(figures)):
        print("\n".join(lines) + "\n")


def judged(document: Document, truth: Gold) -> Iterator[Judged]:
    """The figures of a document that stand on the paper, or were read where nothing does.

    One that is absent or unread claims nothing, and is left out.
    """
    if document.report is None or truth.figures is None:
        return
    entries = list_figures(document.report)
    _, errors = compare_figures(truth.figures, entries)
    wrong = {fold_path(error.path) for error in errors}
    covered = {
        path
        for check in document.report.checks
        if check.state != "unassessable"
        for path in check.figures
    }
    for entry in entries:
        if entry.figure.state not in ("absent", "unread"):
            yield Judged(
                file=truth.file or document.source.name,
                kind=truth.damage or "",
                path=entry.path,
                figure=entry.figure,
                right=fold_path(entry.path) not in wrong,
                covered=entry.path in covered,
            )


def by_damage(figures: Sequence[Judged]) -> Iterator[str]:
    """A Markdown table: right and wrong figures of each trust, a row a kind of damage."""
    heads = (f"{trust}: {side}" for trust in TRUSTS for side in ("right", "wrong"))
    yield "| damage | " + " | ".join(heads) + " |"
    yield "|---" * (1 + 2 * len(TRUSTS)) + "|"
    kinds = [kind for kind in CASES if any(judged.kind == kind for judged in figures)]
    for kind in (*kinds, "all"):
        counts = Counter(
            (judged.figure.trust, judged.right)
            for judged in figures
            if kind in (judged.kind, "all")
        )
        cells = (str(counts[trust, right]) for trust in TRUSTS for right in (True, False))
        yield f"| {kind} | " + " | ".join(cells) + " |"


def by_confidence(figures: Sequence[Judged]) -> Iterator[str]:
    """A Markdown table: figures and wrong ones among them, a row a range of confidence."""
    groups: dict[str, Callable[[Judged], bool]] = {
        "covered": lambda judged: judged.covered,
        "not covered: numbers": lambda judged: not judged.covered and _is_printed(judged),
        "not covered: blanks": lambda judged: not judged.covered and not _is_printed(judged),
    }
    yield "| confidence | " + " | ".join(f"{name} | wrong" for name in groups) + " |"
    yield "|---" * (1 + 2 * len(groups)) + "|"
    for low, high in zip(BOUNDS, (*BOUNDS[1:], 1.01), strict=True):
        inside = [judged for judged in figures if low <= judged.figure.confidence < high]
        cells = []
        for belongs in groups.values():
            members = [judged for judged in inside if belongs(judged)]
            wrong = sum(not judged.right for judged in members)
            cells += [str(len(members)), str(wrong)]
        yield f"| {low:.3f} to {min(high, 1):.3f} | " + " | ".join(cells) + " |"


def _is_printed(judged: Judged) -> bool:
    return judged.figure.state == "printed"


def silent(figures: Sequence[Judged]) -> Iterator[str]:
    """The figures that are wrong and not doubtful, a line each."""
    found = [judged for judged in figures if not judged.right and judged.figure.trust != "doubtful"]
    yield f"{len(found)} silent errors in {len(figures)} figures"
    for judged in found:
        figure = judged.figure
        yield (
            f"    {judged.file}: {judged.path}: {figure.raw!r} "
            f"({figure.state}, {figure.trust}, {figure.confidence:.2f})"
        )


if __name__ == "__main__":
    main()
