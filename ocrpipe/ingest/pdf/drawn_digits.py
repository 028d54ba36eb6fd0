"""Are the digits of a text layer those that the page shows?

A font's map to Unicode (/ToUnicode) may be wrong or have holes, which MuPDF fills by guesses; its
outlines may have been exchanged; and what a path clips away, or something else is painted over, is
in the layer all the same. So every digit of the layer is looked at where it is drawn. Points of the
page as displayed throughout.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from ocrpipe.ingest.pdf.digit_places import (
    CENTRE,
    MOST_PIXELS,
    DigitPlace,
    Look,
    close_pieces,
    digit_places,
    patches_of,
    piece_of,
)
from ocrpipe.ingest.pdf.digit_shapes import digit_likeness
from ocrpipe.ingest.pdf.text_runs import UNMAPPED, Char, Run
from ocrpipe.page import POINTS_PER_INCH, PageImage

_EM, _SMALLEST_EM = 16.0, 11.0
"""Pixels of the font size of most digits, and of the smallest print that is judged."""

_MOST_CHARS = 20_000
"""Looked at; a dense page of a table has two thousand digits, and OpenCV ends at 32,767."""

_BARE = 12
"""Levels of grey within which a ground is even: what differs less is not seen on it."""

_DARK = 100
"""Level of grey of a ground that hides dark print, which was blackened so."""

_ALIKE, _LEAD = 0.9, 0.05
"""Correlation of a digit with most of its kind from which it is not looked at itself; and by how
much it may be more like another one of its font."""

_SUSPECT, _MISTAKEN = (0.65, 0.03), (0.75, 0.08)
"""Likeness to the digit that is drawn, and by how much it exceeds that to the one of the layer,
at a first and at a close look. Of 810 digits in 81 typefaces, 6 are above both at first and none
close by; of exchanged ones 99% are."""

_WHOLE = 0.8
"""Quantile of the ink at a place of a digit over all of its kind: some may be cut off, and a stamp
may lie on some."""

_MISSING, _LEGIBLE = 0.4, 0.7
"""Share of the usual ink of a digit that is not there, and likeness to itself, of one that was cut
off: close by, no whole one in 81 typefaces is less alike than 0.72."""

_SURELY = 0.8
"""Likeness from which print where the layer has a space is a digit; rules and words have less."""

_MOST_LOOKS = 300
"""At digits close by, a fifth of a millisecond each."""

_MISTAKES = 3
"""Digits drawn as others from which the layer of the page is not believed; fewer are taken out."""

_MOST_HIDDEN = 0.5
"""Share of the digits that are not drawn up to which the others are believed: a page whose layer
has all of its text twice shows half of it."""


@dataclass(frozen=True, slots=True)
class CheckedDigits:
    """The runs of a page without the digits that are not drawn; those drawn as other ones or in
    part, and spaces that are drawn as digits, are UNMAPPED.

    `refuted`: so many of them that the text layer is not to be believed at all.
    """

    runs: tuple[Run, ...]
    refuted: bool


def check_digits(runs: Sequence[Run], look: Look) -> CheckedDigits:
    """Compare the visible digits of a text layer with what is drawn in their places.

    Args:
        runs: Of the page as displayed.
        look: At that page; takes boxes in its points.
    """
    places = list(islice(digit_places(runs), _MOST_CHARS))
    sizes = [place.char.size for place in places if place.digit is not None]
    if not sizes:
        return CheckedDigits(tuple(runs), refuted=False)
    size = float(np.median(sizes))
    area = max(place.char.box.x1 for place in places) * max(place.char.box.y1 for place in places)
    scale = min(_EM / max(size, 1e-3), sqrt(MOST_PIXELS / max(area, 1.0)))
    if scale * size < _SMALLEST_EM:
        return CheckedDigits(tuple(runs), refuted=False)
    image = look(scale * POINTS_PER_INCH, None)
    places = [place for place in places if place.char.size * image.scale >= _SMALLEST_EM]
    patches = patches_of(image, places)
    shown = np.ptp(patches[:, CENTRE], axis=1) > _BARE
    changed = {
        (place.run, place.at): _hidden(place.char, patch)
        for place, patch, seen in zip(places, patches, shown, strict=True)
        if place.digit is not None and not seen
    }
    drawn = [place for place, seen in zip(places, shown, strict=True) if seen]
    misplaced = len(changed) > max(_MISTAKES, _MOST_HIDDEN * len(sizes))
    if misplaced or not drawn:
        return CheckedDigits(_with(runs, changed), misplaced)
    mistaken = _mistaken(image, drawn, patches[shown], look)
    for place in (*mistaken, *_cut_off(drawn, patches[shown], look)):
        changed[place.run, place.at] = replace(place.char, text=UNMAPPED)
    return CheckedDigits(_with(runs, changed), len(mistaken) >= _MISTAKES)


def _hidden(char: Char, patch: NDArray[np.float32]) -> Char:
    """A digit that is not drawn: not there, or blackened, when nobody can tell what it was."""
    if float(patch.mean()) < _DARK and _darkness(char.color) > 0.5:
        return replace(char, text=UNMAPPED)
    return replace(char, visible=False)


def _darkness(color: int) -> float:
    return 1 - sum((color >> shift) & 0xFF for shift in (0, 8, 16)) / (3 * 255)


def _mistaken(
    image: PageImage, places: Sequence[DigitPlace], patches: NDArray[np.float32], look: Look
) -> list[DigitPlace]:
    """Digits that are drawn as others, and spaces that are drawn as digits."""
    suspects: list[DigitPlace] = []
    kinds: dict[tuple[str, int | None], list[DigitPlace]] = defaultdict(list)
    flat = patches - patches.mean(axis=(1, 2), keepdims=True)
    flat = flat.reshape(len(places), -1)
    flat /= np.maximum(np.linalg.norm(flat, axis=1, keepdims=True), 1e-6)
    groups = _groups(places)
    usual = {name: _usual(flat[members]) for name, members in groups.items()}
    for (font, digit), members in groups.items():
        near = flat[members] @ usual[font, digit]
        kinds[font, digit] = [places[at] for at in members]
        odd = [members[int(near.argmax())]]
        if near.min() < _ALIKE:
            odd.append(members[int(near.argmin())])
        suspects += [
            places[at] for at in odd if _is_another(piece_of(image, places[at]), digit, *_SUSPECT)
        ]
        others = [mean for (name, other), mean in usual.items() if name == font and other != digit]
        if others:
            nearer = (flat[members] @ np.array(others).T).max(axis=1) > near + _LEAD
            suspects += [kinds[font, digit][at] for at in np.flatnonzero(nearer)]
    spaces = [place for place in places if place.digit is None][:_MOST_LOOKS]
    suspects += [place for place in spaces if _may_be_digit(piece_of(image, place))]
    wrong = _mistaken_closely(dict.fromkeys(suspects), look)
    like = {(place.char.font, place.digit) for place in wrong if place.digit is not None}
    rest = [place for kind in like for place in kinds[kind] if place not in wrong]
    return wrong + _mistaken_closely(rest, look)


def _mistaken_closely(places: Iterable[DigitPlace], look: Look) -> list[DigitPlace]:
    return [
        place
        for place, piece in close_pieces(list(places)[:_MOST_LOOKS], look)
        if (
            _is_digit(piece) if place.digit is None else _is_another(piece, place.digit, *_MISTAKEN)
        )
    ]


def _cut_off(
    places: Sequence[DigitPlace], patches: NDArray[np.float32], look: Look
) -> list[DigitPlace]:
    """Digits of which less is drawn than of others of their kind, as where a row is too low."""
    edge = np.concatenate((patches[:, 0], patches[:, -1], patches[:, :, 0], patches[:, :, -1]), 1)
    ink = np.abs(patches - np.median(edge, axis=1)[:, None, None])
    suspects = []
    for members in _groups(places).values():
        usual = np.quantile(ink[members], _WHOLE, axis=0)
        lost = np.maximum(usual - ink[members], 0).sum(axis=(1, 2))
        missing = lost > _MISSING * usual.sum()
        suspects += [places[members[at]] for at in np.flatnonzero(missing)]
    return [
        place
        for place, piece in close_pieces(suspects[:_MOST_LOOKS], look)
        if (likeness := digit_likeness(piece)) is None or likeness[place.digit or 0] < _LEGIBLE
    ]


def _groups(places: Sequence[DigitPlace]) -> dict[tuple[str, int], list[int]]:
    """Which places have the same digit in the same font."""
    groups: dict[tuple[str, int], list[int]] = defaultdict(list)
    for index, place in enumerate(places):
        if place.digit is not None:
            groups[place.char.font, place.digit].append(index)
    return groups


def _usual(patches: NDArray[np.float32]) -> NDArray[np.float32]:
    mean = patches.mean(axis=0)
    return np.asarray(mean / max(float(np.linalg.norm(mean)), 1e-6), np.float32)


def _is_another(piece: NDArray[np.uint8], digit: int | None, least: float, lead: float) -> bool:
    """Whether a digit is drawn as another one than it is called."""
    likeness = digit_likeness(piece)
    if likeness is None or digit is None:
        return False
    best = float(likeness.max())
    return best >= least and best - float(likeness[digit]) > lead


def _may_be_digit(piece: NDArray[np.uint8]) -> bool:
    likeness = digit_likeness(piece)
    return likeness is not None and float(likeness.max()) >= _SUSPECT[0]


def _is_digit(piece: NDArray[np.uint8]) -> bool:
    """Whether a digit is drawn at the place of a space, and no part of what is beside it."""
    edges = np.concatenate((piece[0], piece[-1], piece[:, 0], piece[:, -1]))
    likeness = digit_likeness(piece) if int(np.ptp(edges)) <= _BARE else None
    return likeness is not None and float(likeness.max()) >= _SURELY


def _with(runs: Sequence[Run], changed: Mapping[tuple[int, int], Char]) -> tuple[Run, ...]:
    found = list(runs)
    for at_run in {at_run for at_run, _ in changed}:
        run = found[at_run]
        chars = tuple(changed.get((at_run, at), char) for at, char in enumerate(run.chars))
        found[at_run] = replace(run, chars=chars)
    return tuple(found)
