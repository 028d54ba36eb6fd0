"""Text that stamps and watermarks of a digital page put over its own, as blocks at its end."""

from collections.abc import Sequence
from dataclasses import replace

from ocrpipe.document import Block
from ocrpipe.page import TextLine
from ocrpipe.pipeline.result import PageResult


def with_overlays(result: PageResult, overlays: Sequence[TextLine]) -> PageResult:
    """The page with a seal for each of `overlays`: no part of the body, it is read last."""
    if not overlays:
        return result
    page = result.page
    seals = tuple(
        Block(
            id=f"p{page.number}-b{count}",
            kind="seal",
            bbox=line.box.rounded(),
            text=line.text,
            language=line.language,
            confidence=line.confidence,
        )
        for count, line in enumerate(overlays, start=len(page.blocks) + 1)
    )
    page = page.model_copy(update={"blocks": (*page.blocks, *seals)})
    return replace(result, page=page)
