"""The results of an evaluation: counts that add up, and what is wrong one by one.

Every count can be added over documents, so that a total is the sum of its documents and never a
mean of means. Shares are None where there is nothing to measure.
"""

from collections.abc import Iterable, Sequence
from typing import Any, Literal, TypeVar

from pydantic import Field, computed_field

from ocrpipe.document import CellRegion
from ocrpipe.geometry import Box
from ocrpipe.report import FigureState, FigureValue, Model, Trust

Counts = TypeVar("Counts", bound=Model)


def _share(part: float, whole: float) -> float | None:
    return part / whole if whole else None


class TextScore(Model):
    """Edits (insertions, deletions, substitutions) that turn what was read into the truth."""

    edits: int = 0
    characters: int = 0

    @computed_field  # type: ignore[prop-decorator]
    @property
    def error_rate(self) -> float | None:
        """The character error rate (CER): edits a character of the truth."""
        return _share(self.edits, self.characters)


class CellScore(Model):
    """Cells of the truth, cells found, and how many agree in place, both spans and text."""

    expected: int = 0
    found: int = 0
    right: int = 0

    @computed_field  # type: ignore[prop-decorator]
    @property
    def f1(self) -> float | None:
        """The harmonic mean of precision and recall."""
        return _share(2 * self.right, self.expected + self.found)


class TableCounts(Model):
    """Tables of the truth, tables found, and the sums of TEDS over both.

    `measured` are the tables that the sums run over: matched pairs, and tables missing or too
    many, which count 0.
    """

    expected: int = 0
    found: int = 0
    exact: int = 0
    measured: int = 0
    teds_sum: float = 0.0
    teds_structure_sum: float = 0.0

    @computed_field  # type: ignore[prop-decorator]
    @property
    def teds(self) -> float | None:
        """Mean tree edit distance based similarity."""
        return _share(self.teds_sum, self.measured)

    @computed_field  # type: ignore[prop-decorator]
    @property
    def teds_structure(self) -> float | None:
        """The same of the tables without their text (TEDS-Struct)."""
        return _share(self.teds_structure_sum, self.measured)


class TrustScore(Model):
    """Figures of one trust, by whether they agree with the paper."""

    right: int = 0
    wrong: int = 0

    @computed_field  # type: ignore[prop-decorator]
    @property
    def share_right(self) -> float | None:
        return _share(self.right, self.right + self.wrong)


class FigureScore(Model):
    """Figures against the paper.

    Attributes:
        expected: figures on the paper, blank ones included.
        right: those given with the same state and value.
        wrong: those given with another state or value.
        missed: those not given, unread, or given as absent.
        invented: figures given as printed that are not on the paper.
        silent: errors of any kind in figures whose trust is "confirmed" or "read".
        confirmed, read, doubtful: trust against truth, of all figures given.
    """

    expected: int = 0
    right: int = 0
    wrong: int = 0
    missed: int = 0
    invented: int = 0
    silent: int = 0
    confirmed: TrustScore = TrustScore()
    read: TrustScore = TrustScore()
    doubtful: TrustScore = TrustScore()

    @computed_field  # type: ignore[prop-decorator]
    @property
    def share_right(self) -> float | None:
        return _share(self.right, self.expected)


class Score(Model):
    """What can be said of one document, and of many.

    `missing` are the documents of the truth without a result, and `text` is by script: "Han",
    "Tibetan", "Latin", "digits" and "other" (punctuation and signs).
    """

    documents: int = 0
    missing: int = 0
    tables: TableCounts = TableCounts()
    cells: CellScore = CellScore()
    text: dict[str, TextScore] = Field(default_factory=dict)
    figures: FigureScore = FigureScore()

    @property
    def all_text(self) -> TextScore:
        """The text of all scripts together."""
        return add(TextScore, self.text.values())


def add(kind: type[Counts], parts: Iterable[Counts]) -> Counts:
    """The sum of counts of one kind, field by field; that of none is all zero."""
    listed = list(parts)
    if not listed:
        return kind()
    return kind(
        **{name: _sum([getattr(part, name) for part in listed]) for name in kind.model_fields}
    )


def _sum(values: Sequence[Any]) -> Any:
    first = values[0]
    if isinstance(first, dict):
        keys = sorted({key for value in values for key in value})
        return {key: _sum([value[key] for value in values if key in value]) for key in keys}
    return add(type(first), values) if isinstance(first, Model) else sum(values)


class WrongCell(Model):
    """A cell that differs from the paper.

    Attributes:
        kind: "text" where place and spans agree, "missing" where no cell was found with that
            place and those spans, "extra" where the paper has no such cell.
        gold, read: the texts; None where there is no cell.
        trust: of the figure that was read from the cell, if any was.
        regions: where to look: of the cell read, else of the truth.
    """

    kind: Literal["text", "missing", "extra"]
    row: int
    col: int
    row_span: int
    col_span: int
    gold: str | None
    read: str | None
    confidence: float | None
    trust: Trust | None
    regions: tuple[CellRegion, ...]


class TableScore(Model):
    """A table of the truth beside the one found for it; one of the names is None where one lacks.

    The two TEDS are None where they were not measured: switched off, or the table is too large.
    """

    gold_id: str | None
    read_id: str | None
    n_rows: int
    n_cols: int
    exact: bool
    cells: CellScore
    teds: float | None
    teds_structure: float | None
    wrong: tuple[WrongCell, ...]


class WrongFigure(Model):
    """A figure that differs from the paper; the states are None where there is no such figure."""

    path: str
    kind: Literal["wrong", "missed", "invented"]
    silent: bool
    gold_state: FigureState | None
    gold_value: FigureValue
    gold_raw: str
    state: FigureState | None
    value: FigureValue
    raw: str
    confidence: float | None
    trust: Trust | None
    page: int | None
    bbox: Box | None


class DocumentScore(Model):
    """One document: its score, and everything that is wrong in its tables and figures.

    `read_file` and `gold_file` are the JSON files; None where a document was compared in memory,
    and `read_file` also where there is no result.
    """

    name: str
    damage: str | None = None
    read_file: str | None = None
    gold_file: str | None = None
    score: Score
    tables: tuple[TableScore, ...]
    wrong_figures: tuple[WrongFigure, ...]


class Evaluation(Model):
    """All documents, their sum, and the sum by kind of damage where the truth names it.

    `ignored` names the files that were left out, and why.
    """

    documents: tuple[DocumentScore, ...]
    total: Score
    by_damage: dict[str, Score]
    ignored: tuple[str, ...]
