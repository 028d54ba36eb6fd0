"""One page through the stages, by whether it has text or pixels alone."""

from functools import cached_property
from typing import TYPE_CHECKING

from ocrpipe.aside import ALONE, Aside
from ocrpipe.options import Options
from ocrpipe.page import SourcePage
from ocrpipe.pipeline.debug import DebugFolder
from ocrpipe.pipeline.digital.page import DigitalPageConverter
from ocrpipe.pipeline.models import Models
from ocrpipe.pipeline.result import PageResult

if TYPE_CHECKING:
    from ocrpipe.pipeline.scanned.page import ScannedPageConverter


class PageConverter:
    """Converts pages one at a time with the models that it is given."""

    def __init__(self, models: Models, options: Options) -> None:
        self._models = models
        self._options = options
        self._digital = DigitalPageConverter(models, options)

    def convert(self, page: SourcePage, debug: DebugFolder, aside: Aside = ALONE) -> PageResult:
        """The blocks and tables of one page; `aside` may take steps of a scanned one.

        Raises:
            UnreadableInputError: the page cannot be rasterized.
            EngineUnavailableError: a model that it needs is missing.
        """
        if page.origin == "digital" and not self._options.ocr.force_ocr:
            return self._digital.convert(page, debug)
        return self._scanned.convert(page, debug, aside)

    @cached_property
    def _scanned(self) -> "ScannedPageConverter":
        # A file of digital pages does not wait for imaging and OCR to be imported.
        from ocrpipe.pipeline.scanned.page import ScannedPageConverter

        return ScannedPageConverter(self._models, self._options)
