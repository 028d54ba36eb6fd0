"""The engines and models of one worker, each built when it is first needed."""

from functools import cached_property
from typing import TYPE_CHECKING

from ocrpipe.options import Options
from ocrpipe.timings import timed

if TYPE_CHECKING:
    from ocrpipe.imaging.orientation import OrientationModel
    from ocrpipe.layout.model import LayoutModel
    from ocrpipe.ocr.port import LineRecognizer, OcrEngine


class Models:
    """Builds every model once; a digital page needs none, so none is built before it is used.

    Raises, on first use of a model:
        EngineUnavailableError: its weights or its package are missing.
    """

    def __init__(self, options: Options) -> None:
        self._options = options

    @cached_property
    @timed("load models")
    def ocr(self) -> "OcrEngine":
        from ocrpipe.ocr import create_engine

        return create_engine(self._options.ocr)

    @cached_property
    @timed("load models")
    def tibetan(self) -> "LineRecognizer":
        from ocrpipe.ocr.tibetan import TibetanRecognizer

        return TibetanRecognizer()

    @cached_property
    @timed("load models")
    def orientation(self) -> "OrientationModel":
        from ocrpipe.imaging.orientation import OrientationModel

        return OrientationModel(self._options.ocr)

    @cached_property
    @timed("load models")
    def layout(self) -> "LayoutModel":
        from ocrpipe.layout.model import LayoutModel

        return LayoutModel(self._options.ocr)
