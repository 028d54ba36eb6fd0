"""One page as a scanner gives it, and scans bound to a PDF."""

import io
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import cv2
import numpy as np
import pymupdf
from numpy.typing import NDArray
from PIL import Image

from ocrpipe.page import Pixels

Compression = Literal["jpeg", "ccitt", "png"]


@dataclass(frozen=True, slots=True)
class Damage:
    """How a page was scanned.

    Attributes:
        dpi: dots per inch.
        skew: degrees by which the page lies turned clockwise on the glass.
        turn: further quarter turns clockwise: 0, 90, 180 or 270.
        noise: standard deviation of the sensor's noise, in grey levels.
        blur: standard deviation of the blur, in pixels.
        shade: how much darker the page is at its far edge, as a share.
        specks: specks of dust on the page.
        seed: of everything random.
    """

    dpi: float = 150
    skew: float = 0
    turn: int = 0
    color: bool = False
    noise: float = 4
    blur: float = 0.5
    shade: float = 0.06
    specks: int = 20
    quality: int = 62
    compression: Compression = "jpeg"
    seed: int = 1

    @property
    def rotation(self) -> float:
        """Degrees clockwise that put the page upright again, in (-45, 315]."""
        return round((360 - self.turn) % 360 - self.skew, 4)


def scan_page(page: Any, damage: Damage) -> Pixels:
    """A digital page as scanned: BGR, or grey unless `damage.color`."""
    space: Any = pymupdf.csRGB if damage.color else pymupdf.csGRAY
    pixmap = page.get_pixmap(dpi=round(damage.dpi), colorspace=space, alpha=False)
    shape = (pixmap.height, pixmap.width, pixmap.n)
    pixels: Pixels = np.frombuffer(pixmap.samples, np.uint8).reshape(shape)
    # PyMuPDF orders the channels red, green, blue.
    ordered = pixels[:, :, ::-1] if damage.color else pixels[:, :, 0]
    return apply_damage(np.ascontiguousarray(ordered), damage)


def apply_damage(pixels: Pixels, damage: Damage) -> Pixels:
    """Dust, skew, paper tone, blur, noise, and the quarter turn, in this order."""
    random = np.random.default_rng(damage.seed)
    height, width = pixels.shape[:2]
    dusty = pixels.copy()
    for _ in range(damage.specks):
        x, y = int(random.integers(width)), int(random.integers(height))
        radius = int(random.integers(1, max(2, round(damage.dpi / 100) + 1)))
        grey = int(random.integers(60, 170))
        cv2.circle(dusty, (x, y), radius, (grey,) * 3, -1)
    center = (width / 2, height / 2)
    # OpenCV counts angles counter-clockwise.
    matrix = cv2.getRotationMatrix2D(center, -damage.skew, 1.0)
    turned = cv2.warpAffine(
        dusty, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=(255, 255, 255)
    )
    picture: NDArray[np.float32] = np.asarray(turned, np.float32)
    tone = 1 - damage.shade * _ramp(height, width, random.uniform(0, 2 * math.pi))
    picture = picture * (tone[:, :, None] if picture.ndim == 3 else tone)
    if damage.blur:
        picture = np.asarray(cv2.GaussianBlur(picture, (0, 0), damage.blur), np.float32)
    if damage.noise:
        picture = picture + random.normal(0, damage.noise, picture.shape).astype(np.float32)
    scanned: Pixels = np.clip(picture, 0, 255).astype(np.uint8)
    return np.ascontiguousarray(np.rot90(scanned, -(damage.turn // 90)))


def _ramp(height: int, width: int, angle: float) -> NDArray[np.float32]:
    """0 to 1 across the page in the direction of `angle`."""
    x = np.linspace(0, 1, width, dtype=np.float32)[None, :]
    y = np.linspace(0, 1, height, dtype=np.float32)[:, None]
    ramp = np.asarray(x * math.cos(angle) + y * math.sin(angle), np.float32)
    return np.asarray((ramp - ramp.min()) / (ramp.max() - ramp.min()), np.float32)


def encode(pixels: Pixels, damage: Damage) -> bytes:
    """The file of one page: JPEG, PNG, or a bilevel TIFF (CCITT group 4)."""
    if damage.compression == "ccitt":
        return bilevel_tiff([pixels], damage.dpi)
    if damage.compression == "png":
        return cv2.imencode(".png", pixels, [cv2.IMWRITE_PNG_COMPRESSION, 9])[1].tobytes()
    return cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, damage.quality])[1].tobytes()


def bilevel_tiff(pages: Sequence[Pixels], dpi: float) -> bytes:
    """Pages as black and white, in one TIFF as scanners write it."""
    images = [Image.fromarray(_bilevel(page)).convert("1") for page in pages]
    buffer = io.BytesIO()
    images[0].save(
        buffer, "TIFF", compression="group4", dpi=(dpi, dpi), save_all=True,
        append_images=images[1:],
    )  # fmt: skip
    return buffer.getvalue()


def _bilevel(pixels: Pixels) -> Pixels:
    grey = cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY) if pixels.ndim == 3 else pixels
    return np.asarray(cv2.threshold(grey, 150, 255, cv2.THRESH_BINARY)[1], np.uint8)


def scanned_pdf(document: Any, damages: Sequence[Damage]) -> bytes:
    """A PDF whose pages are nothing but pictures; one `Damage` a page."""
    result: Any = pymupdf.open()
    for page, damage in zip(document, damages, strict=True):
        add_scan(result, page, damage)
    result.set_metadata({})
    data: bytes = result.tobytes(garbage=4, deflate=True, no_new_id=True)
    return data


def add_scan(result: Any, page: Any, damage: Damage) -> None:
    """Appends the scan of `page` to a document."""
    width, height = page.rect.width, page.rect.height
    if damage.turn in (90, 270):
        width, height = height, width
    target = result.new_page(width=width, height=height)
    target.insert_image(target.rect, stream=encode(scan_page(page, damage), damage))
