"""The strokes that are rules: long ones, pieces of broken ones, and walls from rule to rule."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from ocrpipe.runs import find_runs
from ocrpipe.tables.rulings.beside import LONG, crowded, in_text
from ocrpipe.tables.rulings.candidates import Candidates
from ocrpipe.tables.rulings.selection.asterisks import without_asterisks
from ocrpipe.tables.rulings.selection.chains import Parts
from ocrpipe.tables.rulings.selection.figures import is_figure, is_mark
from ocrpipe.tables.rulings.selection.low_rows import without_text_of_low_rows
from ocrpipe.tables.rulings.selection.shown_through import faintest, printed
from ocrpipe.tables.rulings.selection.walls import (
    CHARACTER,
    MOST_CROWDED,
    REACH,
    ends_of,
    is_solid,
    walls_between,
)
from ocrpipe.tables.rulings.strokes.crossings import CrossingRules
from ocrpipe.tables.rulings.strokes.stroke import Stroke, greatest_of_three
from ocrpipe.tables.rulings.wear import are_broken, are_dashed, have_gaps

# Lengths in points.
_LONG_PIECE = 15.0
_ROW_GAP = 40.0
_SIDEWAYS = 0.7

_FEWEST_IN_ROWS, _FEWEST_IN_ROW, _SHORTEST_IN_ROW = 12, 3, 8.0
"""Pieces that stand alone of a page whose rules are in pieces, each of them with so many on its
line, itself among them, and their length. Pages whose rules are whole have up to 2."""

_LOOKS, _LOOKS_BESIDE, _INK = (0.1, 0.5, 0.9), (-4.0, -2.5, 2.5, 4.0), 0.45
"""Shares of a stroke, and points aside of them, where ink of the third value, a share of its
contrast, is that of what stands beside it."""

_CORNER = 1.5
"""Beside the outermost crossing rule, where that is taken for the paper of the stroke."""

_FEWEST_SOLID = 3
"""Slots of a stroke that show it to be solid."""


def connected(
    horizontal: Candidates, vertical: Candidates, parts_h: Parts, parts_v: Parts, scale: float
) -> tuple[list[Stroke], list[Stroke]]:
    """Long strokes, pieces of long broken ones, and short ones that lead from rule to rule."""
    parts_h, parts_v = (
        (without_asterisks(parts[0], crossing[0], found, scale), parts[1])
        for parts, crossing, found in ((parts_h, parts_v, horizontal), (parts_v, parts_h, vertical))
    )
    least = faintest([*parts_h[0], *parts_v[0]])
    kept_h, short_h = (printed(strokes, horizontal, least) for strokes in parts_h)
    kept_v, short_v = (printed(strokes, vertical, least) for strokes in parts_v)
    kept_h, short_h, kept_v, short_v = (
        without_text_of_low_rows(strokes, crossing, found, scale)
        for strokes, crossing, found in (
            (kept_h, kept_v, horizontal),
            (short_h, kept_v, horizontal),
            (kept_v, kept_h, vertical),
            (short_v, kept_h, vertical),
        )
    )
    if (
        are_broken([*kept_h, *kept_v], scale)
        or are_dashed(kept_h, horizontal, scale)
        or have_gaps(kept_h, kept_v, scale, crossing=(short_h, short_v))
        or _are_in_pieces(((short_h, kept_v, horizontal), (short_v, kept_h, vertical)), scale)
    ):
        pieces_h = _pieces(short_h, kept_h, kept_v, horizontal, scale)
        pieces_v = _pieces(short_v, kept_v, kept_h, vertical, scale)
        kept_h, kept_v = kept_h + pieces_h, kept_v + pieces_v
        short_h, short_v = _without(short_h, pieces_h), _without(short_v, pieces_v)
    kept_h = _without_text_past_ends(kept_h, kept_v, horizontal, scale)
    kept_v = _without_text_past_ends(kept_v, kept_h, vertical, scale)
    short_h = _without_text_at_ends(short_h, kept_v, horizontal, scale)
    short_v = _without_text_at_ends(short_v, kept_h, vertical, scale)
    while True:
        more_h = walls_between(short_h, kept_h, kept_v, horizontal, scale)
        more_v = walls_between(short_v, kept_v, kept_h, vertical, scale)
        if not more_h and not more_v:
            return kept_h, kept_v
        kept_h, kept_v = kept_h + more_h, kept_v + more_v
        short_h, short_v = _without(short_h, more_h), _without(short_v, more_v)


def _without(strokes: Sequence[Stroke], others: Sequence[Stroke]) -> list[Stroke]:
    taken = frozenset(others)
    return [stroke for stroke in strokes if stroke not in taken]


def _are_in_pieces(
    directions: Sequence[tuple[Sequence[Stroke], Sequence[Stroke], Candidates]], scale: float
) -> bool:
    """Whether rules are pieces so far apart that none of them is long, nor a chain: the short
    strokes of either direction, the rules across them and what the strokes were found in."""
    in_rows = 0
    for short, crossing, found in directions:
        pieces = _bare([s for s in short if s.length >= _SHORTEST_IN_ROW * scale], found, scale)
        rules, alone = CrossingRules(crossing), _alone(pieces, found, scale)
        in_rows += _count_in_rows(
            [piece for piece in alone if not _is_mark(piece, rules, found, scale)], scale
        )
    return in_rows >= _FEWEST_IN_ROWS


def _is_mark(piece: Stroke, rules: CrossingRules, found: Candidates, scale: float) -> bool:
    """Whether a piece is the only one between two rules across, and touches neither: the slashes
    and dashes of blank cells stand on one line as the pieces of a rule do."""
    slot = _slot(piece, rules, scale)
    return slot is not None and is_mark(piece, *slot, found, scale)


def _slot(piece: Stroke, rules: CrossingRules, scale: float) -> tuple[float, float] | None:
    """The crossing rules before and after the middle of a piece, if there are both."""
    reach, middle = _ROW_GAP * scale, (piece.x0 + piece.x1) / 2
    places = rules.places(piece.x0 - reach, piece.x1 + reach, piece.y_at(middle), -REACH * scale)
    at = int(np.searchsorted(places, middle))
    if not 0 < at < len(places):
        return None
    return float(places[at - 1]), float(places[at])


def _count_in_rows(pieces: Sequence[Stroke], scale: float) -> int:
    """How many pieces have others before or after them on their line, until they are enough."""
    x0, y0, x1, y1 = ends_of(pieces)
    heights, sideways = (y0 + y1) / 2, max(1.5, _SIDEWAYS * scale)
    count = 0
    for start, height, end in zip(x0.tolist(), heights.tolist(), x1.tolist(), strict=True):
        level = np.abs(heights - height) <= sideways
        near = level & (x0 - end <= _ROW_GAP * scale) & (start - x1 <= _ROW_GAP * scale)
        count += int(near.sum()) >= _FEWEST_IN_ROW
        if count >= _FEWEST_IN_ROWS:
            break
    return count


def _bare(strokes: Sequence[Stroke], found: Candidates, scale: float) -> list[Stroke]:
    """The strokes that may stand alone, by a few looks beside each: those of characters have ink
    there, and a page has a thousand of them."""
    if not strokes:
        return []
    x0, y0, x1, y1, contrast = np.array([(s.x0, s.y0, s.x1, s.y1, s.contrast) for s in strokes]).T
    shares = np.array(_LOOKS)[:, None]
    xs = np.minimum(np.rint(x0 + (x1 - x0) * shares).astype(np.intp), found.ink.shape[1] - 1)
    heights = y0 + (y1 - y0) * shares
    inked = np.zeros(len(strokes), np.intp)
    for offset in _LOOKS_BESIDE:
        rows = np.rint(heights + offset * scale).astype(np.intp)
        inked += (greatest_of_three(found.ink, xs, rows) > _INK * contrast).sum(axis=0)
    return [stroke for stroke, count in zip(strokes, inked.tolist(), strict=True) if count <= 1]


def _alone(strokes: Sequence[Stroke], found: Candidates, scale: float) -> list[Stroke]:
    """The strokes that have no print beside them, as those of characters have."""
    return [
        stroke
        for stroke in strokes
        if not in_text(stroke, found.fine, scale)
        and crowded(stroke, found.ink, found.fine, scale) <= MOST_CROWDED
    ]


def _pieces(
    short: list[Stroke],
    parallel: list[Stroke],
    crossing: list[Stroke],
    found: Candidates,
    scale: float,
) -> list[Stroke]:
    """Short strokes that stand alone and begin at a crossing rule, or lie on a broken rule.

    A 1 in a low row ends near its rule, and does not touch it.
    """
    alone = _alone(short, found, scale)
    rules = CrossingRules(crossing)
    at_a_rule = _begin_at_a_rule(alone, rules, scale)
    starts = [
        stroke
        for stroke, begins in zip(alone, at_a_rule, strict=True)
        if (begins and not _is_figure(stroke, rules, found, scale))
        or _is_in_a_row(stroke, alone, scale)
    ]
    long = [rule for rule in parallel if rule.length >= _LONG_PIECE * scale]
    return [
        stroke for stroke in alone if stroke in starts or _lies_on(stroke, [*long, *starts], scale)
    ]


def _begin_at_a_rule(strokes: Sequence[Stroke], rules: CrossingRules, scale: float) -> list[bool]:
    """Which strokes begin or end at a rule."""
    reach = REACH * scale
    x0, y0, x1, y1 = ends_of(strokes)
    first, last = rules.nearest(x0, y0, reach, reach), rules.nearest(x1, y1, reach, reach)
    return [bool(begins) for begins in np.isfinite(first) | np.isfinite(last)]


def _is_figure(stroke: Stroke, rules: CrossingRules, found: Candidates, scale: float) -> bool:
    """Whether a stroke is one mark with paper between it and both rules of its row."""
    slot = _slot(stroke, rules, scale)
    return slot is not None and is_figure(stroke, *slot, found, scale)


def _is_in_a_row(stroke: Stroke, alone: Sequence[Stroke], scale: float) -> bool:
    """Whether a piece too long for a character has others before or after it on its line."""
    if stroke.length < _LONG_PIECE * scale:
        return False
    row = [other for other in alone if _lies_on(other, [stroke], scale)]
    return sum(other.length for other in row) >= LONG * scale


def _lies_on(stroke: Stroke, rules: Sequence[Stroke], scale: float) -> bool:
    middle, sideways = (stroke.x0 + stroke.x1) / 2, max(1.5, _SIDEWAYS * scale)
    return any(
        abs(rule.y_at(min(max(middle, rule.x0), rule.x1)) - stroke.y_at(middle)) <= sideways
        and max(rule.x0 - stroke.x1, stroke.x0 - rule.x1) <= _ROW_GAP * scale
        for rule in rules
    )


def _without_text_at_ends(
    short: Sequence[Stroke], crossing: Sequence[Stroke], found: Candidates, scale: float
) -> list[Stroke]:
    """The strokes, those that pass over rules cut where they are solid from rule to rule: above a
    wall, the characters of a head that spans it may stand on its line."""
    rules, reach = CrossingRules(crossing), REACH * scale
    cut: list[Stroke] = []
    for stroke in short:
        if stroke.length < CHARACTER * scale:
            cut.append(stroke)
            continue
        middle = (stroke.y0 + stroke.y1) / 2
        places = rules.places(stroke.x0 - reach, stroke.x1 + reach, middle, -reach).tolist()
        solid = [is_solid(stroke, *slot, found, scale) for slot in pairwise(places)]
        past = max(places[0] - stroke.x0, stroke.x1 - places[-1]) if places else 0.0
        if any(solid) and (not all(solid) or past > reach):
            runs = find_runs(np.array(solid))
            cut += [stroke.between(places[first], places[last]) for first, last in runs]
        else:
            cut.append(stroke)
    return cut


def _without_text_past_ends(
    long: Sequence[Stroke], crossing: Sequence[Stroke], found: Candidates, scale: float
) -> list[Stroke]:
    """The strokes, cut at the rule before a last slot that alone is not solid: the characters of a
    note below a table may stand on the line of a wall and close to its end."""
    rules, reach, corner = CrossingRules(crossing), REACH * scale, _CORNER * scale
    cut: list[Stroke] = []
    for stroke in long:
        middle = (stroke.y0 + stroke.y1) / 2
        places = rules.places(stroke.x0 - reach, stroke.x1 + reach, middle, -reach).tolist()
        slots = list(pairwise(places))
        if len(slots) <= _FEWEST_SOLID:
            cut.append(stroke)
            continue
        # No stroke of a character goes through so long a slot.
        (first, second), (before, last) = slots[0], slots[-1]
        first += corner * (second - first >= CHARACTER * scale)
        last -= corner * (last - before >= CHARACTER * scale)
        ends = ((first, second), (before, last))
        open_ends = [not is_solid(stroke, *slot, found, scale) for slot in ends]
        inner = slots[open_ends[0] : len(slots) - open_ends[1]]
        if any(open_ends) and all(is_solid(stroke, *slot, found, scale) for slot in inner):
            start = inner[0][0] if open_ends[0] else stroke.x0
            end = inner[-1][1] if open_ends[1] else stroke.x1
            cut.append(stroke.between(start, end))
        else:
            cut.append(stroke)
    return cut
