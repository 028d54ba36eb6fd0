"""What PyMuPDF says about one page, as plain values in the frame of the page as displayed."""

import sys
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from math import sqrt
from typing import Any

import pymupdf

from ocrpipe.geometry import Box
from ocrpipe.ingest.pdf.doubled import without_doubles
from ocrpipe.ingest.pdf.painted_over import Painted, hide_painted_over, may_cover
from ocrpipe.ingest.pdf.text_layer import PageFacts, covered_share
from ocrpipe.ingest.pdf.text_runs import Char, Run, read_runs
from ocrpipe.ingest.pdf.vectors import is_visible
from ocrpipe.page import PageImage

# Without TEXT_CID_FOR_UNKNOWN_UNICODE an unmapped glyph is U+FFFD instead of a made-up character,
# and without TEXT_PRESERVE_LIGATURES the ligature fi is two letters.
# A spreadsheet program puts the text of a merged cell on all of its pages, clipped away on all but
# one.
_TEXT_FLAGS = pymupdf.TEXT_PRESERVE_WHITESPACE | pymupdf.TEXT_CLIP

_COVERING = 0.5
"""Share of the page from which pictures are taken for the picture of the page itself."""

_WHITE = 240
"""Of 255: a colour whose channels all exceed this is not seen on white paper."""

_PICTURE, _INVISIBLE = "fill-image", "ignore-text"
"""What MuPDF calls painting a picture, and passing over invisible text."""

_GREY_SPACES = ("DeviceGray", "ICCBased(Gray,")
"""A picture with a palette has one channel, too, and may be coloured."""

Drawing = dict[str, Any]
PictureInfo = dict[str, Any]
"""What `Page.get_image_info` tells of a picture."""


def read_facts(
    page: Any, look: Callable[[], PageImage]
) -> tuple[PageFacts, tuple[Run, ...], list[Drawing]]:
    """Facts for judging the text layer of a `pymupdf.Page`, its runs, and its vector drawings.

    `look` gives a raster of the page; few pages need one.
    """
    width, height = float(page.rect.width), float(page.rect.height)
    drawings = _drawings(page)
    # MuPDF goes through the page anew each time that it is asked and tells of none.
    told = page.get_image_info()
    pictures = _pictures(page, told)
    runs = _show_white(page, _runs(page, width, height), drawings, pictures)
    runs = without_doubles(_without_painted_over(page, runs, drawings, look))
    paths = [drawing for drawing in drawings if _is_painted(drawing)]
    facts = PageFacts(
        width,
        height,
        tuple(char for run in runs for char in run.chars if not run.askew),
        pictures,
        drawings=len(paths),
        outlines=sum(map(_is_outline, paths)),
        buried=_buried_share(page, told),
        dots=_dots(told),
    )
    return facts, runs, drawings


def text_turn(runs: Sequence[Run]) -> int:
    """Clockwise quarter turns after which most of the visible text stands upright."""
    counts: Counter[int] = Counter()
    for run in runs:
        if run.askew:
            continue
        counts[run.quarters] += sum(char.visible and not char.is_space for char in run.chars)
    if not counts:
        return 0
    quarters, count = counts.most_common(1)[0]
    return -quarters % 4 if count > 0.6 * counts.total() else 0


def is_grey(page: Any) -> bool:
    """Whether nothing is painted on a `pymupdf.Page`, annotations with it, but grey pictures."""
    painted = [kind for kind, _ in page.get_bboxlog() if kind != _INVISIBLE]
    spaces = [info["cs-name"] for info in page.get_image_info()]
    # A picture that an annotation shows may be painted without being told of.
    return painted == [_PICTURE] * len(spaces) and all(
        space.startswith(_GREY_SPACES) for space in spaces
    )


def unturned_size(page: Any) -> tuple[float, float]:
    """Width and height in points of a `pymupdf.Page` without its /Rotate.

    Those of PyMuPDF's `cropbox` are in units of the page (/UserUnit), which its pictures, drawings
    and `rect` are not.
    """
    width, height = float(page.rect.width), float(page.rect.height)
    return (height, width) if page.rotation % 180 else (width, height)


def _turning(page: Any) -> Any:
    """What turns pictures and drawings by the /Rotate of their page, in points.

    PyMuPDF's `rotation_matrix` moves them by a distance in units of the page.
    """
    width, height = float(page.rect.width), float(page.rect.height)
    match page.rotation:
        case 90:
            return pymupdf.Matrix(0, 1, -1, 0, width, 0)
        case 180:
            return pymupdf.Matrix(-1, 0, 0, -1, width, height)
        case 270:
            return pymupdf.Matrix(0, -1, 1, 0, 0, height)
    return pymupdf.Matrix(1, 0, 0, 1, 0, 0)


def _runs(page: Any, width: float, height: float) -> tuple[Run, ...]:
    # By way of the display list, which unlike Page.get_text knows /Rotate and holds what
    # annotations and form fields show.
    text = page.get_displaylist(annots=1).get_textpage(_TEXT_FLAGS)
    if not isinstance(text, pymupdf.TextPage):
        text = pymupdf.TextPage(text)
    return read_runs(text.extractRAWDICT(), width, height)


def _pictures(page: Any, told: Sequence[PictureInfo]) -> tuple[Box, ...]:
    displayed = pymupdf.Rect(page.rect)
    turning = _turning(page)
    boxes = []
    for info in told:
        box = pymupdf.Rect(info["bbox"]) * turning & displayed
        if not box.is_empty:
            boxes.append(Box(*box))
    return tuple(boxes)


def _dots(told: Sequence[PictureInfo]) -> float:
    """Dots per point of the finest of the pictures that are half as large as the largest."""
    areas = [pymupdf.Rect(info["bbox"]).get_area() for info in told]
    least = max(areas, default=0.0) / 2
    dots = [
        sqrt(info["width"] * info["height"] / area)
        for info, area in zip(told, areas, strict=True)
        if area > 0 and area >= least
    ]
    return max(dots, default=0.0)


def _drawings(page: Any) -> list[dict[str, Any]]:
    """Vector paths and clips in the frame of the page as displayed."""
    drawings: list[dict[str, Any]] = page.get_cdrawings(extended=True)
    if page.rotation == 0:
        return drawings
    matrix = _turning(page)
    turned = []
    for drawing in drawings:
        changed = dict(drawing)
        if "items" in changed:
            changed["items"] = [_turned_item(item, matrix) for item in changed["items"]]
        for key in ("rect", "scissor"):
            if changed.get(key) is not None:
                changed[key] = tuple(pymupdf.Rect(changed[key]) * matrix)
        turned.append(changed)
    return turned


def _turned_item(item: tuple[Any, ...], matrix: Any) -> tuple[Any, ...]:
    if item[0] == "re":
        return ("re", tuple(pymupdf.Rect(item[1]) * matrix), *item[2:])
    if item[0] == "qu":
        return ("qu", tuple(tuple(pymupdf.Point(point) * matrix) for point in item[1]))
    return (item[0], *(tuple(pymupdf.Point(point) * matrix) for point in item[1:]))


def _is_painted(drawing: Drawing) -> bool:
    kind = drawing["type"]
    if kind in ("clip", "group"):
        return False
    return ("s" in kind and is_visible(drawing.get("color"), drawing.get("stroke_opacity"))) or (
        "f" in kind and is_visible(drawing.get("fill"), drawing.get("fill_opacity"))
    )


def _is_outline(drawing: Drawing) -> bool:
    """Whether a path may be a character that was turned into curves."""
    box = Box(*drawing["rect"])
    curved = any(item[0] == "c" for item in drawing["items"])
    return "f" in drawing["type"] and curved and 2 < box.height < 60 and 1 < box.width < 600


def _show_white(
    page: Any, runs: tuple[Run, ...], drawings: Sequence[Drawing], pictures: Sequence[Box]
) -> tuple[Run, ...]:
    """The runs with white text marked invisible unless it stands on something dark, or has an
    outline."""
    if not any(_is_white(char) for run in runs for char in run.chars):
        return runs
    grounds = [
        Box(*drawing["rect"])
        for drawing in drawings
        if "f" in drawing["type"] and is_visible(drawing.get("fill"), drawing.get("fill_opacity"))
    ]
    grounds += [*pictures, *_outlined(page)]

    def shown(char: Char) -> Char:
        if not _is_white(char) or any(box.contains_point(*char.box.center) for box in grounds):
            return char
        return replace(char, visible=False)

    return tuple(replace(run, chars=tuple(map(shown, run.chars))) for run in runs)


def _without_painted_over(
    page: Any, runs: tuple[Run, ...], drawings: Sequence[Drawing], look: Callable[[], PageImage]
) -> tuple[Run, ...]:
    """The runs with characters marked invisible that a filled box painted later hides."""
    boxes = [drawing for drawing in drawings if _is_opaque_box(drawing)]
    if not boxes:
        return runs
    texts = (at for at, (kind, _) in enumerate(page.get_bboxlog()) if kind.endswith("-text"))
    covers = [Painted(drawing["seqno"], Box(*drawing["rect"])) for drawing in boxes]
    covers = may_cover(covers, next(texts, sys.maxsize))
    if not covers:
        return runs
    turning = _turning(page)
    chars = [
        Painted(span["seqno"], Box(*(pymupdf.Rect(box) * turning)), chr(code))
        for span in page.get_texttrace()
        for code, _, _, box in span["chars"]
    ]
    return hide_painted_over(runs, chars, covers, look)


def _is_opaque_box(drawing: Drawing) -> bool:
    opaque = drawing["type"] in ("f", "fs") and drawing.get("fill_opacity") in (None, 1.0)
    return opaque and [item[0] for item in drawing["items"]] in (["re"], ["qu"])


def _outlined(page: Any) -> list[Box]:
    """Boxes of the characters whose outlines are painted; the text layer tells of their fill."""
    if not any(kind == "stroke-text" for kind, _ in page.get_bboxlog()):
        return []
    turning = _turning(page)
    return [
        Box(*(pymupdf.Rect(box) * turning))
        for span in page.get_texttrace()
        if span["type"] == 1 and is_visible(span["color"], span["opacity"])
        for *_, box in span["chars"]
    ]


def _is_white(char: Char) -> bool:
    return all((char.color >> shift) & 0xFF > _WHITE for shift in (0, 8, 16))


def _buried_share(page: Any, told: Sequence[PictureInfo]) -> float:
    """Share of the painted text (by area) that pictures of the whole page were painted over."""
    masked = {
        tuple(round(value) for value in info["bbox"]) for info in told if info.get("has-mask")
    }
    width, height = unturned_size(page)
    texts: list[Box] = []
    buried: set[int] = set()
    covers: list[Box] = []
    for kind, rectangle in page.get_bboxlog():
        box = Box(*rectangle)
        if kind in ("fill-text", "stroke-text"):
            texts.append(box)
        # Through the mask of a picture (a seal, a watermark) the text below stays visible.
        elif kind == _PICTURE and tuple(map(round, box)) not in masked:
            covers.append(box)
            if covered_share(covers, width, height) > _COVERING:
                buried |= {
                    index
                    for index, text in enumerate(texts)
                    if any(cover.contains_point(*text.center) for cover in covers)
                }
    total = sum(box.area for box in texts)
    return sum(texts[index].area for index in buried) / total if total > 0 else 0.0
