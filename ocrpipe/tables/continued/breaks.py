"""Whether one table can go on as the next one over the end of a page."""

from ocrpipe.page import PageTable

_WIDTH_TOLERANCE = 0.06
"""Share of the page's width by which the parts of one table may differ in width."""

_SHIFT_TOLERANCE = 0.12
"""Share of the page's width by which a part may be shifted (margins of left and right pages)."""


_OTHER_SIZE = 0.05
"""Share by which the widths of pages differ that are not of one size: one was cut out of its
photograph, and of the other the ground is seen, too."""


def runs_over(before: PageTable, after: PageTable) -> bool:
    """Whether one table ends a page and the other begins the next."""
    if not (_is_next_page(before, after) and before.last and after.first):
        return False
    if before.quarters != after.quarters:
        return False
    return not _is_new_caption(before.table.caption, after.table.caption)


def in_same_place(before: PageTable, after: PageTable) -> bool:
    """Whether both tables lie in the same place across their pages."""
    left, width = before.box.x0 / before.page_width, before.box.width / before.page_width
    other_left, other_width = after.box.x0 / after.page_width, after.box.width / after.page_width
    return (
        abs(width - other_width) <= _WIDTH_TOLERANCE and abs(left - other_left) <= _SHIFT_TOLERANCE
    )


def differ_in_size(before: PageTable, after: PageTable) -> bool:
    """Whether the pages of two tables are not of one size."""
    widths = before.page_width, after.page_width
    return max(widths) > (1 + _OTHER_SIZE) * min(widths)


def _is_next_page(before: PageTable, after: PageTable) -> bool:
    if (before.half, after.half) == (1, 2):
        return after.page == before.page
    return after.page == before.page + 1 and before.half != 1 and after.half != 2


def _is_new_caption(before: str | None, after: str | None) -> bool:
    return after is not None and after != before and "续" not in after
