"""Tables by img2table, with the text layer of a PDF where it has one and RapidOCR elsewhere."""

from importlib.metadata import version
from pathlib import Path
from typing import Any

from scripts.peers.answers import Read, write_answers


def start() -> tuple[str, Read]:
    """Loads img2table and the models of RapidOCR."""
    from img2table.document import PDF, Image
    from img2table.ocr import RapidOCR
    from rapidocr import LangRec

    # The default, English, is a model that would have to be downloaded.
    engine = RapidOCR({"Rec.lang_type": LangRec.CH, "Global.log_level": "critical"})

    def read(path: str) -> list[dict[str, Any]]:
        digital = Path(path).suffix.lower() == ".pdf"
        document = PDF(path) if digital else Image(path)
        found = document.extract_tables(ocr=engine, borderless_tables=True)
        pages = found.items() if isinstance(found, dict) else [(0, found)]
        return [
            {
                "page": page + 1,
                "slots": [[_slot(cell) for cell in row] for row in table.content.values()],
            }
            for page, tables in pages
            for table in tables
        ]

    return f"img2table {version('img2table')}", read


def _slot(cell: Any) -> dict[str, Any]:
    box = cell.bbox
    return {"box": [int(side) for side in (box.x1, box.y1, box.x2, box.y2)], "text": cell.value}


if __name__ == "__main__":
    write_answers(start)
