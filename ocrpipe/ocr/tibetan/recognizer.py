"""Recognition of printed Tibetan (Uchen, block letters) with the network that this project trained.

The network, its training and its measured error rates: models/tibetan_card.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from ocrpipe.channels import to_grey
from ocrpipe.networks import Floats, load_network
from ocrpipe.ocr.port import Recognition
from ocrpipe.ocr.tibetan.decoding import Candidate, decode
from ocrpipe.ocr.tibetan.outlines import without_outline
from ocrpipe.ocr.tibetan.stamps import without_stamps
from ocrpipe.ocr.tibetan.views import View, choose
from ocrpipe.options import OcrOptions
from ocrpipe.page import Pixels
from ocrpipe.weights import TIBETAN_RECOGNITION

LINE_HEIGHT = 48
MAX_WIDTH = 4096
CHARACTERS_KEY = "characters"
"""The key of the network's metadata that lists the characters, without the blank, as one text."""

UNREAD_BELOW = 0.95
"""Lines read with less confidence than this are reported as unread."""

_WIDTH_STEP = 32

_SIDE_MARGIN = 0.2
"""The margin that stays at the sides of a line's ink, in heights of the ink."""

_SURE = 0.9
_SURE_ON_AVERAGE = 0.98
"""A line of whose candidates the best has less than this share, or whose characters have less than
this confidence on average, is looked at again."""


@dataclass(frozen=True, slots=True)
class Look:
    """How a line is shown to the network: the margin that stays above and below its ink, in
    heights of the ink, and how much wider the line becomes."""

    margin: float
    stretch: float


FIRST_LOOK = Look(margin=0.06, stretch=1.0)
FURTHER_LOOKS = (
    Look(margin=0.02, stretch=1.15),
    Look(margin=0.15, stretch=1.15),
    Look(margin=0.06, stretch=1.3),
    Look(margin=0.0, stretch=1.05),
)


class TibetanRecognizer:
    """Reads lines of printed Tibetan; one more recogniser beside those of the engines.

    Lines are read one by one, so that an answer does not depend on what is asked together.
    """

    name = "tibetan"

    def __init__(
        self, options: OcrOptions | None = None, unread_below: float = UNREAD_BELOW
    ) -> None:
        """Load the network.

        Raises:
            EngineUnavailableError: the runtime or the weights are missing or do not load.
        """
        network = load_network(TIBETAN_RECOGNITION, options or OcrOptions())
        # From (1, 1, 48, W) to probabilities (1, W / 2, classes): class 0 is the blank, class
        # i + 1 is character i.
        self._run = network.run
        self._characters = network.metadata(CHARACTERS_KEY)
        self._unread_below = unread_below

    def recognize(self, crops: Sequence[Pixels]) -> tuple[Recognition, ...]:
        """Read horizontal lines, one crop (grey or BGR, uint8) each, in their order.

        The text is Unicode in logical order, NFC, with its tsheg; ༌ is given as ་ and ༎ as །།,
        which print alike. A line that is doubtful as a whole comes back with an empty text and the
        confidence that was too low.
        """
        return tuple(self._read(crop) for crop in crops)

    def _read(self, crop: Pixels) -> Recognition:
        if crop.size == 0:
            return Recognition(text="", confidence=0.0)
        grey = to_grey(crop)
        view = self._view(prepare(grey))
        best = view.candidates[0]
        reading = _reading(best)
        if best.share < _SURE or reading.confidence < _SURE_ON_AVERAGE:
            reading = _reading(choose(self._views(grey, view), self._characters))
        if reading.confidence < self._unread_below:
            return Recognition(text="", confidence=reading.confidence)
        return reading

    def _views(self, grey: NDArray[np.uint8], first: View) -> list[View]:
        """More views of a line with its first, those before that tell its confidence best."""
        bare = without_outline(grey)
        if bare is not None and not bare.black:
            looks = (FIRST_LOOK, *FURTHER_LOOKS)
            return [*(self._view(prepare(bare.crop, look)) for look in looks), first]
        views = [first, *(self._view(prepare(grey, look)) for look in FURTHER_LOOKS)]
        lighter = without_stamps(grey) if bare is None else bare.crop
        if lighter is not None:
            views.append(self._view(prepare(lighter)))
        return views

    def _view(self, line: Floats) -> View:
        probabilities = self._run(padded(line))[0][0]
        return View(probabilities, decode(probabilities, self._characters))


def prepare(crop: Pixels, look: Look = FIRST_LOOK) -> Floats:
    """Bring a line's crop to what the network reads: (48, width) with about 1 for ink, 0 for paper.

    `crop` is grey or BGR; what is without ink around the line is cut off but for margins. Ink and
    paper are taken from the crop's own darkest and light pixels, so that neither the colour of the
    ink nor the shade of the paper matters.
    """
    grey = _without_margins(to_grey(crop), look.margin)
    height, width = grey.shape
    method = cv2.INTER_AREA if height > LINE_HEIGHT else cv2.INTER_LINEAR
    wide = round(look.stretch * width * LINE_HEIGHT / height)
    size = (min(MAX_WIDTH, max(8, wide)), LINE_HEIGHT)
    line = cv2.resize(grey, size, interpolation=method).astype(np.float32)
    return np.asarray(np.clip(_ink(line), -0.25, 1.25), np.float32)


def _ink(grey: Floats) -> Floats:
    ink, paper = np.percentile(grey, (1, 75))
    # The floor keeps an empty crop from becoming a picture of its own noise.
    return np.asarray((paper - grey) / max(paper - ink, 32.0), np.float32)


def _without_margins(grey: NDArray[np.uint8], margin: float) -> NDArray[np.uint8]:
    """Cut away what is without ink around the line, but for margins: above and below `margin`, at
    the sides _SIDE_MARGIN heights of the ink.

    All of the 48 rows that the network sees should go to the letters, and its first columns to the
    mark at the head of a line, which is wider than two letters.
    """
    height = grey.shape[0]
    soft = cv2.GaussianBlur(_ink(grey.astype(np.float32)), (0, 0), max(0.6, height / 60)) > 0.3
    # Counted in pixels, not as a share: one deep stack in a long line must not be cut off.
    rows = np.flatnonzero(soft.sum(axis=1) > 0.06 * height)
    columns = np.flatnonzero(soft.sum(axis=0) > 0.02 * height)
    if rows.size < 5 or columns.size < 1:
        return grey
    high = float(rows[-1] - rows[0] + 1)
    return grey[_span(rows, margin * high), _span(columns, _SIDE_MARGIN * high)]


def _span(found: NDArray[np.intp], margin: float) -> slice:
    return slice(max(0, int(found[0] - margin)), int(found[-1] + margin) + 1)


def padded(line: Floats) -> Floats:
    """A prepared line as the network's input, (1, 1, 48, W): paper added to a multiple of 32."""
    width = -(-line.shape[1] // _WIDTH_STEP) * _WIDTH_STEP
    picture = np.zeros((1, 1, LINE_HEIGHT, width), dtype=np.float32)
    picture[0, 0, :, : line.shape[1]] = line
    return picture


def _reading(candidate: Candidate) -> Recognition:
    text, confidences = candidate.text, candidate.confidences
    start = len(text) - len(text.lstrip())
    stripped = text.strip()
    # Probabilities may pass 1 by an ulp.
    kept = tuple(min(1.0, round(value, 4)) for value in confidences[start : start + len(stripped)])
    mean = round(sum(kept) / len(kept), 4) if kept else 0.0
    return Recognition(text=stripped, confidence=mean, character_confidences=kept)
