"""Open an input of any kind as a `Source`: its facts, and its pages one at a time."""

import hashlib
import os
import re
from abc import ABC, abstractmethod
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self, TypeAlias

from ocrpipe.document import Document, Issue
from ocrpipe.errors import UnreadableInputError, UsageError
from ocrpipe.ingest import sniff
from ocrpipe.ingest.page_range import parse_page_range
from ocrpipe.options import IngestOptions
from ocrpipe.page import SourcePage
from ocrpipe.timings import timed

SourceInput: TypeAlias = str | os.PathLike[str] | bytes | BinaryIO

UNNAMED = "document"
"""Name of an input that came as bytes without one."""

_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]+:/", re.IGNORECASE)
"""A scheme, which is longer than the letter of a drive; a `Path` makes one slash of two."""


class Source(ABC):
    """An open input. Use it as a context manager; its pages can be rendered while it is open.

    Attributes:
        name: File name without its folder.
        label: What errors call it: the path as the caller gave it, or the name.
        sha256: Of the whole content, in hexadecimal.
        media_type: Told from the content.
        page_count: Pages of the file, also where the options choose some.
        page_numbers: The chosen pages, sorted, from 1.
        document: The texts and tables of a web page, on pages that have no paper to look at; None
            for everything else.
        issues: What there is to say of the file whichever pages are chosen.
    """

    def __init__(self, content: "Content", media_type: str, page_count: int) -> None:
        self.name = content.name
        self.label = content.label
        self.sha256 = content.sha256
        self.media_type = media_type
        self.page_count = page_count
        self.page_numbers: tuple[int, ...] = ()
        self.document: Document | None = None
        self.issues: tuple[Issue, ...] = ()

    @abstractmethod
    @timed("open")
    def page(self, number: int) -> SourcePage:
        """One page of the file, from 1.

        Raises:
            UnreadableInputError: this page is damaged; others may still be good.
            PageTooLargeError: the page cannot be rasterized within bounded memory.
        """

    def pages(self) -> Iterator[SourcePage]:
        """The chosen pages, each loaded when it is asked for; ends with the first that fails.

        To go on after a page that fails, iterate over `paper` and call `page`.
        """
        for number in self.paper:
            yield self.page(number)

    @property
    def paper(self) -> tuple[int, ...]:
        """Those of `page_numbers` that can be looked at: all but the pages of `document`."""
        finished = set() if self.document is None else {one.number for one in self.document.pages}
        return tuple(number for number in self.page_numbers if number not in finished)

    @abstractmethod
    def close(self) -> None:
        """Release the file."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


class Content:
    """Where the bytes are: in memory, or in a file that is not read as a whole."""

    def __init__(self, source: SourceInput, name: str | None) -> None:
        self.path: Path | None = None
        self.data: bytes | None = None
        if isinstance(source, bytes):
            self.data = source
            self.label = self.name = name or UNNAMED
        elif isinstance(source, str | os.PathLike):
            self.path = Path(source)
            self.label = str(self.path)
            self.name = name or self.path.name
        else:
            given = getattr(source, "name", None)
            self.label = name or (given if isinstance(given, str) else UNNAMED)
            self.data = _read_all(source, self.label)
            self.name = Path(self.label).name
        # Bytes of a file name that are no UTF-8 cannot be written to a result.
        self.name = self.name.encode("utf-8", "backslashreplace").decode("utf-8")
        self.head, self.sha256 = self._digest()

    def read(self) -> bytes:
        """All of the content."""
        if self.data is not None:
            return self.data
        assert self.path is not None
        try:
            return self.path.read_bytes()
        except OSError as error:
            raise _cannot_open(error, self.label) from error

    def _digest(self) -> tuple[bytes, str]:
        if self.data is not None:
            return self.data[: sniff.HEAD_BYTES], hashlib.sha256(self.data).hexdigest()
        assert self.path is not None
        try:
            # A named pipe or device would block or never end.
            if self.path.exists() and not self.path.is_file() and not self.path.is_dir():
                raise UnreadableInputError(
                    "this is not a regular file",
                    source=self.label,
                    remedy="Save the content to a file and convert that.",
                )
            with self.path.open("rb") as file:
                head = file.read(sniff.HEAD_BYTES)
                file.seek(0)
                return head, hashlib.file_digest(file, "sha256").hexdigest()
        except (OSError, ValueError) as error:
            raise _cannot_open(error, self.label) from error


def _read_all(source: BinaryIO, label: str) -> bytes:
    try:
        data: object = source.read() if hasattr(source, "read") else source
    except (OSError, ValueError) as error:  # ValueError: it is closed.
        raise UnreadableInputError(
            f"the file object cannot be read ({getattr(error, 'strerror', None) or error})",
            source=label,
            remedy="Give one that is open for reading bytes.",
        ) from error
    if isinstance(data, bytearray | memoryview):
        return bytes(data)
    if not isinstance(data, bytes):
        raise UsageError(
            f"cannot read an input of type {type(source).__name__}",
            remedy="Give a path, bytes, or a file opened in binary mode.",
        )
    return data


def _cannot_open(error: Exception, label: str) -> UnreadableInputError:
    if isinstance(error, FileNotFoundError) and label == "-":
        return UnreadableInputError(
            "standard input is not read",
            source=label,
            remedy="Save it to a file and convert that, or give its bytes to ocrpipe.convert.",
        )
    if isinstance(error, FileNotFoundError) and _ADDRESS.match(label):
        return UnreadableInputError(
            "nothing is fetched from addresses",
            source=label,
            remedy="Download it and convert that.",
        )
    if isinstance(error, FileNotFoundError):
        return UnreadableInputError(
            "there is no such file", source=label, remedy="Check the path and its spelling."
        )
    if isinstance(error, IsADirectoryError):
        return UnreadableInputError(
            "this is a folder",
            source=label,
            remedy="Give the files in it one by one, or convert it with `ocrpipe batch`.",
        )
    if isinstance(error, PermissionError):
        return UnreadableInputError(
            "the file may not be read", source=label, remedy="Grant yourself read permission."
        )
    reason = getattr(error, "strerror", None) or str(error)
    return UnreadableInputError(
        f"the file cannot be opened ({reason})", source=label, remedy="Check the path and the disk."
    )


@timed("open")
def open_source(source: SourceInput, options: IngestOptions, name: str | None = None) -> Source:
    """Open a file, bytes or a binary file object by what its content is.

    Args:
        source: A path, the content, or a file opened in binary mode (read from where it stands).
        options: Which pages, at which resolution, with which password.
        name: File name to report for content without one; its extension must fit the content.

    Raises:
        UsageError: the options choose pages that the file does not have.
        UnreadableInputError: missing, empty, damaged or of a format that is not read.
        EncryptedInputError: a password is missing or wrong.
    """
    content = Content(source, name)
    kind = sniff.media_type(content.head, content.label)
    named = name is not None or content.label != UNNAMED
    sniff.check_name(content.name if named else None, kind, content.label)
    opened = _open_kind(content, kind, options)
    try:
        opened.page_numbers = parse_page_range(options.pages, opened.page_count, opened.label)
    except UsageError:
        opened.close()
        raise
    return opened


def _open_kind(content: Content, kind: str, options: IngestOptions) -> Source:
    # Each reader brings its own heavy library: load the one that is needed.
    if kind == sniff.PDF:
        from ocrpipe.ingest.pdf.source import PdfSource

        return PdfSource(content, options)
    if kind == sniff.HTML:
        from ocrpipe.ingest.web.source import HtmlSource

        return HtmlSource(content, options)
    from ocrpipe.ingest.pictures import PictureSource

    return PictureSource(content, kind, options)
