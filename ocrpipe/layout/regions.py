"""Regions of a page: what the model saw, corrected by the ruling lines and the red ink."""

from collections.abc import Sequence

from ocrpipe.geometry import Box, union
from ocrpipe.page import Region, TableGrid
from ocrpipe.timings import timed

_COVERED = 0.5
"""Share of a region from which on it is the same thing as what covers it."""

_TOUCHED = 0.2
"""Share of a table or figure that lies on a grid, above which it is what the model saw of it."""

_REACHED = 0.25
"""Share of a grid that a table or figure takes, above which that is no other thing beside it: the
shade of a page may be taken for a figure, and a box that is right leaves its neighbour alone."""


@timed("layout")
def find_regions(
    detected: Sequence[Region],
    grids: Sequence[TableGrid],
    red: Sequence[Region],
    width: float,
    height: float,
) -> tuple[Region, ...]:
    """The regions of one page, in points, from top to bottom.

    A ruled grid is a table whatever the model called it, and its box is the one that counts: a
    region that lies on it, or that holds it as a table or figure, gives way. A seal gives way to
    nothing. Of what the model found twice, the more certain stays. Regions with a confidence of
    1.0 and the kind "table" are grids; other tables are the model's word alone.
    """
    page = Box(0, 0, width, height)
    sure = [Region("table", grid.box, 1.0) for grid in grids]
    seals = [region for region in red if region.kind == "seal"]
    kept: list[Region] = []
    for region in sorted(detected, key=lambda region: (-region.confidence, region.box)):
        box = region.box.intersection(page)
        if box is None:
            continue
        found = Region(region.kind, box, min(region.confidence, 0.999))
        if _told_by(sure, found) or _is_seal(seals, found):
            continue
        if not any(_same_place(found.box, other.box) for other in kept):
            kept.append(found)
    kept = _joined_tables(kept)
    return tuple(sorted([*sure, *seals, *kept], key=lambda region: (region.box.y0, region.box.x0)))


def _told_by(grids: Sequence[Region], region: Region) -> bool:
    """Whether the rulings already say what stands at the place of a region."""
    if any(region.box.overlap(grid.box) > _COVERED for grid in grids):
        return True
    if region.kind not in {"table", "figure"}:
        return False
    return any(
        region.box.overlap(grid.box) > _TOUCHED or grid.box.overlap(region.box) > _REACHED
        for grid in grids
    )


def _is_seal(seals: Sequence[Region], region: Region) -> bool:
    return region.kind in {"figure", "table"} and any(
        region.box.overlap(seal.box) > _COVERED or seal.box.overlap(region.box) > 0.8
        for seal in seals
    )


def _same_place(first: Box, second: Box) -> bool:
    return first.overlap(second) > 0.7 or second.overlap(first) > 0.7


def _joined_tables(regions: Sequence[Region]) -> list[Region]:
    """Overlapping table regions of the model made one."""
    joined: list[Region] = []
    for region in regions:
        if region.kind != "table":
            joined.append(region)
            continue
        parts = [
            other
            for other in joined
            if other.kind == "table" and region.box.intersection(other.box) is not None
        ]
        joined = [other for other in joined if other not in parts]
        box = union([region.box, *(part.box for part in parts)])
        confidence = max([region.confidence, *(part.confidence for part in parts)])
        joined.append(Region("table", box, confidence))
    return joined
