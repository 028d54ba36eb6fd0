"""Texts and tables of a web page to blocks: which is the title, which are headings."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ocrpipe.document import Block, Table
from ocrpipe.ingest.characters import language_of

HEADING_TAGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_HEADING_LENGTH = 60
"""Characters of a heading at most: half as many lose one in a fixture, twice as many add none."""

_NUMBERINGS = (
    re.compile(r"[一二三四五六七八九十]{1,3}、"),
    re.compile(r"[（(][一二三四五六七八九十]{1,3}[）)]"),
    re.compile(r"\d{1,2}[.．、](?!\d)"),
    re.compile(r"[（(]\d{1,2}[）)]"),
)
_SENTENCE_END = ("。", "；", ";", "，", ",")
_SITE_SEPARATOR = re.compile(r"\s*[-_|–—－]+\s*")
_REPORT_TITLE = re.compile(r"(?:报告|年报)(?:[（(].{1,20}[）)])?$")


@dataclass(frozen=True, slots=True)
class WebText:
    """One line or paragraph, with the tag of the element that it stands in."""

    text: str
    tag: str


def build_blocks(items: Sequence[WebText | Table], page_title: str) -> tuple[Block, ...]:
    """Blocks of a web page in its order, with ids p1-b1, p1-b2, ...

    Args:
        items: Texts and tables in the order of the page.
        page_title: What the page's <title> says, the site's name included.
    """
    title = _title_index(items, page_title)
    blocks = []
    for index, item in enumerate(items):
        identity = f"p1-b{index + 1}"
        if isinstance(item, Table):
            blocks.append(
                Block(
                    id=identity,
                    kind="table",
                    bbox=None,
                    text="",
                    language=None,
                    confidence=1.0,
                    table_id=item.id,
                )
            )
            continue
        level = None if index == title else _heading_level(item)
        blocks.append(
            Block(
                id=identity,
                kind="title" if index == title else "text" if level is None else "heading",
                bbox=None,
                text=item.text,
                language=language_of(item.text),
                confidence=1.0,
                level=level,
            )
        )
    return tuple(blocks)


def _title_index(items: Sequence[WebText | Table], page_title: str) -> int | None:
    """Which text is the document's title: a <h1>, or what the page itself is titled."""
    texts = [(index, item) for index, item in enumerate(items) if isinstance(item, WebText)]
    names = {_bare(page_title), *map(_bare, _SITE_SEPARATOR.split(page_title))} - {""}
    short = [(index, item) for index, item in texts if len(item.text) <= 80]
    tests = (
        lambda item: _bare(item.text) in names and len(_bare(item.text)) >= 6,
        lambda item: item.tag == "h1",
        lambda item: bool(_REPORT_TITLE.search(item.text)),
    )
    for test in tests:
        for index, item in short:
            if test(item):
                return index
    return None


def _heading_level(item: WebText) -> int | None:
    """Level 1 to 4 by the numbering that Chinese filings use, else by the tag."""
    if len(item.text) > _HEADING_LENGTH or item.text.endswith(_SENTENCE_END):
        return None
    for level, numbering in enumerate(_NUMBERINGS, start=1):
        if numbering.match(item.text):
            # "1.本局情况。其中……" is a paragraph that begins with its heading.
            return None if "。" in item.text else level
    if item.tag in HEADING_TAGS:
        return min(4, max(1, int(item.tag[1]) - 1))
    return None


def _bare(text: str) -> str:
    return re.sub(r"\s+", "", text)
