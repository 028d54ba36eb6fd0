"""Ground truth in one shape, from a Document or from a truth as in `fixtures/*.truth.json`."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from ocrpipe.document import CellRegion, Document
from ocrpipe.errors import UnreadableInputError
from ocrpipe.export import list_figures
from ocrpipe.report import FigureState, FigureValue

TRUTH_SUFFIX = ".truth.json"


class _Part(BaseModel):
    # A truth may tell more than is measured, for instance the lines of a block.
    model_config = ConfigDict(frozen=True, extra="ignore", from_attributes=True)


class GoldBlock(_Part):
    kind: str
    text: str


class GoldPage(_Part):
    number: int
    blocks: tuple[GoldBlock, ...]


class GoldCell(_Part):
    row: int = Field(ge=0)
    col: int = Field(ge=0)
    row_span: int = Field(default=1, ge=1)
    col_span: int = Field(default=1, ge=1)
    text: str
    regions: tuple[CellRegion, ...] = ()


class GoldTable(_Part):
    id: str
    n_rows: int = Field(ge=1)
    n_cols: int = Field(ge=1)
    pages: tuple[int, ...] = ()
    cells: tuple[GoldCell, ...]


class GoldFigure(_Part):
    value: FigureValue
    raw: str = ""
    state: FigureState


class Gold(_Part):
    """What is on the paper. A part that is None is not known, and is not measured.

    `figures` go by path, as `ocrpipe.export.list_figures` names them; it is empty where the
    document is known to be no annual report. `damage` names what was done to the pages.
    """

    file: str | None = None
    damage: str | None = None
    pages: tuple[GoldPage, ...] | None = None
    tables: tuple[GoldTable, ...] | None = None
    figures: Mapping[str, GoldFigure] | None = None


class _TruthReport(_Part):
    figures: dict[str, GoldFigure]


class _Damage(_Part):
    kind: str


class _Truth(_Part):
    file: str | None = None
    damage: _Damage | None = None
    boxes: bool = True
    pages: tuple[GoldPage, ...] | None = None
    tables: tuple[GoldTable, ...] | None = None
    report: _TruthReport | None = None


def load_gold(path: Path) -> Gold:
    """The ground truth in a JSON file.

    Raises:
        UnreadableInputError: the file is missing, or neither a Document nor a truth.
    """
    data = read_json(path)
    if is_document(data):
        return gold_from_document(parse_document(data, path))
    if not isinstance(data, dict) or not data.keys() & {"pages", "tables", "report"}:
        raise UnreadableInputError(
            "this is neither a document of ocrpipe nor a ground truth",
            source=str(path),
            remedy="Give JSON that `ocrpipe convert` wrote or that has pages, tables or a report.",
        )
    try:
        truth = _Truth.model_validate(data)
    except ValidationError as error:
        raise _does_not_fit("a ground truth", error, path) from error
    return _from_truth(truth, reported="report" in data)


def _from_truth(truth: _Truth, *, reported: bool) -> Gold:
    tables = truth.tables
    if tables is not None and not truth.boxes:
        # The boxes of a photo are those of the sheet before it was photographed.
        tables = tuple(_without_regions(table) for table in tables)
    figures = truth.report.figures if truth.report is not None else {}
    return Gold(
        file=truth.file,
        damage=truth.damage.kind if truth.damage is not None else None,
        pages=truth.pages,
        tables=tables,
        figures=figures if reported else None,
    )


def _without_regions(table: GoldTable) -> GoldTable:
    cells = tuple(cell.model_copy(update={"regions": ()}) for cell in table.cells)
    return table.model_copy(update={"cells": cells})


def gold_from_document(document: Document) -> Gold:
    """A document as ground truth, for instance one that was corrected by hand."""
    entries = list_figures(document.report) if document.report is not None else ()
    return Gold(
        file=document.source.name,
        pages=tuple(GoldPage.model_validate(page) for page in document.pages),
        tables=tuple(GoldTable.model_validate(table) for table in document.tables),
        figures={entry.path: GoldFigure.model_validate(entry.figure) for entry in entries},
    )


def load_document(path: Path) -> Document:
    """A Document from a JSON file.

    Raises:
        UnreadableInputError: the file is missing, or is no Document.
    """
    return parse_document(read_json(path), path)


def parse_document(data: object, path: Path) -> Document:
    """`data` as Document; `path` is named in errors. Raises UnreadableInputError."""
    try:
        # The text and not the parsed values: only JSON may give a list where a tuple is meant.
        return Document.model_validate_json(json.dumps(data))
    except ValidationError as error:
        raise _does_not_fit("a document of ocrpipe", error, path) from error


def is_document(data: object) -> bool:
    """Whether parsed JSON claims to be a Document."""
    return isinstance(data, dict) and "schema_version" in data and "source" in data


def read_json(path: Path) -> Any:
    """The parsed content of a JSON file in UTF-8. Raises UnreadableInputError."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UnreadableInputError(
            f"the file cannot be opened ({error.strerror})",
            source=str(path),
            remedy="Check the path and its spelling.",
        ) from error
    except (ValueError, RecursionError) as error:
        raise UnreadableInputError(
            "this is not JSON in UTF-8",
            source=str(path),
            remedy="Give a JSON file that `ocrpipe convert` wrote.",
        ) from error


def _does_not_fit(what: str, error: ValidationError, path: Path) -> UnreadableInputError:
    first = error.errors()[0]
    place = ".".join(str(part) for part in first["loc"]) or "the whole"
    return UnreadableInputError(
        f"this does not fit {what} ({place}: {first['msg']})",
        source=str(path),
        remedy="Make the file again with this version of ocrpipe.",
    )
