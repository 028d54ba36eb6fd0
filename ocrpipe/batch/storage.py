"""Where inputs are read and results are written: local folders, and whatever fsspec reaches.

A location is a local path or a URL such as s3://bucket/folder/file.pdf. Local files are read
where they lie and written atomically.
"""

import os
import secrets
import shutil
import tempfile
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from urllib.request import url2pathname

from ocrpipe.errors import OutputError, UnreadableInputError, UsageError
from ocrpipe.files import write_atomically

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem

TEMPORARY_PREFIX = ".ocrpipe-"
_DRIVE_LETTER = 1
_ATOMIC_PUT = frozenset(
    {"s3", "s3a", "gs", "gcs", "abfs", "abfss", "az", "adl", "oss", "cos", "memory"}
)
"""Object stores: an object is there as a whole once it has been put, and not before."""


def is_remote(location: str) -> bool:
    """Whether `location` is a URL that is not of a local file."""
    scheme = urlsplit_scheme(location)
    return scheme not in {"", "file", "local"}


def urlsplit_scheme(location: str) -> str:
    """The scheme of a URL; "" for a path, also for one such as C:\\filings."""
    head, separator, _ = location.partition("://")
    return head.lower() if separator and len(head) > _DRIVE_LETTER and head.isascii() else ""


def local_path(location: str) -> Path:
    """The path that a local location (a path or a file:// URL) means."""
    if urlsplit_scheme(location) in {"file", "local"}:
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
        filesystem, path_there = _filesystem(location)
        return Content(bytes(filesystem.cat_file(path_there)), name)
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
        filesystem, path = _filesystem(location)
        info = filesystem.info(path)
    except Exception:
        return ""
    mark = next((info[key] for key in ("ETag", "etag", "md5Hash", "mtime") if info.get(key)), None)
    return f"{info.get('size')}-{mark or info.get('LastModified') or info.get('created')}"


class Storage(ABC):
    """A folder that results are written to; names are relative, with "/" between the parts."""

    root: str

    @abstractmethod
    def write(self, name: str, data: bytes) -> None:
        """Write one file; it is whole or not there at all.

        Raises:
            OutputError: it cannot be written.
        """

    @abstractmethod
    def read(self, name: str) -> bytes | None:
        """The content of a file; None where there is none."""

    @abstractmethod
    def remove(self, name: str) -> None:
        """Remove a file if it is there."""

    @abstractmethod
    def _listed(self, folder: str) -> list[str]:
        """Names of all files right in `folder`; none where it is not there."""

    def names(self, folder: str) -> set[str]:
        """Names of the files right in `folder`; temporary ones are left out."""
        return {name for name in self._listed(folder) if not name.startswith(TEMPORARY_PREFIX)}

    def clear_temporary(self, folder: str) -> None:
        """Remove what writers that were killed have left in `folder`; "" is the root."""
        parent = f"{folder}/" if folder else ""
        for name in self._listed(folder):
            if name.startswith(TEMPORARY_PREFIX) and name.endswith(".tmp"):
                self.remove(parent + name)

    @abstractmethod
    @contextmanager
    def replacing(self, name: str) -> Iterator[Path]:
        """A local path to write a large file to; it becomes `name` when the block ends well."""
        yield Path()


def open_storage(location: str) -> Storage:
    """The folder at `location`, made where it is missing.

    Raises:
        OutputError: the folder cannot be made.
        UsageError: no file system is known for the URL.
    """
    return RemoteStorage(location) if is_remote(location) else LocalStorage(local_path(location))


class LocalStorage(Storage):
    """A local folder."""

    def __init__(self, folder: Path) -> None:
        self.root = str(folder)
        self._folder = folder
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise OutputError(
                f"the folder cannot be made ({error.strerror})",
                source=self.root,
                remedy="Give another folder with --output",
            ) from error

    def write(self, name: str, data: bytes) -> None:
        write_atomically(self._folder / name, data)

    def read(self, name: str) -> bytes | None:
        try:
            return (self._folder / name).read_bytes()
        except FileNotFoundError:
            return None

    def remove(self, name: str) -> None:
        with suppress(FileNotFoundError):
            (self._folder / name).unlink()

    def _listed(self, folder: str) -> list[str]:
        try:
            return os.listdir(self._folder / folder)
        except FileNotFoundError:
            return []

    @contextmanager
    def replacing(self, name: str) -> Iterator[Path]:
        target = self._folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(
            prefix=TEMPORARY_PREFIX, suffix=".tmp", dir=target.parent
        )
        os.close(handle)
        path = Path(temporary)
        try:
            yield path
            with path.open("rb+") as stream:
                os.fsync(stream.fileno())
            _give_usual_mode(path)
            path.replace(target)
        except BaseException:
            with suppress(OSError):
                path.unlink()
            raise


class RemoteStorage(Storage):
    """A folder that fsspec reaches."""

    def __init__(self, url: str) -> None:
        self.root = url.rstrip("/")
        self._made: set[str] = set()
        with _explained(self.root):
            self._where[0].makedirs(self._where[1], exist_ok=True)

    @cached_property
    def _where(self) -> "tuple[AbstractFileSystem, str]":
        return _filesystem(self.root)

    def _path(self, name: str) -> str:
        return f"{self._where[1].rstrip('/')}/{name}"

    @contextmanager
    def _put(self, name: str) -> Iterator[str]:
        """A path to put one file to; on a file system that has no atomic put it is moved after."""
        filesystem, target = self._where[0], self._path(name)
        folder = target.rpartition("/")[0]
        with _explained(f"{self.root}/{name}"):
            if folder not in self._made:
                filesystem.makedirs(folder, exist_ok=True)
                self._made.add(folder)
            if urlsplit_scheme(self.root) in _ATOMIC_PUT:
                yield target
                return
            temporary = f"{folder}/{TEMPORARY_PREFIX}{secrets.token_hex(8)}.tmp"
            yield temporary
            filesystem.mv(temporary, target)

    def write(self, name: str, data: bytes) -> None:
        with self._put(name) as path:
            self._where[0].pipe_file(path, data)

    def read(self, name: str) -> bytes | None:
        try:
            return bytes(self._where[0].cat_file(self._path(name)))
        except FileNotFoundError:
            return None

    def remove(self, name: str) -> None:
        with suppress(FileNotFoundError):
            self._where[0].rm_file(self._path(name))

    def _listed(self, folder: str) -> list[str]:
        filesystem = self._where[0]
        filesystem.invalidate_cache()
        try:
            listed = filesystem.ls(self._path(folder), detail=False)
        except FileNotFoundError:
            return []
        return [str(path).rstrip("/").rsplit("/", 1)[-1] for path in listed]

    @contextmanager
    def replacing(self, name: str) -> Iterator[Path]:
        folder = tempfile.mkdtemp(prefix="ocrpipe-")
        try:
            path = Path(folder) / "part"
            yield path
            with self._put(name) as target:
                self._where[0].put_file(str(path), target)
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def _filesystem(url: str) -> "tuple[AbstractFileSystem, str]":
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


@contextmanager
def _explained(location: str) -> Iterator[None]:
    """Errors of a remote file system as an OutputError."""
    try:
        yield
    except (OutputError, UsageError):
        raise
    except Exception as error:
        raise OutputError(
            f"cannot be written ({type(error).__name__}: {error})",
            source=location,
            remedy="Check the address and your access",
        ) from error


def _give_usual_mode(path: Path) -> None:
    """mkstemp makes files that only their owner may read."""
    mask = os.umask(0)
    os.umask(mask)
    path.chmod(0o666 & ~mask)
