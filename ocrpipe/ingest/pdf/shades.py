"""Coloured shapes behind the cells of a digital page, and the rules that only they show."""

from collections.abc import Sequence

from ocrpipe.geometry import Box
from ocrpipe.page import Ruling

_MOST_SHADES = 2000
_MOST_WHITE_RULES = 3000
"""A page with more of them is a drawing: nothing is looked for among them."""

# Lengths in points.
_TOUCH = 1.5
_SAME_END = 3.0
# The band behind the heads of a table: as wide as a few columns, as high as a few lines of text.
_NARROWEST_BAND = 100.0
_LOWEST_BAND, _HIGHEST_BAND = 8.0, 160.0


def white_rules(rulings: Sequence[tuple[Ruling, int]], shades: Sequence[Box]) -> list[Ruling]:
    """White rules that part or border shaded cells, and those of the same table beside them.

    Half of a rule, or more, lies on or along one of the shapes; others count where they touch one
    that does, since a table with white rules often shades every other row alone.

    Args:
        rulings: White rules, and how many of the shapes were painted before each.
        shades: Coloured shapes in the order in which they were painted.
    """
    if not rulings or len(shades) > _MOST_SHADES or len(rulings) > _MOST_WHITE_RULES:
        return []
    shown: list[Ruling] = []
    rest: list[Ruling] = []
    for ruling, painted in rulings:
        visible = any(_shows(ruling, shade) for shade in shades[:painted])
        (shown if visible else rest).append(ruling)
    grown = shown
    while grown and rest:
        grown = [rule for rule in rest if any(_touch(rule, other) for other in grown)]
        taken = set(grown)
        rest = [rule for rule in rest if rule not in taken]
        shown = [*shown, *grown]
    return shown


def edges_of_bands(shades: Sequence[Box], rulings: Sequence[Ruling]) -> list[Ruling]:
    """Upper and lower edges of the coloured bands that are as wide as a rule along them.

    A band behind the heads often has no rule above it: its edge is where the table begins.
    """
    if len(shades) > _MOST_SHADES:
        return []
    level = [ruling for ruling in rulings if ruling.horizontal]
    found = []
    for band in _bands(shades):
        wide = band.width >= _NARROWEST_BAND and _LOWEST_BAND <= band.height <= _HIGHEST_BAND
        if wide and any(_is_along(ruling, band) for ruling in level):
            found += [Ruling(band.x0, y, band.x1, y, 0.1) for y in (band.y0, band.y1)]
    return found


def _shows(ruling: Ruling, shade: Box) -> bool:
    reach = ruling.thickness / 2 + 1.0
    if ruling.horizontal:
        near = shade.y0 - reach <= ruling.y0 <= shade.y1 + reach
        common = min(ruling.x1, shade.x1 + 1.0) - max(ruling.x0, shade.x0 - 1.0)
    else:
        near = shade.x0 - reach <= ruling.x0 <= shade.x1 + reach
        common = min(ruling.y1, shade.y1 + 1.0) - max(ruling.y0, shade.y0 - 1.0)
    length = max(ruling.x1 - ruling.x0, ruling.y1 - ruling.y0)
    return near and common >= 0.5 * length


def _touch(one: Ruling, other: Ruling) -> bool:
    return (
        one.x0 <= other.x1 + _TOUCH
        and other.x0 <= one.x1 + _TOUCH
        and one.y0 <= other.y1 + _TOUCH
        and other.y0 <= one.y1 + _TOUCH
    )


def _bands(shades: Sequence[Box]) -> list[Box]:
    """Shapes of one height that stand beside each other, as one."""
    bands: list[Box] = []
    for shade in sorted(shades, key=lambda box: (round(box.y0), round(box.y1), box.x0)):
        last = bands[-1] if bands else None
        if (
            last is not None
            and abs(last.y0 - shade.y0) <= _TOUCH
            and abs(last.y1 - shade.y1) <= _TOUCH
            and shade.x0 <= last.x1 + _SAME_END
        ):
            bands[-1] = Box(last.x0, last.y0, max(last.x1, shade.x1), last.y1)
        else:
            bands.append(shade)
    return bands


def _is_along(ruling: Ruling, band: Box) -> bool:
    ends = abs(ruling.x0 - band.x0) <= _SAME_END and abs(ruling.x1 - band.x1) <= _SAME_END
    return ends and min(abs(ruling.y0 - band.y0), abs(ruling.y0 - band.y1)) <= _TOUCH
