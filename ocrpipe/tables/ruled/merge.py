"""Merging of rulings: one straight rule where the page has pieces, doubles or dashes of it.

Scans leave a residue of skew, and a word processor draws the border of every cell for itself, so
one rule of a table arrives as many segments. They are brought into a straight frame first (a shear
by the common slopes of the page), where a rule is a position and some intervals.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from ocrpipe.geometry import Shear
from ocrpipe.page import Ruling
from ocrpipe.tables.ruled.groups import groups_of

SAME_RULE = 3.2
"""Points between the centre lines of segments that are one rule (a double rule is up to 3 pt)."""

_SAME_RULE_GAP = 12.0
_SAME_LINE = 1.0
"""Points aside for segments that are far from each other along the rule."""

JOINED_GAP = 1.5
"""Points of a gap along a rule that is no gap in the table."""

DASH_GAP = 6.0
"""Longest gap of a dashed rule, in points."""

MAX_THICKNESS = 8.0
"""Points from which a filled rectangle is an area and no rule."""

_SKEW_LENGTH = 40.0
_MAX_SLOPE = 0.03


def merge_rulings(rulings: Sequence[Ruling], width: float, height: float) -> tuple[Ruling, ...]:
    """Rules of one page with their pieces, doubles and dashes merged.

    Args:
        rulings: Segments in points of the page, in any order.
        width: Of the page, in points.
        height: Of the page, in points.

    Returns:
        Segments in points of the page, horizontal ones first, by position.
    """
    shear = estimate_shear(rulings, width, height)
    return tuple(
        replace(rule, x0=start[0], y0=start[1], x1=end[0], y1=end[1])
        for rule in merge_straight(straighten(rulings, shear))
        for start, end in [(shear.page(rule.x0, rule.y0), shear.page(rule.x1, rule.y1))]
    )


def estimate_shear(rulings: Sequence[Ruling], width: float, height: float) -> Shear:
    """The slopes that the long rules of a page have in common (0 where there are none)."""
    horizontal = [
        ((r.y1 - r.y0) / (r.x1 - r.x0), abs(r.x1 - r.x0))
        for r in rulings
        if r.horizontal and abs(r.x1 - r.x0) >= _SKEW_LENGTH
    ]
    vertical = [
        ((r.x1 - r.x0) / (r.y1 - r.y0), abs(r.y1 - r.y0))
        for r in rulings
        if not r.horizontal and abs(r.y1 - r.y0) >= _SKEW_LENGTH
    ]
    slope_x, slope_y = _weighted_median(vertical), _weighted_median(horizontal)
    limit = _MAX_SLOPE
    return Shear(
        max(-limit, min(limit, slope_x)), max(-limit, min(limit, slope_y)), width / 2, height / 2
    )


def straighten(rulings: Iterable[Ruling], shear: Shear) -> tuple[Ruling, ...]:
    """Axis-parallel segments in the straight frame, without areas and points."""
    result = []
    for rule in rulings:
        x0, y0 = shear.straight(rule.x0, rule.y0)
        x1, y1 = shear.straight(rule.x1, rule.y1)
        if rule.thickness > MAX_THICKNESS or (x0 == x1 and y0 == y1):
            continue
        if rule.horizontal:
            y = (y0 + y1) / 2
            result.append(Ruling(min(x0, x1), y, max(x0, x1), y, rule.thickness))
        else:
            x = (x0 + x1) / 2
            result.append(Ruling(x, min(y0, y1), x, max(y0, y1), rule.thickness))
    return tuple(result)


def merge_straight(rulings: Sequence[Ruling]) -> tuple[Ruling, ...]:
    """Merge axis-parallel segments; the result is sorted, horizontal ones first."""
    horizontal = [(r.y0, r.x0, r.x1, r.thickness) for r in rulings if r.horizontal]
    vertical = [(r.x0, r.y0, r.y1, r.thickness) for r in rulings if not r.horizontal]
    return (
        *(Ruling(lo, at, hi, at, thick) for at, lo, hi, thick in _merge(horizontal)),
        *(Ruling(at, lo, at, hi, thick) for at, lo, hi, thick in _merge(vertical)),
    )


_Segment = tuple[float, float, float, float]
"""Position across the rule, start and end along it, thickness."""


def _merge(segments: list[_Segment]) -> list[_Segment]:
    return [rule for cluster in _clusters(sorted(segments)) for rule in _merge_cluster(cluster)]


def _clusters(segments: list[_Segment]) -> list[list[_Segment]]:
    """Segments of one rule each: side by side or one soon after the other, or on one line.

    Rules of two tables, one below the other, may be a little aside and must keep their places.
    """
    groups = groups_of(len(segments), _of_one_rule(segments))
    return [[segments[index] for index in group] for group in groups]


def _of_one_rule(segments: Sequence[_Segment]) -> Iterator[tuple[int, int]]:
    for index, (at, lo, hi, _) in enumerate(segments):
        for before in range(index - 1, -1, -1):
            aside = at - segments[before][0]
            if aside > SAME_RULE:
                break
            gap = max(lo - segments[before][2], segments[before][1] - hi)
            if aside <= _SAME_LINE or gap <= _SAME_RULE_GAP:
                yield index, before


def _merge_cluster(cluster: list[_Segment]) -> list[_Segment]:
    total = sum(hi - lo for _, lo, hi, _ in cluster)
    if total <= 0:
        return []
    position = sum(at * (hi - lo) for at, lo, hi, _ in cluster) / total
    # A double rule is as thick as the way across it, which matters where others end at it.
    spread = cluster[-1][0] - cluster[0][0]
    joined: list[list[float]] = []
    for _, lo, hi, own in sorted(cluster, key=lambda segment: segment[1]):
        thickness = max(own, min(spread, SAME_RULE))
        if joined and lo - joined[-1][1] <= JOINED_GAP:
            joined[-1][1] = max(joined[-1][1], hi)
            joined[-1][2] = max(joined[-1][2], thickness)
        else:
            joined.append([lo, hi, thickness])
    return [(position, lo, hi, thickness) for lo, hi, thickness in _join_dashes(joined)]


def _join_dashes(pieces: list[list[float]]) -> list[list[float]]:
    """Join runs of at least four short pieces with short, similar gaps."""
    result: list[list[float]] = []
    run: list[list[float]] = []
    for piece in [*pieces, None]:
        dash = piece is not None and piece[1] - piece[0] <= 2 * DASH_GAP
        if dash and piece is not None and (not run or piece[0] - run[-1][1] <= DASH_GAP):
            run.append(piece)
            continue
        if len(run) >= 4:
            result.append([run[0][0], run[-1][1], max(item[2] for item in run)])
        else:
            result.extend(run)
        run = [piece] if dash and piece is not None else []
        if piece is not None and not dash:
            result.append(piece)
    return result


def _weighted_median(values: list[tuple[float, float]]) -> float:
    if not values:
        return 0.0
    values = sorted(values)
    half = sum(weight for _, weight in values) / 2
    for value, weight in values:
        half -= weight
        if half <= 0:
            return value
    return values[-1][0]
