"""Lines of a pen across a wall or a few, under figures and labels.

A rule ends at walls, or where its table does. A line drawn by hand ends anywhere, at both ends in
the middle of cells, or at one beside the table, and goes aside a little as the hand does.
"""

from collections.abc import Sequence

from ocrpipe.tables.rulings.strokes.stroke import Stroke

_LONGEST = 90.0
"""Points: longer than the line under a figure of some digits or under a word."""

_CLEAR = 5.0
"""Points from both ends of such a line to the nearest wall, or to where walls stand above or below;
by half as much a rule misses its wall where a corner is worn."""

_GAP = 4.0
_ASIDE = 2.5
"""Points that the pieces of one line, of which a wavy one has several, lie apart and aside."""

_BESIDE = 1.5
"""Points aside of a line that begins beside the table, up to which a rule is its other piece: none
begins there, and a pen may go on near the line of one."""


def without_pen_lines(
    lines: Sequence[Stroke], crossing: Sequence[Stroke], scale: float
) -> list[Stroke]:
    """The lines but for short ones alone on their line that cross walls and end between them.

    Args:
        lines: Strokes along x, in pixels, of a page whose rules are whole.
        crossing: Those along y, with x and y swapped.
        scale: Pixels a point.
    """
    short = [line for line in lines if line.length <= _LONGEST * scale]
    dropped = [
        piece
        for chain in _chains(short, scale)
        if _is_drawn(chain, lines, crossing, scale)
        for piece in chain
    ]
    return [line for line in lines if line not in dropped] if dropped else list(lines)


def _chains(lines: Sequence[Stroke], scale: float) -> list[list[Stroke]]:
    """Lines that go on where another one ends, together."""
    chains: list[list[Stroke]] = []
    for line in sorted(lines, key=lambda line: line.x0):
        for chain in chains:
            if _goes_on(chain[-1], line, scale):
                chain.append(line)
                break
        else:
            chains.append([line])
    return chains


def _goes_on(first: Stroke, second: Stroke, scale: float) -> bool:
    return abs(second.x0 - first.x1) <= _GAP * scale and abs(second.y0 - first.y1) <= _ASIDE * scale


def _is_drawn(
    chain: Sequence[Stroke], lines: Sequence[Stroke], crossing: Sequence[Stroke], scale: float
) -> bool:
    start, end = chain[0].x0, max(piece.x1 for piece in chain)
    # A thick line may part the wall that it crosses.
    clear, reach = _CLEAR * scale, _ASIDE * scale
    if end - start > _LONGEST * scale:
        return False
    walls = [(wall.y_at(_level(chain, wall)), wall) for wall in crossing]
    crossed = any(
        start + clear <= at <= end - clear
        and wall.x0 - reach <= _level(chain, wall) <= wall.x1 + reach
        for at, wall in walls
    )
    if not crossed:
        return False
    beside = _beside_table(start, end, [at for at, _ in walls], clear)
    ends, aside = (beside, _BESIDE) if beside else ((start, end), _ASIDE)
    if any(abs(at - end) < clear for at, _ in walls for end in ends):
        return False
    others = [line for line in lines if line not in chain]
    return not any(
        abs(place - end) < clear
        for other in others
        for place in (other.x0, other.x1)
        for end in ends
    ) and not any(_on_its_line(piece, other, aside * scale) for piece in chain for other in others)


def _beside_table(
    start: float, end: float, walls: Sequence[float], clear: float
) -> tuple[float, ...]:
    """Of the ends of a line the one before all walls of a page, or behind them."""
    if start < min(walls) - clear:
        return (start,)
    return (end,) if end > max(walls) + clear else ()


def _level(chain: Sequence[Stroke], wall: Stroke) -> float:
    """Where a wall meets the line."""
    piece = min(chain, key=lambda piece: abs((piece.x0 + piece.x1) / 2 - wall.y0))
    return piece.y_at(wall.y0)


def _on_its_line(piece: Stroke, other: Stroke, aside: float) -> bool:
    middle = (piece.x0 + piece.x1) / 2
    return abs(other.y_at(middle) - piece.y_at(middle)) <= aside
