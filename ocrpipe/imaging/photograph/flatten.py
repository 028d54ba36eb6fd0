"""A photographed page mapped flat: perspective, curl and uneven light taken out."""

import logging
from dataclasses import dataclass

import cv2
import numpy as np

from ocrpipe.channels import to_grey
from ocrpipe.geometry import Box
from ocrpipe.imaging.photograph.bend import straightened
from ocrpipe.imaging.photograph.light import even_light
from ocrpipe.imaging.photograph.outline import PageOutline
from ocrpipe.imaging.photograph.sheet import SheetMap, sheet_map
from ocrpipe.imaging.photograph.traces import trace_rulings, trace_text
from ocrpipe.page import PageImage, Pixels

logger = logging.getLogger(__name__)

_TRACED_AT = 2.0
"""Pixels a point at which rulings are traced."""

_MESH = 6.0
_EDGE = 3.0
"""Points along the sheet's edge that are made paper: a strip of desk would look like a ruling."""

_ROUNDS = 2


@dataclass(frozen=True, slots=True)
class Flattened:
    """A flat, evenly lit page, and the way back to the photograph."""

    image: PageImage
    sheet: SheetMap

    def box_to_page(self, box: Box) -> Box:
        """The hull, in points of the photograph as stored, of a box in points of `image`."""
        return self.sheet.box_to_photo(box)


def flatten(image: PageImage, outline: PageOutline, scale: float | None = None) -> Flattened:
    """The sheet inside `outline` as a flat page of `scale` pixels a point (default: the image's).

    The sides give perspective and curl; rulings and, with less weight, lines of text then show
    what is left of the curl inside the sheet.
    """
    size = (image.width / image.scale, image.height / image.scale)
    sheet = sheet_map(outline, size)
    for _ in range(_ROUNDS):
        sheet = _straightened(sheet, _rendered(image, sheet, _TRACED_AT))
    return Flattened(_rendered(image, sheet, scale or image.scale), sheet)


def _rendered(image: PageImage, sheet: SheetMap, scale: float) -> PageImage:
    """The flat page that the mapping takes from the photograph, evenly lit."""
    width, height = round(sheet.width * scale), round(sheet.height * scale)
    columns, rows = (max(2, round(side / _MESH)) + 1 for side in (sheet.width, sheet.height))
    # cv2.resize places its samples in the middle of cells: so does the mesh.
    xs = (np.arange(columns) + 0.5) * sheet.width / columns
    ys = (np.arange(rows) + 0.5) * sheet.height / rows
    mesh = np.stack(np.meshgrid(xs, ys), axis=-1).reshape(-1, 2)
    places = sheet.to_photo(mesh).reshape(rows, columns, 2) * image.scale - 0.5
    # One after the other: both at once would take 60 MB.
    x, y = (
        cv2.resize(places[..., axis], (width, height), interpolation=cv2.INTER_LINEAR).astype(
            np.float32
        )
        for axis in (0, 1)
    )
    pixels = _presmoothed(image, sheet, scale)
    found = cv2.remap(pixels, x, y, cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    beyond = (x < -0.5) | (x > pixels.shape[1] - 0.5) | (y < -0.5) | (y > pixels.shape[0] - 0.5)
    del x, y, pixels
    lit = even_light(PageImage(np.asarray(found, np.uint8), scale)).pixels
    paper = int(np.percentile(lit[::7, ::7], 75))
    lit[beyond] = paper
    edge = max(1, round(_EDGE * scale))
    for strip in (lit[:edge], lit[-edge:], lit[:, :edge], lit[:, -edge:]):
        strip[:] = paper
    return PageImage(lit, scale)


def _presmoothed(image: PageImage, sheet: SheetMap, scale: float) -> Pixels:
    """The photograph blurred as far as it is finer than the flat page, against aliasing."""
    corners = np.array([[0, 0], [sheet.width, 0], [sheet.width, sheet.height], [0, sheet.height]])
    area = cv2.contourArea(sheet.to_photo(corners).astype(np.float32)) * image.scale**2
    finer = float(np.sqrt(area / (sheet.width * sheet.height))) / scale
    if finer <= 1.3:
        return image.pixels
    return np.asarray(cv2.GaussianBlur(image.pixels, (0, 0), 0.4 * finer), np.uint8)


def _straightened(sheet: SheetMap, flat: PageImage) -> SheetMap:
    """The mapping bent so that the rulings and lines of text seen in `flat` become straight."""
    grey = to_grey(flat.pixels)
    across = trace_rulings(grey, flat.scale) + trace_text(grey, flat.scale)
    down = trace_rulings(np.ascontiguousarray(grey.T), flat.scale)
    return straightened(sheet, across, down)
