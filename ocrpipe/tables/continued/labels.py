"""Labels of a table: which columns hold them, and whether one text goes on another."""

import re
import unicodedata
from collections.abc import Sequence

from rapidfuzz import fuzz

from ocrpipe.document import Cell, Table
from ocrpipe.tables.numeric import is_number

_NUMBERED = re.compile(
    r"\s*(?:[（(][一二三四五六七八九十\d]{1,3}[）)]|[一二三四五六七八九十]{1,3}[、.．]|\d{1,2}[)）、.．](?!\d)"
    r"|[①-⑳]|第.{1,3}[条项章节])"
)
_ITEM = re.compile(r"\s*([（(]?)([一二三四五六七八九十]{1,3}|\d{1,2}|[①-⑳])([）)、.．]?)(?!\d)")
_ITEM_NUMERALS = ("一二三四五六七八九十", "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳")
_LONE_NUMERAL = re.compile("[一二三四五六七八九十]{1,3}")
_NUMERAL = re.compile(r"[一二三四五六七八九十百千]+|\d+")
_WORDS = re.compile(r"[^\W\da-zA-Z_一二三四五六七八九十]{2}")
"""How a label begins that has no number, be it misread."""

_GOES_ON = re.compile(r"[、，,。；;：:）)〕】》”’%％]")
_OPEN_END = re.compile(r"[、，]\s*$")
_SENTENCE_END = re.compile(r"[。！？；!?;：:.．…][”’》）)]?\s*$")
_SHORTEST_SENTENCE, _FEWEST_SENTENCES = 12, 2
_BRACKETS = (("（(", "）)"), ("《", "》"), ("“", "”"), ("〔", "〕"), ("【", "】"))
_ALIKE = 85.0
"""Least similarity of two readings of the same print, in percent (normalised indel)."""

_NUMBERS = re.compile(r"^[一二三四五六七八九十\d、.．·（）()]+")
_SHORTEST_PART = 2
_FEWEST_WORDS = 4
_LONGEST_LABEL = 16
_LONGEST_REST = 24
"""What follows a numbered label over a page break has at most this many characters."""


def is_numbered(text: str) -> bool:
    """Whether a label begins with a number of its own: 一、 （一） 1. ① 第二十条."""
    return _NUMBERED.match(text) is not None


def is_open(text: str) -> bool:
    """Whether a bracket or quotation mark in `text` is not closed."""
    return any(
        sum(text.count(mark) for mark in opening) > sum(text.count(mark) for mark in closing)
        for opening, closing in _BRACKETS
    )


def goes_on(text: str, rest: str, *, counted: bool = False) -> bool:
    """Whether `rest` reads as the second part of a label whose first part is `text`.

    It has no number of its own, and either closes a bracket of the first part, or begins with a
    mark that cannot begin a label, or follows one that cannot end it, or a numbered label and is
    short. Where all labels beside them are `counted`, so is the first part, however it was read.
    """
    if not text or not rest or is_numbered(rest) or is_number(rest) or is_number(text):
        return False
    if _GOES_ON.match(rest) or _OPEN_END.search(text):
        return True
    if is_open(text) and is_open(_reversed(rest)):
        return True
    # A number alone is no label: its 、 is as small as dust.
    numbered = is_numbered(text) or _LONE_NUMERAL.fullmatch(text.strip()) is not None
    numbered = numbered or (counted and _WORDS.match(rest) is not None)
    return numbered and len(rest) <= _LONGEST_REST


def are_sentences(texts: Sequence[str]) -> bool:
    """Whether all long ones of some texts end as a sentence or an item of a list does."""
    long = [text for text in texts if len(text) >= _SHORTEST_SENTENCE]
    return len(long) >= _FEWEST_SENTENCES and all(_SENTENCE_END.search(text) for text in long)


def breaks_off(text: str) -> bool:
    """Whether a long text does not end as a sentence does."""
    return len(text) >= _SHORTEST_SENTENCE and not _SENTENCE_END.search(text)


def is_next_item(text: str, rest: str) -> bool:
    """Whether `rest` begins with the item that follows one of the list in `text`: 4. after 3."""
    item = _ITEM.match(rest)
    if item is None:
        return False
    before = _number_before(item[2])
    return before is not None and f"{item[1]}{before}{item[3]}" in text


def is_later_item(text: str, rest: str) -> bool:
    """The same where `text` holds more than that one item: labels of single items follow each
    other, too."""
    item = _ITEM.match(rest)
    if item is None or not is_next_item(text, rest):
        return False
    return text.lstrip().find(f"{item[1]}{_number_before(item[2])}{item[3]}") > 0


def _number_before(number: str) -> str | None:
    """The number of the item before, written the same way; None of the first, and beyond 十."""
    if number.isdecimal():
        return str(int(number) - 1) if int(number) > 1 else None
    series = next((series for series in _ITEM_NUMERALS if number in series), "")
    place = series.find(number)
    return series[place - 1] if place > 0 else None


def is_same(text: str, other: str) -> bool:
    """Whether two texts are readings of the same print (spaces and full-width forms aside).

    Labels that only differ in a number, as 第（一）项 and 第（六）项 do, are not the same; in a
    longer text it is more likely misread.
    """
    first, second = ("".join(unicodedata.normalize("NFKC", each).split()) for each in (text, other))
    if not first or not second:
        return False
    label = max(len(first), len(second)) <= _LONGEST_LABEL
    if label and _NUMERAL.findall(first) != _NUMERAL.findall(second):
        return False
    return fuzz.ratio(first, second) >= _ALIKE


def is_part(text: str, other: str) -> bool:
    """Whether one of two readings is the beginning or the end of the other, or what is left of it
    where characters in between were not read."""
    short, long = sorted(("".join(text.split()), "".join(other.split())), key=len)
    if len(long) > _LONGEST_LABEL and 2 * len(short) < len(long):
        # The end of a sentence has characters that it has before.
        return False
    if len(short) >= _SHORTEST_PART and (long.startswith(short) or long.endswith(short)):
        return True
    left = iter(long)
    return len(short) > _SHORTEST_PART and all(character in left for character in short)


def is_same_but_for_number(text: str, other: str) -> bool:
    """Whether two texts have the same words, and the number before those of one was misread."""
    if is_numbered(text) and is_numbered(other):
        return False
    words, others = (_NUMBERS.sub("", "".join(each.split())) for each in (text, other))
    return min(len(words), len(others)) >= _FEWEST_WORDS and fuzz.ratio(words, others) >= _ALIKE


def label_columns(*parts: Table) -> frozenset[int]:
    """Columns whose printed cells below the header are mostly words.

    `parts` stand below each other and have the same columns; only the first has a header.
    """
    words: dict[int, int] = {}
    for index, part in enumerate(parts):
        header = header_rows(part) if index == 0 else 0
        for cell in part.cells:
            if cell.row < header or not cell.text:
                continue
            weight = -1 if is_number(cell.text) else 1
            for col in range(cell.col, cell.col + cell.col_span):
                words[col] = words.get(col, 0) + weight
    return frozenset(col for col, weight in words.items() if weight > 0)


def header_rows(table: Table) -> int:
    """Rows of the header: those of the first cell, below rows that are one cell (a title)."""
    starts: dict[int, Cell] = {cell.row: cell for cell in table.cells if cell.col == 0}
    row = 0
    while row in starts and starts[row].col_span == table.n_cols:
        row += starts[row].row_span
    return row + starts[row].row_span if row in starts else row


def _reversed(text: str) -> str:
    """The text read from its end, with brackets turned: it is open where `text` closes one."""
    turned = str.maketrans("（()）《》“”〔〕【】", "）)(（》《”“〕〔】【")
    return text[::-1].translate(turned)
