"""stdout and stderr, whose failure ends no work: results are files."""

import errno
import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, TextIO

from ocrpipe.errors import OutputError

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer


class _LossyStream(io.FileIO):
    """Writes to an open file until that fails, and drops what comes after."""

    def __init__(self, descriptor: int) -> None:
        super().__init__(descriptor, "wb", closefd=False)
        self.error: OSError | None = None

    def write(self, data: "ReadableBuffer", /) -> int:
        if self.error is None:
            try:
                return super().write(data)
            except OSError as error:
                self.error = error
        return memoryview(data).nbytes


@dataclass(slots=True)
class Printed:
    """What became of stdout; `error` is set at the end of `lasting_streams`."""

    error: OutputError | None = None


@contextmanager
def lasting_streams() -> Iterator[Printed]:
    """Nothing that is printed in the block raises.

    A log on a full disk, or a pipe that nobody reads any more, would end a run of hours. Where a
    reader of stdout has had enough (`ocrpipe schema | head`), that is no error.
    """
    before, printed = (sys.stdout, sys.stderr), Printed()
    sys.stdout, lossy = _replaced(sys.stdout)
    sys.stderr, _ = _replaced(sys.stderr)
    try:
        yield printed
    finally:
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:
                stream.flush()
        sys.stdout, sys.stderr = before
    if lossy is not None and lossy.error is not None and lossy.error.errno != errno.EPIPE:
        printed.error = OutputError(
            f"standard output cannot be written ({lossy.error.strerror})",
            remedy="Free some space, or send it elsewhere.",
        )


def _replaced(stream: TextIO) -> tuple[TextIO, _LossyStream | None]:
    """The stream, so that it does not fail; the same where it is no file, pipe or terminal."""
    if not isinstance(stream, io.TextIOWrapper):  # A process without a console has None.
        return stream, None
    # Consoles and pipes in GBK have no Tibetan, and file names need be in no encoding.
    stream.reconfigure(errors="backslashreplace")
    # `python -u` has no buffer between.
    target = getattr(stream.buffer, "raw", stream.buffer)
    if not isinstance(target, io.FileIO):
        return stream, None
    stream.flush()
    lossy = _LossyStream(target.fileno())
    lasting = io.TextIOWrapper(
        io.BufferedWriter(lossy),
        encoding=stream.encoding,
        errors="backslashreplace",
        line_buffering=stream.line_buffering,
        write_through=stream.write_through,
    )
    return lasting, lossy
