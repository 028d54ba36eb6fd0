"""The bundled layout model behind the interface of layoutparser, for those who work with that.

This module imports layoutparser, which brings pandas: the pipeline does without.
"""

from typing import Any

import numpy as np

from ocrpipe.channels import to_colour
from ocrpipe.errors import EngineUnavailableError
from ocrpipe.layout.model import LayoutModel
from ocrpipe.options import OcrOptions
from ocrpipe.page import Pixels

try:
    import layoutparser as lp
    from layoutparser.models.base_layoutmodel import BaseLayoutModel
except ImportError as error:
    raise EngineUnavailableError(
        "the package layoutparser is missing, which its interface needs",
        remedy="Install it with: pip install layoutparser",
    ) from error


class LayoutParserModel(BaseLayoutModel):  # type: ignore[misc]
    """`LayoutModel` as a model of layoutparser.

    Raises:
        EngineUnavailableError: the weights or the runtime are missing.
    """

    DEPENDENCIES: tuple[str, ...] = ()
    DETECTOR_NAME = "ocrpipe"
    MODEL_CATALOG: dict[str, dict[str, str]] = {}  # noqa: RUF012 (the base class asks for it)

    def __init__(self, options: OcrOptions | None = None) -> None:
        self._model = LayoutModel(options)
        self.label_map = self._model.label_map

    def image_loader(self, image: Any) -> Pixels:
        """BGR pixels from BGR or grey pixels, or from a PIL image."""
        if not isinstance(image, np.ndarray):
            return np.ascontiguousarray(np.asarray(image.convert("RGB"))[..., ::-1])
        return to_colour(image if image.ndim == 2 else np.ascontiguousarray(image[..., :3]))

    def detect(self, image: Any) -> Any:
        """A `layoutparser.Layout` of `TextBlock`s in pixels, their type one of CDLA's classes."""
        return lp.Layout(
            [
                lp.TextBlock(lp.Rectangle(*found.box), type=found.label, score=found.score)
                for found in self._model.detect(self.image_loader(image))
            ]
        )
