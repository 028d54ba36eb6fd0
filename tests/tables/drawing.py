"""Tables with random merged cells, drawn as rulings and as pages, and their known spans."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from hypothesis import strategies as st

from ocrpipe.page import PageImage, Pixels, Ruling, TableGrid

WIDTH, HEIGHT = 595.0, 842.0

Span = tuple[int, int, int, int]
"""Row, column, row span, column span."""


@dataclass(frozen=True)
class Layout:
    """A table: ascending edges in points, and cells that tile the grid."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    spans: frozenset[Span]

    @classmethod
    def of(
        cls, xs: Sequence[float], ys: Sequence[float], merged: Collection[Span] = ()
    ) -> "Layout":
        """A table whose cells are of one slot each, but for those that are `merged`."""
        taken = {
            (r + i, c + k) for r, c, rows, cols in merged for i in range(rows) for k in range(cols)
        }
        slots = {(row, col) for row in range(len(ys) - 1) for col in range(len(xs) - 1)} - taken
        return cls(tuple(xs), tuple(ys), frozenset([*merged, *((*slot, 1, 1) for slot in slots)]))

    def rulings(self, sides: str = "lrtb") -> list[Ruling]:
        """The four sides of every cell, each once a cell, without the outer `sides` left out."""
        left, right, top, bottom = self.xs[0], self.xs[-1], self.ys[0], self.ys[-1]
        rules = set()
        for row, col, rows, cols in self.spans:
            x0, x1 = self.xs[col], self.xs[col + cols]
            y0, y1 = self.ys[row], self.ys[row + rows]
            rules |= {(x0, y0, x1, y0), (x0, y1, x1, y1), (x0, y0, x0, y1), (x1, y0, x1, y1)}
        left_out = {
            "l": lambda r: r[0] == r[2] == left,
            "r": lambda r: r[0] == r[2] == right,
            "t": lambda r: r[1] == r[3] == top,
            "b": lambda r: r[1] == r[3] == bottom,
        }
        return [
            Ruling(*rule)
            for rule in sorted(rules)
            if not any(test(rule) for side, test in left_out.items() if side not in sides)
        ]


def spans_of(grid: TableGrid) -> frozenset[Span]:
    return frozenset((c.row, c.col, c.row_span, c.col_span) for c in grid.cells)


@st.composite
def layouts(
    draw: st.DrawFn, *, left: float = 60.0, top: float = 80.0, narrowest: float = 16.0
) -> Layout:
    """Tables whose every grid edge is the side of some cell, as merged cells leave it."""
    widths = draw(st.lists(st.floats(narrowest, 90.0), min_size=2, max_size=5))
    heights = draw(st.lists(st.floats(max(12.0, narrowest - 4), 60.0), min_size=2, max_size=7))
    n_rows, n_cols = len(heights), len(widths)
    taken = np.zeros((n_rows, n_cols), bool)
    spans = set()
    for row in range(n_rows):
        for col in range(n_cols):
            if taken[row, col]:
                continue
            free = 1
            while col + free < n_cols and not taken[row, col + free]:
                free += 1
            merged = draw(st.integers(0, 3)) == 0
            cols = draw(st.integers(1, free)) if merged else 1
            rows = draw(st.integers(1, n_rows - row)) if merged else 1
            taken[row : row + rows, col : col + cols] = True
            spans.add((row, col, rows, cols))
    xs = left + np.cumsum([0.0, *widths])
    ys = top + np.cumsum([0.0, *heights])
    return _compact(Layout(tuple(map(float, xs)), tuple(map(float, ys)), frozenset(spans)))


def _compact(layout: Layout) -> Layout:
    """Without the edges that no cell ends at: paper cannot show them."""
    cols = sorted({c for _, c, _, _ in layout.spans} | {len(layout.xs) - 1})
    rows = sorted({r for r, _, _, _ in layout.spans} | {len(layout.ys) - 1})
    spans = frozenset(
        (
            rows.index(row),
            cols.index(col),
            rows.index(row + n_rows) - rows.index(row),
            cols.index(col + n_cols) - cols.index(col),
        )
        for row, col, n_rows, n_cols in layout.spans
    )
    return Layout(
        tuple(layout.xs[col] for col in cols), tuple(layout.ys[row] for row in rows), spans
    )


def blank_page(dpi: int = 150) -> PageImage:
    scale = dpi / 72
    size = (round(HEIGHT * scale), round(WIDTH * scale), 3)
    return PageImage(np.full(size, 250, np.uint8), scale)


def draw_rules(
    page: PageImage, rulings: Sequence[Ruling], *, color: int = 40, thickness: float = 0.7
) -> PageImage:
    """Rules as solid lines, antialiased as a rasterizer draws them."""
    pixels = page.pixels.copy()
    for rule in rulings:
        half = thickness / 2
        _fill(
            pixels,
            page.scale,
            (rule.x0 - half, rule.y0 - half, rule.x1 + half, rule.y1 + half),
            color,
        )
    return PageImage(pixels, page.scale)


def _fill(pixels: Pixels, scale: float, box: tuple[float, float, float, float], color: int) -> None:
    """A box in points with partly covered pixels in between ink and paper."""
    x0, y0, x1, y1 = (value * scale for value in box)
    xs, ys = np.arange(pixels.shape[1]), np.arange(pixels.shape[0])
    across = np.clip(np.minimum(xs + 1, x1) - np.maximum(xs, x0), 0, 1)
    down = np.clip(np.minimum(ys + 1, y1) - np.maximum(ys, y0), 0, 1)
    c, r = np.flatnonzero(across), np.flatnonzero(down)
    if not len(c) or not len(r):
        return
    part = (slice(r[0], r[-1] + 1), slice(c[0], c[-1] + 1))
    cover = (down[part[0], None] * across[None, part[1]])[..., None]
    pixels[part] = np.rint(pixels[part] * (1 - cover) + color * cover).astype(np.uint8)


def write(page: PageImage, text: str, x: float, baseline: float, size: float = 10.0) -> None:
    """Latin text and digits into the page, `size` points high."""
    height = size * 0.7 * page.scale
    factor = cv2.getFontScaleFromHeight(cv2.FONT_HERSHEY_SIMPLEX, max(1, round(height)), 1)
    place = (round(x * page.scale), round(baseline * page.scale))
    weight = max(1, round(0.7 * page.scale))
    cv2.putText(
        page.pixels, text, place, cv2.FONT_HERSHEY_SIMPLEX, factor, (30, 30, 30), weight,
        cv2.LINE_AA,
    )  # fmt: skip


def write_in_cells(page: PageImage, layout: Layout, seed: int) -> PageImage:
    """A number in most cells, in the middle, as statutory tables have it."""
    random = np.random.default_rng(seed)
    copy = PageImage(page.pixels.copy(), page.scale)
    for row, col, rows, cols in sorted(layout.spans):
        if random.random() < 0.3:
            continue
        x = (layout.xs[col] + layout.xs[col + cols]) / 2
        y = (layout.ys[row] + layout.ys[row + rows]) / 2
        write(copy, str(random.integers(0, 12)), x - 3, y + 3, 8.0)
    return copy


def scanned(
    page: PageImage, *, skew: float = 0.0, noise: float = 0.0, quality: int = 0, seed: int = 0
) -> PageImage:
    """The page as a scanner gives it: skewed by degrees, with grain, as JPEG."""
    pixels = page.pixels
    height, width = pixels.shape[:2]
    if skew:
        turn = cv2.getRotationMatrix2D((width / 2, height / 2), skew, 1.0)
        pixels = cv2.warpAffine(pixels, turn, (width, height), borderValue=(250, 250, 250))
    if noise:
        grain = np.random.default_rng(seed).normal(0, noise, (height, width, 1))
        pixels = np.clip(pixels + grain, 0, 255).astype(np.uint8)
    if quality:
        _, data = cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, quality])
        pixels = cv2.imdecode(data, cv2.IMREAD_COLOR)
    return PageImage(np.asarray(pixels, np.uint8), page.scale)
