"""By how many quarter turns a page has to be turned to stand upright."""

import logging
from collections.abc import Callable, Mapping, Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from ocrpipe.channels import to_grey
from ocrpipe.imaging.paper import ink_mask, normalized, small_parts
from ocrpipe.networks import load_network
from ocrpipe.options import OcrOptions
from ocrpipe.page import Pixels
from ocrpipe.shrinking import shrunk
from ocrpipe.weights import PAGE_ORIENTATION

logger = logging.getLogger(__name__)

Legibility = Callable[[Pixels], float]
"""How surely the words of a picture are read, 0 to 1."""

TurnsBeside = Callable[[], int | None]
"""The quarter turns clockwise that the pages beside this one need; None where they tell nothing."""

_LONG_SIDE = 1200
_SHORT_SIDE, _CROP = 256, 224
_MEAN = np.array([0.485, 0.456, 0.406], np.float32)[:, None, None]
_DEVIATION = np.array([0.229, 0.224, 0.225], np.float32)[:, None, None]
_LEAST_INK = 150
"""Ink pixels of a page of `_LONG_SIDE` under which the page is blank."""

_LARGEST_CHARACTER = 60
_STRIP = 160
_AXIS_WEIGHT, _AXIS_LIMIT = 3.0, 1.07
"""The limit lets neither side win where a model that is quite sure and the lines disagree:
Tibetan that it takes for turned, and Chinese that is set in columns, both stay.
"""

_SURE = 1.2
"""Lead in log-probability that a position needs over every other.

On 250 damaged pages the model alone was wrong on four, by a lead of up to 0.8; of the others all
but one led by 1.3 or more.
"""

_SURE_TURN = 2.5
"""Lead up to which words may still tell that a page stands as it is stored. Pages stored upside
down led by 3 and more, one through whose few lines a full page shone by 2.0."""

_READS_BETTER = 0.1
"""Confidence by which the words of one position must be read more surely than those of another."""

_CLEAR = 2.0
"""Lead of the page as it stands from which on no further renderings are looked at. On 133 damaged
pages, each in four positions, 93 of 100 had such a lead in the first, and the others never changed
the position; but a clear lead of a turn was wrong where the reverse shone through.
"""


class OrientationModel:
    """PaddleClas' PULC text_image_orientation: how a picture of text was turned.

    Raises:
        EngineUnavailableError: the weights or the runtime are missing.
    """

    def __init__(self, options: OcrOptions | None = None) -> None:
        self._network = load_network(PAGE_ORIENTATION, options or OcrOptions())

    def probabilities(self, pictures: Sequence[Pixels]) -> NDArray[np.float32]:
        """(len(pictures), 4): that each picture was turned clockwise by 0, 90, 180, 270."""
        batch = np.stack([_model_input(_shrunk_to_model(picture)) for picture in pictures])
        (output,) = self._network.run(batch)
        return np.asarray(output, np.float32)


def _shrunk_to_model(picture: Pixels) -> Pixels:
    factor = _SHORT_SIDE / min(picture.shape[:2])
    size = [max(_CROP, round(side * factor)) for side in picture.shape[1::-1]]
    method = cv2.INTER_AREA if factor < 1 else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(picture, size, interpolation=method), np.uint8)


def _model_input(picture: Pixels) -> NDArray[np.float32]:
    """The middle of a picture that was brought to the size of the model."""
    top, left = (picture.shape[0] - _CROP) // 2, (picture.shape[1] - _CROP) // 2
    crop = picture[top : top + _CROP, left : left + _CROP].astype(np.float32) / 255
    channels = crop if crop.ndim == 2 else crop.transpose(2, 0, 1)
    return np.asarray((channels - _MEAN) / _DEVIATION, np.float32)


def quarter_turns(
    pixels: Pixels,
    model: OrientationModel,
    legibility: Legibility | None = None,
    turns_beside: TurnsBeside | None = None,
) -> int:
    """Quarter turns clockwise (0 to 3) that put the page upright; 0 where that is not clear.

    The model looks at up to three renderings of the page, until it clearly stands upright, each in
    all four positions so that its bias for one of them cancels out; the direction of the text
    lines, which the model mistakes in scripts that it was not trained on, comes from projection
    profiles. Positions among which that leaves a doubt are read, with `legibility`; where words
    tell no more, `turns_beside` decides, as the pages of one scan lie alike.
    """
    leads = _leads(pixels, model)
    likely = _likely(leads)
    read = likely if leads.get(0, _SURE_TURN) >= _SURE_TURN else sorted({0, *likely})
    if len(read) > 1 and legibility is not None:
        legible = {turns: legibility(np.rot90(pixels, -turns)) for turns in read}
        enough = max(legible.values()) - _READS_BETTER
        readable = [turns for turns in read if legible[turns] > enough]
        likely = [turns for turns in likely if turns in readable] or readable
    if len(likely) > 1 and turns_beside is not None:
        beside = turns_beside()
        likely = [beside] if beside in likely else likely
    return 0 if 0 in likely or not likely else likely[0]


def clear_turns(pixels: Pixels, model: OrientationModel) -> int | None:
    """The quarter turns of a page of which the model and its lines leave no doubt; else None."""
    likely = _likely(_leads(pixels, model))
    return likely[0] if len(likely) == 1 else None


def _likely(leads: Mapping[int, float]) -> list[int]:
    """The turns that may put a page upright, the likeliest first."""
    return [turns for turns, lead in leads.items() if lead < _SURE]


def _leads(pixels: Pixels, model: OrientationModel) -> dict[int, float]:
    """By how much the likeliest turns lead over each, those first; of a blank page, no turns."""
    grey, _ = shrunk(to_grey(pixels), _LONG_SIDE)
    white = normalized(grey)
    mask = ink_mask(white)
    if cv2.countNonZero(mask) < _LEAST_INK:
        return {}
    small = grey if pixels.ndim == 2 else shrunk(pixels, _LONG_SIDE)[0]
    views = (small, white, ((1 - mask) * 255).astype(np.uint8))
    axis = _AXIS_WEIGHT * float(np.clip(line_direction(mask), -_AXIS_LIMIT, _AXIS_LIMIT))
    scores = _scores(views, axis, model)
    logger.debug("orientation scores %s", np.round(scores, 2))
    order = np.argsort(-scores, kind="stable")
    return {int(-turned % 4): float(scores[order[0]] - scores[turned]) for turned in order}


def _scores(views: Sequence[Pixels], axis: float, model: OrientationModel) -> NDArray[np.float64]:
    """(4,): how likely it is that the page was turned clockwise by 0, 90, 180 and 270 degrees, as
    mean log-probabilities, with `axis` added where lines run across."""
    total, scores = np.zeros(4), np.zeros(4)
    for count, view in enumerate(views, 1):
        total += _turned_scores(view, model)
        scores = total / count
        scores[[0, 2]] += axis
        second, first = np.sort(scores)[-2:]
        if first - second >= _CLEAR and scores[0] == first:
            break
    return scores


def _turned_scores(view: Pixels, model: OrientationModel) -> NDArray[np.float64]:
    """Mean log-probability that a page was turned clockwise by 0, 90, 180 and 270 degrees."""
    scores = np.zeros(4)
    # Turning what was shrunk costs a twentieth of shrinking what was turned.
    small = _shrunk_to_model(view)
    positions = [np.ascontiguousarray(np.rot90(small, -turns)) for turns in range(4)]
    likely = np.log(np.clip(model.probabilities(positions), 1e-4, 1.0))
    for turns in range(4):
        scores += np.roll(likely[turns], -turns)
    return scores / 4


def line_direction(mask: Pixels) -> float:
    """How much sharper the rows of a page's ink are than its columns; above 0: lines run across.

    The logarithm of the ratio of the energy of projection profiles, taken over strips so that
    skew and columns of text do not blur them.
    """
    strokes = small_parts(mask, _LARGEST_CHARACTER)
    text: Pixels = np.asarray(
        cv2.morphologyEx(strokes, cv2.MORPH_CLOSE, np.ones((5, 5), np.uint8)), np.uint8
    )
    across, down = _profile_energy(text), _profile_energy(text.T)
    return float(np.log((across + 1e-3) / (down + 1e-3)))


def _profile_energy(text: Pixels) -> float:
    window = 7
    energy = ink = 0.0
    for left in range(0, text.shape[1], _STRIP):
        profile = text[:, left : left + _STRIP].sum(axis=1, dtype=np.float64)
        if profile.sum() < 20 or len(profile) <= 2 * window:
            continue
        smooth = np.convolve(profile, np.ones(window) / window, "same")
        energy += float(np.sum((smooth[window:] - smooth[:-window]) ** 2))
        ink += float(profile.sum())
    return energy / max(ink, 1.0)
