"""One tool in a process of its own: a path a line comes in, seconds and memory go out as JSON.

python -m scripts.speed_bench.reader TOOL
"""

import json
import os
import resource
import sys
import time
from typing import Any

from scripts.speed_bench.readers import TOOLS


def main() -> None:
    """Answers once when the tool is loaded, then once for each path."""
    start = time.perf_counter()
    # Not only sys.stdout: a tool may have kept it, or print from C.
    with os.fdopen(os.dup(1), "w", encoding="utf-8") as answers:
        os.dup2(2, 1)
        name, read = TOOLS[sys.argv[1]]()
        _answer(answers, name=name, seconds=time.perf_counter() - start)
        for line in sys.stdin:
            start = time.perf_counter()
            read(line.rstrip("\n"))
            _answer(answers, seconds=time.perf_counter() - start)


def _answer(answers: Any, **values: object) -> None:
    # Kilobytes on Linux.
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps(values | {"peak": peak}), file=answers, flush=True)


if __name__ == "__main__":
    main()
