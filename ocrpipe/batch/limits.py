"""What one worker may take: time, memory, and a share of the work."""

import os
from dataclasses import dataclass

import psutil

from ocrpipe.options import BatchOptions

_MEMORY_SHARE = 0.8
_LEAST_MEMORY = 1 << 30


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
    share = int(psutil.virtual_memory().total * _MEMORY_SHARE / workers)
    return max(share, _LEAST_MEMORY)


def cores() -> int:
    """Those that this process may use: a container often has a part of the machine's."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
