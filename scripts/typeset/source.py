"""A filing's own data, read from a TOML file of fixtures/sources."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scripts.typeset.forms import (
    APPLICANTS,
    OUTCOMES,
    PROACTIVE,
    REVIEW_KINDS,
    Edition,
    FormTable,
    application_keys,
    applications_table,
    proactive_table,
    reviews_table,
)
from scripts.typeset.page import Style
from scripts.typeset.plain_table import plain_table
from scripts.typeset.table import TableLayout
from scripts.typeset.text import Face

BLANK = "_"
"""In the lists of figures: a cell in which nothing is printed."""


@dataclass(frozen=True, slots=True)
class SourceSection:
    """A section; `table` names the statutory table that follows its paragraphs."""

    heading: str
    paragraphs: tuple[str, ...] = ()
    table: str | None = None


@dataclass(frozen=True, slots=True)
class Filing:
    """What one filing says, and how it is set."""

    name: str
    title: tuple[str, ...]
    sections: tuple[SourceSection, ...]
    style: Style
    is_report: bool = True
    organization: str | None = None
    year: int | None = None
    edition: Edition | None = None
    issue_date: str | None = None
    document_number: str | None = None
    signer: str | None = None
    letterhead: tuple[tuple[str, str], ...] = ()
    """(language, text), from the top down."""
    addressee: str | None = None
    introduction: tuple[str, ...] = ()
    signature: str | None = None
    date_line: str | None = None
    seal: str | None = None
    columns: tuple[str, ...] = tuple(APPLICANTS)
    figures: Mapping[str, str] | None = None
    """By path, as printed; "" in a blank cell."""
    row_labels: Mapping[str, str] | None = None
    head_labels: Mapping[str, str] | None = None
    layouts: Mapping[str, TableLayout] | None = None
    metadata: tuple[tuple[str, ...], ...] = ()
    """Rows of the table that a web page prints above the title."""
    plain_tables: Mapping[str, FormTable] | None = None
    """Tables that are no part of the statutory form, by name."""

    def table(self, name: str) -> FormTable:
        """One of the three statutory tables with this filing's figures, or a table of its own."""
        if name in (self.plain_tables or {}):
            return (self.plain_tables or {})[name]
        if self.figures is None or self.edition is None:
            raise ValueError(f"{self.name} has no tables")
        if name == "proactive":
            return proactive_table(self.edition, self.figures, self.head_labels or {})
        if name == "applications":
            labels = self.row_labels or {}
            return applications_table(self.edition, self.figures, labels, self.columns)
        return reviews_table(self.figures)


def load_filing(path: Path) -> Filing:
    """Reads a filing.

    Raises:
        ValueError: a row of figures has not as many as its table has columns.
    """
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    plain = {
        key: data[key]
        for key in ("organization", "year", "edition", "issue_date", "document_number", "signer",
                    "addressee", "signature", "date_line", "seal")
        if key in data
    }  # fmt: skip
    columns = tuple(data.get("columns", APPLICANTS))
    return Filing(
        name=path.stem,
        title=tuple(data["title"]),
        sections=tuple(
            SourceSection(
                section["heading"], tuple(section.get("paragraphs", ())), section.get("table")
            )
            for section in data["section"]
        ),
        style=_style(data["style"]),
        letterhead=tuple((line["language"], line["text"]) for line in data.get("letterhead", ())),
        introduction=tuple(data.get("introduction", ())),
        columns=columns,
        figures=_figures(data, columns) if "edition" in data else None,
        row_labels=data.get("row_labels"),
        head_labels=data.get("head_labels"),
        layouts={name: _layout(entry) for name, entry in data.get("layout", {}).items()},
        metadata=tuple(tuple(row) for row in data.get("metadata", ())),
        plain_tables={
            name: plain_table(name, entry["rows"], entry["header_rows"])
            for name, entry in data.get("table", {}).items()
        },
        is_report=data.get("report", True),
        **plain,
    )


def _style(entry: Mapping[str, Any]) -> Style:
    latin = entry.get("latin")
    values: dict[str, Any] = {key: value for key, value in entry.items() if key != "latin"}
    for face in ("body", "heading", "title"):
        values[face] = Face(entry[face], latin)
    if "margins" in values:
        values["margins"] = tuple(values["margins"])
    return Style(**values)


def _layout(entry: Mapping[str, Any]) -> TableLayout:
    return TableLayout(
        widths=tuple(entry["widths"]),
        new_page=entry.get("new_page", False),
        break_after=tuple(entry.get("break_after", ())),
        repeat_header=entry.get("repeat_header", False),
        split_labels=entry.get("split_labels"),
        size=entry.get("size"),
        row_height=entry.get("row_height"),
    )


def _figures(data: Mapping[str, Any], columns: Sequence[str]) -> dict[str, str]:
    edition: Edition = data["edition"]
    figures: dict[str, str] = {}
    for article in PROACTIVE[edition]:
        keys = [key for key, _ in article.heads]
        for item in article.items:
            name = f"{article.label}/{item}"
            row = _row(name, data["proactive"][name], keys)
            figures |= {f"proactive/{name}/{key}": value for key, value in row.items()}
    applications = data["applications"]
    for key in application_keys(edition):
        row = _row(key, applications[key if key in applications else "rest"], columns)
        figures |= {f"applications/{key}/{column}": value for column, value in row.items()}
    for kind in REVIEW_KINDS:
        row = _row(kind, data["reviews"][kind], tuple(OUTCOMES))
        figures |= {f"reviews/{kind}/{outcome}": value for outcome, value in row.items()}
    return figures


def _row(name: str, printed: str, columns: Sequence[str]) -> dict[str, str]:
    values = printed.split()
    if len(values) != len(columns):
        raise ValueError(f"{name}: {len(values)} figures for {len(columns)} columns")
    return {
        column: "" if value == BLANK else value
        for column, value in zip(columns, values, strict=True)
    }
