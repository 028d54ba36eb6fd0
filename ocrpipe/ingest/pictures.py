"""Picture files through Pillow, a frame at a time."""

import io
import logging
import warnings
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import ExifTags, Image, ImageOps

from ocrpipe.errors import PageTooLargeError, UnreadableInputError
from ocrpipe.ingest import sniff
from ocrpipe.ingest.limits import MAX_PIXELS
from ocrpipe.ingest.quiet import quiet_stderr
from ocrpipe.ingest.source import Content, Source
from ocrpipe.options import IngestOptions
from ocrpipe.page import POINTS_PER_INCH, PageImage, Pixels, SourcePage

logger = logging.getLogger(__name__)

_SANE_DPI = (72.0, 1200.0)
_A4_SHORT_SIDE_INCHES = 210 / 25.4
_MAX_ENLARGEMENT = 2.0
_SIDEWAYS = (5, 6, 7, 8)
"""EXIF orientations that swap the sides."""

_FORMATS = {
    "image/png": "PNG",
    "image/jpeg": "JPEG",
    "image/tiff": "TIFF",
    "image/bmp": "BMP",
    "image/webp": "WEBP",
    "image/gif": "GIF",
}
_PAGED = ("image/tiff",)
"""Formats whose frames are pages; those of a GIF or WebP are an animation."""

_PICTURE_ERRORS = (
    OSError, ValueError, TypeError, SyntaxError, KeyError, IndexError, EOFError, OverflowError,
    RuntimeError, AttributeError, ZeroDivisionError, MemoryError,
)  # fmt: skip

_REMEDY = "Scan or export it again, or open it in a picture viewer and save it as PNG."


def picture_size(data: bytes) -> tuple[int, int] | None:
    """Width and height in pixels of a picture as it is stored; None for what is no picture that is
    read. Only its header is looked at."""
    try:
        kind = _FORMATS[sniff.media_type(data[: sniff.HEAD_BYTES])]
        with warnings.catch_warnings(), quiet_stderr() if kind == "TIFF" else nullcontext():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(data), formats=[kind]) as image:
                return image.size
    except (UnreadableInputError, Image.DecompressionBombError, *_PICTURE_ERRORS):
        return None


class PictureSource(Source):
    """A picture file; each frame of a TIFF is a page.

    Raises:
        UnreadableInputError: the file is damaged so that not even its first frame is found.
        PageTooLargeError: its first frame is larger than memory bounds allow.
    """

    def __init__(self, content: Content, media_type: str, options: IngestOptions) -> None:
        self._stream = io.BytesIO(content.data) if content.data is not None else None
        self._path = content.path
        self._format = _FORMATS[media_type]
        self._label = content.label
        with self._opened(1) as image:
            count = self._count_frames(image) if media_type in _PAGED else 1
        super().__init__(content, media_type, count)
        self._dpi = options.dpi

    def close(self) -> None:
        if self._stream is not None:
            self._stream.close()

    def page(self, number: int) -> SourcePage:
        """One frame as a scanned page; its size comes from the file's resolution.

        Where the file gives none, the short side is taken to be that of an A4 sheet.

        Raises:
            UnreadableInputError: the frame is damaged.
            PageTooLargeError: it has more than MAX_PIXELS pixels.
        """
        with self._opened(number) as image:
            # Only decoding shows whether the frame is whole.
            pixels = _decode(image)
            given = _given_resolution(image)
        pixels = _square(pixels, given)
        dpi = _resolution(given, min(pixels.shape[:2]))
        height, width = pixels.shape[:2]
        return SourcePage(
            number,
            width * POINTS_PER_INCH / dpi,
            height * POINTS_PER_INCH / dpi,
            "scanned",
            lambda wanted: _resample(pixels, dpi, wanted),
        )

    @contextmanager
    def _opened(self, number: int) -> Iterator[Image.Image]:
        # Pillow's own bomb check warns and raises at two sizes of its own; ours is `_check_size`.
        try:
            with warnings.catch_warnings(), self._hushed():
                warnings.simplefilter("ignore")
                if self._stream is not None:
                    self._stream.seek(0)
                source: Any = self._stream if self._stream is not None else self._path
                with Image.open(source, formats=[self._format]) as image:
                    self._check_size(image, number)
                    if number > 1:
                        image.seek(number - 1)
                        self._check_size(image, number)
                    yield image
        except Image.DecompressionBombError as error:
            raise PageTooLargeError(
                "the picture has too many pixels",
                source=self._label,
                page=number,
                remedy="Scale it down, or cut it into pages.",
            ) from error
        except _PICTURE_ERRORS as error:
            logger.debug("%s, page %d: %r", self._label, number, error)
            raise UnreadableInputError(
                f"the {self._format} picture is truncated or damaged",
                source=self._label,
                page=number,
                remedy=_REMEDY,
            ) from error

    def _hushed(self) -> AbstractContextManager[None]:
        return quiet_stderr() if self._format == "TIFF" else nullcontext()

    def _check_size(self, image: Image.Image, number: int) -> None:
        width, height = image.size
        if width * height > MAX_PIXELS:
            raise PageTooLargeError(
                f"the picture has {width:,} x {height:,} pixels "
                f"(the limit is {MAX_PIXELS / 1e6:,.0f} million)",
                source=self._label,
                page=number,
                remedy="Scale it down, or cut it into pages.",
            )

    def _count_frames(self, image: Image.Image) -> int:
        """Frames that can be found; a chain that breaks off ends there with one that fails."""
        count = 1
        try:
            while True:
                image.seek(count)
                count += 1
        except EOFError:
            return count
        except _PICTURE_ERRORS:
            return count + 1


def _decode(image: Image.Image) -> Pixels:
    """The current frame upright by its EXIF orientation, on white, (height, width, 3) BGR."""
    image.load()
    turned = ImageOps.exif_transpose(image)
    frame = turned if turned is not None else image
    if frame.mode.startswith("I") or frame.mode == "F":
        return _from_deep(np.asarray(frame))
    if frame.mode in ("P", "1", "L"):
        frame = frame.convert("RGBA" if "transparency" in frame.info else "RGB")
    if frame.mode in ("RGBA", "LA", "PA", "RGBa", "La"):
        frame = frame.convert("RGBA")
        ground = Image.new("RGBA", frame.size, (255, 255, 255, 255))
        frame = Image.alpha_composite(ground, frame)
    if frame.mode != "RGB":
        frame = frame.convert("RGB")
    return np.asarray(cv2.cvtColor(np.asarray(frame), cv2.COLOR_RGB2BGR), np.uint8)


def _from_deep(values: NDArray[Any]) -> Pixels:
    """16-bit, 32-bit and float greys: Pillow's own conversion would clip them to 255."""
    grey = np.nan_to_num(values.astype(np.float32))
    top = float(grey.max(initial=0.0))
    full = next((limit for limit in (1.0, 255.0, 65535.0) if top <= limit), top)
    scaled = np.clip(grey * (255.0 / full), 0, 255).astype(np.uint8)
    return np.asarray(cv2.cvtColor(scaled, cv2.COLOR_GRAY2BGR), np.uint8)


def _given_resolution(image: Image.Image) -> tuple[float, float]:
    """Dots per inch that the file states, along x and y of the upright picture; 0 for none."""
    try:
        x, y = (float(value) for value in image.info["dpi"])
    except (KeyError, TypeError, ValueError, ZeroDivisionError):
        return 0.0, 0.0
    turned = image.getexif().get(ExifTags.Base.Orientation, 1) in _SIDEWAYS
    return (y, x) if turned else (x, y)


def _square(pixels: Pixels, given: tuple[float, float]) -> Pixels:
    """The picture with square dots: a fax has half as many lines as dots to the inch."""
    x, y = given
    if min(x, y) < _SANE_DPI[0] or max(x, y) > _SANE_DPI[1] or not 1.2 < max(x, y) / min(x, y) < 3:
        return pixels
    height, width = pixels.shape[:2]
    size = (width, round(height * x / y)) if x > y else (round(width * y / x), height)
    return np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_LINEAR), np.uint8)


def _resolution(given: tuple[float, float], short_side: int) -> float:
    dpi = max(given)
    low, high = _SANE_DPI
    if low <= dpi <= high and not _misstated(dpi, short_side / dpi):
        return dpi
    return min(max(short_side / _A4_SHORT_SIDE_INCHES, low), high)


def _misstated(dpi: float, short_side: float) -> bool:
    """Whether a resolution makes a sheet (short side in inches) that nobody would have scanned.

    Programs write 72 or 96 when they do not know, which makes a poster of a page; and cutting or
    scaling a fine scan keeps its 600, which makes a stamp of it.
    """
    return short_side > 2 * _A4_SHORT_SIDE_INCHES or (dpi > 300 and short_side < 2)


def _resample(pixels: Pixels, dpi: float, wanted: float) -> PageImage:
    """The picture at the wanted resolution, enlarged at most twice."""
    factor = min(wanted / dpi, _MAX_ENLARGEMENT)
    height, width = pixels.shape[:2]
    factor = min(factor, (MAX_PIXELS / (width * height)) ** 0.5)
    if abs(factor - 1) < 0.02:
        return PageImage(pixels, dpi / POINTS_PER_INCH)
    size = max(1, round(width * factor)), max(1, round(height * factor))
    how = cv2.INTER_AREA if factor < 1 else cv2.INTER_CUBIC
    resized = np.asarray(cv2.resize(pixels, size, interpolation=how), np.uint8)
    return PageImage(resized, dpi * factor / POINTS_PER_INCH)
