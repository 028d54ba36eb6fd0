"""Names of result files, which collide on no common file system."""

import re
import unicodedata
from collections.abc import Collection, Sequence
from pathlib import Path

MAX_STEM_BYTES = 200
"""File systems allow 255 bytes; the rest is for a suffix against collisions and an extension."""

_FALLBACK_STEM = "document"
# Windows gives these names to devices, whatever the extension.
_DEVICE_NAME = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])", re.IGNORECASE)
_FORBIDDEN_CHARACTERS = frozenset('<>:"/\\|?*')


def unique_output_names(sources: Sequence[str], reserved: Collection[str] = ()) -> tuple[str, ...]:
    """The name without extension under which the results of each source are written.

    `report.pdf` gives `report`. Where several sources would get one name, or one that a file
    system takes for the same (by letter case or by the way that accents are encoded), the first
    keeps it and the others get the next free number: `report-2`, `report-3`. A number never takes
    a name from a source that has it by itself. Names in `reserved` are not given out.

    Returns one safe name a source, in their order; the same sources give the same names.
    """
    stems = [safe_stem(source) for source in sources]
    taken = {file_system_key(name) for name in reserved}
    names: list[str | None] = []
    for stem in stems:
        free = file_system_key(stem) not in taken
        taken.add(file_system_key(stem))
        names.append(stem if free else None)
    result: list[str] = []
    for name, stem in zip(names, stems, strict=True):
        chosen = name if name is not None else _next_free(stem, taken)
        taken.add(file_system_key(chosen))
        result.append(chosen)
    return tuple(result)


def _next_free(stem: str, taken: Collection[str]) -> str:
    number = 2
    while True:
        suffix = f"-{number}"
        candidate = _cut(stem, MAX_STEM_BYTES - len(suffix)) + suffix
        if file_system_key(candidate) not in taken:
            return candidate
        number += 1


def safe_stem(source: str) -> str:
    """The file name of `source` without folder and extension, safe on every common file system.

    Characters that some file system refuses become "_"; at most 200 bytes in UTF-8.
    """
    # A backslash parts folders too, so that a path from Windows means the same everywhere.
    name = re.split(r"[/\\]", source)[-1]
    stem = "".join("_" if _is_forbidden(character) else character for character in name)
    stem = Path(stem).stem if stem.strip(". ") else ""
    # Windows drops dots and spaces at the end; a dot in front would hide the result.
    stem = _cut(stem.strip(". "), MAX_STEM_BYTES)
    if _DEVICE_NAME.fullmatch(stem.split(".", 1)[0].rstrip()):
        stem = f"_{stem}"
    return stem or _FALLBACK_STEM


def _is_forbidden(character: str) -> bool:
    # Cc: control; Cf: invisible, such as a change of direction; Cs: bytes that are not UTF-8;
    # Zl, Zp: line ends.
    category = unicodedata.category(character)
    return character in _FORBIDDEN_CHARACTERS or category in {"Cc", "Cf", "Cs", "Zl", "Zp"}


def _cut(text: str, size: int) -> str:
    """`text`, at most `size` bytes long in UTF-8, cut between characters."""
    return text.encode("utf-8")[:size].decode("utf-8", errors="ignore").rstrip(". ")


def file_system_key(name: str) -> str:
    """Equal for names that some common file system takes for the same."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())
