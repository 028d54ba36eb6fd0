"""Pages set in type for the tests: lines of text where a typesetter would put them."""

from ocrpipe.document import Block
from ocrpipe.geometry import Box
from ocrpipe.page import TextLine

WIDTH, HEIGHT = 595.0, 842.0
LEFT, RIGHT = 75.0, 523.0
SIZE, PITCH = 16.0, 28.0


def line(text: str, x: float, y: float, size: float = SIZE, language: str = "zh-Hans") -> TextLine:
    """A line with its top at y; a Chinese character is as wide as it is high."""
    width = sum(size if ord(character) > 0x2000 else size / 2 for character in text)
    return TextLine(text, Box(x, y, x + width, y + size), 0.9, language)


def centered(text: str, y: float, size: float = SIZE) -> TextLine:
    made = line(text, 0, y, size)
    return line(text, (LEFT + RIGHT) / 2 - made.box.width / 2, y, size)


def right(text: str, y: float, inset: float = 2 * SIZE) -> TextLine:
    made = line(text, 0, y)
    return line(text, RIGHT - inset - made.box.width, y)


def paragraph(text: str, y: float, left: float = LEFT, ems: int = 28) -> list[TextLine]:
    """A paragraph set `ems` characters wide with its first line indented by two."""
    lines = [line(text[: ems - 2], left + 2 * SIZE, y)]
    rest = text[ems - 2 :]
    for count, start in enumerate(range(0, len(rest), ems), start=1):
        lines.append(line(rest[start : start + ems], left, y + count * PITCH))
    return lines


def prose(length: int, start: int = 0) -> str:
    """Chinese text without a number or a full stop inside; each character differs from the next."""
    return "".join(chr(0x5000 + (start + index) * 7 % 4000) for index in range(length - 1)) + "。"


def shown(blocks: tuple[Block, ...]) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in blocks]
