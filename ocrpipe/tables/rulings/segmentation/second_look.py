"""A second look at the rules of a page, where they show that some are lost or are none."""

from collections.abc import Callable, Sequence

from ocrpipe.page import PageImage, Ruling
from ocrpipe.tables.rulings.segmentation.ends import are_loose
from ocrpipe.tables.rulings.segmentation.lines import lines_of_masks
from ocrpipe.tables.rulings.segmentation.network import RulingNetwork
from ocrpipe.tables.rulings.segmentation.supplement import supplemented
from ocrpipe.tables.rulings.segmentation.unseen import without_unseen

_FEWEST, _MOST = 4, 2000
"""Rules of a page that is looked at again: headers and footers have fewer, the frame of a table has
four, tables of broken rules hundreds and drawings more."""


def with_seen_rules(
    rulings: Sequence[Ruling], image: PageImage, network: Callable[[], RulingNetwork]
) -> Sequence[Ruling]:
    """The rules of a page, and where some are loose, what the network makes of them.

    Args:
        rulings: Of the page, in points.
        image: The upright page; BGR or grey.
        network: Gives the network; most pages do without it.

    Raises:
        EngineUnavailableError: the weights or the runtime are missing.
    """
    if not _FEWEST <= len(rulings) <= _MOST or not are_loose(rulings):
        return rulings
    seen = lines_of_masks(network().find(image))
    return supplemented(without_unseen(rulings, seen), seen, image)
