"""Text that a spreadsheet should hold as a number, and the number format that keeps its look."""

import re
from decimal import Decimal
from typing import NamedTuple

MAX_SIGNIFICANT_DIGITS = 15
"""A spreadsheet keeps numbers as 64-bit floats and shows 15 digits of them."""

# No zero in front: "001" is a code and not a number.
_NUMBER = re.compile(
    r"(?P<sign>[+-]?)(?P<whole>0|[1-9]\d*|[1-9]\d{0,2}(?:,\d{3})+)(?P<fraction>\.\d+)?(?P<percent>%?)",
    re.ASCII,
)

# Full-width ASCII; and not NFKC, which would take a circled number for a number.
_NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x2212: ord("-")}


class SheetNumber(NamedTuple):
    value: int | float
    number_format: str


def parse_number(text: str) -> SheetNumber | None:
    """The number that `text` prints, or None where it is no number or would not keep its digits.

    Full-width digits and signs count like their narrow forms. "1,024", "+15", "3.50" and "12%"
    are numbers whose format shows them so again; "001", "-0" and anything longer than 15 digits
    are not.
    """
    match = _NUMBER.fullmatch(text.translate(_NARROW).strip())
    if match is None:
        return None
    sign, percent = match["sign"], match["percent"]
    digits = match["whole"].replace(",", "") + (match["fraction"] or "")
    number = Decimal(sign + digits)
    too_long = len(digits.replace(".", "").lstrip("0")) > MAX_SIGNIFICANT_DIGITS
    if too_long or (sign and number == 0):
        return None
    value = number.scaleb(-2) if percent else number
    exact = value == value.to_integral_value()
    return SheetNumber(int(value) if exact else float(value), _number_format(match))


def _number_format(match: re.Match[str]) -> str:
    pattern = "#,##0" if "," in match["whole"] else "0"
    if match["fraction"]:
        pattern += "." + "0" * (len(match["fraction"]) - 1)
    pattern += match["percent"]
    return f"+{pattern};-{pattern};{pattern}" if match["sign"] == "+" else pattern
