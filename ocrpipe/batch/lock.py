"""One run at a time on one output: a lock of the operating system, which ends with its process."""

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from ocrpipe.batch.locations import is_remote, local_path
from ocrpipe.errors import OutputError, OutputInUseError

LOCK_FILE = "ledger.lock"


@contextmanager
def locked(ledger_folder: Path, output: str) -> Iterator[None]:
    """Hold the lock of the ledger's folder, and of the output where that is another local folder.

    Both are made where they are missing.

    Raises:
        OutputInUseError: another process holds one of them.
        OutputError: a folder cannot be written to.
    """
    folders = {os.path.realpath(ledger_folder)}
    if not is_remote(output):
        folders.add(os.path.realpath(local_path(output)))
    with ExitStack() as stack:
        for folder in sorted(folders):
            stack.enter_context(_locked(Path(folder)))
        yield


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / LOCK_FILE)
        lock.acquire(timeout=0)
    except Timeout as error:
        raise OutputInUseError(
            "another batch is writing here",
            source=str(folder),
            remedy="Wait until it has ended, or give another folder with --output",
        ) from error
    except OSError as error:
        raise OutputError(
            f"the folder cannot be written to ({error.strerror or error})",
            source=str(folder),
            remedy="Give another folder with --output",
        ) from error
    except NotImplementedError as error:
        raise OutputError(
            "the file system of the folder knows no locks",
            source=str(folder),
            remedy="Give a folder on a local disk with --work-dir",
        ) from error
    try:
        yield
    finally:
        lock.release()
