"""Where results are written: a local folder, or one that fsspec reaches. No file is half there."""

import os
import secrets
import shutil
import tempfile
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from ocrpipe.batch.locations import filesystem_of, is_remote, local_path, scheme_of
from ocrpipe.errors import OutputError, UsageError
from ocrpipe.files import make_folder, move_over, write_atomically

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem

TEMPORARY_PREFIX = ".ocrpipe-"
_ROOM = 16 << 20
"""Bytes: results with the pictures of their pages may take as much."""
_ATOMIC_PUT = frozenset(
    {"s3", "s3a", "gs", "gcs", "abfs", "abfss", "az", "adl", "oss", "cos", "memory"}
)
"""Object stores: an object is there as a whole once it has been put, and not before."""


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
        """The content of a file; None where there is none.

        This and the others raise:
            OutputError: the storage does not do what it is asked to.
        """

    @abstractmethod
    def remove(self, name: str) -> None:
        """Remove a file if it is there."""

    @abstractmethod
    def remove_folder(self, folder: str) -> None:
        """Remove `folder` and all that lies below it; "" is the root, made again when needed."""

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

    def check_room(self, folder: str) -> None:
        """See whether results can be written to `folder`, by writing something of their size.

        Raises:
            OutputError: the disk is full, the folder may not be written to, and the like.
        """
        name = f"{folder}/{TEMPORARY_PREFIX}{secrets.token_hex(8)}.tmp"
        self.write(name, bytes(_ROOM))
        self.remove(name)

    @abstractmethod
    @contextmanager
    def replacing(self, name: str) -> Iterator[Path]:
        """A local path to write a large file to; it becomes `name` when the block ends well.

        Raises:
            OutputError: it cannot be written, also where the block raises an OSError.
        """
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
        make_folder(folder)

    def write(self, name: str, data: bytes) -> None:
        write_atomically(self._folder / name, data)

    def read(self, name: str) -> bytes | None:
        with _explained(str(self._folder / name), "read"):
            try:
                return (self._folder / name).read_bytes()
            except FileNotFoundError:
                return None

    def remove(self, name: str) -> None:
        path = self._folder / name
        with _explained(str(path), "removed"), suppress(FileNotFoundError):
            path.unlink()

    def remove_folder(self, folder: str) -> None:
        shutil.rmtree(self._folder / folder, ignore_errors=True)

    def _listed(self, folder: str) -> list[str]:
        with _explained(str(self._folder / folder), "listed"):
            try:
                return os.listdir(self._folder / folder)
            except FileNotFoundError:
                return []

    @contextmanager
    def replacing(self, name: str) -> Iterator[Path]:
        target = self._folder / name
        with _explained(str(target), only=OSError):
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
                move_over(path, target)
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
        return filesystem_of(self.root)

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
            if scheme_of(self.root) in _ATOMIC_PUT:
                yield target
                return
            temporary = f"{folder}/{TEMPORARY_PREFIX}{secrets.token_hex(8)}.tmp"
            try:
                yield temporary
                filesystem.mv(temporary, target)
            except BaseException:
                with suppress(Exception):
                    filesystem.rm_file(temporary)
                raise

    def write(self, name: str, data: bytes) -> None:
        with self._put(name) as path:
            self._where[0].pipe_file(path, data)

    def read(self, name: str) -> bytes | None:
        with _explained(f"{self.root}/{name}", "read"):
            try:
                return bytes(self._where[0].cat_file(self._path(name)))
            except FileNotFoundError:
                return None

    def remove(self, name: str) -> None:
        with _explained(f"{self.root}/{name}", "removed"), suppress(FileNotFoundError):
            self._where[0].rm_file(self._path(name))

    def remove_folder(self, folder: str) -> None:
        self._made.clear()
        with _explained(f"{self.root}/{folder}", "removed"), suppress(FileNotFoundError):
            self._where[0].rm(self._path(folder).rstrip("/"), recursive=True)

    def _listed(self, folder: str) -> list[str]:
        filesystem = self._where[0]
        filesystem.invalidate_cache()
        with _explained(f"{self.root}/{folder}", "listed"):
            try:
                listed = filesystem.ls(self._path(folder), detail=False)
            except FileNotFoundError:
                return []
        return [str(path).rstrip("/").rsplit("/", 1)[-1] for path in listed]

    @contextmanager
    def replacing(self, name: str) -> Iterator[Path]:
        with _explained(f"{self.root}/{name}", only=OSError):
            folder = tempfile.mkdtemp(prefix="ocrpipe-")
            try:
                path = Path(folder) / "part"
                yield path
                with self._put(name) as target:
                    self._where[0].put_file(str(path), target)
            finally:
                shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _explained(
    location: str, done: str = "written", only: type[Exception] = Exception
) -> Iterator[None]:
    """Whatever a file system raises as an OutputError."""
    try:
        yield
    except (OutputError, UsageError):
        raise
    except only as error:
        reason = getattr(error, "strerror", None) or f"{type(error).__name__}: {error}"
        raise OutputError(
            f"cannot be {done} ({reason})",
            source=location,
            remedy="Check that the place is there and that you may use it",
        ) from error


def _give_usual_mode(path: Path) -> None:
    """mkstemp makes files that only their owner may read."""
    mask = os.umask(0)
    os.umask(mask)
    path.chmod(0o666 & ~mask)
