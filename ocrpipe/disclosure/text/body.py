"""The running text of a document: its blocks in reading order, without headers and footers."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ocrpipe.disclosure.compare import without_spaces
from ocrpipe.disclosure.text.dates import before_date
from ocrpipe.document import Block, Page

_ORGANIZATION = re.compile(
    r"[\u4e00-\u9fff（）()·、]{2,40}(?:局|厅|委|委员会|办|办公室|政府|公署|院|部|署|中心|处|所|队|站"
    r"|会|街道|镇|乡|区|县|市|州|旗|盟|分局|支队|大队|银行|公司|学校|大学|学院|医院|机关)"
)

_BODY_KINDS = frozenset({"letterhead", "title", "heading", "text"})


@dataclass(frozen=True, slots=True)
class Passage:
    """A block of running text and the page it stands on."""

    page: int
    block: Block

    @property
    def text(self) -> str:
        return self.block.text.strip()


def passages_of(pages: Sequence[Page]) -> tuple[Passage, ...]:
    """Text without headers, footers, page numbers, tables, figures and seals.

    A line that was found and not read (Tibetan, without its recogniser) is kept in a letterhead.
    """
    return tuple(
        Passage(page.number, block)
        for page in pages
        for block in page.blocks
        if block.kind in _BODY_KINDS and (block.text.strip() or block.kind == "letterhead")
    )


def is_organization(text: str) -> bool:
    """A public body's name and nothing else, by what it ends with."""
    return _ORGANIZATION.fullmatch(without_spaces(text)) is not None


def is_dated_signature(text: str) -> bool:
    """A name and a date in one line."""
    name = before_date(text)
    return bool(name) and name is not None and is_organization(name)
