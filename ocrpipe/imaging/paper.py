"""What is ink and what is paper on a page, whatever the light and the contrast."""

import cv2
import numpy as np
from numpy.typing import NDArray

from ocrpipe.channels import to_grey
from ocrpipe.connected import Labels, connected_parts
from ocrpipe.levels import under
from ocrpipe.page import PageImage, Pixels
from ocrpipe.quantiles import median
from ocrpipe.shrinking import reduced, shrunk_to_scale

LookedOver = tuple[Pixels, float]

_LOOKED_OVER_AT = 1.4
"""Pixels a point (100 dpi) at which seals and dark bands are looked for."""

_SPECK_AREA = 6
_SPECK_SIDE = 4
_FAINTEST_INK = 225

_FEW_PARTS = 200
"""Components up to which taking out one after the other is faster than asking for every pixel."""


def looked_over(image: PageImage) -> LookedOver:
    """A page in grey at 100 dpi, and the factor by which that is smaller than its pixels."""
    return shrunk_to_scale(PageImage(to_grey(image.pixels), image.scale), _LOOKED_OVER_AT)


def paper_color(pixels: Pixels) -> tuple[float, ...]:
    """The typical colour of the brighter half of the picture, one value a channel.

    Dark edges, pictures and ink are in the other half.
    """
    sample = pixels[:: max(1, pixels.shape[0] // 300), :: max(1, pixels.shape[1] // 300)]
    if pixels.ndim == 2:
        return (median(sample[sample >= median(sample)]),)
    channels = sample.reshape(-1, pixels.shape[2])
    brightness = sum(sample[..., channel].astype(np.uint16) for channel in range(pixels.shape[2]))
    bright = channels[np.ravel(brightness >= median(np.ravel(brightness)))]
    return tuple(median(np.ascontiguousarray(channel)) for channel in bright.T)


def normalized(grey: Pixels) -> Pixels:
    """The grey picture with its paper lifted to white: each pixel relative to its surroundings.

    The level of the paper is the local maximum, smoothed, of the picture at a quarter of its size.
    """
    height, width = grey.shape
    small = cv2.medianBlur(reduced(grey, 4), 5)
    level = cv2.GaussianBlur(cv2.dilate(small, np.ones((9, 9), np.uint8)), (0, 0), 6)
    level = cv2.resize(level, (width, height), interpolation=cv2.INTER_LINEAR)
    ratio = grey.astype(np.float32)
    ratio /= np.maximum(level, 1)
    ratio *= 255
    return np.minimum(ratio, 255, out=ratio).astype(np.uint8)


def ink_mask(white: Pixels) -> Pixels:
    """1 where there is ink on a `normalized` page, 0 elsewhere; dust is left out.

    The threshold is Otsu's (1979), but never so high that the grain of the paper counts as ink.
    """
    threshold, _ = cv2.threshold(white, 0, 255, cv2.THRESH_OTSU)
    mask = under(white, min(threshold, _FAINTEST_INK)).view(np.uint8)
    labels, stats = connected_parts(mask)
    width, height = stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]
    kept = (stats[:, cv2.CC_STAT_AREA] >= _SPECK_AREA) & (
        (width >= _SPECK_SIDE) | (height >= _SPECK_SIDE)
    )
    return only_parts(mask, labels, stats, kept) if len(stats) > 1 else mask


def small_parts(mask: Pixels, side: int) -> Pixels:
    """The connected components of an ink mask that are under `side` pixels both ways: the text.

    Rules, pictures and dark edges are larger.
    """
    labels, stats = connected_parts(mask)
    kept: NDArray[np.bool_] = (stats[:, cv2.CC_STAT_WIDTH] < side) & (
        stats[:, cv2.CC_STAT_HEIGHT] < side
    )
    return only_parts(mask, labels, stats, kept)


def only_parts(
    mask: Pixels, labels: Labels, stats: NDArray[np.int32], kept: NDArray[np.bool_]
) -> Pixels:
    """The connected components of a mask (0 or 1) that are `kept`, as a mask.

    Args:
        mask: What was labelled.
        labels: Its raster of labels.
        stats: (count, 5), as OpenCV gives them.
        kept: (count,); the first, that of the ground, does not matter.
    """
    dropped = np.flatnonzero(~kept[1:]) + 1
    if len(dropped) > _FEW_PARTS:
        wanted = kept.astype(np.uint8)
        wanted[0] = 0
        return np.asarray(np.take(wanted, labels, mode="clip"))
    left = mask.copy()
    for part, (x, y, width, height) in zip(dropped, stats[dropped, :4].tolist(), strict=True):
        place = np.s_[y : y + height, x : x + width]
        left[place][labels[place] == part] = 0
    return left
