"""What a figure's text says: a number, nothing, or something that cannot be read as either."""

import re
import unicodedata
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import Literal

NumberKind = Literal["number", "nothing", "unreadable"]


@dataclass(frozen=True, slots=True)
class ParsedNumber:
    """`value` is None unless `kind` is "number".

    `exact` is False where something beside the number had to be passed over (a speck read as a dot,
    a space between digits, a leading 0): the number was read, and wants a look.
    """

    kind: NumberKind
    value: int | Decimal | None = None
    exact: bool = True


NOTHING = ParsedNumber("nothing")
UNREADABLE = ParsedNumber("unreadable")

# A stroke says that there is nothing to state. It is not a zero, and the ideograph 一 is no stroke.
_STROKES = re.compile(r"[-/\\—–―─﹣－]+")
_NO_NUMBER = {"无", "无数据", "无此项", "不适用", "暂无", "未统计", "不涉及", "未涉及"}
_ZERO = "零"
_DIGITS = "零一二三四五六七八九"
_WORDS = re.compile(
    r"(?:(?P<thousands>[一二两三四五六七八九])千)?"
    r"(?:(?P<hundreds>[一二两三四五六七八九])百)?"
    r"(?:(?P<tens>[一二三四五六七八九]?)(?P<ten>十))?"
    r"(?:(?P<gap>零)?(?P<ones>[一二三四五六七八九]))?"
)
"""一千二百零三: numbers in words, which say 零 for a place left out before the last one."""

_UNITS = r"(?:万元|亿元|元|件次|件|条|项|宗|份|个|次|起|例|人次|人)"
_SPECKS = ".,。·'`°\"、:;…˙•*"
_NUMBER = re.compile(
    r"(?P<sign>增加|减少|增|减|[+\-−–])?\s*"
    r"(?P<digits>\d{1,3}(?:,\d{3})+|\d+)(?P<fraction>\.\d+)?\s*"
    rf"(?:{_UNITS}|\({_UNITS}\))?"
)
_POINTED = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+")
_RAISED = r"[\u00b9\u00b2\u00b3\u2070-\u2079]"
_NOTE_MARK = re.compile(
    r"(?<=[\d元件条项宗份个次起例])\s*"
    rf"(?:{_RAISED}+|[\u2460-\u2473]+|[*＊※]+|[\[［](?:\d{{1,2}}|{_RAISED}{{1,2}})[\]］]|"
    rf"注\s*(?:\d{{1,2}}|{_RAISED}{{1,2}})|[（(]\s*注\s*(?:\d|{_RAISED}){{0,2}}\s*[）)])\s*$"
)
"""What points to a note behind a number: ¹, ①, *, [1], 注1, （注）."""

_PEN_MARK = r"[√✓✔×✗✘xX\\]"
_PEN_MARKS = re.compile(rf"^\s*{_PEN_MARK}\s*(?=[\d+\-−－])|(?<=\d)\s*{_PEN_MARK}\s*$")
"""A tick, a cross or a stroke of a pen before or behind a number, or the letter that a cross is
read as. A / behind a number may be the stroke of another cell."""

_MAX_DIGITS = 15
"""As many as a double holds exactly, which numbers are in XLSX and to most readers of JSON."""

_MOST_KEPT = 1024
"""Texts of which it is kept what they are: a cell of a report is asked about seven times."""


@lru_cache(_MOST_KEPT)
def parse_number(text: str) -> ParsedNumber:
    """Read the text of a figure's cell.

    Full-width digits, thousands separators, signs (+ - 增 减), decimals and a unit behind the
    number are understood. A stroke or 无 is "nothing". Letters are never taken for digits.
    """
    folded = unicodedata.normalize("NFKC", text).strip()
    if not folded:
        return NOTHING
    if any(character.isdigit() and not character.isdecimal() for character in text):
        # NFKC would make 12 of 1² and 1 of ①.
        return UNREADABLE
    squeezed = "".join(folded.split())
    if _STROKES.fullmatch(squeezed) or squeezed in _NO_NUMBER:
        return NOTHING
    match = _NUMBER.fullmatch(folded)
    if match is not None:
        return _number(match, exact=True)
    match = _NUMBER.fullmatch(squeezed.strip(_SPECKS))
    return _number(match, exact=False) if match is not None else UNREADABLE


@lru_cache(_MOST_KEPT)
def parse_typed(text: str) -> ParsedNumber:
    """Read the text of a figure's cell that is known to the character, as that of a digital file.

    What `parse_scanned` understands, and numbers in words: 二十三 is 23. A recogniser may take a
    digit for one of those, and a lone stroke for 一: text of a scan is none for this.
    """
    words = _in_words(_counted(text))
    return ParsedNumber("number", words) if words is not None else parse_scanned(text)


@lru_cache(_MOST_KEPT)
def parse_scanned(text: str) -> ParsedNumber:
    """Read the text of a figure's cell that was recognised.

    零 is 0: of thirteen strokes, it is no digit misread. A mark behind the number that points to a
    note, and the tick or cross of who checked it, are no part of it; they make the number not
    exact.
    """
    if _counted(text) == _ZERO:
        return ParsedNumber("number", 0)
    without = _PEN_MARKS.sub("", _NOTE_MARK.sub("", text))
    number = parse_number(without)
    marked = number.kind == "number" and without != text
    return replace(number, exact=False) if marked else parse_number(text)


def _counted(text: str) -> str:
    """A number without spaces and the unit behind it."""
    return re.sub(_UNITS + "$", "", "".join(text.split()))


def _in_words(text: str) -> int | None:
    """The number that Chinese words say; None for others, and for 一, which may be a stroke."""
    if text == _ZERO:
        return 0
    match = _WORDS.fullmatch(text)
    if match is None or text in {"", "一"} or text.startswith(_ZERO):
        return None
    places = {1000: match["thousands"], 100: match["hundreds"], 1: match["ones"]}
    tens = (match["tens"] or "一") if match["ten"] else None
    lacks_one = bool(match["ones"]) and not tens and bool(match["hundreds"] or match["thousands"])
    lacks_tens = bool(match["thousands"]) and not match["hundreds"] and tens is not None
    if lacks_tens or lacks_one != bool(match["gap"]):
        return None
    found = sum(place * _digit(word) for place, word in places.items() if word)
    return found + 10 * (_digit(tens) if tens else 0)


def _digit(word: str) -> int:
    return 2 if word == "两" else _DIGITS.index(word)


def as_count(text: str) -> int | None:
    """The count that "1.052" stands for, where its comma was read as a point; None for others.

    No count has a fraction, and a fraction of three digits is how a blurred comma looks.
    """
    folded = "".join(unicodedata.normalize("NFKC", text).split())
    return int(folded.replace(".", "")) if _POINTED.fullmatch(folded) else None


def _number(match: re.Match[str], *, exact: bool) -> ParsedNumber:
    digits = match["digits"].replace(",", "")
    if len(digits) > _MAX_DIGITS:
        return UNREADABLE
    negative = match["sign"] in {"-", "−", "–", "减", "减少"}
    signed = f"-{digits}" if negative else digits
    value = Decimal(signed + match["fraction"]) if match["fraction"] else int(signed)
    # No office prints 09: a digit of another column, or dust, was read with it.
    padded = len(digits) > 1 and digits.startswith("0")
    return ParsedNumber("number", value, exact and not padded)


def looks_like_figure(text: str) -> bool:
    """True for what may stand in a figure's cell: a number, a stroke, 无, or nothing at all."""
    return parse_typed(text).kind != "unreadable"
