"""What spreadsheets allow: names of sheets, text of cells, widths of columns."""

import re
import unicodedata
from collections.abc import Iterable, Sequence

from ocrpipe.export.text import one_line, printable

MAX_NAME_LENGTH = 31
MAX_TEXT_LENGTH = 32_767
"""UTF-16 code units of the name of a sheet and of a cell, by the limits that Excel documents."""
_CUT_MARK = "… [cut]"
_NARROWEST, _WIDEST = 5, 44
# A sheet named History is refused by Excel; the others hold the report.
RESERVED_NAMES = ("history", "filing", "report", "checks", "issues")


def sheet_names(titles: Sequence[str], reserved: Iterable[str] = RESERVED_NAMES) -> list[str]:
    """A valid name for the sheet of each title: at most 31 UTF-16 units, distinct, no []:*?/\\ .

    Names that differ by letter case only count as the same.
    """
    taken = {name.casefold() for name in reserved}
    names: list[str] = []
    for title in titles:
        base = re.sub(r"[\[\]:*?/\\]", "_", one_line(title)).strip(" '") or "table"
        name, number = _cut(base, MAX_NAME_LENGTH), 2
        while name.casefold() in taken:
            suffix = f" ({number})"
            name = _cut(base, MAX_NAME_LENGTH - len(suffix)) + suffix
            number += 1
        taken.add(name.casefold())
        names.append(name)
    return names


def plain_text(text: str) -> str:
    """`text` as a cell of a spreadsheet can hold it, at most 32,767 UTF-16 units.

    What is longer is cut, and ends with a mark that says so.
    """
    text = printable(text)
    if _length(text) > MAX_TEXT_LENGTH:
        text = _cut(text, MAX_TEXT_LENGTH - len(_CUT_MARK)) + _CUT_MARK
    # xlsxwriter takes a string between these tags for XML of its own making.
    return f"{text} " if text.startswith("<r>") and text.endswith("</r>") else text


def column_widths(texts: Iterable[tuple[int, str]], columns: int) -> list[float]:
    """Widths in characters for cells given as (column, text), within bounds that a page can show.

    A Chinese character is two wide.
    """
    widths = [_NARROWEST] * columns
    for column, text in texts:
        longest = max((_columns_of(line) for line in text.split("\n")), default=0)
        widths[column] = max(widths[column], min(longest + 2, _WIDEST))
    return [float(width) for width in widths]


def _columns_of(line: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in line)


def _length(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _cut(text: str, units: int) -> str:
    kept = text.encode("utf-16-le")[: units * 2].decode("utf-16-le", errors="ignore")
    return kept.strip(" '") if units <= MAX_NAME_LENGTH else kept
