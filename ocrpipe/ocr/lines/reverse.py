"""Lines of the reverse of the sheet, which shine through and are no text of the page."""

from collections.abc import Sequence

from ocrpipe.channels import to_grey
from ocrpipe.ocr.port import Recognition
from ocrpipe.page import Pixels
from ocrpipe.quantiles import percentile

_PALE = 0.3
"""Darkness of a line's ink in that of the darkest line, under which it may be the reverse's."""

_LEGIBLE = 0.85
"""Mean confidence in mirrored lines, at most: pale print of the page itself is read better."""

_LONG = 3
"""Characters from which a mirrored line can be told: a 0 or a 1 is its own mirror image."""


def shown_through(crops: Sequence[Pixels], readings: Sequence[Recognition]) -> frozenset[int]:
    """Indices of the lines that shine through from the reverse.

    They are far paler than the page's own, and those of some length are hardly legible, as what
    is mirrored is. Where pale lines are read well, they are pale print, and none is given.
    """
    darkness = [_darkness(crop) for crop in crops]
    if not darkness:
        return frozenset()
    pale = [index for index, level in enumerate(darkness) if level < _PALE * max(darkness)]
    long = [readings[index].confidence for index in pale if len(readings[index].text) >= _LONG]
    if not long or sum(long) / len(long) >= _LEGIBLE:
        return frozenset()
    return frozenset(pale)


def _darkness(crop: Pixels) -> float:
    """Grey levels between a line's paper and its ink."""
    grey = to_grey(crop)
    return percentile(grey, 90) - percentile(grey, 3)
