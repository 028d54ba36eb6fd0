"""Print of the other side of the paper that shines through, taken out before anything is read.

It is far paler than the page's own print, with nothing between both, and it is mirrored: its text
reads better in a mirror. Pale print of the page itself does not.
"""

import logging
from collections.abc import Callable

import cv2
import numpy as np
from numpy.typing import NDArray

from ocrpipe.channels import to_grey
from ocrpipe.connected import connected_parts
from ocrpipe.page import PageImage, Pixels
from ocrpipe.quantiles import percentile
from ocrpipe.shrinking import reduced
from ocrpipe.timings import timed

logger = logging.getLogger(__name__)

ReadsBetter = Callable[[Pixels, Pixels], bool]
"""Whether the second picture gives more readable text than the first."""

_MEASURED_AT = 1.4
"""Pixels a point at which a page is looked over."""

_PAPER_REACH = 9.0
"""Points: wider than any stroke or rule, narrower than a shaded cell."""

_CHARACTER = 4.0
"""Points: marks that are smaller both ways are dust and pieces, of any darkness."""

_FAINTEST = 12
"""Grey levels of 255 by which ink differs from its paper at least."""

_FEWEST_PALE, _FEWEST_DARK = 20, 5
_LEAST_RATIO = 1.3
"""Darkness of the palest print in that of the darkest of the other side, at least."""

_LEAST_GAP = 1.5
"""The same where a few dark marks stand against hundreds of pale ones, or the other way round, and
nothing at all lies between."""

_MOST_ABOVE = 1.5

_THIN, _MOSTLY_THIN = 2.0, 0.8
"""Points: height of a dash with the soft edges of a scan, at most (1.1 to 1.8 were measured); and
the share of thin marks among those between two levels."""

_PALE = 0.4
"""Darkness in that of most print under which marks may be those of the other side."""

_LEAST_FINE_RATIO, _MOST_BETWEEN = 1.3, 0.03
"""As `_LEAST_RATIO`, of marks in full; and the marks that may lie between, as a share of the paler
ones: those of both sides that lie on each other."""
_HAIRLINE_LENGTH, _HAIRLINE = 20.0, 0.7
"""Points: length of a hairline at least, and how far from its middle it is half as dark at most."""

_HAIRLINE_DARKNESS = 0.8
"""How dark it is on the average, in the darkness of the other side's darkest strokes, at least: a
hairline that shines through was 0.3 as dark as those, the page's own more than they are."""

_AT_RISK = 0.5
"""What of them is under the level, in what is not, from which on the page is one of hairlines."""

_BESIDE_PRINT = 0.4
"""Points around print that its soft edges take."""

_SOFT_EDGE = 0.8
"""Points around the other side's print that its own, softer ones take."""

_GREYEST = 40
"""Levels by which the channels of ink without a colour differ at most: a pale seal stays."""


@timed("reverse")
def without_reverse(image: PageImage, reads_better: ReadsBetter) -> PageImage:
    """The page without the print of its other side; as it is where none shines through.

    `reads_better` is asked only on a page whose marks fall into pale and dark ones: it is handed
    the pale ones as they stand, and mirrored in either direction.
    """
    grey = to_grey(image.pixels)
    level, paper, has_pale = _parting_level(grey, image.scale)
    if not has_pale:
        return image
    paper = np.asarray(cv2.resize(paper, grey.shape[::-1]), np.uint8)
    darkness = _darkness(grey, paper)
    level = _level_in_full(darkness, image.scale, level)
    if level is None:
        return image
    reach = max(1, round(_BESIDE_PRINT * image.scale))
    away = _grown(darkness >= level, reach) == 0
    pale = np.where(away, darkness, 0).astype(np.float32) * (255 / level)
    picture = np.asarray(255 - np.minimum(pale, 255), np.uint8)
    # A sheet is turned over about its long side, or about its short one.
    mirrored = (picture[:, ::-1], picture[::-1])
    if not any(reads_better(picture, np.ascontiguousarray(other)) for other in mirrored):
        logger.debug("pale print, up to %d levels under the paper, is no mirrored text", level)
        return image
    away &= _grown(_hairlines(darkness, level, image.scale), reach) == 0
    inked = _grown(darkness >= _FAINTEST, round(_SOFT_EDGE * image.scale)) > 0
    return PageImage(_lifted(image.pixels, darkness, away & inked), image.scale)


def _hairlines(darkness: Pixels, level: float, scale: float) -> NDArray[np.bool_]:
    """(H, W): the page's own rules where many are under `level`, as thin ink is in a scan.

    They are darker than what shines through, and thinner: paper blurs the other side.
    """
    peaks, _ = _marks(darkness, scale)
    least = _HAIRLINE_DARKNESS * int(max(peaks[peaks < level], default=_FAINTEST))
    across, whole = _thin_runs(darkness, least, level, scale)
    down, upright = _thin_runs(np.ascontiguousarray(darkness.T), least, level, scale)
    found = across | down.T
    safe = np.count_nonzero(whole) + np.count_nonzero(upright)
    if np.count_nonzero(found) - safe < _AT_RISK * safe:
        return np.zeros_like(found)
    return found


def _thin_runs(
    darkness: Pixels, least: float, level: float, scale: float
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Level strokes that are long, thin, and on the average as dark as `least`, and as `level`."""
    length, beside = round(_HAIRLINE_LENGTH * scale), max(1, round(_HAIRLINE * scale))
    inked = (darkness >= _FAINTEST).view(np.uint8)
    run = cv2.morphologyEx(inked, cv2.MORPH_OPEN, np.ones((1, length), np.uint8))
    share = cv2.blur(run.astype(np.float32), (length, 1))
    average = cv2.blur(darkness.astype(np.float32), (length, 1))
    above, below = np.roll(average, beside, axis=0), np.roll(average, -beside, axis=0)
    thin = (run > 0) & (np.maximum(above, below) <= average / 2)
    return np.asarray(thin & (average >= least * share)), np.asarray(
        thin & (average >= level * share)
    )


def _parting_level(grey: Pixels, scale: float) -> tuple[float | None, Pixels, bool]:
    """The darkness that parts pale marks from dark ones, None where there are not both or others
    between; the grey of the paper, in a smaller raster; and whether marks are pale at all."""
    shrink = max(1, round(scale / _MEASURED_AT))
    small = reduced(grey, shrink)
    reach = max(3, round(_PAPER_REACH * scale / shrink)) | 1
    kernel = np.ones((reach, reach), np.uint8)
    paper = np.asarray(cv2.morphologyEx(small, cv2.MORPH_CLOSE, kernel), np.uint8)
    peaks, _ = _marks(_darkness(np.asarray(small, np.uint8), paper), scale / shrink)
    level = _parted(peaks)
    return level, paper, level is not None or _count_pale(peaks) >= _FEWEST_PALE


def _count_pale(peaks: NDArray[np.uint8]) -> int:
    return int(np.count_nonzero(peaks < _PALE * percentile(peaks, 90))) if len(peaks) else 0


def _marks(darkness: Pixels, scale: float) -> tuple[NDArray[np.uint8], NDArray[np.bool_]]:
    """Of the marks that are no dust: (N,), the darkest pixel of each, and (N,), which are thin."""
    inked = darkness >= _FAINTEST
    labels, stats = connected_parts(inked.view(np.uint8))
    peaks = np.zeros(len(stats), np.uint8)
    np.maximum.at(peaks, np.asarray(labels[inked], np.intp), darkness[inked])
    sides = stats[1:, [cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT]]
    large = sides.max(axis=1, initial=0) >= _CHARACTER * scale
    return peaks[1:][large], sides[large].min(axis=1) <= _THIN * scale


def _level_in_full(darkness: Pixels, scale: float, level: float | None) -> float | None:
    """A lower level where what lies between it and `level` are dashes and rules of the page itself.

    In the smaller raster that `level` was found in, these are as pale as the other side. They may
    fill its gap: then the level is the one above the palest marks.
    """
    peaks, thin = _marks(darkness, scale)
    rising = np.sort(peaks).astype(np.float64)
    counts = np.arange(1, len(rising) + 1)
    between = np.searchsorted(rising, rising * _LEAST_FINE_RATIO, "right") - counts
    gaps = between <= np.maximum(1, _MOST_BETWEEN * counts)
    gaps &= (counts >= _FEWEST_PALE) & (counts + between <= len(rising) - _FEWEST_DARK)
    if not gaps.any():
        return level
    darkest = int(gaps.argmax())
    lower = _between(float(rising[darkest]), float(rising[darkest + between[darkest] + 1]))
    if level is None:
        return lower
    doubtful = thin[(peaks > lower) & (peaks < level)]
    is_thin = doubtful.sum() >= max(_FEWEST_DARK, _MOSTLY_THIN * len(doubtful))
    return lower if lower < level and is_thin else level


def _parted(peaks: NDArray[np.uint8]) -> float | None:
    """The level between pale and dark marks, by their darkest pixels (N,); None without a gap."""
    if len(peaks) < _FEWEST_PALE + _FEWEST_DARK:
        return None
    level = _parted_evenly(peaks)
    return _parted_by_gap(peaks) if level is None else level


def _parted_evenly(peaks: NDArray[np.uint8]) -> float | None:
    """The level by Otsu's threshold (1979), over logarithms: paper takes a share of the light."""
    scaled = np.asarray(np.log(peaks.astype(np.float64)) * (255 / np.log(255)), np.uint8)
    threshold, _ = cv2.threshold(scaled.reshape(-1, 1), 0, 255, cv2.THRESH_OTSU)
    pale, dark = peaks[scaled <= threshold], peaks[scaled > threshold]
    if len(pale) < _FEWEST_PALE or len(dark) < _FEWEST_DARK:
        return None
    darkest, palest = percentile(pale, 97), percentile(dark, 3)
    return _between(darkest, palest) if palest / darkest >= _LEAST_RATIO else None


def _parted_by_gap(peaks: NDArray[np.uint8]) -> float | None:
    """The level in the widest gap: Otsu's threshold lies among the pale marks where they are many
    and the page's own few, as on the last page of a filing."""
    rising = np.sort(peaks).astype(np.float64)
    ends = slice(_FEWEST_PALE - 1, len(rising) - _FEWEST_DARK + 1)
    pale, dark = rising[ends][:-1], rising[ends][1:]
    widest = int(np.argmax(dark / pale))
    if dark[widest] / pale[widest] < _LEAST_GAP:
        return None
    return _between(float(pale[widest]), float(dark[widest]))


def _between(darkest: float, palest: float) -> float:
    return darkest * min(_MOST_ABOVE, float(np.sqrt(palest / darkest)))


def _darkness(grey: Pixels, paper: Pixels) -> Pixels:
    return np.asarray(255 - cv2.divide(grey, np.maximum(paper, 1), scale=255), np.uint8)


def _grown(mask: NDArray[np.bool_], reach: int) -> Pixels:
    kernel = np.ones((2 * reach + 1, 2 * reach + 1), np.uint8)
    return np.asarray(cv2.dilate(mask.astype(np.uint8), kernel), np.uint8)


def _lifted(pixels: Pixels, darkness: Pixels, place: NDArray[np.bool_]) -> Pixels:
    """The pixels with those of `place` (H, W) as bright as the paper, unless they are coloured."""
    if pixels.ndim == 3:
        channels = cv2.split(pixels)
        highest = np.maximum.reduce(channels)
        place = place & (highest - np.minimum.reduce(channels) <= _GREYEST)
    lifted = pixels.copy()
    share = 255.0 / np.maximum(255.0 - darkness[place].astype(np.float32), 1)
    found = lifted[place].astype(np.float32)
    found *= share[:, None] if pixels.ndim == 3 else share
    lifted[place] = np.minimum(found, 255).astype(np.uint8)
    return lifted
