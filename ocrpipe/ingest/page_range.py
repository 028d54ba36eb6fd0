"""Page ranges as a user writes them: "2-4,7", "5-", "-3"."""

import re

from ocrpipe.errors import UsageError

_REMEDY = "Write page ranges like 2-4,7 or 5- (from page 5 on) or -3 (up to page 3)"

# Chinese input methods produce full-width commas, digits and dashes.
_NORMAL = str.maketrans("，、；;－–—―‐‑−~～至０１２３４５６７８９", ",,,,----------0123456789")
_PART = re.compile(r"(?P<first>\d+)?(?P<dash>-)?(?P<last>\d+)?")


def parse_page_range(
    text: str | None, page_count: int, source: str | None = None
) -> tuple[int, ...]:
    """The page numbers that `text` chooses from a file of `page_count` pages.

    Returns:
        Sorted page numbers from 1, each once; all of them when `text` is None.

    Raises:
        UsageError: `text` is no page range, or names a page that the file does not have.
    """
    if text is None:
        return tuple(range(1, page_count + 1))
    parts = [part for part in re.sub(r"\s+", "", text.translate(_NORMAL)).split(",") if part]
    if not parts:
        raise UsageError("the page range is empty", source=source, remedy=f"{_REMEDY}.")
    chosen: set[int] = set()
    for part in parts:
        chosen.update(_parse_part(part, text, page_count, source))
    return tuple(sorted(chosen))


def _parse_part(part: str, text: str, page_count: int, source: str | None) -> range:
    match = _PART.fullmatch(part)
    if match is None or part == "-":
        raise UsageError(f"{text!r} is not a page range", source=source, remedy=f"{_REMEDY}.")
    first = int(match["first"] or 1)
    last = int(match["last"] or page_count) if match["dash"] else first
    # "5-" of a file with three pages fails on the 5, not on the implied end.
    outside = [number for number in (first, last) if not 1 <= number <= page_count]
    if outside:
        count = f"{page_count} page{'' if page_count == 1 else 's'}"
        raise UsageError(
            f"the page range asks for page {outside[0]}, and the file has {count}",
            source=source,
            remedy=f"Choose pages from 1 to {page_count}.",
        )
    if first > last:
        raise UsageError(
            f"the page range {part} runs backwards",
            source=source,
            remedy=f"Write it as {last}-{first}.",
        )
    return range(first, last + 1)
