"""Parts of long documents on their way from the workers that convert them to the one that joins."""

import hmac
import pickle
import secrets
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from ocrpipe.batch.output.storage import Storage, open_storage
from ocrpipe.errors import OutputError

if TYPE_CHECKING:
    from ocrpipe.pipeline import ConvertedPages

_MARK = "mark"
_DIGEST = "sha256"
_DIGEST_SIZE = 32
"""Bytes of a SHA-256, and of the key, which RFC 2104 wants no shorter."""


@dataclass(frozen=True)
class PartStore:
    """Pickles of one run in a folder of its own, which all its workers reach.

    Attributes:
        place: Folder or URL.
        key: Known to the workers of the run alone. A pickle runs code when it is read, so that
            one which was not signed with the key is refused: others may write to shared places.
    """

    place: str
    key: bytes = field(default_factory=lambda: secrets.token_bytes(_DIGEST_SIZE), repr=False)

    def __reduce__(self) -> tuple[object, ...]:
        return PartStore, (self.place, self.key)

    def begin(self) -> None:
        """Forget the parts of an earlier run, and leave a mark that workers look for."""
        self.clear()
        self._write(_MARK, b"")

    def check(self) -> None:
        """See whether this is the folder where the run began, and not one of another machine.

        Raises:
            OutputError: it is another one.
        """
        self._read(_MARK)

    def check_room(self) -> None:
        """See whether parts can be written at all. Raises OutputError where not."""
        self._storage.check_room("documents")

    def save(self, name: str, number: int, part: "ConvertedPages") -> None:
        self._write(_file(name, number), pickle.dumps(part))

    def load(self, name: str, number: int) -> "ConvertedPages":
        part: ConvertedPages = pickle.loads(self._read(_file(name, number)))
        return part

    def remove(self, name: str) -> None:
        """Forget the parts of one document."""
        self._storage.remove_folder(_folder(name))

    def clear(self) -> None:
        """Forget all parts."""
        self._storage.remove_folder("")

    @cached_property
    def _storage(self) -> Storage:
        return open_storage(self.place)

    def _write(self, name: str, data: bytes) -> None:
        self._storage.write(name, self._digest(name, data) + data)

    def _read(self, name: str) -> bytes:
        stored = self._storage.read(name) or b""
        digest, data = stored[:_DIGEST_SIZE], stored[_DIGEST_SIZE:]
        if not hmac.compare_digest(digest, self._digest(name, data)):
            raise OutputError(
                "what this run has put here is not to be seen from the worker",
                source=f"{self.place}/{name}",
                remedy="Give an --output that is the same on every machine of the run: "
                "a URL or a shared folder",
            )
        return data

    def _digest(self, name: str, data: bytes) -> bytes:
        return hmac.digest(self.key, name.encode() + b"\0" + data, _DIGEST)


def _folder(name: str) -> str:
    return f"documents/{name}"


def _file(name: str, number: int) -> str:
    return f"{_folder(name)}/{number}.pickle"
