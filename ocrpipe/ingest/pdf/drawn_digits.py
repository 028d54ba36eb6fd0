"""Are the digits of a text layer those that the page shows?

A font's map to Unicode (/ToUnicode) may be wrong or have holes, which MuPDF fills by guesses; its
outlines may have been exchanged; and what a path clips away, or something else is painted over, is
in the layer all the same. So every digit of the layer is looked at where it is drawn. Points of the
page as displayed throughout.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from math import sqrt

import cv2
import numpy as np
from numpy.typing import NDArray

from ocrpipe.geometry import Box, union
from ocrpipe.ingest.pdf.digit_shapes import digit_likeness
from ocrpipe.ingest.pdf.text_runs import UNMAPPED, Char, Run
from ocrpipe.page import POINTS_PER_INCH, PageImage

_DIGITS = {char: at % 10 for at, char in enumerate("0123456789０１２３４５６７８９")}

Look = Callable[[float, Box | None], PageImage]
"""Gives a grey raster of the page, or of a part of it, at a resolution in dots per inch."""

_PAGE = Box(0.0, 0.0, 0.0, 0.0)
"""What begins where the page does."""

_EM, _SMALLEST_EM = 16.0, 11.0
"""Pixels of the font size of most digits, and of the smallest print that is judged."""

_CLOSE_EM, _SMALLEST_CLOSE_EM = 60.0, 30.0
"""The same where a digit looks like another one at first: hairlines of a Song typeface need it."""

_MOST_PIXELS = 20_000_000
"""Of a raster, which takes about ten milliseconds then."""

_MOST_CHARS = 20_000
"""Looked at; a dense page of a table has two thousand digits, and OpenCV ends at 32,767."""

_ACROSS, _DOWN = np.linspace(0.1, 0.9, 9), np.linspace(0.1, 0.94, 15)
"""Shares of a character's box at which it is looked at: the rules beside it stay outside."""

_CENTRE = ((_ACROSS > 0.2) & (_ACROSS < 0.8))[None, :] & ((_DOWN > 0.25) & (_DOWN < 0.75))[:, None]
"""Every digit has ink there, and neither a neighbour nor an underline has."""

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

_NARROW = 0.2
"""Font sizes: narrower than any digit, and than a space that stands for something."""

_MOST_LOOKS, _SINGLE_LOOKS = 300, 8
"""At digits close by, a fifth of a millisecond each; and up to how many get a raster each."""

_MISTAKES = 3
"""Digits drawn as others from which the layer of the page is not believed; fewer are taken out."""


@dataclass(frozen=True, slots=True)
class CheckedDigits:
    """The runs of a page without the digits that are not drawn; those drawn as other ones or in
    part, and spaces that are drawn as digits, are UNMAPPED.

    `refuted`: so many of them that the text layer is not to be believed at all.
    """

    runs: tuple[Run, ...]
    refuted: bool


@dataclass(frozen=True, slots=True)
class _Place:
    run: int
    at: int
    char: Char
    quarters: int

    @property
    def digit(self) -> int | None:
        return _DIGITS.get(self.char.text)


def check_digits(runs: Sequence[Run], look: Look) -> CheckedDigits:
    """Compare the visible digits of a text layer with what is drawn in their places.

    Args:
        runs: Of the page as displayed.
        look: At that page; takes boxes in its points.
    """
    places = list(islice(_places(runs), _MOST_CHARS))
    sizes = [place.char.size for place in places if place.digit is not None]
    if not sizes:
        return CheckedDigits(tuple(runs), refuted=False)
    size = float(np.median(sizes))
    area = max(place.char.box.x1 for place in places) * max(place.char.box.y1 for place in places)
    scale = min(_EM / max(size, 1e-3), sqrt(_MOST_PIXELS / max(area, 1.0)))
    if scale * size < _SMALLEST_EM:
        return CheckedDigits(tuple(runs), refuted=False)
    image = look(scale * POINTS_PER_INCH, None)
    places = [place for place in places if place.char.size * image.scale >= _SMALLEST_EM]
    patches = _patches(image, places)
    shown = np.ptp(patches[:, _CENTRE], axis=1) > _BARE
    changed = {
        (place.run, place.at): _hidden(place.char, patch)
        for place, patch, seen in zip(places, patches, shown, strict=True)
        if place.digit is not None and not seen
    }
    drawn = [place for place, seen in zip(places, shown, strict=True) if seen]
    mistaken = _mistaken(image, drawn, patches[shown], look)
    for place in (*mistaken, *_cut_off(drawn, patches[shown], look)):
        changed[place.run, place.at] = replace(place.char, text=UNMAPPED)
    return CheckedDigits(_with(runs, changed), len(mistaken) >= _MISTAKES)


def _places(runs: Sequence[Run]) -> Iterator[_Place]:
    """The digits and spaces that have a width and stand by quarter turns."""
    for at_run, run in enumerate(runs):
        if run.askew or run.vertical:
            continue
        for at, char in enumerate(run.chars):
            if char.visible and (char.text in _DIGITS or char.is_space) and not char.synthetic:
                width, height = char.box.width, char.box.height
                inside = min(char.box.x1, char.box.y1) > 1
                if inside and min(width, height) > _NARROW * char.size:
                    yield _Place(at_run, at, char, run.quarters)


def _patches(image: PageImage, places: Sequence[_Place]) -> NDArray[np.float32]:
    """(n, down, across): levels of grey inside the boxes of characters, set upright."""
    boxes = np.array([place.char.box for place in places], np.float64).reshape(-1, 4)
    quarters = np.array([place.quarters for place in places], int).reshape(-1, 1, 1)
    across, down = np.broadcast_arrays(_ACROSS[None, None, :], _DOWN[None, :, None])
    # What stands turned clockwise by a quarter has its top at the right.
    xs = np.choose(quarters, (across, 1 - down, 1 - across, down))
    ys = np.choose(quarters, (down, across, 1 - down, 1 - across))
    xs = boxes[:, 0, None, None] + xs * (boxes[:, 2] - boxes[:, 0])[:, None, None]
    ys = boxes[:, 1, None, None] + ys * (boxes[:, 3] - boxes[:, 1])[:, None, None]
    shape = (len(places), len(_DOWN) * len(_ACROSS))
    # The middle of a pixel is half a pixel from its edge.
    at_x, at_y = (
        (values * image.scale - 0.5).astype(np.float32).reshape(shape) for values in (xs, ys)
    )
    found = cv2.remap(image.pixels, at_x, at_y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return found.reshape(-1, len(_DOWN), len(_ACROSS)).astype(np.float32)


def _hidden(char: Char, patch: NDArray[np.float32]) -> Char:
    """A digit that is not drawn: not there, or blackened, when nobody can tell what it was."""
    if float(patch.mean()) < _DARK and _darkness(char.color) > 0.5:
        return replace(char, text=UNMAPPED)
    return replace(char, visible=False)


def _darkness(color: int) -> float:
    return 1 - sum((color >> shift) & 0xFF for shift in (0, 8, 16)) / (3 * 255)


def _mistaken(
    image: PageImage, places: Sequence[_Place], patches: NDArray[np.float32], look: Look
) -> list[_Place]:
    """Digits that are drawn as others, and spaces that are drawn as digits."""
    suspects: list[_Place] = []
    kinds: dict[tuple[str, int | None], list[_Place]] = defaultdict(list)
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
            places[at] for at in odd if _is_another(_piece(image, places[at]), digit, *_SUSPECT)
        ]
        others = [mean for (name, other), mean in usual.items() if name == font and other != digit]
        if others:
            nearer = (flat[members] @ np.array(others).T).max(axis=1) > near + _LEAD
            suspects += [kinds[font, digit][at] for at in np.flatnonzero(nearer)]
    spaces = [place for place in places if place.digit is None][:_MOST_LOOKS]
    suspects += [place for place in spaces if _may_be_digit(_piece(image, place))]
    wrong = _mistaken_closely(dict.fromkeys(suspects), look)
    like = {(place.char.font, place.digit) for place in wrong if place.digit is not None}
    rest = [place for kind in like for place in kinds[kind] if place not in wrong]
    return wrong + _mistaken_closely(rest, look)


def _mistaken_closely(places: Iterable[_Place], look: Look) -> list[_Place]:
    return [
        place
        for place, piece in _close_pieces(list(places)[:_MOST_LOOKS], look)
        if (
            _is_digit(piece) if place.digit is None else _is_another(piece, place.digit, *_MISTAKEN)
        )
    ]


def _cut_off(places: Sequence[_Place], patches: NDArray[np.float32], look: Look) -> list[_Place]:
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
        for place, piece in _close_pieces(suspects[:_MOST_LOOKS], look)
        if (likeness := digit_likeness(piece)) is None or likeness[place.digit or 0] < _LEGIBLE
    ]


def _groups(places: Sequence[_Place]) -> dict[tuple[str, int], list[int]]:
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


def _close_pieces(
    places: Sequence[_Place], look: Look
) -> Iterator[tuple[_Place, NDArray[np.uint8]]]:
    """Places and how they look close by: by single rasters of a few, by one of many."""
    single = len(places) <= _SINGLE_LOOKS
    for group in ([place] for place in places) if single else (list(places),):
        part = union(place.char.box for place in group)
        part = part._replace(x0=max(0.0, part.x0), y0=max(0.0, part.y0))
        size = float(np.median([place.char.size for place in group]))
        scale = min(_CLOSE_EM / max(size, 1e-3), sqrt(_MOST_PIXELS / max(part.area, 1e-3)))
        image = look(scale * POINTS_PER_INCH, part)
        for place in group:
            if place.char.size * image.scale >= _SMALLEST_CLOSE_EM:
                yield place, _piece(image, place, part)


def _piece(image: PageImage, place: _Place, part: Box = _PAGE) -> NDArray[np.uint8]:
    """The raster of a part of the page in the box of a character, upright."""
    box = place.char.box.shifted(-part.x0, -part.y0)
    x0, y0, x1, y1 = (round(value) for value in box.scaled(image.scale))
    return np.rot90(image.pixels[max(0, y0) : y1 + 1, max(0, x0) : x1 + 1], place.quarters)


def _with(runs: Sequence[Run], changed: Mapping[tuple[int, int], Char]) -> tuple[Run, ...]:
    found = list(runs)
    for at_run in {at_run for at_run, _ in changed}:
        run = found[at_run]
        chars = tuple(changed.get((at_run, at), char) for at, char in enumerate(run.chars))
        found[at_run] = replace(run, chars=chars)
    return tuple(found)
