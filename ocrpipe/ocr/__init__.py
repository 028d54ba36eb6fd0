"""Text detection, text recognition and scripts: engines behind one port, lines and cells."""

from ocrpipe.ocr.cells.ink.darkness import Darkness, page_darkness
from ocrpipe.ocr.cells.read import read_cells
from ocrpipe.ocr.engines import create_engine
from ocrpipe.ocr.lines.legibility import legibility, reads_better
from ocrpipe.ocr.lines.read import read_lines
from ocrpipe.ocr.report import EngineState, engine_report, instruction_sets

__all__ = [
    "Darkness",
    "EngineState",
    "create_engine",
    "engine_report",
    "instruction_sets",
    "legibility",
    "page_darkness",
    "read_cells",
    "read_lines",
    "reads_better",
]
