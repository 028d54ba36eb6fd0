"""Characters that a PDF prints twice in one place, for bold type or a shadow.

Programs that have no bold cut of a typeface print the text again a fraction of a point aside, and
some print its outline over it. It is one text. Points of the page as displayed throughout.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from ocrpipe.ingest.pdf.text_runs import Char, Run

_ASIDE = 0.2
"""In font sizes, across and down: as far from it the same character may be printed again."""

_OF_ITSELF = 0.5
"""In widths and heights of the character: the same, for narrow ones. In a typeface that follows a
hand a 1 stands 0.17 font sizes before another one, which is its whole width."""

_SAME_SIZE = 0.1
"""Share by which the sizes of the two may differ."""

_STEP = 2.0
"""Points between the lines of the net in which characters are looked up; `_ASIDE` of 10 points."""


def without_doubles(runs: Sequence[Run]) -> tuple[Run, ...]:
    """The runs with every visible character marked invisible that is printed again later."""
    seen: dict[tuple[str, int, int], list[Char]] = defaultdict(list)
    found: list[Run] = []
    for run in reversed(runs):
        chars = tuple(_seen_once(char, seen) for char in reversed(run.chars))
        doubled = any(one is not char for one, char in zip(chars, reversed(run.chars), strict=True))
        found.append(replace(run, chars=chars[::-1]) if doubled else run)
    return tuple(reversed(found))


def _seen_once(char: Char, seen: dict[tuple[str, int, int], list[Char]]) -> Char:
    if not char.visible or char.is_space:
        return char
    x, y = char.box.center
    reach = _ASIDE * char.size
    for col in range(int((x - reach) // _STEP), int((x + reach) // _STEP) + 1):
        for row in range(int((y - reach) // _STEP), int((y + reach) // _STEP) + 1):
            if any(_is_double(char, other) for other in seen.get((char.text, col, row), ())):
                return replace(char, visible=False)
    seen[char.text, int(x // _STEP), int(y // _STEP)].append(char)
    return char


def _is_double(char: Char, other: Char) -> bool:
    (x, y), (other_x, other_y) = char.box.center, other.box.center
    across = min(_ASIDE * char.size, _OF_ITSELF * char.box.width)
    down = min(_ASIDE * char.size, _OF_ITSELF * char.box.height)
    alike = abs(char.size - other.size) <= _SAME_SIZE * char.size
    return alike and abs(x - other_x) <= across and abs(y - other_y) <= down
