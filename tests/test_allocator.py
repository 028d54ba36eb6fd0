"""The limits of the allocator, in processes of their own: they cannot be taken back."""

import os
import platform
import subprocess
import sys

import pytest

_LIMIT = """
import ctypes, threading
from ocrpipe.allocator import give_back_freed_memory
limited = {limited} and give_back_freed_memory()
"""

# Sixteen threads that allocate at once; the heaps of their arenas are mapped 64 MiB apart each.
_COUNT = """
ready = threading.Barrier(17)
malloc = ctypes.CDLL(None).malloc
malloc.restype, malloc.argtypes = ctypes.c_void_p, [ctypes.c_size_t]
homes = set()
def work():
    ready.wait()
    homes.add(malloc(5000) >> 26)
    ready.wait()
threads = [threading.Thread(target=work) for _ in range(16)]
for thread in threads: thread.start()
ready.wait(); ready.wait()
print(limited, len(homes))
"""

# After one picture of 20 MB the allocator would keep those of 12 MB below what is still in use.
_KEPT = """
import numpy as np
def resident():
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * 4096 >> 20
np.ones(20 << 20, np.uint8)
before = resident()
pictures = [(np.ones(12 << 20, np.uint8), np.ones(100_000, np.uint8)) for _ in range(10)]
small = [one for _, one in pictures]
del pictures
print(limited, resident() - before)
"""

_GLIBC = pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="mallopt is glibc's")


def _run(script: str, limited: bool, **environment: str) -> tuple[str, int]:
    clean = {key: value for key, value in os.environ.items() if not key.startswith("MALLOC_")}
    printed = subprocess.run(
        [sys.executable, "-c", _LIMIT.format(limited=limited) + script],
        env={**clean, **environment},
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    return printed[0], int(printed[1])


@_GLIBC
def test_threads_share_two_arenas() -> None:
    assert _run(_COUNT, False)[1] > 2
    limited, homes = _run(_COUNT, True)
    assert limited == "True"
    assert homes <= 2


@_GLIBC
def test_large_pictures_are_given_back_at_once() -> None:
    assert _run(_KEPT, False)[1] > 60
    limited, megabytes = _run(_KEPT, True)
    assert limited == "True"
    assert megabytes < 20


@pytest.mark.parametrize("name", ["MALLOC_ARENA_MAX", "MALLOC_MMAP_THRESHOLD_"])
def test_the_environment_goes_before(name: str) -> None:
    assert _run(_COUNT, True, **{name: "4"})[0] == "False"
