"""Ruling lines from the vector drawings of a PDF page.

Programs draw the border of a cell in many ways: as a stroke, as a thin filled rectangle, as a
stretched picture one pixel high, as a row of dots. All of them become `Ruling`.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from ocrpipe.geometry import Box, rotate_point
from ocrpipe.ingest.pdf.grounds import Fill, rules_of_grounds
from ocrpipe.ingest.pdf.shades import edges_of_bands, white_rules
from ocrpipe.page import Ruling

Point = tuple[float, float]

_MAX_THICKNESS = 3.5
"""Points: a filled bar that is thicker is a shape."""

_MIN_LENGTH = 2.0
"""Points: what is shorter after merging is a dot, or the joint of two borders."""

_OVERRUN = 3.0
"""Points by which a rule is drawn beyond its clip, or the page, where a table goes on there: what
only ends under a clip overshoots it by its thickness."""

_MAX_TILT = math.tan(math.radians(1.0))
_INVISIBLE_ABOVE = 0.97
"""A colour whose channels all exceed this is white."""


def read_rulings(
    drawings: Iterable[Mapping[str, Any]], pictures: Iterable[Box], width: float, height: float
) -> tuple[Ruling, ...]:
    """Rules of a page.

    Args:
        drawings: What PyMuPDF's `Page.get_cdrawings(extended=True)` gives, in the frame of
            `width` and `height`.
        pictures: Boxes of the pictures, in the same frame.
        width: Of the page in points.
        height: Of the page in points.

    Returns:
        Horizontal and vertical rules, clipped to the page and to the clips they were painted
        under, merged where they touch on one line; sorted by position. White ones count where
        they part or border shaded cells, and so do the edges of bands that a rule runs along, and
        gaps between cells that show the ground below them.
    """
    found: list[Ruling] = []
    white: list[tuple[Ruling, int]] = []
    fills: list[Fill] = []
    shades: list[Box] = []
    page = Box(0, 0, width, height)
    clips: list[tuple[int, Box]] = []
    for drawing in drawings:
        level = drawing.get("level", 0)
        while clips and clips[-1][0] >= level:
            clips.pop()
        if drawing["type"] in ("clip", "group"):
            if drawing["type"] == "clip" and drawing.get("scissor"):
                clips.append((level, Box(*drawing["scissor"])))
            continue
        painted = list(_fills(drawing))
        fills += painted
        shades += [fill.box for fill in painted if fill.visible]
        for ruling, visible in _path_rulings(drawing):
            clipped = _clip(ruling, [page, *(clip for _, clip in clips)])
            if clipped is not None and visible:
                found.append(clipped)
            elif clipped is not None:
                white.append((clipped, len(shades)))
    for picture in pictures:
        clipped_bars = (_clip(bar, [page]) for bar in _bars(picture))
        found += [bar for bar in clipped_bars if bar is not None]
    rulings = merge_rulings([*found, *white_rules(white, shades), *rules_of_grounds(fills)])
    edges = edges_of_bands(shades, rulings)
    return merge_rulings([*rulings, *edges]) if edges else rulings


def turn_rulings(
    rulings: Sequence[Ruling], width: float, height: float, quarters: int
) -> tuple[Ruling, ...]:
    """The rulings after their page (`width` x `height`) is turned clockwise by quarter turns."""
    if quarters % 4 == 0:
        return tuple(rulings)
    turned = []
    for ruling in rulings:
        x0, y0 = rotate_point(ruling.x0, ruling.y0, width, height, 90.0 * quarters)
        x1, y1 = rotate_point(ruling.x1, ruling.y1, width, height, 90.0 * quarters)
        turned.append(Ruling(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1), ruling.thickness))
    return tuple(sorted(turned, key=_position))


def merge_rulings(rulings: Iterable[Ruling]) -> tuple[Ruling, ...]:
    """Join pieces of one rule, drop copies and dots; sorted by position.

    Pieces belong together when they lie on one line, within 0.7 points or their thickness, and
    their gap is at most 1 point, or 3 points between pieces so short that they make a dotted rule.
    """
    lanes: dict[bool, list[Ruling]] = defaultdict(list)
    for ruling in rulings:
        lanes[ruling.horizontal].append(ruling)
    merged: list[Ruling] = []
    for horizontal, members in lanes.items():
        for lane in _lanes(members, horizontal):
            merged += _merge_lane(lane, horizontal)
    return tuple(sorted(merged, key=_position))


def is_visible(color: Sequence[float] | None, opacity: float | None) -> bool:
    """Whether paint of this colour (channels 0 to 1) shows on white paper."""
    return _covers(color, opacity) and min(color or (), default=0.0) < _INVISIBLE_ABOVE


def _covers(color: Sequence[float] | None, opacity: float | None) -> bool:
    """Whether there is paint, be it white."""
    return color is not None and (opacity is None or opacity >= 0.05)


def _position(ruling: Ruling) -> tuple[bool, float, float, float, float]:
    return (not ruling.horizontal, ruling.y0, ruling.x0, ruling.y1, ruling.x1)


def _path_rulings(drawing: Mapping[str, Any]) -> Iterator[tuple[Ruling, bool]]:
    """The rules of a path, and whether each shows on white paper."""
    kind = drawing["type"]
    stroke = drawing.get("color"), drawing.get("stroke_opacity")
    fill = drawing.get("fill"), drawing.get("fill_opacity")
    if "s" in kind and _covers(*stroke):
        thickness = float(drawing.get("width") or 0.0)
        stroked = _stroked(drawing, max(thickness, 0.1))
        if thickness > _MAX_THICKNESS:
            # A stroke so thick that it is a bar: only its own length tells a rule from a shape.
            stroked = (ruling for ruling in stroked if _length(ruling) > 10 * thickness)
        yield from ((ruling, is_visible(*stroke)) for ruling in stroked)
    if "f" in kind and _covers(*fill):
        yield from ((ruling, is_visible(*fill)) for ruling in _filled(drawing))


def _fills(drawing: Mapping[str, Any]) -> Iterator[Fill]:
    """The filled shapes of a path that are no bars."""
    colour, opacity = drawing.get("fill"), drawing.get("fill_opacity")
    if "f" in drawing["type"] and colour is not None and _covers(colour, opacity):
        visible = is_visible(colour, opacity)
        for box in _shapes(drawing):
            if min(box.width, box.height) > _MAX_THICKNESS:
                yield Fill(box, tuple(colour), visible)


def _stroked(drawing: Mapping[str, Any], thickness: float) -> Iterator[Ruling]:
    for item in drawing["items"]:
        for start, end in _edges(item):
            ruling = _straight(start, end, thickness)
            if ruling is not None:
                yield ruling
    if drawing.get("closePath"):
        lines = [item for item in drawing["items"] if item[0] == "l"]
        if len(lines) > 1:
            closing = _straight(lines[-1][2], lines[0][1], thickness)
            if closing is not None:
                yield closing


def _edges(item: Sequence[Any]) -> Iterator[tuple[Point, Point]]:
    if item[0] == "l":
        yield item[1], item[2]
    elif item[0] == "re":
        x0, y0, x1, y1 = item[1]
        corners = [(x0, y0), (x1, y0), (x1, y1), (x0, y1)]
        yield from zip(corners, corners[1:] + corners[:1], strict=True)
    elif item[0] == "qu":
        upper_left, upper_right, lower_left, lower_right = item[1]
        corners = [upper_left, upper_right, lower_right, lower_left]
        yield from zip(corners, corners[1:] + corners[:1], strict=True)


def _filled(drawing: Mapping[str, Any]) -> Iterator[Ruling]:
    """Thin filled shapes."""
    for box in _shapes(drawing):
        yield from _bars(box)


def _shapes(drawing: Mapping[str, Any]) -> Iterator[Box]:
    """The boxes of filled shapes: rectangles, and outlines made of straight lines."""
    outline: list[Point] = []
    for item in drawing["items"]:
        if item[0] in ("re", "qu"):
            yield _hull([point for edge in _edges(item) for point in edge])
        elif item[0] == "l":
            if outline and math.dist(outline[-1], item[1]) > 0.01:
                yield _hull(outline)
                outline = []
            outline += [item[1], item[2]]
    if outline:
        yield _hull(outline)


def _hull(points: Sequence[Point]) -> Box:
    xs, ys = [point[0] for point in points], [point[1] for point in points]
    return Box(min(xs), min(ys), max(xs), max(ys))


def _bars(box: Box) -> Iterator[Ruling]:
    """The centre line of a thin box; nothing for a box that is no bar.

    Which way the rule of a dot runs shows only beside its neighbours: it counts both ways, and
    what stays a dot after merging is dropped.
    """
    thickness, length = sorted((box.width, box.height))
    if thickness > _MAX_THICKNESS or (thickness > 1.5 and length < 10):
        return
    x, y = box.center
    dot = length < min(2 * thickness, _MIN_LENGTH)
    if dot or box.width >= box.height:
        yield Ruling(box.x0, y, box.x1, y, max(thickness, 0.1))
    if dot or box.width < box.height:
        yield Ruling(x, box.y0, x, box.y1, max(thickness, 0.1))


def _straight(start: Point, end: Point, thickness: float) -> Ruling | None:
    (x0, y0), (x1, y1) = start, end
    dx, dy = abs(x1 - x0), abs(y1 - y0)
    if max(dx, dy) < 0.05:
        return None
    if dy <= dx * _MAX_TILT or (dy < 0.3 and dx > dy):
        y = (y0 + y1) / 2
        return Ruling(min(x0, x1), y, max(x0, x1), y, thickness)
    if dx <= dy * _MAX_TILT or (dx < 0.3 and dy > dx):
        x = (x0 + x1) / 2
        return Ruling(x, min(y0, y1), x, max(y0, y1), thickness)
    return None


def _clip(ruling: Ruling, clips: Iterable[Box]) -> Ruling | None:
    x0, y0, x1, y1 = ruling.x0, ruling.y0, ruling.x1, ruling.y1
    for clip in clips:
        # A clip often runs along the middle of the rule that it belongs to.
        slack = max(ruling.thickness, 0.5)
        if ruling.horizontal:
            x0, x1 = max(x0, clip.x0), min(x1, clip.x1)
            outside = not clip.y0 - slack <= y0 <= clip.y1 + slack
        else:
            y0, y1 = max(y0, clip.y0), min(y1, clip.y1)
            outside = not clip.x0 - slack <= x0 <= clip.x1 + slack
        if outside or x1 < x0 or y1 < y0:
            return None
    cut = ruling.horizontal and (ruling.cut or ruling.x1 - x1 > _OVERRUN)
    return Ruling(x0, y0, x1, y1, ruling.thickness, cut)


def _length(ruling: Ruling) -> float:
    return max(ruling.x1 - ruling.x0, ruling.y1 - ruling.y0)


def _lanes(rulings: Sequence[Ruling], horizontal: bool) -> Iterator[list[Ruling]]:
    """Rulings grouped by the line that they lie on."""

    def across(ruling: Ruling) -> float:
        return ruling.y0 if horizontal else ruling.x0

    lane: list[Ruling] = []
    for ruling in sorted(rulings, key=across):
        reach = min(max(0.7, ruling.thickness), 1.5)
        if lane and across(ruling) - across(lane[0]) > reach:
            yield lane
            lane = []
        lane.append(ruling)
    if lane:
        yield lane


def _merge_lane(lane: Sequence[Ruling], horizontal: bool) -> Iterator[Ruling]:
    pieces = sorted(
        ((r.x0, r.x1, r) if horizontal else (r.y0, r.y1, r) for r in lane), key=lambda p: p[:2]
    )
    group: list[Ruling] = []
    end = last_length = 0.0
    for low, high, ruling in pieces:
        dotted = max(last_length, high - low) < 6.0
        if group and low - end > (3.0 if dotted else 1.0):
            yield from _merged(group, horizontal)
            group = []
        end = max(end, high) if group else high
        last_length = high - low
        group.append(ruling)
    if group:
        yield from _merged(group, horizontal)


def _merged(group: Sequence[Ruling], horizontal: bool) -> Iterator[Ruling]:
    hull = _hull([point for r in group for point in ((r.x0, r.y0), (r.x1, r.y1))])
    longest = max(group, key=_length)
    thickness = round(longest.thickness, 2)
    if horizontal and hull.width >= _MIN_LENGTH:
        y = round(longest.y0, 2)
        cut = any(r.cut and r.x1 == hull.x1 for r in group)
        yield Ruling(round(hull.x0, 2), y, round(hull.x1, 2), y, thickness, cut)
    elif not horizontal and hull.height >= _MIN_LENGTH:
        x = round(longest.x0, 2)
        yield Ruling(x, round(hull.y0, 2), x, round(hull.y1, 2), thickness)
