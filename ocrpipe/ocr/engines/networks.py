"""An engine made of two networks, whichever runtime computes them."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from ocrpipe.errors import UsageError
from ocrpipe.networks import Floats
from ocrpipe.ocr.detection import map_in_parts, network_input, quads_from_map, without_blank_blocks
from ocrpipe.ocr.port import Recognition, TextQuad
from ocrpipe.ocr.recognition.batching import batches
from ocrpipe.ocr.recognition.ctc import Alphabet, FrameScores, decode
from ocrpipe.ocr.recognition.likelihood import classes_of, log_likelihood
from ocrpipe.ocr.recognition.line_parts import LinePart, part_to_read_again, with_part
from ocrpipe.ocr.recognition.quick import doubtful_characters, is_long
from ocrpipe.options import OcrOptions
from ocrpipe.page import Pixels
from ocrpipe.timings import INFERENCE, timed
from ocrpipe.weights import TEXT_DETECTION, TEXT_RECOGNITION

LinePixels: TypeAlias = NDArray[np.uint8]
Classes: TypeAlias = NDArray[np.int64]

_PICTURES = "pictures of lines"

_UNREAD = Recognition(text="", confidence=0.0)


@dataclass(frozen=True, slots=True)
class LineNetwork:
    """A network that reads lines: `run` maps batches of bytes (B, 48, W, 3) to the scores of their
    frames, in the order of the batches, of which it may compute several at a time."""

    run: Callable[[Iterable[LinePixels]], Iterator[FrameScores]]
    alphabet: Alphabet

    def read(self, crops: Sequence[Pixels]) -> list[Recognition]:
        """The readings of lines, in their order."""
        readings = [_UNREAD] * len(crops)
        sent: deque[tuple[int, ...]] = deque()

        def pictures() -> Iterator[LinePixels]:
            # The next batch is made while the network computes the ones before it.
            made = batches(crops)
            while True:
                with timed(_PICTURES):
                    batch = next(made, None)
                if batch is None:
                    return
                sent.append(batch.members)
                yield batch.pixels

        answers = self.run(pictures())
        while True:
            with timed(f"{INFERENCE}{TEXT_RECOGNITION.purpose}"):
                scores = next(answers, None)
            if scores is None:
                return readings
            found = decode(scores, self.alphabet)
            for index, reading in zip(sent.popleft(), found, strict=False):
                readings[index] = reading


@dataclass(frozen=True, slots=True)
class NetworkEngine:
    """`detector` maps (1, 3, H, W) to a probability map (H, W); `quick` reads long lines first, and
    `reader` the lines, or parts of lines, that it is not believed of, and all others; `believer`
    maps batches of lines to the probabilities (B, T, K) of K classes of the reader's."""

    name: str
    detector: Callable[[Floats], Floats]
    quick: LineNetwork
    reader: LineNetwork
    believer: Callable[[Iterable[LinePixels], Classes], Iterator[Floats]]

    def detect(self, pixels: Pixels) -> tuple[TextQuad, ...]:
        if pixels.size == 0:
            return ()
        tensor = network_input(pixels)
        with timed(f"{INFERENCE}{TEXT_DETECTION.purpose}"):
            probability = map_in_parts(self.detector, tensor)
        probability = without_blank_blocks(probability, tensor)
        return quads_from_map(probability, width=pixels.shape[1], height=pixels.shape[0])

    def recognize(self, crops: Sequence[Pixels]) -> tuple[Recognition, ...]:
        readings, parts = self._looked_at(crops)
        asked = list(parts)
        whole = [n for n in range(len(crops)) if n not in readings and n not in parts]
        found = self.reader.read([*(crops[n] for n in whole), *(parts[n][1].pixels for n in asked)])
        readings |= zip(whole, found[: len(whole)], strict=True)
        for index, again in zip(asked, found[len(whole) :], strict=True):
            look, part = parts[index]
            completed = with_part(look, crops[index], part, again)
            if completed is not None:
                readings[index] = completed
        rest = [index for index in asked if index not in readings]
        readings |= zip(rest, self.reader.read([crops[n] for n in rest]), strict=True)
        return tuple(readings[index] for index in range(len(crops)))

    def _looked_at(
        self, crops: Sequence[Pixels]
    ) -> tuple[dict[int, Recognition], dict[int, tuple[Recognition, LinePart]]]:
        """The lines, by their places in `crops`, of which the quick reading stands, and those of
        which it stands but for a part."""
        long = [index for index, crop in enumerate(crops) if is_long(crop)]
        looks = self.quick.read([crops[index] for index in long])
        readings, parts = {}, {}
        for index, look in zip(long, looks, strict=True):
            doubtful = doubtful_characters(look)
            if doubtful is None:
                continue
            if not doubtful:
                readings[index] = look
            elif (part := part_to_read_again(crops[index], look, doubtful)) is not None:
                parts[index] = look, part
        return readings, parts

    def likelihoods(
        self, crops: Sequence[Pixels], texts: Sequence[Sequence[str]]
    ) -> tuple[tuple[float, ...], ...]:
        characters = sorted({c for some in texts for text in some for c in text})
        asked = classes_of(characters, self.reader.alphabet)
        found: list[tuple[float, ...]] = [()] * len(crops)
        sent = list(batches(crops))
        answers = self.believer((batch.pixels for batch in sent), asked.classes)
        for batch, believed in zip(sent, answers, strict=True):
            for index, frames in zip(batch.members, believed, strict=False):
                found[index] = tuple(log_likelihood(frames, asked, text) for text in texts[index])
        return tuple(found)


def refuse_other_models(options: OcrOptions) -> None:
    """Refuse models of the user's own with an engine that only knows the bundled ones."""
    if options.detection_model is not None or options.recognition_model is not None:
        raise UsageError(
            f"the engine {options.engine.value} reads with its own weights only",
            remedy="Choose the engine paddleocr to use other models.",
        )
