"""One document of the hard set: drawn, set, damaged and encoded, with its ground truth."""

import io
from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Any

import cv2
import numpy as np
import pymupdf
from PIL import Image

from ocrpipe.geometry import Box
from ocrpipe.page import POINTS_PER_INCH, Pixels
from scripts.damage import paper
from scripts.damage.fax import fax_file, fax_page
from scripts.damage.photo import photograph
from scripts.damage.scan import Damage, apply_damage, encode
from scripts.hard_set.cases import CASES, Case
from scripts.hard_set.faces import random_look
from scripts.hard_set.filings import random_filing
from scripts.hard_set.plain import random_plain
from scripts.typeset.filing import save_pdf
from scripts.typeset.page import Flow, PlacedBlock
from scripts.typeset.source import Filing
from scripts.typeset.stamp import round_seal
from scripts.typeset.truth import Truth, pages_truth, report_truth, tables_truth

_PHOTO_DPI = 200.0


@dataclass(frozen=True, slots=True)
class HardDocument:
    """A file and its ground truth; `suffix` is that of its name."""

    data: bytes
    suffix: str
    truth: Truth


def make_document(kind: str, seed: str, *, small: bool = False) -> HardDocument:
    """The document of a kind of damage; `seed` decides everything random.

    `small`: only the matrix, on one page.
    """
    random = Random(seed)
    case = CASES[kind](random)
    if small:
        case = _small(case)
    look = random_look(random, embeddable=case.mixed, landscape=random.random() < 0.1 and not small)
    if case.plain:
        filing, flow = random_plain(random, kind, look, case.plain)
    else:
        filing, flow = random_filing(random, kind, look, case.wish)
    if case.seal:
        _stamp(random, flow, filing)
    damages = _page_damages(random, case, flow.page)
    digital = _digital_pages(random, case, flow.page)
    data, suffix = _file(random, case, flow, damages, digital)
    origins = ["digital" if page in digital else "scanned" for page in range(flow.page)]
    flat = [0.0 if page in digital else damages[page].rotation for page in range(flow.page)]
    told = {
        "dpi": case.scan.dpi, "quality": case.scan.quality, "color": case.scan.color,
        "typeface": look.chinese, "digits": look.latin or look.chinese,
        "size": look.style.table_size, **case.parameters,
    }  # fmt: skip
    truth = {
        "pages": pages_truth(flow, origins, flat),
        "tables": tables_truth(flow.tables, origins),
        "report": report_truth(filing),
        "boxes": case.photo is None,
        "damage": {"kind": kind, "parameters": told},
    }
    return HardDocument(data, suffix, truth)


def _small(case: Case) -> Case:
    wish = replace(case.wish, extent="matrix", one_page=True, landscape=False)
    scan = replace(
        case.scan, dpi=200 if case.photo else min(case.scan.dpi, 150), quality=42,
        noise=min(case.scan.noise, 0.8), color=case.scan.color and case.seal,
    )  # fmt: skip
    photo = replace(case.photo, height=1900, quality=55, noise=1.5) if case.photo else None
    return replace(case, wish=wish, scan=scan, photo=photo)


def _page_damages(random: Random, case: Case, pages: int) -> list[Damage]:
    """One a page. A case of skew has at least one page that lies as askew as it says."""
    skews = [round(random.uniform(-case.skew, case.skew), 2) for _ in range(pages)]
    if "largest_skew" in case.parameters:
        skews[0] = case.skew * random.choice((-1, 1))
    return [replace(case.scan, skew=skew, seed=random.getrandbits(31)) for skew in skews]


def _digital_pages(random: Random, case: Case, pages: int) -> frozenset[int]:
    if not case.mixed:
        return frozenset()
    return frozenset(random.sample(range(pages), random.randint(1, max(1, pages - 1))))


def _stamp(random: Random, flow: Flow, filing: Filing) -> None:
    """A seal over figures of the matrix. Red ink over black print leaves black."""
    table = next(table for table in flow.tables if table.form.name == "applications")
    figures = [places for cell, places in table.places.items() if cell.role == "figure" and places]
    page, cell = random.choice(figures)[0]
    half = random.uniform(46, 60)
    x, y = cell.center
    box = Box(x - half, y - half, x + half, y + half)
    picture = round_seal(filing.organization or "", 2 * half)
    flow.document[page - 1].insert_image(tuple(box), stream=picture, overlay=False)
    flow.blocks.append(PlacedBlock(page, "seal", box))


def _file(
    random: Random, case: Case, flow: Flow, damages: Sequence[Damage], digital: frozenset[int]
) -> tuple[bytes, str]:
    if case.fax:
        faxes = []
        for number, page in enumerate(flow.document):
            pixels = _grey(_scan(case, flow, number, damages[number]))
            size = page.rect.width, page.rect.height
            seed, lost = random.getrandbits(31), random.randint(0, 6)
            faxes.append(fax_page(pixels, *size, case.fax, seed, lost))
        return fax_file(faxes, case.fax), "tiff"
    if case.photo:
        return _photos(random, case, flow, damages)
    if flow.page == 1 and not case.mixed and random.random() < 0.3:
        pixels = _scan(case, flow, 0, damages[0])
        return _jpeg(pixels, case.scan.quality, case.scan.dpi, color=case.scan.color), "jpg"
    source = pymupdf.open("pdf", save_pdf(flow)) if digital else None
    result: Any = pymupdf.open()
    for number, page in enumerate(flow.document):
        if source is not None and number in digital:
            result.insert_pdf(source, from_page=number, to_page=number)
            continue
        pixels = _scan(case, flow, number, damages[number])
        if not case.scan.color:
            pixels = _grey(pixels)
        width, height = page.rect.width, page.rect.height
        if case.scan.turn in (90, 270):
            width, height = height, width
        target = result.new_page(width=width, height=height)
        target.insert_image(target.rect, stream=encode(pixels, damages[number]))
    return _saved(result), "pdf"


def _photos(random: Random, case: Case, flow: Flow, damages: Sequence[Damage]) -> tuple[bytes, str]:
    assert case.photo is not None
    pictures = []
    for number in range(flow.page):
        photo = replace(case.photo, seed=random.getrandbits(31))
        pictures.append(photograph(_scan(case, flow, number, damages[number]), photo))
    quality = case.photo.quality
    files = [_jpeg(picture, quality, _PHOTO_DPI, color=True) for picture in pictures]
    if len(files) == 1:
        return files[0], "jpg"
    result: Any = pymupdf.open()
    for picture, file in zip(pictures, files, strict=True):
        height, width = (side / _PHOTO_DPI * POINTS_PER_INCH for side in picture.shape[:2])
        page = result.new_page(width=width, height=height)
        page.insert_image(page.rect, stream=file)
    return _saved(result), "pdf"


def _scan(case: Case, flow: Flow, number: int, damage: Damage) -> Pixels:
    """A page (BGR) as it comes from the scanner, what happened to the paper before included."""
    scale = damage.dpi / POINTS_PER_INCH
    pixels = _render(flow, number, damage.dpi)
    random = np.random.default_rng(damage.seed ^ 0x5EED)
    cells = [
        box.scaled(scale)
        for table in flow.tables
        for cell, places in table.places.items()
        for page, box in places
        if page == number + 1 and (case.paper == "broken-rules" or cell.role == "figure")
    ]
    told = case.parameters
    if case.paper == "faint":
        pixels = paper.faint(pixels, told["strength"], random)
    elif case.paper == "dust":
        pixels = paper.dust_in_cells(pixels, cells, told["share"], scale, random)
    elif case.paper == "broken-rules":
        pixels = paper.break_rules(pixels, cells, told["share"], scale, random)
    elif case.paper == "bleed-through":
        reverse = _render(flow, (number + 1) % flow.page, damage.dpi)
        pixels = paper.bleed_through(pixels, reverse, told["strength"], scale)
    elif case.paper == "uneven-light":
        pixels = paper.uneven_light(pixels, told["depth"], random)
    elif case.paper == "pen-marks" and cells:
        pixels = paper.pen_marks(pixels, cells, round(told["count"]), scale, random)
    return apply_damage(pixels, damage)


def _render(flow: Flow, number: int, dpi: float) -> Pixels:
    pixmap = flow.document[number].get_pixmap(dpi=round(dpi), colorspace=pymupdf.csRGB, alpha=False)
    pixels = np.frombuffer(pixmap.samples, np.uint8).reshape(pixmap.height, pixmap.width, 3)
    return np.ascontiguousarray(pixels[:, :, ::-1])


def _grey(pixels: Pixels) -> Pixels:
    return np.asarray(cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY), np.uint8)


def _jpeg(pixels: Pixels, quality: int, dpi: float, *, color: bool) -> bytes:
    image = Image.fromarray(np.ascontiguousarray(pixels[:, :, ::-1]))
    buffer = io.BytesIO()
    (image if color else image.convert("L")).save(buffer, "JPEG", quality=quality, dpi=(dpi, dpi))
    return buffer.getvalue()


def _saved(document: Any) -> bytes:
    document.set_metadata({})
    data: bytes = document.tobytes(garbage=4, deflate=True, no_new_id=True)
    return data
