"""Runs of characters to lines of text, with the spaces that were meant."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from ocrpipe.geometry import Box, union
from ocrpipe.ingest.characters import is_wide, language_of
from ocrpipe.ingest.pdf.text_runs import Char, Run
from ocrpipe.page import Glyph, Ruling, TextLine

_MERGE_GAP = 1.2
"""In font sizes: what stands closer on one baseline is one line. MuPDF breaks a line at 0.8, which
parts justified text; a column gutter is wider than two."""

_WORD_GAP = 0.15
"""In font sizes: gap from which two parts of a line are taken for two words, as in MuPDF."""

_PRINTED_GAP = 0.9
"""In font sizes: a typed gap between Chinese characters is kept from this width on."""


def build_lines(runs: Sequence[Run], rulings: Sequence[Ruling] = ()) -> tuple[TextLine, ...]:
    """Visible text as lines, in the order of the file.

    Parts on one baseline are joined unless they stand far apart or a rule stands between them.
    `runs`, `rulings` and the lines are in points of one frame.
    """
    parts = [part for part in map(_visible, runs) if part is not None]
    groups: list[list[int]] = []
    for down in (False, True):
        members = [index for index, part in enumerate(parts) if part.runs_down == down]
        groups += _chains(members, parts, down, rulings)
    lines = []
    for group in sorted(groups, key=min):
        line = _line([parts[index] for index in group])
        if line is not None:
            lines.append(line)
    return tuple(lines)


def build_glyphs(runs: Sequence[Run]) -> tuple[Glyph, ...]:
    """Every visible character that is no space, in the order of the file."""
    return tuple(
        Glyph(char.text, char.box.rounded(3), run.quarters)
        for run in runs
        for char in run.chars
        if char.visible and not char.is_space
    )


def join_chars(chars: Sequence[Char], down: bool = False) -> str:
    """The characters of one line as text.

    A space stays between two words of Latin text. Next to a Chinese character it stays only where
    it was typed and is wide: what is narrow comes from justification or automatic spacing.
    """
    pieces: list[str] = []
    previous: Char | None = None
    between: list[Char] = []
    for char in chars:
        if char.is_space:
            between.append(char)
            continue
        if previous is not None:
            pieces.append(_space(previous, between, char, down))
        pieces.append(char.text)
        previous, between = char, []
    return "".join(pieces)


def _space(before: Char, between: Sequence[Char], after: Char, down: bool) -> str:
    gap = _gap(before.box, after.box, down) / max(before.size, after.size, 1e-6)
    if not is_wide(before.text) and not is_wide(after.text):
        return " " if between or gap > _WORD_GAP else ""
    typed = any(not char.synthetic for char in between)
    if typed and gap >= _PRINTED_GAP and is_wide(before.text) and is_wide(after.text):
        return "\u3000" if any(char.text == "\u3000" for char in between) else " "
    return ""


def _gap(first: Box, second: Box, down: bool) -> float:
    return second.y0 - first.y1 if down else second.x0 - first.x1


def _visible(run: Run) -> Run | None:
    chars = tuple(char for char in run.chars if char.visible)
    if all(char.is_space for char in chars):
        return None
    return Run(chars, run.quarters, run.vertical)


def _ink_box(run: Run) -> Box:
    return union(char.box for char in run.chars if not char.is_space)


def _chains(
    members: Sequence[int], parts: Sequence[Run], down: bool, rulings: Sequence[Ruling]
) -> list[list[int]]:
    """Indices of `parts` that make one line each, along their direction."""
    boxes = {index: _ink_box(parts[index]) for index in members}
    walls = [ruling for ruling in rulings if ruling.horizontal == down]
    low, along = (0, 1) if down else (1, 0)
    order = sorted(members, key=lambda index: boxes[index][low])
    chain_of = {index: [index] for index in members}
    near = _neighbours(
        np.array([boxes[index] for index in order]).reshape(-1, 4),
        np.array([parts[index].chars[0].size for index in order]),
        down,
    )
    for index, places in zip(order, near, strict=True):
        for other in (order[place] for place in places):
            if chain_of[other] is not chain_of[index] and _same_line(
                parts[index], boxes[index], parts[other], boxes[other], down, walls
            ):
                chain_of[index] += chain_of[other]
                for member in chain_of[other]:
                    chain_of[member] = chain_of[index]
    chains = {id(chain): chain for chain in chain_of.values()}.values()
    return [sorted(chain, key=lambda member: boxes[member][along]) for chain in chains]


def _neighbours(
    boxes: NDArray[np.float64], sizes: NDArray[np.float64], down: bool
) -> Iterator[list[int]]:
    """For each box (n x 4, sorted across the lines) those after it that may be on its line.

    A page may hold a hundred thousand characters set one by one.
    """
    low, along = (0, 1) if down else (1, 0)
    ends = np.searchsorted(boxes[:, low], boxes[:, low + 2], side="left")
    for place, end in enumerate(ends.tolist()):
        others = slice(place + 1, end)
        gaps = np.maximum(
            boxes[others, along] - boxes[place, along + 2],
            boxes[place, along] - boxes[others, along + 2],
        )
        reach = _MERGE_GAP * np.maximum(sizes[others], sizes[place])
        yield (np.flatnonzero(gaps <= reach) + place + 1).tolist()


def _same_line(
    one: Run, box: Box, other: Run, other_box: Box, down: bool, walls: Sequence[Ruling]
) -> bool:
    if (one.quarters, one.vertical) != (other.quarters, other.vertical) or one.quarters:
        return False
    first, second = sorted((box, other_box), key=lambda b: b.y0 if down else b.x0)
    size = max(one.chars[0].size, other.chars[0].size)
    gap = _gap(first, second, down)
    if not -0.5 * size <= gap <= _MERGE_GAP * size:
        return False
    lows, highs = (first.x0, second.x0), (first.x1, second.x1)
    if not down:
        lows, highs = (first.y0, second.y0), (first.y1, second.y1)
    common = min(highs) - max(lows)
    if common < 0.6 * min(high - low for low, high in zip(lows, highs, strict=True)):
        return False
    return not any(_between(wall, first, second, down) for wall in walls)


def _between(wall: Ruling, first: Box, second: Box, down: bool) -> bool:
    (x1, y1), (x2, y2) = first.center, second.center
    if down:
        return y1 < wall.y0 < y2 and wall.x0 <= (x1 + x2) / 2 <= wall.x1
    return x1 < wall.x0 < x2 and wall.y0 <= (y1 + y2) / 2 <= wall.y1


def _line(parts: Sequence[Run]) -> TextLine | None:
    # A run that stands upside down or reads upwards keeps the order of the file.
    down = parts[0].runs_down
    chars = [char for part in parts for char in part.chars]
    pieces = [join_chars(part.chars, down) for part in parts]
    text = pieces[0]
    for (left, right), piece in zip(pairwise(parts), pieces[1:], strict=True):
        text += _seam(left, right, down) + piece
    text = text.strip()
    if not text:
        return None
    box = union(char.box for char in chars if not char.is_space).rounded(3)
    return TextLine(text, box, 1.0, language_of(text), down)


def _seam(left: Run, right: Run, down: bool) -> str:
    before = next(char for char in reversed(left.chars) if not char.is_space)
    after = next(char for char in right.chars if not char.is_space)
    typed = [char for char in (*left.chars[::-1][:1], right.chars[0]) if char.is_space]
    return _space(before, typed, after, down)
