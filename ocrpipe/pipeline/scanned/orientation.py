"""How a page lies in its file, told from the pages beside it."""

import logging

from ocrpipe.imaging.orientation import OrientationModel, clear_turns
from ocrpipe.page import SourcePage

logger = logging.getLogger(__name__)

_DPI = 100.0
"""The orientation model looks at less."""

_SAME_SIZE = 0.02
"""Scanners crop the pages of one batch to sizes that differ by less, as a share of the side."""


def turns_beside(page: SourcePage, model: OrientationModel) -> int | None:
    """The quarter turns that all scanned pages beside `page` need of which they are clear.

    Only pages of its size as stored count. None where there are none, or where they disagree.
    """
    found = {_clear_turns(other, model) for other in page.beside() if _alike(page, other)} - {None}
    return found.pop() if len(found) == 1 else None


def _alike(page: SourcePage, other: SourcePage) -> bool:
    return (
        other.origin == "scanned"
        and abs(other.width - page.width) <= _SAME_SIZE * page.width
        and abs(other.height - page.height) <= _SAME_SIZE * page.height
    )


def _clear_turns(page: SourcePage, model: OrientationModel) -> int | None:
    try:
        image = page.render(_DPI)
    except Exception:
        logger.debug("page %d cannot be rasterized", page.number, exc_info=True)
        return None
    return clear_turns(image.pixels, model)
