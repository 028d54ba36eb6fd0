"""The signs that stand before a number."""

SIGN = r"[+＋\-−－]"
"""A pattern of one character. Recognisers give the ASCII and the full-width forms, text layers also
U+2212, the minus sign of Unicode."""
