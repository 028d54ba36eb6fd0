"""`ocrpipe convert` from a process that does not run yet."""

import subprocess
import sys
import time
from pathlib import Path
from statistics import median


def cold_start(file: Path, folder: Path, rounds: int) -> float:
    """Median seconds of the whole command."""
    command = [sys.executable, "-m", "ocrpipe", "convert", str(file), "-q"]
    seconds = []
    for turn in range(rounds):
        start = time.perf_counter()
        subprocess.run([*command, "-o", str(folder / f"cold-{turn}")], check=True)
        seconds.append(time.perf_counter() - start)
    return median(seconds)
