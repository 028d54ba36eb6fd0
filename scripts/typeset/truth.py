"""Ground truth: what stands where on the pages, in the shape of the output contract."""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from ocrpipe.geometry import Box
from scripts.typeset.filing import heading_level
from scripts.typeset.forms import APPLICANTS, FormTable
from scripts.typeset.page import Flow, PlacedBlock, PlacedTable
from scripts.typeset.source import Filing

Truth = dict[str, Any]
STROKES = ("/", "—", "——", "-")
_NUMERALS = "一二三四五六"


def page_truth(
    blocks: Sequence[PlacedBlock],
    number: int,
    *,
    origin: str,
    rotation: float = 0,
    width: float,
    height: float,
) -> Truth:
    """One page. `rotation` is what puts it upright: degrees clockwise, quarter turns plus skew."""
    return {
        "number": number,
        "width": width,
        "height": height,
        "rotation": rotation,
        "origin": origin,
        "blocks": [
            {
                "kind": block.kind,
                "bbox": list(block.box.rounded()),
                "text": block.text,
                "language": block.language,
                "level": block.level,
                "table_id": block.table_id,
                "lines": [
                    {"text": line.text, "bbox": list(line.box.rounded())} for line in block.lines
                ],
            }
            for block in blocks
        ],
    }


def pages_truth(flow: Flow, origins: Sequence[str], rotations: Sequence[float]) -> list[Truth]:
    """All pages of a document; one origin and one rotation a page."""
    return [
        page_truth(
            [block for block in flow.blocks if block.page == number],
            number,
            origin=origin,
            rotation=rotation,
            width=float(flow.document[number - 1].rect.width),
            height=float(flow.document[number - 1].rect.height),
        )
        for number, (origin, rotation) in enumerate(zip(origins, rotations, strict=True), start=1)
    ]


def table_truth(
    table_id: str,
    form: FormTable,
    origins: Mapping[int, str],
    places: Mapping[Any, Iterable[tuple[int, Box]]],
) -> Truth:
    """A table stitched over its pages, in the shape of `ocrpipe.document.Table`."""
    cells = []
    pages: set[int] = set()
    for cell in sorted(form.cells, key=lambda cell: (cell.row, cell.col)):
        regions = list(places.get(cell, ()))
        pages.update(page for page, _ in regions)
        cells.append(
            {
                "row": cell.row,
                "col": cell.col,
                "row_span": cell.row_span,
                "col_span": cell.col_span,
                "text": cell.text,
                "state": "printed" if cell.text else "blank",
                "origin": origins.get(regions[0][0], "digital") if regions else "digital",
                "confidence": 1.0,
                "regions": [{"page": page, "bbox": list(box.rounded())} for page, box in regions],
            }
        )
    return {
        "id": table_id,
        "caption": None,
        "n_rows": form.n_rows,
        "n_cols": form.n_cols,
        "pages": sorted(pages),
        "cells": cells,
    }


def tables_truth(tables: Sequence[PlacedTable], origins: Sequence[str]) -> list[Truth]:
    """All tables of a document; one origin a page."""
    by_page = dict(enumerate(origins, start=1))
    return [table_truth(table.id, table.form, by_page, table.places) for table in tables]


def figure_truth(printed: str) -> Truth:
    """A figure as printed. A sign or a thousands separator is part of `raw`, not of the value."""
    if not printed:
        return {"value": None, "raw": "", "state": "blank"}
    if printed in STROKES:
        # Ink that states no number.
        return {"value": None, "raw": printed, "state": "blank"}
    number = Decimal(unicodedata.normalize("NFKC", printed).replace(",", ""))
    whole = number == number.to_integral_value()
    return {"value": int(number) if whole else float(number), "raw": printed, "state": "printed"}


def report_truth(filing: Filing) -> Truth | None:
    """What the filing says, with its figures by path; None where it is no annual report."""
    if not filing.is_report:
        return None
    figures = {path: figure_truth(raw) for path, raw in (filing.figures or {}).items()}
    if filing.figures:
        rows = {path.split("/")[1] for path in figures if path.startswith("applications/")}
        left_out = [column for column in APPLICANTS if column not in filing.columns]
        for row in sorted(rows):
            for column in left_out:
                absent = {"value": None, "raw": "", "state": "absent"}
                figures[f"applications/{row}/{column}"] = absent
    return {
        "edition": filing.edition,
        "letterhead": [
            {"text": text, "language": language} for language, text in filing.letterhead
        ],
        "organization": filing.organization,
        "document_number": filing.document_number,
        "signer": filing.signer,
        "title": "".join(filing.title),
        "year": filing.year,
        "issue_date": filing.issue_date,
        "sections": [
            {
                "number": _section_number(section.heading, number),
                "heading": section.heading,
                "paragraphs": list(section.paragraphs),
                "headings": [
                    text for text in section.paragraphs if heading_level(text) is not None
                ],
            }
            for number, section in enumerate(filing.sections, start=1)
        ],
        "figures": figures,
    }


def _section_number(heading: str, place: int) -> int:
    """By its numeral, since a document may hold only some of the sections; else by its place."""
    numeral = heading[:1]
    return _NUMERALS.index(numeral) + 1 if numeral and numeral in _NUMERALS else place
