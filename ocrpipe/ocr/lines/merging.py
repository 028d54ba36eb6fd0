"""Pieces of one printed line, put together before anyone reads them."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ocrpipe.ocr.lines.crops import hull
from ocrpipe.ocr.port import TextQuad

_GAP = 1.2
"""Line heights; a gutter between columns is wider than the gaps that text detection leaves."""

_OVERLAP, _ASIDE = 0.7, 0.25
"""How far one piece may reach into the other, and their middles be aside, in heights of the lower
one."""

_HEIGHTS = 1.35
"""Height of the higher piece in that of the lower one, at most."""


def merged_pieces(quads: Sequence[TextQuad]) -> tuple[TextQuad, ...]:
    """Merge quads that lie on one line, one right of the other with hardly a gap between.

    Two pieces are merged when their heights agree within a third, their middles within a quarter
    of the height, and the gap is at most 1.2 heights. Vertical quads are left as they are.
    Returns the lines from the top, and from the left where they start level.
    """
    pieces = sorted(quads, key=lambda quad: (hull(quad.points).x0, hull(quad.points).y0))
    lines: list[TextQuad] = []
    for piece in pieces:
        for index, line in enumerate(lines):
            if _continues(line, piece):
                lines[index] = _joined(line, piece)
                break
        else:
            lines.append(piece)
    return tuple(sorted(lines, key=lambda quad: (hull(quad.points).y0, hull(quad.points).x0)))


def neighbours(quads: Sequence[TextQuad]) -> NDArray[np.bool_]:
    """(n,): which quads have another one so close beside them that both may be pieces of a line.

    `merged_pieces` leaves all others as they are.
    """
    points = np.array([quad.points for quad in quads]).reshape(-1, 4, 2)
    left, right = (points[:, 0] + points[:, 3]) / 2, (points[:, 1] + points[:, 2]) / 2
    begins = np.hypot(*(points[:, 3] - points[:, 0]).T)
    ends = np.hypot(*(points[:, 2] - points[:, 1]).T)
    low = np.minimum(ends[:, None], begins[None, :])
    high = np.maximum(ends[:, None], begins[None, :])
    gap, rise = (left[None, :, axis] - right[:, None, axis] for axis in (0, 1))
    near = (low > 0) & (high <= _HEIGHTS * low) & (np.abs(rise) <= _ASIDE * low)
    near &= (gap >= -_OVERLAP * low) & (gap <= _GAP * low)
    np.fill_diagonal(near, val=False)
    return np.asarray(near.any(axis=0) | near.any(axis=1))


def _continues(line: TextQuad, piece: TextQuad) -> bool:
    left_height = float(np.hypot(*(line.points[2] - line.points[1])))
    right_height = float(np.hypot(*(piece.points[3] - piece.points[0])))
    low, high = sorted((left_height, right_height))
    if low <= 0 or high > _HEIGHTS * low:
        return False
    for quad, height in ((line, left_height), (piece, right_height)):
        if np.hypot(*(quad.points[1] - quad.points[0])) < 0.6 * height:
            return False
    left_middle = (line.points[1] + line.points[2]) / 2
    right_middle = (piece.points[0] + piece.points[3]) / 2
    gap = float(right_middle[0] - left_middle[0])
    aside = abs(right_middle[1] - left_middle[1])
    return -_OVERLAP * low <= gap <= _GAP * low and aside <= _ASIDE * low


def _joined(line: TextQuad, piece: TextQuad) -> TextQuad:
    points = np.array([line.points[0], piece.points[1], piece.points[2], line.points[3]])
    widths = [float(hull(quad.points).width) for quad in (line, piece)]
    confidence = float(np.average([line.confidence, piece.confidence], weights=widths))
    return TextQuad(points=points, confidence=round(confidence, 4))
