"""Pictures of one digit that are the same are not all read: most figures of a form are a 0.

Symbols that look alike are one symbol in document compression (P. Ascher and G. Nagy, "A Means for
Achieving a High Degree of Compaction on Scan-Digitized Printed Text", IEEE Transactions on
Computers, 1974), which has exchanged 6 and 8 where the bound was loose. So here the bound is less
than half of what the closest pair of different digits has, two pictures of each group are read,
and a group shares their reading only where both are the same sure digit.
"""

from collections.abc import Callable, Sequence
from typing import TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

from ocrpipe.ocr.port import Recognition
from ocrpipe.ocr.recognition.batching import LINE_HEIGHT, line_width, prepare_line
from ocrpipe.page import Pixels

_WIDEST = 64
"""Pixels, at a height of 48, of a picture that may show a lone digit."""

_LOWEST = 16
"""Pixels of the height of a picture that is compared: in lower ones 6 and 8 of a narrow face differ
by no more than 40 grey levels."""

_BLUR = 5
"""Pixels over which differences are averaged: a stroke has four to eight."""

_BOUND = 40
"""Grey levels up to which all places of two pictures differ where they are the same. Pairs of the
same digit on one page differ by 17 to 77 (a tenth and nine tenths of the pairs of 18 pages, with
and without damage), of different digits by 84 and more. Drawn in 284 faces, pairs of different
digits of at least that height differ by 48 and more but in hairline weights."""

_WIDTHS = 2
"""Pixels by which the widths of two pictures of the same digit may differ."""

_SURE = 0.97
_DIGITS = frozenset("0123456789")

Recognize: TypeAlias = Callable[[Sequence[Pixels]], Sequence[Recognition]]


def read_alike_once(pictures: Sequence[Pixels], recognize: Recognize) -> list[Recognition]:
    """The readings of the pictures of lines, (h, w, 3) each, in their order.

    Of three and more pictures of one digit that are the same the first two are read.
    """
    groups = _groups(pictures)
    spared = {index for group in groups for index in group[2:]}
    found = _read([n for n in range(len(pictures)) if n not in spared], pictures, recognize)
    for first, second, *others in groups:
        if _are_same_digit(found[first], found[second]):
            least = min(found[first], found[second], key=lambda one: one.confidence)
            found |= dict.fromkeys(others, least)
    found |= _read(sorted(spared - found.keys()), pictures, recognize)
    return [found[index] for index in range(len(pictures))]


def _read(
    some: Sequence[int], pictures: Sequence[Pixels], recognize: Recognize
) -> dict[int, Recognition]:
    return dict(zip(some, recognize([pictures[index] for index in some]), strict=True))


def _are_same_digit(first: Recognition, second: Recognition) -> bool:
    sure = min(first.confidence, second.confidence) >= _SURE
    return sure and first.text == second.text and first.text in _DIGITS


def _groups(pictures: Sequence[Pixels]) -> list[list[int]]:
    """The groups of three and more pictures that are the same as the first of their group."""
    narrow = [index for index, one in enumerate(pictures) if _may_be_digit(one)]
    widths = np.array([line_width(pictures[index]) for index in narrow])
    shapes = np.array([_shape(pictures[index]) for index in narrow])
    firsts: list[int] = []
    groups: dict[int, list[int]] = {}
    for place, index in enumerate(narrow):
        differences = np.abs(shapes[firsts] - shapes[place]).max(axis=1, initial=0)
        differences[np.abs(widths[firsts] - widths[place]) > _WIDTHS] = _BOUND + 1
        if firsts and differences.min() <= _BOUND:
            groups[firsts[int(differences.argmin())]].append(index)
        else:
            firsts.append(place)
            groups[place] = [index]
    return [group for group in groups.values() if len(group) > 2]


def _may_be_digit(picture: Pixels) -> bool:
    return picture.shape[0] >= _LOWEST and line_width(picture) <= _WIDEST


def _shape(picture: Pixels) -> NDArray[np.int16]:
    """The blurred darkness of a narrow picture at a height of 48, its centre of mass in the middle,
    every second pixel of every second row as one vector."""
    darkness = 255 - prepare_line(picture)[:, :, 0]
    darkness[:, line_width(picture) :] = 0
    moments = cv2.moments(darkness)
    mass = moments["m00"] or 1.0
    shift = np.array(
        [
            [1.0, 0.0, _WIDEST / 2 - moments["m10"] / mass],
            [0.0, 1.0, LINE_HEIGHT / 2 - moments["m01"] / mass],
        ]
    )
    centred = cv2.warpAffine(darkness, shift, (_WIDEST, LINE_HEIGHT))
    return cv2.blur(centred, (_BLUR, _BLUR))[::2, ::2].astype(np.int16).ravel()
