"""Lists of characters that lie beside the code, made by scripts."""

from collections.abc import Iterator
from importlib import resources


def rows_of(file: str) -> Iterator[list[str]]:
    """The words of each line of a list in this folder but for its notes, which begin with #."""
    text = resources.files(__package__).joinpath(file).read_text("utf-8")
    return (line.split() for line in text.splitlines() if not line.startswith("#"))
