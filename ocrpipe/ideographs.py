"""Chinese characters, told by their code points."""

import re

IDEOGRAPH = "[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
"""A pattern of one character: the CJK Unified and Compatibility Ideographs of Unicode 15."""

_IDEOGRAPH = re.compile(IDEOGRAPH)


def is_ideograph(character: str) -> bool:
    """Whether one character is Chinese."""
    return _IDEOGRAPH.fullmatch(character) is not None


def has_ideograph(text: str) -> bool:
    """Whether a text has a Chinese character."""
    return _IDEOGRAPH.search(text) is not None
