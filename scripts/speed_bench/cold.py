"""`ocrpipe convert` from a process that does not run yet."""

import os
import subprocess
import sys
import time
from pathlib import Path
from statistics import median


def cold_start(file: Path, folder: Path, rounds: int) -> float:
    """Median seconds of the whole command, its modules compiled as pip leaves them.

    A first run, which is not counted, compiles those that a checkout has as text alone.
    """
    command = [sys.executable, "-m", "ocrpipe", "convert", str(file), "-q"]
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": str(folder / "bytecode")}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    seconds = []
    for turn in range(rounds + 1):
        start = time.perf_counter()
        subprocess.run([*command, "-o", str(folder / f"cold-{turn}")], check=True, env=environment)
        seconds.append(time.perf_counter() - start)
    return median(seconds[1:])
