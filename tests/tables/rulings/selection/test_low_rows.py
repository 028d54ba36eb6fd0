"""Characters in rows as low as a line of text: no walls, though they all but fill the rows."""

import pytest

from ocrpipe.tables.ruled.grid import find_grids
from ocrpipe.tables.rulings.find import detect_rulings
from tests.ocr.drawing import page_picture
from tests.tables.drawing import HEIGHT, WIDTH, Layout, scanned, spans_of

UNITS = ("市教育局", "市公安局", "市司法局", "市财政局", "市水利局", "市商务局", "市审计局")


@pytest.mark.parametrize(("pitch", "size"), [(8.6, 7.6), (9.2, 8.0)])
def test_characters_below_each_other_in_low_rows_are_no_walls(pitch: float, size: float) -> None:
    layout = Layout.of((60, 250, 320, 390), [100 + pitch * row for row in range(22)])
    texts = [
        (62.0, top + 0.86 * size + 0.45 * (pitch - size), UNITS[row % len(UNITS)], size)
        for row, top in enumerate(layout.ys[:-1])
    ]
    rules = [(rule.x0, rule.y0, rule.x1, rule.y1) for rule in layout.rulings()]
    page = page_picture(texts, WIDTH, HEIGHT, dpi=150, rules=rules)
    page = scanned(page, noise=2, quality=70)
    grids = find_grids(detect_rulings(page), WIDTH, HEIGHT)
    assert [spans_of(grid) for grid in grids] == [layout.spans]
