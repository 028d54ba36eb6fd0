"""Measures of a conversion against ground truth.

Texts are compared without white space, since a scan does not say how many spaces stand between two
characters; nothing else is normalised unless a function says so.
"""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rapidfuzz.distance import Levenshtein

from ocrpipe.document import Document
from ocrpipe.geometry import Box
from ocrpipe.report import DisclosureReport, Figure

Truth = Mapping[str, Any]

NOT_BODY = frozenset({"header", "footer", "page_number", "table", "seal", "figure"})
FIELDS = (
    "edition", "organization", "document_number", "signer", "title", "year", "issue_date"
)  # fmt: skip
_INVISIBLE = frozenset("\u200b\u200c\u200d\ufeff\u00ad")
_QUOTES = str.maketrans("“”‘’", "\"\"''")


def normalise(text: str) -> str:
    """`text` without white space and invisible characters."""
    return "".join(char for char in text if not char.isspace() and char not in _INVISIBLE)


def fold(text: str) -> str:
    """`normalise`, and full-width forms and curly quotes as ASCII: for labels, not for prose."""
    return normalise(unicodedata.normalize("NFKC", text)).translate(_QUOTES)


@dataclass(frozen=True, slots=True)
class TextScore:
    """Edits (insertions, deletions, substitutions) that turn what was read into the truth."""

    edits: int
    characters: int

    @property
    def error_rate(self) -> float:
        """The character error rate (CER)."""
        return self.edits / self.characters if self.characters else float(self.edits > 0)


def text_score(truth: Iterable[str], read: Iterable[str]) -> TextScore:
    """The edits between two texts that are given in pieces, for instance block by block."""
    expected, actual = normalise("".join(truth)), normalise("".join(read))
    return TextScore(Levenshtein.distance(expected, actual), len(expected))


def body_score(truth: Truth, document: Document) -> TextScore:
    """Text of the body in reading order, page by page: no tables, running lines or Tibetan."""
    read = {page.number: page for page in document.pages}
    edits = characters = 0
    for page in truth["pages"]:
        expected = [
            block["text"]
            for block in page["blocks"]
            if block["kind"] not in NOT_BODY and block["language"] != "bo"
        ]
        found = read.get(page["number"])
        actual = [
            block.text
            for block in (found.blocks if found else ())
            if block.kind not in NOT_BODY and block.language != "bo"
        ]
        score = text_score(expected, actual)
        edits, characters = edits + score.edits, characters + score.characters
    return TextScore(edits, characters)


@dataclass(frozen=True, slots=True)
class CellScore:
    """Cells of the truth, cells found, and how many of them are the same."""

    right: int
    expected: int
    found: int

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall; 1 where there is nothing to find."""
        total = self.expected + self.found
        return 2 * self.right / total if total else 1.0


_Key = tuple[int, int, int, int, str]


def _keys(table: Truth) -> frozenset[_Key]:
    return frozenset(
        (cell["row"], cell["col"], cell["row_span"], cell["col_span"], normalise(cell["text"]))
        for cell in table["cells"]
    )


def match_tables(
    truth: Sequence[Truth], found: Sequence[Truth]
) -> tuple[tuple[int, int, int], ...]:
    """Which table found stands for which of the truth: (truth, found, equal cells) by index.

    Greedy: the pair with most equal cells first, each table at most once.
    """
    expected = [_keys(table) for table in truth]
    actual = [_keys(table) for table in found]
    pairs = sorted(
        (
            (len(keys & other), index, at)
            for index, keys in enumerate(expected)
            for at, other in enumerate(actual)
        ),
        key=lambda pair: (-pair[0], pair[1], pair[2]),
    )
    chosen: list[tuple[int, int, int]] = []
    for right, index, at in pairs:
        if right and all(index != pair[0] and at != pair[1] for pair in chosen):
            chosen.append((index, at, right))
    return tuple(chosen)


def cell_score(truth: Sequence[Truth], found: Sequence[Truth]) -> CellScore:
    """Cells that agree in row, column, both spans and text, over all tables of a document.

    Both arguments are tables as `ocrpipe.document.Table.model_dump()` gives them.
    """
    return CellScore(
        sum(right for _, _, right in match_tables(truth, found)),
        sum(len(table["cells"]) for table in truth),
        sum(len(table["cells"]) for table in found),
    )


def cell_overlap(truth: Sequence[Truth], found: Sequence[Truth]) -> float:
    """Mean intersection over union of the cells' boxes, page by page; a missing box counts 0."""
    shares: list[float] = []
    matched = {index: found[at] for index, at, _ in match_tables(truth, found)}
    for index, table in enumerate(truth):
        other = {
            (cell["row"], cell["col"], region["page"]): Box(*region["bbox"])
            for cell in matched.get(index, {"cells": ()})["cells"]
            for region in cell["regions"]
        }
        for cell in table["cells"]:
            for region in cell["regions"]:
                box = other.get((cell["row"], cell["col"], region["page"]))
                shares.append(_iou(Box(*region["bbox"]), box) if box else 0.0)
    return sum(shares) / len(shares) if shares else 1.0


def _iou(one: Box, other: Box) -> float:
    common = one.intersection(other)
    if common is None:
        return 0.0
    return common.area / (one.area + other.area - common.area)


@dataclass(frozen=True, slots=True)
class FigureScore:
    """Figures right of all, and which are not.

    Attributes:
        wrong: paths whose state or value differs from the paper.
        invented: paths of figures that are given as printed but are not on the paper.
        confirmed_wrong: those of both whose trust is "confirmed", which must never be.
    """

    right: int
    total: int
    wrong: tuple[str, ...]
    invented: tuple[str, ...]
    confirmed_wrong: tuple[str, ...]


def report_figures(report: DisclosureReport | None) -> dict[str, Figure]:
    """All figures of a report by path, for instance "applications/new/total"."""
    if report is None:
        return {}
    figures: dict[str, Figure] = {}
    for line in report.proactive.rows:
        for key, figure in line.figures.items():
            figures[f"proactive/{line.article}/{line.item}/{key}"] = figure
    for row in report.applications.rows:
        for key, figure in row.figures.items():
            figures[f"applications/{row.key}/{key}"] = figure
    for kind in ("reconsideration", "direct_litigation", "litigation_after_reconsideration"):
        for key, figure in getattr(report.reviews, kind).items():
            figures[f"reviews/{kind}/{key}"] = figure
    return figures


def figure_score(truth: Truth | None, report: DisclosureReport | None) -> FigureScore:
    """Compares the printed and the blank figures of the truth; labels in paths are folded."""
    expected = {fold(path): value for path, value in (truth or {"figures": {}})["figures"].items()}
    actual = {fold(path): figure for path, figure in report_figures(report).items()}
    on_paper = {path: value for path, value in expected.items() if value["state"] != "absent"}
    wrong = [path for path, value in on_paper.items() if not _same(value, actual.get(path))]
    invented = [
        path
        for path, figure in actual.items()
        if path not in on_paper and figure.state == "printed"
    ]
    confirmed = [
        path for path in (*wrong, *invented) if path in actual and actual[path].trust == "confirmed"
    ]
    return FigureScore(
        len(on_paper) - len(wrong), len(on_paper), tuple(wrong), tuple(invented), tuple(confirmed)
    )


def _same(expected: Truth, figure: Figure | None) -> bool:
    if figure is None or figure.state != expected["state"]:
        return False
    if expected["value"] is None:
        return figure.value is None
    return figure.value is not None and float(figure.value) == float(expected["value"])


def wrong_fields(truth: Truth | None, report: DisclosureReport | None) -> tuple[str, ...]:
    """The names of the report's single fields that differ from the truth, spaces aside."""
    if truth is None or report is None:
        return () if truth is None and report is None else FIELDS
    given = report.model_dump(mode="json")

    def plain(value: object) -> str | None:
        return None if value is None else normalise(str(value))

    return tuple(name for name in FIELDS if plain(truth[name]) != plain(given[name]))
