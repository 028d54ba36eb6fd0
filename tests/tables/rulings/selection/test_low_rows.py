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


LABELS = (
    "1.属于国家秘密", "2.重复申请", "3.补正后申请内容仍不明确", "1.信访举报投诉类申请",
    "4.保护第三方合法权益", "7.属于行政执法案卷", "8.属于行政查询事项",
)  # fmt: skip


@pytest.mark.parametrize("dpi", [150, 200])
def test_characters_as_dark_as_the_rules_make_no_walls(dpi: int) -> None:
    """Strokes of two characters below each other, and of digits, in rows of ten points."""
    pitch, size = 9.8, 9.0
    layout = Layout.of((60, 250, 320, 390), [100 + pitch * row for row in range(22)])
    texts = []
    for row, top in enumerate(layout.ys[:-1]):
        y = top + 0.86 * size + 0.45 * (pitch - size)
        texts.append((62.0, y, LABELS[row % len(LABELS)], size))
        texts += [(x, y, str(155 * row % 97), size) for x in (275.0, 345.0)]
    rules = [(rule.x0, rule.y0, rule.x1, rule.y1) for rule in layout.rulings()]
    page = scanned(page_picture(texts, WIDTH, HEIGHT, dpi=dpi, rules=rules), noise=3, quality=75)
    grids = find_grids(detect_rulings(page), WIDTH, HEIGHT)
    assert [spans_of(grid) for grid in grids] == [layout.spans]
