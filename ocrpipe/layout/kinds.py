"""What kind of block a paragraph is."""

import re
from collections.abc import Sequence

from ocrpipe.document import BlockKind
from ocrpipe.geometry import Box
from ocrpipe.layout.headings import heading_level
from ocrpipe.layout.paragraphs import Paragraph, Typography
from ocrpipe.layout.text import join_lines

# The four at the end are what a broken dash is read as; ー is a heavy one, 二 one with a speck.
_DASH = r"[-—–－―一ー二=＝_~～·•.．\s\"'“”]"
_ROMAN = "[ivxlIVXLⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ]{1,5}"
_COUNT = r"\s*(?:\d{1,4}|[一二三四五六七八九十百]+)\s*"
_PAGE_NUMBERS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_DASH}*\d{{1,4}}{_DASH}*",
        rf"{_DASH}*{_ROMAN}{_DASH}*",
        rf"第{_COUNT}页\s*[,，/、]?\s*(?:[（(]?\s*共{_COUNT}页\s*[）)]?)?",
        rf"共{_COUNT}页\s*[,，/、]?\s*第{_COUNT}页",
        rf"{_DASH}*\d{{1,4}}\s*[/／]\s*\d{{1,4}}{_DASH}*",
        r"(?i:page)\s*\d+(?:\s*(?:of|/)\s*\d+)?",
        r"\d{1,4}\s*of\s*\d{1,4}",
        r"[Pp]\.?\s*\d{1,4}",
        r"页\s*码\s*[:：]?\s*\d{1,4}",
    )
)
_DOCUMENT_NUMBER = re.compile(r"[〔［\[【(（]\s*(?:19|20)\d{2}\s*[〕］\]】)）]\s*第?\s*\d+\s*号")
_TITLE_END = re.compile(
    r"(?:报告|年报|通知|意见|方案|公告|通告|决定|办法|规定|说明|总结|函|批复|纪要|请示|预算|决算|公开)[）)]?$"
)
_LARGE, _VERY_LARGE = 1.12, 1.55
"""Sizes of characters in that of the body, above which they are those of titles and of letterheads:
18 points beside 16, and 24 or more."""

_LONGEST_TITLE = 120
"""Characters, over all its lines."""


def is_page_number(text: str) -> bool:
    """Whether a text by itself can be nothing but the number of a page."""
    stripped = text.strip()
    return bool(stripped) and any(pattern.fullmatch(stripped) for pattern in _PAGE_NUMBERS)


def is_document_number(text: str) -> bool:
    """Whether a text has the number of an official document, such as 州环发〔2020〕21号."""
    return _DOCUMENT_NUMBER.search(text) is not None


def paragraph_kinds(
    found: Sequence[Paragraph], sizes: Typography, page_number: int, height: float
) -> list[tuple[BlockKind, int | None]]:
    """Kind, and level of a heading, of the paragraphs of a page in reading order."""
    texts = [join_lines([line.text for line in paragraph.lines]) for paragraph in found]
    letterheads = _letterheads(found, texts, sizes, height) if page_number == 1 else frozenset()
    kinds: list[tuple[BlockKind, int | None]] = []
    in_body = False
    for index, (paragraph, text) in enumerate(zip(found, texts, strict=True)):
        if index in letterheads:
            kinds.append(("letterhead", None))
            continue
        level = heading_level(text)
        opening = page_number == 1 and not in_body
        if level is not None and not (
            paragraph.centered and opening and _is_large(paragraph, sizes)
        ):
            kinds.append(("heading", level))
        elif _is_title(paragraph, text, sizes, opening):
            kinds.append(("title", None))
            continue
        else:
            kinds.append(("text", None))
        in_body = in_body or level is not None or len(paragraph.lines) > 1 or len(text) > 40
    return kinds


def _is_large(paragraph: Paragraph, sizes: Typography) -> bool:
    return paragraph.size > _LARGE * sizes.body


def _letterheads(
    found: Sequence[Paragraph], texts: Sequence[str], sizes: Typography, height: float
) -> frozenset[int]:
    """Indices of the paragraphs that name the issuing organ above a document's number.

    The letterhead stands in the upper part of the first page, is centred, large, and ends with
    文件, or the document's number stands below it; in autonomous areas a line in the area's script
    stands beside it (GB/T 9704-2012, 7.2.4).
    """
    upper = [index for index, item in enumerate(found) if item.box.center[1] < 0.4 * height]
    numbers = [found[index].box.y0 for index in upper if is_document_number(texts[index])]
    chosen = {
        index
        for index in upper
        if found[index].centered
        and not is_document_number(texts[index])
        and (
            (texts[index].endswith("文件") and found[index].size > _LARGE * sizes.body)
            or (
                found[index].size > _VERY_LARGE * sizes.body
                and any(found[index].box.y1 <= top + found[index].size for top in numbers)
            )
        )
    }
    return frozenset(chosen | _in_other_script(found, upper, chosen))


def _in_other_script(
    found: Sequence[Paragraph], upper: Sequence[int], chosen: set[int]
) -> set[int]:
    """Tibetan lines right above or below a Chinese letterhead, or at the head of the page."""
    tibetan = [
        index for index in upper if all(line.language == "bo" for line in found[index].lines)
    ]
    if not chosen:
        head = set(range(len(tibetan)))
        return {index for index in tibetan if index in head}
    near = 3 * max(found[index].box.height for index in chosen)
    return {
        index
        for index in tibetan
        if any(_gap(found[index].box, found[other].box) < near for other in chosen)
    }


def _gap(first: Box, second: Box) -> float:
    return max(first.y0 - second.y1, second.y0 - first.y1)


def _is_title(paragraph: Paragraph, text: str, sizes: Typography, opening: bool) -> bool:
    if not paragraph.centered or not text or len(text) > _LONGEST_TITLE:
        return False
    if text.endswith(("。", "；", "：", "，")) or (is_document_number(text) and len(text) < 25):
        return False
    if _is_large(paragraph, sizes):
        return True
    return opening and paragraph.size > 0.93 * sizes.body and _TITLE_END.search(text) is not None
