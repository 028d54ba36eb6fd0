"""Samples (picture of a line, its text) and batches of them, all from one seed."""

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from ocrpipe.ocr.tibetan.recognizer import FIRST_LOOK, FURTHER_LOOKS, LINE_HEIGHT, prepare
from scripts.tibetan import text
from scripts.tibetan.alphabet import CHARACTERS, is_known
from scripts.tibetan.damage import damaged
from scripts.tibetan.render import draw, random_style
from scripts.tibetan.typefaces import Typeface

STRIDE = 2
"""Columns of the prepared picture to one frame of the network's output."""
RARE = 0.2
"""The part of the lines that is made of what is rare in print, and read worst."""
_CLASS = {character: index + 1 for index, character in enumerate(CHARACTERS)}


@dataclass(frozen=True, slots=True, eq=False)
class Sample:
    """`scan` is the crop as a scanner and a text detector leave it, grey."""

    scan: NDArray[np.uint8]
    text: str
    face: Typeface


@dataclass(frozen=True, slots=True, eq=False)
class Batch:
    """`pictures` (B, 1, 48, W) float32, ink 1 and paper 0; `targets` the classes of all lines one
    after another, `lengths` how many belong to each line."""

    pictures: NDArray[np.float32]
    targets: NDArray[np.int64]
    lengths: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Difficulty:
    shortest: int = 2
    longest: int = 40
    widest: int = 640
    strength: float = 1.0


def make_sample(
    rng: random.Random, faces: Sequence[Typeface], difficulty: Difficulty, line: str | None = None
) -> Sample:
    """Draw and damage one line in a typeface chosen from `faces`."""
    face = rng.choice(faces)
    size = round(16 * (72 / 16) ** rng.random())
    make = text.rare_line if line is None and rng.random() < RARE else text.line
    content = line or make(rng, difficulty.shortest, difficulty.longest)
    ink = draw(content, random_style(rng, face, size))
    neighbour = None
    if rng.random() < 0.15 * difficulty.strength:
        neighbour = draw(text.line(rng, 10, 40), random_style(rng, face, size))
    strength = difficulty.strength * rng.uniform(0.1, 1.0) if line is None else difficulty.strength
    return Sample(damaged(ink, rng, neighbour, strength), content, face)


def encode(line: str) -> list[int]:
    return [_CLASS[character] for character in line]


def frames_needed(classes: Sequence[int]) -> int:
    """CTC needs a frame for each class and a blank between two equal ones."""
    return len(classes) + sum(a == b for a, b in pairwise(classes))


def padded_width(width: int) -> int:
    return -(-width // 64) * 64


def make_batch(members: Sequence[tuple[NDArray[np.float32], list[int]]], width: int) -> Batch:
    pictures = np.zeros((len(members), 1, LINE_HEIGHT, width), dtype=np.float32)
    for row, (picture, _) in zip(pictures, members, strict=True):
        row[0, :, : picture.shape[1]] = picture
    return Batch(
        pictures=pictures,
        targets=np.array([index for _, classes in members for index in classes], dtype=np.int64),
        lengths=np.array([len(classes) for _, classes in members], dtype=np.int64),
    )


def batches(
    seed: int, faces: Sequence[Typeface], difficulty: Difficulty, room: int
) -> Iterator[Batch]:
    """Endless batches of lines of about the same width; `room` is rows times columns of a batch."""
    rng = random.Random(seed)
    waiting: defaultdict[int, list[tuple[NDArray[np.float32], list[int]]]] = defaultdict(list)
    while True:
        sample = make_sample(rng, faces, difficulty)
        if not is_known(sample.text):
            continue
        look = rng.choice((FIRST_LOOK, *FURTHER_LOOKS))
        picture, classes = prepare(sample.scan, look), encode(sample.text)
        width = padded_width(picture.shape[1])
        if width > difficulty.widest or picture.shape[1] < STRIDE * (frames_needed(classes) + 1):
            continue
        waiting[width].append((picture, classes))
        if len(waiting[width]) >= max(4, min(64, room // width)):
            yield make_batch(waiting.pop(width), width)
