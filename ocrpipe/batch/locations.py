"""Locations: local paths, and URLs such as s3://bucket/folder/file.pdf that fsspec reaches."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from urllib.request import url2pathname

from ocrpipe.errors import UnreadableInputError, UsageError

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem

_DRIVE_LETTER = 1
"""Characters before the colon of a drive of Windows; a scheme has more."""


def is_remote(location: str) -> bool:
    """Whether `location` is a URL that is not of a local file."""
    return scheme_of(location) not in {"", "file", "local"}


def scheme_of(location: str) -> str:
    """The scheme of a URL; "" for a path, also for one such as C:\\filings."""
    head, separator, _ = location.partition("://")
    return head.lower() if separator and len(head) > _DRIVE_LETTER and head.isascii() else ""


def local_path(location: str) -> Path:
    """The path that a local location (a path or a file:// URL) means."""
    if scheme_of(location) in {"file", "local"}:
        return Path(url2pathname(urlsplit(location).path))
    return Path(location)


def storable(text: str) -> str:
    """`text` without what UTF-8 cannot hold: bytes of file names that are in another encoding."""
    return text.encode("utf-8", errors="backslashreplace").decode("utf-8")


@dataclass(frozen=True, slots=True)
class Content:
    """What a converter is given: a local path, or the bytes of what lies elsewhere."""

    data: Path | bytes
    name: str


def read_input(location: str) -> Content:
    """The content of one input.

    Raises:
        UnreadableInputError: it lies elsewhere and cannot be fetched. A local file is not touched.
    """
    if not is_remote(location):
        path = local_path(location)
        return Content(path, path.name)
    name = location.rstrip("/").rsplit("/", 1)[-1]
    try:
        filesystem, place = filesystem_of(location)
        return Content(bytes(filesystem.cat_file(place)), name)
    except UsageError as error:
        raise UnreadableInputError(error.message, source=location, remedy=error.remedy) from error
    except FileNotFoundError as error:
        raise UnreadableInputError(
            "there is no such file", source=location, remedy="Check the path and its spelling"
        ) from error
    except Exception as error:  # Every file system has errors of its own.
        raise UnreadableInputError(
            f"cannot be fetched ({type(error).__name__}: {error})",
            source=location,
            remedy="Check the address and your access",
        ) from error


def fingerprint(location: str) -> str:
    """Changes when the content does: size and time, or what the storage has instead.

    "" for what cannot be looked at; whoever reads it will say why.
    """
    try:
        if not is_remote(location):
            facts = local_path(location).stat()
            return f"{facts.st_size}-{facts.st_mtime_ns}"
        filesystem, path = filesystem_of(location)
        info = filesystem.info(path)
    except Exception:
        return ""
    mark = next((info[key] for key in ("ETag", "etag", "md5Hash", "mtime") if info.get(key)), None)
    return f"{info.get('size')}-{mark or info.get('LastModified') or info.get('created')}"


def companion_fingerprints(location: str, names: Iterable[str]) -> dict[str, str]:
    """The fingerprint of each file of these names in the folder of a local file."""
    if is_remote(location):
        return {}
    folder = local_path(location).parent
    return {name: fingerprint(str(folder / name)) for name in names}


def filesystem_of(url: str) -> "tuple[AbstractFileSystem, str]":
    """The file system that a URL means, and the path there.

    Raises:
        UsageError: none is known for it.
    """
    from fsspec.core import url_to_fs

    try:
        found: tuple[Any, Any] = url_to_fs(url)
    except (ImportError, ValueError) as error:
        raise UsageError(
            f"this kind of address is not known here ({error})",
            source=url,
            remedy="Install the package that fsspec needs for it, such as s3fs for s3://",
        ) from error
    return found[0], str(found[1])
