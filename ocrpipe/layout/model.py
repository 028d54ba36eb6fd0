"""The bundled Chinese layout model: where text, titles, tables and figures are on a page."""

import math
from collections.abc import Sequence
from typing import NamedTuple

import cv2
import numpy as np

from ocrpipe.document import BlockKind
from ocrpipe.geometry import Box
from ocrpipe.networks import Floats, load_network
from ocrpipe.options import OcrOptions
from ocrpipe.page import PageImage, Pixels, Region
from ocrpipe.timings import timed
from ocrpipe.weights import LAYOUT_DETECTION

_HEIGHT, _WIDTH = 800, 608
_STRIDES = (8, 16, 32, 64)
_MEAN = np.array([0.485, 0.456, 0.406], np.float32)
_DEVIATION = np.array([0.229, 0.224, 0.225], np.float32)
_NORMALIZED = ((np.arange(256, dtype=np.float32)[:, None] / 255 - _MEAN) / _DEVIATION).T.copy()
"""(3, 256): what the model is given for each value of a channel."""

_SCORE_THRESHOLD, _OVERLAP_THRESHOLD = 0.45, 0.5

KINDS: dict[str, BlockKind] = {
    "text": "text",
    "title": "title",
    "figure": "figure",
    "figure_caption": "text",
    "table": "table",
    "table_caption": "text",
    "header": "header",
    "footer": "footer",
    "reference": "text",
    "equation": "figure",
}
"""Block kinds of the classes of the data set CDLA (a Chinese document layout analysis data set)."""


class Detection(NamedTuple):
    """What the model finds: a box in pixels, its class in CDLA, and the score of that."""

    box: Box
    label: str
    score: float


class LayoutModel:
    """PicoDet on CDLA (PP-Structure).

    Raises:
        EngineUnavailableError: the weights or the runtime are missing.
    """

    def __init__(self, options: OcrOptions | None = None) -> None:
        self._network = load_network(LAYOUT_DETECTION, options or OcrOptions())
        # PaddlePaddle's exporter keeps the names of the classes there.
        self.label_map = dict(enumerate(self._network.metadata("character").splitlines()))

    def detect(self, pixels: Pixels) -> list[Detection]:
        """What is on a picture, BGR or grey, class by class."""
        resized = cv2.resize(pixels, (_WIDTH, _HEIGHT), interpolation=cv2.INTER_LINEAR)
        # Of one channel, three are made of the small picture.
        channels = [resized] * 3 if resized.ndim == 2 else cv2.split(resized)
        tensor = np.stack([cv2.LUT(*pair) for pair in zip(channels, _NORMALIZED, strict=True)])
        outputs = self._network.run(np.asarray(tensor[None], np.float32))
        boxes, scores = _decode(outputs)
        boxes *= np.tile([pixels.shape[1] / _WIDTH, pixels.shape[0] / _HEIGHT], 2)
        return [
            Detection(Box(*boxes[kept].tolist()), name, float(scores[kept, label]))
            for label, name in self.label_map.items()
            for kept in _suppressed(boxes, scores[:, label])
        ]

    @timed("layout")
    def find(self, image: PageImage) -> tuple[Region, ...]:
        """What `detect` finds, in points and in our kinds of regions, from top to bottom."""
        regions = [
            Region(
                KINDS.get(found.label, "text"),
                image.to_points(found.box).rounded(),
                round(found.score, 4),
            )
            for found in self.detect(image.pixels)
        ]
        return tuple(sorted(regions, key=lambda region: (region.box.y0, region.box.x0)))


def _decode(outputs: Sequence[Floats]) -> tuple[Floats, Floats]:
    """Boxes (N, 4) in the pixels of the model's input and class scores (N, classes), of the
    positions at which some class is likely enough.

    Each output position gives the distances to the four sides as distributions over the first
    integers (X. Li et al., "Generalized focal loss", NeurIPS 2020).
    """
    levels = len(_STRIDES)
    boxes, scores = [], []
    for stride, score, sides in zip(_STRIDES, outputs[:levels], outputs[levels:], strict=True):
        rows, columns = math.ceil(_HEIGHT / stride), math.ceil(_WIDTH / stride)
        y, x = np.mgrid[:rows, :columns].reshape(2, -1).astype(np.float32) * stride + stride / 2
        likely = score[0].max(axis=1) > _SCORE_THRESHOLD
        x, y = x[likely], y[likely]
        bins = sides[0].reshape(len(likely), 4, -1)[likely]
        bins = np.exp(bins - bins.max(axis=2, keepdims=True))
        bins /= bins.sum(axis=2, keepdims=True)
        distance = bins @ np.arange(bins.shape[2], dtype=np.float32) * stride
        left, top, right, bottom = distance.T
        boxes.append(np.stack([x - left, y - top, x + right, y + bottom], axis=1))
        scores.append(score[0][likely])
    decoded = np.concatenate(boxes)
    decoded[:, 0::2] = decoded[:, 0::2].clip(0, _WIDTH)
    decoded[:, 1::2] = decoded[:, 1::2].clip(0, _HEIGHT)
    return decoded, np.concatenate(scores)


def _suppressed(boxes: Floats, scores: Floats) -> list[int]:
    """Indices of one class's boxes after non-maximum suppression, best first."""
    corners_and_sizes = np.hstack([boxes[:, :2], boxes[:, 2:] - boxes[:, :2]]).tolist()
    kept = cv2.dnn.NMSBoxes(
        corners_and_sizes, scores.tolist(), _SCORE_THRESHOLD, _OVERLAP_THRESHOLD
    )
    return [int(index) for index in kept]
