"""Overlays of the table steps on the page picture, for `--debug-dir`."""

from collections.abc import Sequence

import cv2

from ocrpipe.channels import to_colour
from ocrpipe.page import PageImage, Pixels, Ruling, TableGrid

_HORIZONTAL = (0, 0, 230)
_VERTICAL = (200, 80, 0)
_CELL = (0, 150, 0)


def draw_rulings(image: PageImage, rulings: Sequence[Ruling]) -> Pixels:
    """A BGR copy of the page with horizontal rules in red and vertical ones in blue."""
    canvas = _canvas(image)
    for rule in rulings:
        color = _HORIZONTAL if rule.horizontal else _VERTICAL
        start, end = _point(rule.x0, rule.y0, image.scale), _point(rule.x1, rule.y1, image.scale)
        cv2.line(canvas, start, end, color, max(1, round(image.scale / 2)))
        for point in (start, end):
            cv2.circle(canvas, point, max(2, round(image.scale)), color)
    return canvas


def draw_grid(image: PageImage, grids: Sequence[TableGrid]) -> Pixels:
    """A BGR copy of the page with the cells of each grid, their row, column and spans."""
    canvas = _canvas(image)
    for grid in grids:
        for cell in grid.cells:
            inner = cell.box.padded(-0.8)
            start = _point(inner.x0, inner.y0, image.scale)
            cv2.rectangle(canvas, start, _point(inner.x1, inner.y1, image.scale), _CELL, 1)
            label = f"{cell.row},{cell.col}"
            if cell.row_span * cell.col_span > 1:
                label += f" {cell.row_span}x{cell.col_span}"
            place = (start[0] + 2, start[1] + round(5 * image.scale))
            size = 0.15 * image.scale
            cv2.putText(canvas, label, place, cv2.FONT_HERSHEY_SIMPLEX, size, _CELL, 1)
    return canvas


def _canvas(image: PageImage) -> Pixels:
    return to_colour(image.pixels).copy()


def _point(x: float, y: float, scale: float) -> tuple[int, int]:
    return round(x * scale), round(y * scale)
