"""Dates as filings write them."""

import re
import unicodedata
from datetime import date

_DIGITS = {character: value for value, characters in enumerate(
    ("〇零○Oo0", "一1", "二2", "三3", "四4", "五5", "六6", "七7", "八8", "九9")
) for character in characters}  # fmt: skip
_HAN = "〇零○Oo一二三四五六七八九"
_HAN_DATE = re.compile(
    rf"([一二][{_HAN}]{{3}})\s*年\s*([一二三四五六七八九十]{{1,3}})\s*月\s*([一二三四五六七八九十廿卅]{{1,3}})\s*日"
)
_DATE = re.compile(r"(?<!\d)((?:19|20)\d{2})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日")
_ISO_DATE = re.compile(r"(?<!\d)((?:19|20)\d{2})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{1,2})(?!\d)")
_HAN_YEAR = re.compile(rf"([一二][{_HAN}]{{3}})\s*年")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})\s*年")


def find_date(text: str) -> date | None:
    """The first date in `text`: 2020年1月16日, 2021-01-18, 二〇二〇年一月十六日."""
    folded = unicodedata.normalize("NFKC", text)
    for pattern in (_DATE, _ISO_DATE):
        for match in pattern.finditer(folded):
            found = _date(int(match[1]), int(match[2]), int(match[3]))
            if found is not None:
                return found
    han = _HAN_DATE.search(folded)
    if han is None:
        return None
    return _date(_han_year(han[1]), _han_number(han[2]), _han_number(han[3]))


def find_year(text: str) -> int | None:
    """The first year in `text` that 年 follows."""
    folded = unicodedata.normalize("NFKC", text)
    match = _YEAR.search(folded)
    if match is not None:
        return int(match[1])
    match = _HAN_YEAR.search(folded)
    return _han_year(match[1]) if match is not None else None


def is_date(text: str) -> bool:
    """True for a date and nothing else (brackets aside)."""
    return before_date(text) == ""


def before_date(text: str) -> str | None:
    """What stands before the date that `text` ends with; None where it ends with none."""
    folded = unicodedata.normalize("NFKC", text).strip(" ()\n")
    for pattern in (_DATE, _ISO_DATE, _HAN_DATE):
        for match in pattern.finditer(folded):
            if match.end() == len(folded) and find_date(match[0]) is not None:
                return folded[: match.start()].strip(" (\n")
    return None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _han_year(text: str) -> int:
    return int("".join(str(_DIGITS[character]) for character in text))


def _han_number(text: str) -> int:
    """一 to 三十一; 0 for what is no number."""
    spelled = text.replace("廿", "二十").replace("卅", "三十")
    tens, ten, ones = spelled.rpartition("十")
    if len(tens) > 1 or len(ones) > 1 or "十" in tens:
        return 0
    return (_DIGITS[tens] if tens else 1) * 10 * bool(ten) + (_DIGITS[ones] if ones else 0)
