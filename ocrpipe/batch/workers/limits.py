"""What one worker may take: time, memory, and a share of the work."""

import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

from ocrpipe.cores import usable_cores
from ocrpipe.options import BatchOptions

_MEMORY_SHARE = 0.8
_LEAST_MEMORY = 1 << 30
_MEMORY_OF_CONTAINER = (
    Path("/sys/fs/cgroup/memory.max"),
    Path("/sys/fs/cgroup/memory/memory.limit_in_bytes"),
)
MOST_WORKERS = 60 if sys.platform == "win32" else sys.maxsize
"""Windows waits for 63 handles at once and no more (`multiprocessing.connection.wait`)."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one worker may take.

    Attributes:
        seconds: Between two messages of a worker that converts.
        memory: Bytes of resident memory.
        tasks: After as many a worker is replaced.
    """

    seconds: float
    memory: int
    tasks: int


def limits_for(options: BatchOptions, workers: int) -> Limits:
    """The limits of each of the `workers` of this machine."""
    return Limits(
        seconds=options.page_timeout,
        memory=_memory(options, workers),
        tasks=options.documents_per_worker,
    )


def _memory(options: BatchOptions, workers: int) -> int:
    if options.memory_limit:
        return options.memory_limit << 20
    share = int(_whole_memory() * _MEMORY_SHARE / workers)
    return max(share, _LEAST_MEMORY)


def _whole_memory() -> int:
    """Bytes that this process may use: a container often has a part of the machine's."""
    whole = int(psutil.virtual_memory().total)
    for path in _MEMORY_OF_CONTAINER:
        with suppress(OSError, ValueError):  # No such file but on Linux; "max" where all is free.
            whole = min(whole, int(path.read_text()))
    return whole


def default_workers() -> int:
    """One worker a core, as far as there may be so many."""
    return min(usable_cores(), MOST_WORKERS)
