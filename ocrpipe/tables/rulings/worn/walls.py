"""The walls of a page whose rules are worn to pieces, each judged by all that speaks for it.

Every slot between two crossing lines has a wall or has none. Where its own ink leaves a doubt, the
slots on the same line and those beside it in the same row or column tell: a wall that is lacking in
the middle of many was lost, while merged cells leave out several.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from ocrpipe.quantiles import median
from ocrpipe.runs import find_runs, longest_run
from ocrpipe.tables.rulings.candidates import Candidates
from ocrpipe.tables.rulings.directions import Direction, Rules
from ocrpipe.tables.rulings.follow import Line, crossings_of, lines_of
from ocrpipe.tables.rulings.selection.figures import are_figures
from ocrpipe.tables.rulings.strokes.stroke import Stroke, usual_contrast
from ocrpipe.tables.rulings.worn.corners import with_corners_closed
from ocrpipe.tables.rulings.worn.dots import rows_of_dots
from ocrpipe.tables.rulings.worn.dotted import dotted_odds, is_between_rows
from ocrpipe.tables.rulings.worn.lone_rows import ends_of_lone_rows
from ocrpipe.tables.rulings.worn.slots import (
    LONGEST_GAP,
    THINNEST_SLOT,
    Slot,
    dash_of,
    floats,
    joined,
    log_odds,
    slots_of,
)

# Lengths in points.
_CROSSED = 1.5
"""Points of a line at which strokes that cross it are no dust."""

_MOST_INK = 0.6
_SUPPORT, _SUPPORT_AT_END, _AMONG_TEXT, _UNDER_TEXT, _FAR_OFF = 4.0, 1.0, -1.5, -5.0, -3.0
"""Log odds that a slot has a wall before its own ink is seen: between walls on its line and beside
others in its row or column, at the end of such walls, where text is close to most of it, where text
runs across it (or far off, where it floats), and far beyond the ends of its line."""

_ALONE = -1.5
"""The same where rules are dots and no other slot of its line has a wall: dots between the lines of
a label are crumbs of its characters. Of twelve coarse faxes nine such walls had 4 and more, and one
that is none .6."""

_TELLING = 1.0
"""Log odds of a slot below which it says nothing of those beside it."""

_MOST_TEXT = 0.55
"""Share of a line that strokes of text on it ink at most."""

_MOST_CROSSED = 0.6
"""Share of the ink of a slot that text runs across, from which on it is that of the text."""

_GOES_ON = 0.4
"""Share of the other slots of a line that have walls, from which on the line supports one more."""

_NEAR = 1.5
"""Lengths of a slot within which the walls before and after it begin."""

_ROUNDS = 3
"""A wall that is found shows where others end."""

_SURE, _SURE_AT_RULE = 5.0, 2.5
_AT_RULE = 2
"""Pixels at the end of a slot in which ink begins that is not apart from its rule."""

_REACHED_END = 1.5
"""Log odds for each end of a slot at which ink begins."""

_MOST_NEAR = 0.2
"""Share of a slot with print close by, up to which it stands clear."""

_SHORTEST = 5.0
"""Pieces that may be of a line."""

_LONG_PIECE, _LONGEST_STROKE = 18.0, 12.0
"""Longer than any stroke of a character, as `walls.CHARACTER`; and the stems of usual print."""

_LEAST_PIECES, _MOST_LEFT = 0.2, 0.5
"""Share of a slot that the pieces of an unknown wall take at least, and that of a lone low one."""

_SHORTEST_LINE, _HIGHEST_ROW = 20.0, 40.0
"""Pieces of a line together, if it is not in a row that stands alone; and such a row, at most."""

_SIDEWAYS = 2.0
"""From a line: pieces that are nearer are its own."""

_PALEST, _PALEST_ALONE = 0.6, 0.35
"""Share of the contrast of the lines, in the middle, that an unknown one has at least; the latter
where several of its slots are sure by their ink, and have nothing near."""

_AGREEING = 0.75
_FEWEST = 3
_BAND = 0.6
"""Share with walls, and number, of slots beside one that say it has a wall; and the share of its
length that they have in common with it."""


def worn_walls(rules: Rules) -> Rules:
    """The rules of a worn page with those of each slot between crossing lines whole or gone.

    Where none are dots, the rules of a direction that is not broken stay as they are. On a page
    that is not worn no stroke goes: walls may be lacking, and none is too many.
    """
    dotted = any(own.dotted for own in rules)
    whole = [not (own.broken or dotted) for own in rules]
    for _ in range(_ROUNDS):
        rules = rules if whole[0] else _with_ends(rules)
        lines = _lines_of_both(rules)
        across, down = (
            _judged_slots(own, own_lines, crossing, rules.scale)
            for own, own_lines, crossing in zip(rules, lines, reversed(lines), strict=True)
        )
        slots = with_corners_closed(across, down, rules.scale)
        walled = [
            own if is_whole else _walled(own, own_lines, crossing, own_slots, rules)
            for is_whole, own, own_lines, crossing, own_slots in zip(
                whole, rules, lines, reversed(lines), slots, strict=True
            )
        ]
        rules = replace(rules, across=walled[0], down=walled[1])
    return rules if whole[0] else _with_ends(rules)


def _judged_slots(
    own: Direction, lines: Sequence[Line], crossing: Sequence[Line], scale: float
) -> Sequence[Slot]:
    slots = slots_of(lines, crossing, own.found, scale)
    return _judged(slots, scale, own.found if own.dotted else None)


def _walled(
    own: Direction,
    lines: Sequence[Line],
    crossing: Sequence[Line],
    slots: Sequence[Slot],
    rules: Rules,
) -> Direction:
    """A direction with the walls of its slots, and what of it lies in none of them."""
    scale = rules.scale
    strokes = [] if rules.worn else [*own.strokes]
    strokes += _settled(own.strokes, lines, slots)
    if not own.dotted:
        strokes += _more_walls(lines, crossing, own.found, scale)
    strokes += [*_low_walls(own.strokes, crossing, own.found, scale), *own.lost]
    return replace(own, strokes=tuple(strokes))


def _with_ends(rules: Rules) -> Rules:
    """The rules with the lost ends of those along x of rows that stand alone."""
    across, down = rules
    lines = lines_of(across.strokes, rules.scale)
    ends = ends_of_lone_rows(lines, down.strokes, rules.scale)
    return replace(rules, across=across.longer(ends))


def _lines_of_both(rules: Rules) -> list[list[Line]]:
    """The lines of the rules of either direction, with those of rows of dots where it is dotted."""
    known = [lines_of(own.strokes, rules.scale) for own in rules]
    lines = [
        _lines(own.strokes, crossing, rules.scale)
        for own, crossing in zip(rules, reversed(known), strict=True)
    ]
    dots = [
        rows_of_dots(own_lines, crossing, own.found, rules.scale, turned=turned)
        if own.dotted
        else []
        for own, own_lines, crossing, turned in zip(
            rules, lines, reversed(lines), (False, True), strict=True
        )
    ]
    return [[*own_lines, *rows] for own_lines, rows in zip(lines, dots, strict=True)]


def _lines(strokes: Sequence[Stroke], crossing: Sequence[Line], scale: float) -> list[Line]:
    """The lines of strokes. The walls of a row that stands alone may be shorter than any other."""
    return [
        line
        for line in lines_of(strokes, scale, _SHORTEST)
        if sum(stroke.length for stroke in line.strokes) >= _SHORTEST_LINE * scale
        or _is_in_lone_row(line, crossing, scale)
    ]


def _low_walls(
    strokes: Sequence[Stroke], crossing: Sequence[Line], found: Candidates, scale: float
) -> Iterator[Stroke]:
    """Lone walls of low rows, shorter than any line, of which most is left, from a rule on."""
    short = [
        line
        for line in lines_of(strokes, scale, _SHORTEST)
        if sum(stroke.length for stroke in line.strokes) < _SHORTEST_LINE * scale
    ]
    for slot in slots_of(short, crossing, found, scale, least=_MOST_LEFT):
        begins = bool(slot.on[:_AT_RULE].any() or slot.on[-_AT_RULE:].any())
        if begins and slot.crossed < _CROSSED * scale and log_odds(slot, scale) > 0:
            yield slot.stroke


def _is_in_lone_row(line: Line, crossing: Sequence[Line], scale: float) -> bool:
    """Whether a line lies between two crossing ones that have no others beside them."""
    reach = _HIGHEST_ROW * scale
    places = [
        place
        for place in crossings_of(line, crossing, scale)
        if line.start - reach < place < line.end + reach
    ]
    if not places:
        return False
    first, last = places[0], places[-1]
    edge = THINNEST_SLOT * scale
    beside = all(min(place - first, last - place) < edge for place in places)
    return beside and edge <= last - first < reach


def _more_walls(
    lines: Sequence[Line], crossing: Sequence[Line], found: Candidates, scale: float
) -> Iterator[Stroke]:
    """Walls on lines that are short pieces alone, which were taken for strokes of characters."""
    if not crossing:
        return
    # In the tables alone: the body of a page has strokes without number.
    top, bottom = (side([side(line.start, line.end) for line in crossing]) for side in (min, max))
    contrast = median(np.array([line.contrast for line in [*lines, *crossing]]))
    pieces = [
        stroke
        for stroke in found.solid
        if stroke.length >= _SHORTEST * scale
        and top <= stroke.y0 <= bottom
        and not any(abs(line.y_at(stroke.x0) - stroke.y0) <= _SIDEWAYS * scale for line in lines)
    ]
    others = _lines(pieces, crossing, scale)
    slots = slots_of(others, crossing, found, scale, least=_LEAST_PIECES)
    floating: dict[int, list[bool]] = {}
    for slot in slots:
        floating.setdefault(slot.line, []).append(floats(slot.on, scale))
    alone = {line for line in floating if _stands_alone(line, slots, scale)}
    for slot in slots:
        palest = _PALEST_ALONE if slot.line in alone else _PALEST
        if (
            not are_figures(floating[slot.line])
            and _is_sure(slot, scale)
            and (slot.crossed < _CROSSED * scale or _comes_out_of_a_rule(slot, scale))
            and not _is_stroke(slot, scale)
            # Averaging leaves dots less contrast than they have.
            and usual_contrast(others[slot.line].strokes) >= palest * contrast
        ):
            yield slot.stroke


def _stands_alone(line: int, slots: Sequence[Slot], scale: float) -> bool:
    """Whether several slots of a line have a wall by their ink, and no print near."""
    clear = (slot for slot in slots if slot.line == line and not slot.near.any())
    return sum(log_odds(slot, scale) > _SURE for slot in clear) > 1


def _is_stroke(slot: Slot, scale: float) -> bool:
    """Whether the ink of a slot may be that of characters or a dash: where no wall of the line is
    known, one piece that touches neither rule is none of one, nor are several among print. Where
    nothing is near, ink at both rules that its line alone has is what else is left of a wall."""
    if slot.on[:_AT_RULE].any() and slot.on[-_AT_RULE:].any() and not slot.near.any():
        return False
    if dash_of(joined(slot.on, scale), scale, _MOST_INK).any():
        return True
    longest = longest_run(slot.on)
    alone = longest <= _LONGEST_STROKE * scale and longest >= _MOST_INK * int(slot.on.sum())
    return (alone or float(slot.near.mean()) > _MOST_NEAR) and floats(slot.on, scale)


def _is_sure(slot: Slot, scale: float) -> bool:
    """Whether a slot on a line of short pieces has a wall beyond doubt, by its ink or by where
    that begins: between rules, characters keep off both of them."""
    odds = log_odds(slot, scale)
    if odds > _SURE:
        return True
    ends = (slot.on[:_AT_RULE].any(), slot.on[-_AT_RULE:].any())
    clear = slot.near.mean() < _MOST_NEAR and odds > _SURE_AT_RULE
    return (any(ends) and clear) or (all(ends) and slot.crossed == 0 and odds > 0)


def _comes_out_of_a_rule(slot: Slot, scale: float) -> bool:
    """Whether a piece that is longer than any stroke of a character begins at an end of a slot:
    text that stands close to both sides of it does not run across it."""
    return any(
        end - start >= _LONG_PIECE * scale and (start <= _AT_RULE or end >= len(slot.on) - _AT_RULE)
        for start, end in find_runs(slot.on)
    )


def _judged(
    slots: Sequence[Slot], scale: float, dotted: Candidates | None = None
) -> Sequence[Slot]:
    """The slots of one direction with their log odds, by their own ink and then by the others.

    `dotted` is what they were found in where their rules are dots at random.
    """
    odds = dotted_odds(slots, scale) if dotted else [log_odds(slot, scale) for slot in slots]
    slots = [replace(slot, odds=value) for slot, value in zip(slots, odds, strict=True)]
    walls = np.array([slot.is_wall and not _is_under_text(slot, scale) for slot in slots])
    telling = np.array([abs(slot.odds) > _TELLING for slot in slots])
    on_line = np.array([slot.line for slot in slots])
    ends = np.array([(slot.stroke.x0, slot.stroke.x1) for slot in slots]).reshape(-1, 2)
    remote = np.array([slot.remote for slot in slots])
    judged = []
    for index, slot in enumerate(slots):
        same = on_line == slot.line
        common = np.minimum(ends[:, 1], slot.stroke.x1) - np.maximum(ends[:, 0], slot.stroke.x0)
        band = ~same & ~remote & telling & (common >= _BAND * slot.stroke.length)
        same[index] = False
        others = ends[same & walls]
        reach = _NEAR * slot.stroke.length
        before, after = slot.stroke.x0 - others[:, 1], others[:, 0] - slot.stroke.x1
        inside = _any_between(before, reach) and _any_between(after, reach)
        support = _AMONG_TEXT if slot.near.mean() > 0.5 else 0.0
        if dotted is not None and not walls[same].any():
            support += _ALONE
        if slot.remote:
            support = _UNDER_TEXT if floats(slot.on, scale) else _FAR_OFF
        elif slot.crossed >= _CROSSED * scale:
            support = _UNDER_TEXT if _is_under_text(slot, scale) else _AMONG_TEXT
        elif _agree(walls[band]) and same.any() and walls[same].mean() >= _GOES_ON:
            between = inside or (dotted is not None and is_between_rows(slot, dotted, scale))
            support = _SUPPORT if between else support + _SUPPORT_AT_END
        judged.append(replace(slot, odds=slot.odds + support + _ends_support(slot, scale)))
    return judged


def _is_under_text(slot: Slot, scale: float) -> bool:
    """Whether text runs across the line of a slot, and inks no more of it than text does or is
    nearly all of its ink, between the crossing rules."""
    if slot.crossed < _CROSSED * scale:
        return False
    text = slot.crossed >= _MOST_CROSSED * int(slot.on.sum()) and floats(slot.on, scale)
    return text or float(slot.on.mean()) < _MOST_TEXT


def _ends_support(slot: Slot, scale: float) -> float:
    """For each end of a slot at which its ink begins: between rules, characters keep off both. The
    ink beside too much paper begins there as that of the next slot, which a lost rule parts."""
    if slot.remote or slot.crossed > 0 or longest_run(~slot.on) > LONGEST_GAP * scale:
        return 0.0
    return _REACHED_END * (bool(slot.on[:_AT_RULE].all()) + bool(slot.on[-_AT_RULE:].all()))


def _any_between(gaps: NDArray[np.float64], most: float) -> bool:
    return bool(((gaps >= -1) & (gaps <= most)).any())


def _agree(walls: NDArray[np.bool_]) -> bool:
    return len(walls) >= _FEWEST and float(walls.mean()) >= _AGREEING


def _settled(
    strokes: Sequence[Stroke], lines: Sequence[Line], slots: Sequence[Slot]
) -> Iterator[Stroke]:
    """The walls, and what lies on no line or in no slot of its line as it is."""
    yield from (slot.stroke for slot in slots if slot.is_wall)
    taken: dict[Stroke, list[tuple[float, float]]] = {}
    for slot in slots:
        for stroke in lines[slot.line].strokes:
            taken.setdefault(stroke, []).append((slot.stroke.x0, slot.stroke.x1))
    for stroke in strokes:
        yield from _without(stroke, taken.get(stroke, []))


def _without(stroke: Stroke, places: Sequence[tuple[float, float]]) -> Iterator[Stroke]:
    """What of a stroke lies outside of ascending places."""
    start = stroke.x0
    for low, high in [*sorted(places), (stroke.x1, stroke.x1)]:
        end = min(low, stroke.x1)
        if end > start:
            yield stroke.between(start, end)
        start = max(start, high)
