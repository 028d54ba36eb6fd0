"""What the text of ruled tables adds to their grids, where rules do not part everything."""

from collections.abc import Sequence

from ocrpipe.geometry import Box
from ocrpipe.page import Ruling, TableGrid
from ocrpipe.tables.alignment.figure_lines import Mark
from ocrpipe.tables.refinement.band_heads import part_band_heads
from ocrpipe.tables.refinement.cut_heads import with_whole_heads
from ocrpipe.tables.refinement.group_heads import part_group_heads
from ocrpipe.tables.refinement.lost_rules import part_lost_rows
from ocrpipe.tables.refinement.open_columns import part_columns, with_open_body
from ocrpipe.tables.refinement.outer_labels import with_outer_labels
from ocrpipe.tables.refinement.remains import without_frame
from ocrpipe.tables.refinement.row_bands import split_bands
from ocrpipe.tables.refinement.underlines import without_underlines
from ocrpipe.tables.refinement.wall_gaps import with_wall_gaps_closed
from ocrpipe.tables.ruled.merge import estimate_shear, merge_straight, straighten
from ocrpipe.tables.ruled.straight import straight_boxes
from ocrpipe.tables.ruled.straight_grid import page_grid, straight_grid

_BESIDE = 2.0


def refine_grids(
    grids: Sequence[TableGrid],
    boxes: Sequence[Box],
    digits: Sequence[bool | None] | None,
    rulings: Sequence[Ruling],
    width: float,
    height: float,
) -> tuple[TableGrid, ...]:
    """Ruled grids with the rows, heads and labels that only their text parts.

    Args:
        grids: Grids of the page, in points, as `find_grids` finds them.
        boxes: Marks of the page (`print_boxes`, or the characters of a text layer), in points.
        digits: Which marks are digits, and which letters; None where it is not known.
        rulings: Rules of the page, in points; they tell how oblique it is.
        width: Of the page, in points.
        height: Of the page, in points.
    """
    if not grids:
        return ()
    shear = estimate_shear(rulings, width, height)
    straight = straight_boxes(boxes, shear)
    known = digits if digits is not None else [None] * len(straight)
    marks = [Mark(box, digit) for box, digit in zip(straight, known, strict=True)]
    plain = [straight_grid(grid, shear) for grid in grids]
    rules = merge_straight(straighten(rulings, shear))
    whole = [
        with_open_body(grid, rules, [one.box for one in plain if one is not grid], marks)
        for grid in plain
    ]
    outlines = [grid.box.padded(_BESIDE) for grid in whole]
    outside = [
        mark for mark in marks if not any(box.contains_point(*mark.box.center) for box in outlines)
    ]
    refined = []
    for grid, ruled, found in zip(whole, plain, grids, strict=True):
        inside = [mark for mark in marks if grid.box.contains_point(*mark.box.center)]
        # On a scan a pen may have drawn lines.
        lined = grid
        if digits is None:
            inside = without_frame(inside, grid.box)
            lined = with_whole_heads(without_underlines(grid, inside), inside)
        headed = part_band_heads(lined, inside)
        parted = split_bands(part_columns(headed, inside, scanned=digits is None), inside)
        if digits is None:
            # On a scan, where rules may be lost.
            parted = part_lost_rows(with_wall_gaps_closed(parted, inside), inside)
        new = with_outer_labels(part_group_heads(parted, inside), inside, outside)
        refined.append(found if new == ruled else page_grid(new, shear))
    return tuple(refined)
