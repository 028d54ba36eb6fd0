"""PDF files through PyMuPDF, a page at a time."""

import logging
import mmap
import re
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, TypeVar

import cv2
import numpy as np
import pymupdf

from ocrpipe.channels import to_grey
from ocrpipe.errors import EncryptedInputError, PageTooLargeError, UnreadableInputError
from ocrpipe.geometry import Box, rotate_box
from ocrpipe.ingest.limits import fitting_dpi
from ocrpipe.ingest.pdf.attachments import unread_attachments
from ocrpipe.ingest.pdf.contents import check_contents
from ocrpipe.ingest.pdf.drawn_digits import check_digits
from ocrpipe.ingest.pdf.drawn_print import drawn_print
from ocrpipe.ingest.pdf.notes import hide_notes
from ocrpipe.ingest.pdf.overlays import part_overlays, without_stamp_frames
from ocrpipe.ingest.pdf.page import is_grey, read_facts, text_turn, unturned_size
from ocrpipe.ingest.pdf.sheets import on_sheet, sheet_unit
from ocrpipe.ingest.pdf.struck import without_struck
from ocrpipe.ingest.pdf.text_layer import PageFacts, Verdict, covered_share, ink_share, judge
from ocrpipe.ingest.pdf.text_lines import build_glyphs, build_lines
from ocrpipe.ingest.pdf.text_runs import Run, turn_runs
from ocrpipe.ingest.pdf.vectors import read_rulings, turn_rulings
from ocrpipe.ingest.sniff import PDF
from ocrpipe.ingest.source import Content, Source
from ocrpipe.options import IngestOptions
from ocrpipe.page import POINTS_PER_INCH, PageImage, Pixels, SourcePage
from ocrpipe.timings import timed

logger = logging.getLogger(__name__)

# MuPDF writes to standard error by itself; what it has to say is fetched and logged instead.
pymupdf.TOOLS.mupdf_display_errors(False)
pymupdf.TOOLS.mupdf_display_warnings(False)

_MUPDF_ERRORS = (
    RuntimeError, ValueError, TypeError, IndexError, KeyError, AttributeError, SystemError,
    pymupdf.mupdf.FzErrorBase,
)  # fmt: skip

_MAX_SIDE = 14_400.0
"""Points: the largest page that PDF itself provides for (ISO 32000-1, annex C, 200 inches)."""

_JUDGE_DPI = 50.0
"""A quarter of it, and twice as much, judge 87 pages (52 digital) in the same way."""

_LOOK_DPI = 100.0
"""At which a stroke of the smallest print (6 points) is most of a pixel wide."""

_EXPORT_AGAIN = "Fetch it again, or open it in a PDF viewer and print it to a new PDF."
T = TypeVar("T")


class PdfSource(Source):
    """A PDF file.

    Not safe for use from several threads: MuPDF is not.

    Raises:
        UnreadableInputError: truncated, damaged beyond repair, or without pages.
        EncryptedInputError: a password is missing or wrong.
    """

    def __init__(self, content: Content, options: IngestOptions) -> None:
        self._pdf = _open(content)
        try:
            _unlock(self._pdf, options, content.label)
            _check_whole(self._pdf, content)
            count = self._attempt(lambda: int(self._pdf.page_count), content.label)
            if count < 1:
                raise _damaged("no page can be found in the PDF", content.label)
        except BaseException:
            self._pdf.close()
            raise
        super().__init__(content, PDF, count)
        try:
            self.issues = unread_attachments(self._pdf)
        except _MUPDF_ERRORS as error:
            logger.info("%s: attachments: %s", self.label, _reason(error))

    def close(self) -> None:
        self._pdf.close()
        # Decoded pictures stay in MuPDF's own store otherwise.
        pymupdf.TOOLS.store_shrink(100)

    def page(self, number: int) -> SourcePage:
        """One page, with its text, rules and pictures where its text layer is sound.

        A page whose text stands sideways is given upright, see `SourcePage.rotation`.

        Raises:
            UnreadableInputError: the page is damaged, or a decompression bomb.
            PageTooLargeError: it is larger than 14,400 points.
        """
        pymupdf.TOOLS.store_shrink(100)
        return self._attempt(lambda: self._read(number), self.label, number)

    def _read(self, number: int) -> SourcePage:
        page = self._page(number)
        self._check_size(page.rect.width, page.rect.height, number)
        check_contents(self._pdf, number, self.label)
        facts, runs, drawings = read_facts(page, lambda: self._rasterize(number, _LOOK_DPI))
        if self._pdf.is_repaired and not _anything(facts) and page.get_contents():
            raise _damaged("the content of the page is damaged", self.label, number)
        verdict = judge(facts, lambda boxes: self._explained(number, boxes))
        if verdict.origin == "digital":
            runs, refuted = self._check_digits(number, runs)
            if refuted:
                verdict = Verdict("scanned", "its digits are not those that are printed")
        if verdict.origin == "scanned":
            return self._scanned(number, facts, verdict)
        width, height = facts.width, facts.height
        quarters = text_turn(runs)
        runs = turn_runs(runs, width, height, quarters)
        rulings = read_rulings(drawings, facts.pictures, width, height)
        rulings = turn_rulings(rulings, width, height, quarters)
        runs, rulings, struck = without_struck(runs, rulings)
        runs, overlays = part_overlays(runs, rulings)
        rulings = without_stamp_frames(rulings, overlays)
        drawn = drawn_print(drawings, facts.pictures)
        pictures, drawn = (
            tuple(rotate_box(box, width, height, 90.0 * quarters).rounded(2) for box in boxes)
            for boxes in (facts.pictures, drawn)
        )
        digital = SourcePage(
            number,
            height if quarters % 2 else width,
            width if quarters % 2 else height,
            "digital",
            lambda dpi: self.render(number, dpi),
            build_lines(runs, rulings),
            build_glyphs(runs),
            rulings,
            pictures,
            rotation=90.0 * quarters,
            overlays=overlays,
            drawn=drawn,
            struck=struck,
        )
        return on_sheet(digital, sheet_unit(facts, "digital"))

    def _check_digits(self, number: int, runs: Sequence[Run]) -> tuple[tuple[Run, ...], bool]:
        try:
            checked = check_digits(runs, partial(self._look, number))
        except (*_MUPDF_ERRORS, PageTooLargeError, UnreadableInputError) as error:
            # The text of a page is there though a picture on it may be damaged.
            logger.info("%s, page %d: digits not compared: %s", self.label, number, _reason(error))
            return tuple(runs), False
        return checked.runs, checked.refuted

    def _page(self, number: int) -> Any:
        page = self._pdf[number - 1]
        try:
            hide_notes(page)
        except _MUPDF_ERRORS as error:
            logger.info("%s, page %d: annotations: %s", self.label, number, _reason(error))
        return page

    def _scanned(self, number: int, facts: PageFacts, verdict: Verdict) -> SourcePage:
        if verdict.rejected is not None:
            logger.info("%s, page %d: text not used: %s", self.label, number, verdict.rejected)
        scanned = SourcePage(
            number,
            facts.width,
            facts.height,
            "scanned",
            lambda dpi: self.render(number, dpi),
            pictures=tuple(box.rounded(2) for box in facts.pictures),
            rejected_text_layer=verdict.rejected,
        )
        return on_sheet(scanned, sheet_unit(facts, "scanned"))

    @timed("rasterize")
    def render(self, number: int, dpi: float) -> PageImage:
        """Rasterize a page as displayed, with annotations (stamps) on it, at `dpi` or what fits.

        The pixels are (height, width) where only grey pictures are painted.

        Raises:
            UnreadableInputError: the page is damaged, or the file has been closed.
            PageTooLargeError: the page is larger than 14,400 points.
        """
        return self._attempt(lambda: self._rasterize(number, dpi), self.label, number)

    def _look(self, number: int, dpi: float, part: Box | None) -> PageImage:
        """A grey raster of a page as displayed, or of a part of it that is given in points."""
        return self._rasterize(number, dpi, grey=True, part=part)

    def _rasterize(
        self, number: int, dpi: float, *, grey: bool = False, part: Box | None = None
    ) -> PageImage:
        page = self._page(number)
        if part is None:
            self._check_size(page.rect.width, page.rect.height, number)
            dpi = fitting_dpi(page.rect.width, page.rect.height, dpi)
        scale = dpi / POINTS_PER_INCH
        pymupdf.TOOLS.reset_mupdf_warnings()
        # Three equal channels take MuPDF twice as long as one.
        space = pymupdf.csGRAY if grey or is_grey(page) else pymupdf.csRGB
        pixmap = page.get_pixmap(
            matrix=pymupdf.Matrix(scale, scale),
            colorspace=space,
            alpha=False,
            annots=True,
            clip=part and pymupdf.Rect(part),
        )
        pixels = _pixels(pixmap)
        warnings = pymupdf.TOOLS.mupdf_warnings()
        if warnings:
            logger.debug("%s, page %d: MuPDF: %s", self.label, number, warnings)
            self._check_shown(page, pixels, number)
        return PageImage(pixels, scale)

    def _explained(self, number: int, boxes: Sequence[Box]) -> float:
        image = self._rasterize(number, _JUDGE_DPI)
        return ink_share(to_grey(image.pixels), image.scale, boxes)

    def _check_size(self, width: float, height: float, number: int) -> None:
        if max(width, height) > _MAX_SIDE:
            raise PageTooLargeError(
                f"the page measures {width:,.0f} x {height:,.0f} points, "
                f"more than the {_MAX_SIDE:,.0f} that PDF allows a side",
                source=self.label,
                page=number,
                remedy="Print it to a PDF of an ordinary paper size.",
            )

    def _check_shown(self, page: Any, pixels: Pixels, number: int) -> None:
        """Refuse a raster that is blank because MuPDF could not decode the page's picture."""
        pictures = [Box(*info["bbox"]) for info in page.get_image_info()]
        share = covered_share(pictures, *unturned_size(page))
        if share > 0.25 and np.ptp(pixels) == 0:
            raise _damaged("the picture on the page is damaged", self.label, number)

    def _attempt(self, work: Callable[[], T], label: str, page: int | None = None) -> T:
        try:
            if self._pdf.is_closed:
                raise _damaged("the file has been closed", label, page)
            return work()
        except _MUPDF_ERRORS as error:
            raise _damaged(f"the PDF is damaged ({_reason(error)})", label, page) from error


def _pixels(pixmap: Any) -> Pixels:
    """What a `pymupdf.Pixmap` shows, in one channel or in three."""
    rows = np.frombuffer(pixmap.samples_mv, np.uint8).reshape(pixmap.height, pixmap.stride)
    if pixmap.n == 1:
        return np.array(rows[:, : pixmap.width])
    rgb = rows[:, : pixmap.width * 3].reshape(pixmap.height, pixmap.width, 3)
    return np.asarray(cv2.cvtColor(rgb, cv2.COLOR_RGB2BGR), np.uint8)


def _open(content: Content) -> Any:
    try:
        if content.data is None and _is_utf8(str(content.path)):
            return pymupdf.open(content.path, filetype="pdf")
        # MuPDF finds no file in whose name bytes are no UTF-8, as old archives leave them.
        return pymupdf.open(stream=content.read(), filetype="pdf")
    except _MUPDF_ERRORS as error:
        raise _damaged("the PDF is damaged and cannot be opened", content.label) from error


def _is_utf8(name: str) -> bool:
    """Whether the bytes of a file name are UTF-8; Python has surrogates for those that are not."""
    return not any("\ud800" <= char <= "\udfff" for char in name)


def _unlock(pdf: Any, options: IngestOptions, label: str) -> None:
    if not pdf.needs_pass:
        return
    if options.password is None:
        raise EncryptedInputError(
            "the PDF is encrypted", source=label, remedy="Give its password with --password."
        )
    if not pdf.authenticate(options.password.get_secret_value()):
        raise EncryptedInputError(
            "the password is wrong", source=label, remedy="Give the right one with --password."
        )


_OBJECT = re.compile(rb"\b\d+\s+\d+\s+obj\b")


def _check_whole(pdf: Any, content: Content) -> None:
    """Refuse a file that was cut off: what a repair finds of it looks like a whole document.

    A file that had to be repaired and has objects after its last end mark (or no mark at all) is
    the first part of a longer one.
    """
    if not pdf.is_repaired:
        return
    if content.data is not None:
        cut = _is_cut(content.data)
    else:
        assert content.path is not None
        with (
            content.path.open("rb") as file,
            mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as mapped,
        ):
            cut = _is_cut(mapped)
    if cut:
        raise _damaged("the PDF is truncated: its end is missing", content.label)
    logger.info("%s: the PDF was damaged and has been repaired", content.label)


def _is_cut(data: "bytes | mmap.mmap") -> bool:
    end = data.rfind(b"%%EOF")
    return end < 0 or _OBJECT.search(data, end) is not None


def _anything(facts: PageFacts) -> bool:
    return bool(facts.chars or facts.pictures or facts.drawings)


def _damaged(message: str, label: str, page: int | None = None) -> UnreadableInputError:
    return UnreadableInputError(message, source=label, page=page, remedy=_EXPORT_AGAIN)


def _reason(error: BaseException) -> str:
    return str(error).removeprefix("code=").strip() or type(error).__name__
