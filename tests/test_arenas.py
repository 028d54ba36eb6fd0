"""The limit on the allocator's arenas, in processes of their own: it cannot be taken back."""

import os
import platform
import subprocess
import sys

import pytest

# Sixteen threads that allocate at once; the heaps of their arenas are mapped 64 MiB apart each.
_COUNT = """
import ctypes, threading
from ocrpipe.arenas import limit_arenas
limited = {limited} and limit_arenas()
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


def _run(limited: bool, **environment: str) -> tuple[str, int]:
    clean = {key: value for key, value in os.environ.items() if key != "MALLOC_ARENA_MAX"}
    printed = subprocess.run(
        [sys.executable, "-c", _COUNT.format(limited=limited)],
        env={**clean, **environment},
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    return printed[0], int(printed[1])


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="arenas are those of glibc")
def test_threads_share_two_arenas() -> None:
    assert _run(False)[1] > 2
    limited, homes = _run(True)
    assert limited == "True"
    assert homes <= 2


def test_the_environment_goes_before() -> None:
    assert _run(True, MALLOC_ARENA_MAX="4")[0] == "False"
