"""Keep native libraries from writing to standard error."""

import logging
import os
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager

logger = logging.getLogger(__name__)

_STDERR = 2
_lock = threading.Lock()


@contextmanager
def quiet_stderr() -> Iterator[None]:
    """Send what the process writes to file descriptor 2 to the log instead, at level DEBUG.

    libtiff reports every odd tag there, Pillow offers no way to stop it, and a damaged file makes
    thousands of lines. The descriptor belongs to the whole process: keep the block short.
    """
    with _lock, tempfile.TemporaryFile() as sink:
        try:
            kept = os.dup(_STDERR)
        except OSError:  # a process without standard error has nothing to protect
            yield
            return
        os.dup2(sink.fileno(), _STDERR)
        try:
            yield
        finally:
            os.dup2(kept, _STDERR)
            os.close(kept)
            sink.seek(0)
            said = sink.read(2000).decode(errors="replace").strip()
            if said:
                logger.debug("native library: %s", said)
