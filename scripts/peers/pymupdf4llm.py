"""Tables by pymupdf4llm, as HTML, the one output of it that has merged cells."""

import json
from importlib.metadata import version
from typing import Any

from scripts.peers.answers import Read, write_answers


def start() -> tuple[str, Read]:
    """Loads pymupdf4llm, which needs its layout package."""
    import pymupdf4llm

    def read(path: str) -> list[dict[str, Any]]:
        text = pymupdf4llm.to_json(path, table_output="html", show_progress=False)
        return [
            {"page": page["page_number"], **found}
            for page in json.loads(text)["pages"]
            for box in page["boxes"]
            for found in _shape(box.get("table") or {})
        ]

    return f"pymupdf4llm {version('pymupdf4llm')}", read


def _shape(table: dict[str, Any]) -> list[dict[str, Any]]:
    """The HTML, or rows of texts where there is none."""
    if table.get("html"):
        return [{"html": table["html"]}]
    return [{"rows": table["extract"]}] if table.get("extract") else []


if __name__ == "__main__":
    write_answers(start)
