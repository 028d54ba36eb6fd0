"""One run at a time on one output: a lock of the operating system, which ends with its process."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from ocrpipe.errors import OutputError, OutputInUseError

LOCK_FILE = "ledger.lock"


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the lock of `folder`, which is made where it is missing.

    Raises:
        OutputInUseError: another process holds it.
        OutputError: the folder cannot be written to.
    """
    lock = FileLock(folder / LOCK_FILE)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock.acquire(timeout=0)
    except Timeout as error:
        raise OutputInUseError(
            "another batch is writing here",
            source=str(folder),
            remedy="Wait until it has ended, or give another folder with --output",
        ) from error
    except OSError as error:
        raise OutputError(
            f"the folder cannot be written to ({error.strerror})",
            source=str(folder),
            remedy="Give another folder with --output",
        ) from error
    try:
        yield
    finally:
        lock.release()
