"""Files of results, which are whole or not there at all."""

import errno
import os
import secrets
import stat
import time
from contextlib import suppress
from pathlib import Path

from ocrpipe.errors import OutputError

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
