"""Print as boxes of characters, as alignment sees it."""

from ocrpipe.geometry import Box

SIZE = 10.0


def text(x: float, y: float, length: int, size: float = SIZE, wide: bool = True) -> list[Box]:
    """A line of `length` characters from `x`, about the height `y`; digits are half as wide."""
    step = size if wide else size / 2
    return [
        Box(x + step * i + 0.5, y - 0.45 * size, x + step * (i + 1) - 0.5, y + 0.45 * size)
        for i in range(length)
    ]


def centered(x: float, y: float, length: int, wide: bool = True) -> list[Box]:
    """A line of characters whose middle is (x, y)."""
    step = SIZE if wide else SIZE / 2
    return text(x - step * length / 2, y, length, wide=wide)


def prose(x: float, y: float, lines: int, length: int, pitch: float = 16.0) -> list[Box]:
    """A paragraph: its first line is indented, its last one is short."""
    boxes = text(x + 2 * SIZE, y, length - 2)
    for line in range(1, lines - 1):
        boxes += text(x, y + pitch * line, length)
    return boxes + text(x, y + pitch * (lines - 1), length // 2)
