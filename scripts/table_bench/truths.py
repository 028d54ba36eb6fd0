"""Ground truth of tables in four forms: what stands on the pages of which file."""

import json
import re
import xml.etree.ElementTree as ET
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ocrpipe.document import Table
from ocrpipe.evaluate import load_gold
from ocrpipe.evaluate.gold import TRUTH_SUFFIX, GoldTable
from scripts.table_bench.grids import GridCell, table_from_cells, tables_from_html

SUFFIXES = (".pdf", ".png", ".jpg", ".jpeg", ".tif", ".tiff")
_PICTURE_OF_HTML = re.compile(r"(.+\.(?:pdf|png|jpe?g|tiff?))\..*html?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Case:
    """A file, or one page of it (counted from 1), and the tables on it."""

    path: Path
    tables: tuple[GoldTable, ...]
    page: int | None = None

    @property
    def name(self) -> str:
        """The file name, and the page where it is one alone."""
        return self.path.name if self.page is None else f"{self.path.name} p. {self.page}"


def from_truths(folder: Path) -> Iterator[Case]:
    """`FILE.truth.json`, as beside the fixtures; web pages are left out."""
    for truth in sorted(folder.glob(f"*{TRUTH_SUFFIX}")):
        path = folder / truth.name.removesuffix(TRUTH_SUFFIX)
        tables = load_gold(truth).tables
        if path.suffix.lower() in SUFFIXES and path.is_file() and tables is not None:
            yield Case(path, tables)


def from_grids(folder: Path) -> Iterator[Case]:
    """`NAME.json` beside `NAME.pdf`: grids page by page, for instance out of a PDF's rules.

    {"tables": [{"page", "trusted", "cells": [{"row", "col", "rowspan", "colspan", "text"}]}]}. A
    page is a case of its own, since its tables are not joined with those of the next; a page with
    a table that is not trusted is left out.
    """
    for truth in sorted(folder.glob("*.json")):
        data = json.loads(truth.read_text("utf-8"))
        path = truth.with_suffix(".pdf")
        if not path.is_file() or not isinstance(data, dict) or "tables" not in data:
            continue
        pages: defaultdict[int, list[dict[str, Any]]] = defaultdict(list)
        for table in data["tables"]:
            pages[table["page"]].append(table)
        for page, tables in sorted(pages.items()):
            if all(table["trusted"] for table in tables):
                yield Case(path, _gold(_grid(table["cells"]) for table in tables), page)


def _grid(cells: Iterable[Mapping[str, Any]]) -> list[GridCell]:
    return [
        GridCell(cell["row"], cell["col"], cell["rowspan"], cell["colspan"], cell["text"])
        for cell in cells
    ]


def from_icdar2013(folder: Path) -> Iterator[Case]:
    """`NAME-str.xml` beside `NAME.pdf`, as in the ICDAR 2013 table competition.

    Göbel, Hassan, Oro, Orsi: ICDAR 2013 table competition. Cells have first and last rows and
    columns (the last left out where it is the first), counted within their region, whose increments
    say how far it is moved; blank cells are not written.
    """
    for truth in sorted(folder.glob("*-str.xml")):
        path = truth.with_name(truth.name.removesuffix("-str.xml") + ".pdf")
        if path.is_file():
            tables = ET.parse(truth).getroot().iter("table")
            yield Case(path, _gold(_icdar_cells(table) for table in tables))


def _icdar_cells(table: ET.Element) -> list[GridCell]:
    cells = []
    for region in table.iter("region"):
        down, right = (int(region.get(f"{axis}-increment", "0")) for axis in ("row", "col"))
        for cell in region.iter("cell"):
            row, col = int(cell.attrib["start-row"]), int(cell.attrib["start-col"])
            rows = int(cell.get("end-row", row)) - row + 1
            cols = int(cell.get("end-col", col)) - col + 1
            text = cell.findtext("content") or ""
            cells.append(GridCell(row + down, col + right, rows, cols, text))
    return cells


def from_html(folder: Path) -> Iterator[Case]:
    """`FILE.html` or `FILE.ANYTHING.html`, for instance `scan.png.html`: its tables in order."""
    for truth in sorted(folder.glob("*.htm*")):
        match = _PICTURE_OF_HTML.fullmatch(truth.name)
        if match and (folder / match[1]).is_file():
            tables = tables_from_html(truth.read_text("utf-8"))
            yield Case(folder / match[1], tuple(_gold_table(table) for table in tables))


def _gold(tables: Iterable[list[GridCell]]) -> tuple[GoldTable, ...]:
    return tuple(
        _gold_table(table_from_cells(cells, f"t{number}"))
        for number, cells in enumerate(tables, start=1)
    )


def _gold_table(table: Table) -> GoldTable:
    return GoldTable.model_validate(table)


FORMATS: Mapping[str, Callable[[Path], Iterator[Case]]] = {
    "truth": from_truths,
    "grids": from_grids,
    "icdar2013": from_icdar2013,
    "html": from_html,
}
"""The forms of truth by the name that the command line has for them."""
