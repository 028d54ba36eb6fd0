"""What every format does to text and to numbers before it writes them."""

import re
import unicodedata
from decimal import Decimal


def printable(text: str) -> str:
    """`text` without characters that have no place in a text file, line ends as "\\n".

    Control characters and non-characters (U+FFFE and the like) are dropped: HTML and XML forbid
    them, and a terminal that shows Markdown may act on them. JSON keeps them, escaped.
    """
    unified = text.replace("\r\n", "\n").replace("\r", "\n")
    for separator in "\x0b\x0c\x85\u2028\u2029":
        unified = unified.replace(separator, "\n")
    if unified.isascii() and unified.isprintable():
        return unified
    return "".join(character for character in unified if _has_a_place(character))


def _has_a_place(character: str) -> bool:
    if character in "\n\t":
        return True
    code = ord(character)
    noncharacter = code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF
    return not noncharacter and unicodedata.category(character) not in {"Cc", "Cs"}


def one_line(text: str) -> str:
    """`text` on one line: line ends and tabs become spaces, and the ends are trimmed of them."""
    return " ".join(part for part in re.split(r"[\n\t]+", printable(text)) if part).strip(" ")


def number_text(value: int | Decimal | None) -> str:
    """A figure's value in plain digits, never with an exponent; empty where there is none."""
    return "" if value is None else format(value, "f") if isinstance(value, Decimal) else str(value)


def quantity(count: int, noun: str) -> str:
    """Such as "1 page" and "2 pages", of an English noun whose plural ends in s."""
    return f"{count} {noun}{'' if count == 1 else 's'}"
