"""The bundled Chinese layout model behind the interface of layoutparser.

This module imports layoutparser, which takes half a second: import it where a model is built.
"""

import math
from collections.abc import Sequence
from typing import Any

import cv2
import numpy as np

from ocrpipe.channels import to_colour
from ocrpipe.document import BlockKind
from ocrpipe.errors import EngineUnavailableError
from ocrpipe.geometry import Box
from ocrpipe.networks import Floats, load_network
from ocrpipe.options import OcrOptions
from ocrpipe.page import PageImage, Pixels, Region
from ocrpipe.timings import timed
from ocrpipe.weights import LAYOUT_DETECTION

try:
    import layoutparser as lp
    from layoutparser.models.base_layoutmodel import BaseLayoutModel
except ImportError as error:
    raise EngineUnavailableError(
        "the package layoutparser is missing, which layout detection needs",
        remedy="Install it with: pip install layoutparser, or use --no-layout-model",
    ) from error

_HEIGHT, _WIDTH = 800, 608
_STRIDES = (8, 16, 32, 64)
_MEAN = np.array([0.485, 0.456, 0.406], np.float32)
_DEVIATION = np.array([0.229, 0.224, 0.225], np.float32)
_NORMALIZED = ((np.arange(256, dtype=np.float32)[:, None] / 255 - _MEAN) / _DEVIATION).T.copy()
"""(3, 256): what the model is given for each value of a channel."""

_SCORE_THRESHOLD, _OVERLAP_THRESHOLD = 0.45, 0.5
"""Score from which a region is believed, and the intersection over union from which the better of
two regions of one kind stays; the second is what the model's own package has."""

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


class LayoutModel(BaseLayoutModel):  # type: ignore[misc]
    """PicoDet on CDLA (PP-Structure).

    Raises:
        EngineUnavailableError: the weights or the runtime are missing.
    """

    DEPENDENCIES: tuple[str, ...] = ()
    DETECTOR_NAME = "ocrpipe"
    MODEL_CATALOG: dict[str, dict[str, str]] = {}  # noqa: RUF012 (the base class asks for it)

    def __init__(self, options: OcrOptions | None = None) -> None:
        self._network = load_network(LAYOUT_DETECTION, options or OcrOptions())
        # PaddlePaddle's exporter keeps the names of the classes there.
        self.label_map = dict(enumerate(self._network.metadata("character").splitlines()))

    def image_loader(self, image: Any) -> Pixels:
        """BGR pixels from BGR or grey pixels, or from a PIL image."""
        if not isinstance(image, np.ndarray):
            return np.ascontiguousarray(np.asarray(image.convert("RGB"))[..., ::-1])
        return to_colour(image if image.ndim == 2 else np.ascontiguousarray(image[..., :3]))

    def detect(self, image: Any) -> Any:
        """A `layoutparser.Layout` of `TextBlock`s in pixels, their type one of CDLA's classes."""
        # Of one channel, three are made of the small picture.
        pixels = image if _is_grey(image) else self.image_loader(image)
        resized = cv2.resize(pixels, (_WIDTH, _HEIGHT), interpolation=cv2.INTER_LINEAR)
        channels = [resized] * 3 if resized.ndim == 2 else cv2.split(resized)
        tensor = np.stack([cv2.LUT(*pair) for pair in zip(channels, _NORMALIZED, strict=True)])
        outputs = self._network.run(np.asarray(tensor[None], np.float32))
        boxes, scores = _decode(outputs)
        boxes *= np.tile([pixels.shape[1] / _WIDTH, pixels.shape[0] / _HEIGHT], 2)
        blocks = []
        for label, name in self.label_map.items():
            for kept in _suppressed(boxes, scores[:, label]):
                rectangle = lp.Rectangle(*(float(value) for value in boxes[kept]))
                blocks.append(lp.TextBlock(rectangle, type=name, score=float(scores[kept, label])))
        return lp.Layout(blocks)

    @timed("layout")
    def find(self, image: PageImage) -> tuple[Region, ...]:
        """What `detect` finds, in points and in our kinds of regions, from top to bottom."""
        regions = [
            Region(
                KINDS.get(block.type, "text"),
                image.to_points(Box(*(float(value) for value in block.coordinates))).rounded(),
                round(float(block.score), 4),
            )
            for block in self.detect(image.pixels)
        ]
        return tuple(sorted(regions, key=lambda region: (region.box.y0, region.box.x0)))


def _is_grey(image: Any) -> bool:
    return isinstance(image, np.ndarray) and image.ndim == 2


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
