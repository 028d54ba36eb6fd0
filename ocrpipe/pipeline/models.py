"""The engines and models of one worker, each built when it is first needed."""

from collections.abc import Callable
from threading import Lock
from typing import TYPE_CHECKING, Any, TypeVar

from ocrpipe.options import Options
from ocrpipe.timings import timed

if TYPE_CHECKING:
    from ocrpipe.imaging.orientation import OrientationModel
    from ocrpipe.layout.model import LayoutModel
    from ocrpipe.ocr.port import LineRecognizer, OcrEngine
    from ocrpipe.tables.rulings.segmentation.network import RulingNetwork

T = TypeVar("T")


class Models:
    """Builds every model once; a digital page needs none, so none is built before it is used.

    Pages that are converted side by side share them.

    Raises, on first use of a model:
        EngineUnavailableError: its weights or its package are missing.
    """

    def __init__(self, options: Options) -> None:
        self._options = options
        self._built: dict[str, Any] = {}
        self._lock = Lock()

    @property
    def ocr(self) -> "OcrEngine":
        def build() -> "OcrEngine":
            from ocrpipe.ocr import create_engine

            return create_engine(self._options.ocr)

        return self._once("ocr", build)

    @property
    def tibetan(self) -> "LineRecognizer":
        def build() -> "LineRecognizer":
            from ocrpipe.ocr.tibetan.recognizer import TibetanRecognizer

            return TibetanRecognizer(self._options.ocr)

        return self._once("tibetan", build)

    @property
    def orientation(self) -> "OrientationModel":
        def build() -> "OrientationModel":
            from ocrpipe.imaging.orientation import OrientationModel

            return OrientationModel(self._options.ocr)

        return self._once("orientation", build)

    @property
    def layout(self) -> "LayoutModel":
        def build() -> "LayoutModel":
            from ocrpipe.layout.model import LayoutModel

            return LayoutModel(self._options.ocr)

        return self._once("layout", build)

    @property
    def rulings(self) -> "RulingNetwork":
        def build() -> "RulingNetwork":
            from ocrpipe.tables.rulings.segmentation.network import RulingNetwork

            return RulingNetwork(self._options.ocr)

        return self._once("rulings", build)

    def _once(self, name: str, build: Callable[[], T]) -> T:
        with self._lock, timed("load models"):
            if name not in self._built:
                self._built[name] = build()
            model: T = self._built[name]
            return model
