"""Where results go: names that do not collide, and files that are whole or not there at all."""

import errno
import os
import re
import secrets
import stat
import time
import unicodedata
from collections.abc import Collection, Sequence
from contextlib import suppress
from pathlib import Path

from ocrpipe.errors import OutputError

MAX_STEM_BYTES = 200
"""File systems allow 255 bytes; the rest is for a suffix against collisions and an extension."""

_FALLBACK_STEM = "document"
# Windows gives these names to devices, whatever the extension.
_DEVICE_NAME = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])", re.IGNORECASE)
_FORBIDDEN_CHARACTERS = frozenset('<>:"/\\|?*')

_WAITS = (0.05, 0.1, 0.2, 0.5, 1.0, 2.0) if os.name == "nt" else ()
"""Seconds. Windows moves no file that a virus scanner or an indexer is just looking at."""

_REMEDIES = {
    errno.ENOSPC: "Free some space, or write to another folder",
    errno.EDQUOT: "Free some space, or write to another folder",
    errno.EACCES: "Give yourself the right to write there, or write to another folder",
    errno.EPERM: "Give yourself the right to write there, or write to another folder",
    errno.EROFS: "Write to another folder",
    errno.ENOTDIR: "A file stands where a folder is needed: write to another folder",
    errno.EEXIST: "A file stands where a folder is needed: write to another folder",
    errno.EISDIR: "A folder has that name: rename it, or write to another folder",
    errno.ENAMETOOLONG: "Choose a shorter name",
}


def make_folder(folder: Path) -> None:
    """Make the folder of an output, with those around it, where it is missing.

    Raises:
        OutputError: it cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(
            f"the folder cannot be made ({error.strerror})",
            source=str(folder),
            remedy="Give another folder with --output",
        ) from error


def write_atomically(path: str | os.PathLike[str], data: bytes | str) -> None:
    """Write `data` (text as UTF-8, line ends as they are) so that `path` is never half written.

    The data goes to a temporary file in the same folder, is flushed to the disk, and is then
    moved over `path`; a reader sees the old file or the new one. A link is followed, missing
    folders are made, and the temporary file is removed when anything fails.

    Raises:
        OutputError: the file cannot be written; it names `path` and a remedy.
    """
    content = data.encode("utf-8") if isinstance(data, str) else data
    try:
        _replace(Path(os.path.realpath(path)), content)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise OutputError(
            f"cannot be written ({reason})",
            source=os.fspath(path),
            remedy=_REMEDIES.get(error.errno or 0, "Write to another folder") + ".",
        ) from error


def _replace(target: Path, content: bytes) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    _refuse_special_file(target)
    # Created by name and not by tempfile, whose files only their owner may read.
    temporary = target.parent / f".ocrpipe-{secrets.token_hex(8)}.tmp"
    try:
        with temporary.open("xb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        move_over(temporary, target)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise


def move_over(file: Path, target: Path) -> None:
    """Put `file` in place of `target` in one step.

    Raises:
        OSError: it cannot be moved there.
    """
    for seconds in _WAITS:
        try:
            file.replace(target)
            return
        except PermissionError:
            time.sleep(seconds)
    file.replace(target)


def _refuse_special_file(target: Path) -> None:
    """A device or a pipe must not be replaced by a file, nor a folder."""
    try:
        mode = target.stat().st_mode
    except FileNotFoundError:
        return
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if not stat.S_ISREG(mode):
        raise OSError(errno.EINVAL, "not a regular file")


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
