"""Ruled tables: rulings, grids, the text of cells, and tables that run over pages.

Every step is a pure function in a file of its own, and its result can be drawn (`draw`).
"""

from ocrpipe.tables.build import build_table
from ocrpipe.tables.draw import draw_grid, draw_rulings
from ocrpipe.tables.fill import fill_from_glyphs
from ocrpipe.tables.grid import find_grids
from ocrpipe.tables.numeric import choose_numeric
from ocrpipe.tables.rulings import detect_rulings
from ocrpipe.tables.stitch import stitch

__all__ = [
    "build_table",
    "choose_numeric",
    "detect_rulings",
    "draw_grid",
    "draw_rulings",
    "fill_from_glyphs",
    "find_grids",
    "stitch",
]
