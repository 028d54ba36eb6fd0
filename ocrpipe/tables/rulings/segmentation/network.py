"""The network that tells the pixels of table rules from all others."""

from dataclasses import dataclass

import cv2
import numpy as np

from ocrpipe.channels import to_colour
from ocrpipe.networks import load_network
from ocrpipe.options import OcrOptions
from ocrpipe.page import PageImage, Pixels
from ocrpipe.shrinking import shrunk
from ocrpipe.weights import RULING_SEGMENTATION

_LONG_SIDE = 768
"""Pixels of the page as the network sees it, 66 dpi of A4: at 1024 it finds hardly more and takes
twice as long, at 512 it loses rows of 10 points."""

_STRIDE = 32
"""Pixels that the sides of a picture are filled up to a multiple of."""

_MEAN = np.array([123.675, 116.28, 103.53], np.float32)
_DEVIATION = np.array([58.395, 57.12, 57.375], np.float32)
"""Of the channels red, green and blue that the network was trained with."""

_ACROSS, _DOWN = 1, 2
"""Channels of its answer; the first one is what is no rule."""

_LIKELY = 0.5
"""Probability from which a pixel is one of a rule."""


@dataclass(frozen=True, slots=True, eq=False)
class RuleMasks:
    """Where a page has rules: (H, W), 1 on horizontal ones, and (W, H), 1 on vertical ones, with
    rows and columns swapped. `scale`: pixels a point."""

    across: Pixels
    down: Pixels
    scale: float


class RulingNetwork:
    """The network of wired tables of RapidAI's TableStructureRec, an ERFNet (E. Romera et al.,
    "ERFNet: Efficient Residual Factorized ConvNet for Real-Time Semantic Segmentation", 2018).

    Raises:
        EngineUnavailableError: the weights or the runtime are missing.
    """

    def __init__(self, options: OcrOptions | None = None) -> None:
        self._network = load_network(RULING_SEGMENTATION, options or OcrOptions())

    def find(self, image: PageImage) -> RuleMasks:
        """The rules of an upright page, BGR or grey."""
        pixels, factor = shrunk(image.pixels, _LONG_SIDE)
        height, width = pixels.shape[:2]
        filled = np.zeros((-(-height // _STRIDE) * _STRIDE, -(-width // _STRIDE) * _STRIDE, 3))
        rgb = to_colour(pixels)[..., ::-1]
        filled[:height, :width] = (rgb.astype(np.float32) - _MEAN) / _DEVIATION
        (probabilities,) = self._network.run(
            np.ascontiguousarray(filled.transpose(2, 0, 1)[None], np.float32)
        )
        likely = (probabilities[0, :, :height, :width] > _LIKELY).astype(np.uint8)
        down = np.asarray(cv2.transpose(likely[_DOWN]), np.uint8)
        return RuleMasks(likely[_ACROSS], down, image.scale * factor)
