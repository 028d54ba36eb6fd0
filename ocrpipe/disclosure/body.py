"""The running text of a document: its blocks in reading order, page furniture left out."""

from collections.abc import Sequence
from dataclasses import dataclass

from ocrpipe.document import Block, Page

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
