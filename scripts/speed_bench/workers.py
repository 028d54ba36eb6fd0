"""Pages a second of a batch with one worker and with two, each on one thread."""

import re
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

_COPIES = 12


def print_workers(files: Sequence[Path], folder: Path) -> None:
    """Convert copies of the files twice; the start of the workers is taken out by a small run."""
    inputs = folder / "copies"
    inputs.mkdir()
    for copy in range(_COPIES):
        for file in files:
            (inputs / f"{copy:02}-{file.name}").write_bytes(file.read_bytes())
    few = folder / "few"
    few.mkdir()
    for worker in range(2):
        (few / f"{worker}-{files[0].name}").write_bytes(files[0].read_bytes())
    seconds = {}
    for workers in (1, 2):
        start = _seconds(few, folder / f"few-{workers}", workers)
        seconds[workers] = _seconds(inputs, folder / f"all-{workers}", workers) - start
    pages = _COPIES * len(files)
    print(f"\none worker {pages / seconds[1]:.2f} pages/s, two {pages / seconds[2]:.2f} pages/s: "
          f"{seconds[1] / seconds[2]:.2f} times")  # fmt: skip


def _seconds(inputs: Path, out: Path, workers: int) -> float:
    command = [sys.executable, "-m", "ocrpipe", "batch", str(inputs), "-o", str(out)]
    start = time.perf_counter()
    done = subprocess.run(
        [*command, "--workers", str(workers), "--threads", "1"],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(re.sub(r"\s+", " ", done.stderr)[-300:])
    return time.perf_counter() - start
