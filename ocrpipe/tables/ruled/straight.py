"""Between the frame of a page and the straight frame that text is aligned in."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ocrpipe.geometry import Box, Shear
from ocrpipe.page import GridCell, TableGrid
from ocrpipe.tables.ruled.spans import Span


def straight_boxes(boxes: Sequence[Box], shear: Shear) -> list[Box]:
    """Small boxes of the page moved to where their middles are in the straight frame."""
    if not boxes or shear.slope_x == shear.slope_y == 0:
        return list(boxes)
    edges = np.array(boxes)
    x, y = (edges[:, :2] + edges[:, 2:]).T / 2
    dx, dy = shear.slope_x * (y - shear.center_y), shear.slope_y * (x - shear.center_x)
    return [Box(*box) for box in (edges - np.stack([dx, dy, dx, dy], axis=1)).tolist()]


def table_grid(
    spans: Sequence[Span], xs: NDArray[np.float64], ys: NDArray[np.float64], shear: Shear
) -> TableGrid:
    """Spans between edges of the straight frame as a grid in points of the page."""
    cells = tuple(
        GridCell(
            span.row,
            span.col,
            span.row_span,
            span.col_span,
            page_box(
                Box(
                    float(xs[span.col]),
                    float(ys[span.row]),
                    float(xs[span.col + span.col_span]),
                    float(ys[span.row + span.row_span]),
                ),
                shear,
            ),
        )
        for span in spans
    )
    outline = Box(float(xs[0]), float(ys[0]), float(xs[-1]), float(ys[-1]))
    return TableGrid(page_box(outline, shear), len(ys) - 1, len(xs) - 1, cells)


def page_box(box: Box, shear: Shear) -> Box:
    """The box through the middles of the sides of a cell that is a little oblique."""
    x, y = box.center
    return Box(
        shear.page(box.x0, y)[0],
        shear.page(x, box.y0)[1],
        shear.page(box.x1, y)[0],
        shear.page(x, box.y1)[1],
    )
