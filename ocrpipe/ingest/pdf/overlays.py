"""Text of another layer over that of a page: of stamps, along a circle maybe, and of watermarks.

Points of one frame throughout.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations, groupby
from statistics import median

from ocrpipe.geometry import Box, union
from ocrpipe.ingest.characters import language_of
from ocrpipe.ingest.pdf.overlay_evidence import (
    LARGER,
    OPAQUE,
    PALER,
    SURE,
    Letters,
    Style,
    Unit,
    is_coloured,
    is_crossed,
    is_struck,
    letters_of,
    lies_over,
    lightness,
)
from ocrpipe.ingest.pdf.text_lines import join_chars
from ocrpipe.ingest.pdf.text_runs import Char, Run
from ocrpipe.page import Ruling, TextLine

_REACH = 2.5
"""In font sizes: farther apart the characters of a stamp do not stand."""

_FEWEST_AROUND, _OF_A_CIRCLE = 4, 0.6
"""Characters that stand alone which a circle has, and their share of its units, at least."""

_CORNER = 1.5
"""Points between the ends of two rules that meet at a corner, at most."""

_ONE_ROW = 2.0
"""Height of text in one row, at most, in what each of its characters takes of its width."""

_SAME_LINE = 0.15
"""In font sizes: what differs less in height stands in one row."""


def part_overlays(
    runs: Sequence[Run], rulings: Sequence[Ruling] = ()
) -> tuple[tuple[Run, ...], tuple[TextLine, ...]]:
    """The runs without text that was put over them, and that text, a line for each stamp.

    Runs that stand askew are in neither unless they lie over other text.
    """
    units = list(_units(runs))
    upright = tuple(run for run in runs if not run.askew)
    candidates = _candidates(units)
    if not candidates:
        return upright, ()
    letters = letters_of(units)
    groups = [
        (group, _overlay(group, letters, rulings))
        for layer in _layers(units, candidates)
        if any(lies_over(unit, letters, 1) or is_crossed(unit, rulings) for unit in layer)
        for group in _near(layer)
    ]
    known = {_print(part) for _, part in groups if part}
    found = [part or group for group, part in groups if part or _print(group) in known]
    if not found:
        return upright, ()
    taken: dict[int, set[Char]] = {}
    for unit in (unit for part in found for unit in part):
        taken.setdefault(unit.run, set()).update(unit.chars)
    rest = (_without(run, taken.get(at)) for at, run in enumerate(runs) if not run.askew)
    return tuple(run for run in rest if run.chars), tuple(map(_line, found))


def without_stamp_frames(
    rulings: Sequence[Ruling], overlays: Sequence[TextLine]
) -> tuple[Ruling, ...]:
    """The rules without the four around the text of a stamp, set in one row, which no rule meets.

    The rules around a cell go on at its corners, or meet those of the cells beside it there; on
    those around a table the rules inside it end.
    """
    frames = [
        found
        for line in overlays
        if line.box.height <= _ONE_ROW * line.box.width / max(len(line.text), 1)
        for found in _frames_around(line.box, rulings)
        if not any(_meets(other, found) for other in rulings if other not in found)
    ]
    taken = {rule for frame in frames for rule in frame}
    return tuple(rule for rule in rulings if rule not in taken)


def _frames_around(box: Box, rulings: Sequence[Ruling]) -> Iterator[tuple[Ruling, ...]]:
    """Rectangles of four rules close around a box."""
    around = box.padded(box.height)
    near = [
        rule
        for rule in rulings
        if around.contains_point(rule.x0, rule.y0) and around.contains_point(rule.x1, rule.y1)
    ]
    across = sorted((rule for rule in near if rule.horizontal), key=lambda rule: rule.y0)
    down = sorted((rule for rule in near if not rule.horizontal), key=lambda rule: rule.x0)
    for top, bottom in combinations(across, 2):
        for left, right in combinations(down, 2):
            corners = Box(left.x0, top.y0, right.x0, bottom.y0)
            ends = (
                *(abs(rule.x0 - corners.x0) + abs(rule.x1 - corners.x1) for rule in (top, bottom)),
                *(abs(rule.y0 - corners.y0) + abs(rule.y1 - corners.y1) for rule in (left, right)),
            )
            if max(ends) <= 2 * _CORNER and corners.contains_point(*box.center):
                yield top, bottom, left, right


def _meets(other: Ruling, frame: Sequence[Ruling]) -> bool:
    """Whether a rule ends at a side of a frame, or comes to a corner of it."""
    top, bottom, left, right = frame
    corners = [(x, y) for x in (left.x0, right.x0) for y in (top.y0, bottom.y0)]
    sides = [_extent(side) for side in frame]
    ends = ((other.x0, other.y0), (other.x1, other.y1))
    return any(_extent(other).contains_point(*corner) for corner in corners) or any(
        side.contains_point(*end) for side in sides for end in ends
    )


def _extent(rule: Ruling) -> Box:
    low, high = sorted((rule.y0, rule.y1))
    return Box(min(rule.x0, rule.x1), low, max(rule.x0, rule.x1), high).padded(_CORNER)


def _without(run: Run, taken: set[Char] | None) -> Run:
    if not taken:
        return run
    return replace(run, chars=tuple(char for char in run.chars if char not in taken))


def _print(part: Sequence[Unit]) -> tuple[Style, str]:
    """By what a watermark is known that is set over a page many times."""
    return part[0].style, _text(part)


def _text(part: Sequence[Unit]) -> str:
    return "".join(join_chars(unit.chars) for unit in part)


def _line(part: Sequence[Unit]) -> TextLine:
    text = _text(part)
    box = union(unit.box for unit in part).rounded(3)
    return TextLine(text, box, 1.0, language_of(text))


def _units(runs: Sequence[Run]) -> Iterator[Unit]:
    turns = Counter(run.quarters for run in runs for _ in run.chars if not run.askew)
    usual = turns.most_common(1)[0][0] if turns else 0
    for at, run in enumerate(runs):
        printed = [char for char in run.chars if char.visible and not char.is_space]
        turned = run.askew or run.quarters != usual
        for style, chars in groupby(printed, lambda char: Style(char.color, char.alpha)):
            yield Unit(at, tuple(chars), style, turned, run.askew)


def _candidates(units: Sequence[Unit]) -> set[int]:
    """The places of the units that look otherwise than most text does."""
    counts: Counter[Style] = Counter()
    for unit in units:
        counts[unit.style] += len(unit.chars)
    if not counts:
        return set()
    usual = counts.most_common(1)[0][0]
    size = median(char.size for unit in units for char in unit.chars)
    return {
        at
        for at, unit in enumerate(units)
        if unit.turned
        or unit.size >= LARGER * size
        or (
            unit.style != usual
            and (
                unit.style.alpha < OPAQUE
                or is_coloured(unit.style.color)
                or lightness(unit.style.color) > lightness(usual.color) + PALER
            )
        )
    }


def _layers(units: Sequence[Unit], candidates: set[int]) -> Iterator[list[Unit]]:
    """Candidates that were painted alike one after another."""
    keyed = ((at, unit) for at, unit in enumerate(units))
    for (_, chosen), group in groupby(keyed, lambda one: (one[1].style, one[0] in candidates)):
        if chosen:
            yield [unit for _, unit in group]


def _near(layer: Sequence[Unit]) -> list[list[Unit]]:
    """Units of a layer by groups that stand close to each other, each in the order of the file."""
    groups: list[list[int]] = []
    boxes = [unit.box for unit in layer]
    for at, unit in enumerate(layer):
        reach = boxes[at].padded(_REACH * unit.size / 2)
        near = [
            group
            for group in groups
            if any(
                reach.intersection(boxes[one].padded(_REACH * layer[one].size / 2)) for one in group
            )
        ]
        groups = [group for group in groups if group not in near]
        groups.append([one for group in near for one in group] + [at])
    return [[layer[at] for at in sorted(group)] for group in groups]


def _overlay(
    group: Sequence[Unit], letters: Letters, rulings: Sequence[Ruling]
) -> list[Unit] | None:
    """The units of a group that are put over the page, None if there are none.

    A number may be a table's own however it is coloured.
    """
    around = _is_around(group)
    single = [unit for unit in group if around and len(unit.chars) == 1]
    over = [
        unit
        for unit in group
        if lies_over(unit, letters, SURE if unit.is_number and not around else 1)
        or (not unit.is_number and is_struck(unit, rulings))
    ]
    if not over and not any(is_crossed(unit, rulings) for unit in single):
        return None
    sure = [unit for unit in group if unit in over or unit in single]
    hull = union(unit.box for unit in sure)
    translucent = group[0].style.alpha < OPAQUE
    return [
        unit
        for unit in group
        if unit in sure
        or translucent
        or unit.askew
        or (not unit.is_number and hull.contains_point(*unit.box.center))
    ]


def _is_around(group: Sequence[Unit]) -> bool:
    """Whether most characters stand alone, neither in a row nor in a column: along a circle."""
    single = [unit for unit in group if len(unit.chars) == 1]
    if len(single) < max(_FEWEST_AROUND, _OF_A_CIRCLE * len(group)):
        return False
    step = _SAME_LINE * median(unit.size for unit in single)
    places = [unit.box.center for unit in single]
    return all(
        2 * len({round(place[axis] / step) for place in places}) >= len(single) for axis in (0, 1)
    )
