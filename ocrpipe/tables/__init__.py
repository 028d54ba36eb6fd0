"""Tables: rulings and aligned text, grids, the text of cells, and tables that run over pages.

Every step is a pure function in a file of its own, and its result can be drawn (`draw`). Those that
look at pixels, `ocrpipe.tables.rulings` and `alignment.print_boxes`, are imported for themselves:
a page with a text layer does without.
"""

from ocrpipe.tables.alignment.stretches import Stretch, read_apart, stretches_of
from ocrpipe.tables.build import build_table
from ocrpipe.tables.colons import doubt_colons
from ocrpipe.tables.continued.stitch import stitch
from ocrpipe.tables.fill import fill_from_glyphs
from ocrpipe.tables.numeric import choose_numeric, is_number
from ocrpipe.tables.odd_numbers import doubt_broken_numbers, doubt_odd_numbers
from ocrpipe.tables.refinement.clear_edges import dividable_cells
from ocrpipe.tables.refinement.divided import divide
from ocrpipe.tables.refinement.refine import refine_grids
from ocrpipe.tables.refinement.wide_numbers import doubt_wide_numbers
from ocrpipe.tables.ruled.diagonals import without_diagonals
from ocrpipe.tables.ruled.draw import draw_grid, draw_rulings
from ocrpipe.tables.ruled.drawings import is_drawing, is_empty_frame
from ocrpipe.tables.ruled.flowcharts import is_flowchart
from ocrpipe.tables.ruled.frames import is_text_frame, without_frames, without_margins
from ocrpipe.tables.ruled.grid import find_grids
from ocrpipe.tables.ruled.leaning import without_leaning
from ocrpipe.tables.ruled.turned import glyph_turn, sideways_cells, turn_grid, with_turned_boxes
from ocrpipe.tables.separators import choose_separators
from ocrpipe.tables.unruled.aligned import find_aligned_grids
from ocrpipe.tables.unruled.few_walls import is_crowded, replaces
from ocrpipe.tables.unruled.leaders import find_leaders
from ocrpipe.tables.unruled.open_rules import find_open_grids

__all__ = [
    "Stretch",
    "build_table",
    "choose_numeric",
    "choose_separators",
    "dividable_cells",
    "divide",
    "doubt_broken_numbers",
    "doubt_colons",
    "doubt_odd_numbers",
    "doubt_wide_numbers",
    "draw_grid",
    "draw_rulings",
    "fill_from_glyphs",
    "find_aligned_grids",
    "find_grids",
    "find_leaders",
    "find_open_grids",
    "glyph_turn",
    "is_crowded",
    "is_drawing",
    "is_empty_frame",
    "is_flowchart",
    "is_number",
    "is_text_frame",
    "read_apart",
    "refine_grids",
    "replaces",
    "sideways_cells",
    "stitch",
    "stretches_of",
    "turn_grid",
    "with_turned_boxes",
    "without_diagonals",
    "without_frames",
    "without_leaning",
    "without_margins",
]
