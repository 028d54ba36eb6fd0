"""What every program of this folder writes: a line of JSON for each file."""

import json
import os
import sys
from collections.abc import Callable
from typing import Any

Read = Callable[[str], list[dict[str, Any]]]


def write_answers(start: Callable[[], tuple[str, Read]]) -> None:
    """Reads the files that the command line names.

    A line has "file", "tool" and either "tables", as `scripts.table_bench.grids` reads them, or
    "error". Whatever the tool itself prints goes to standard error.

    Args:
        start: loads the tool; gives its name and version, and what reads the tables of a file.
    """
    # Not only sys.stdout: a tool may have kept it, or print from C.
    with os.fdopen(os.dup(1), "w", encoding="utf-8") as lines:
        os.dup2(2, 1)
        tool, read = start()
        for path in sys.argv[1:]:
            answer: dict[str, Any] = {"file": path, "tool": tool}
            try:
                answer["tables"] = read(path)
            except Exception as error:  # A file that one tool fails on is a result as well.
                answer["error"] = f"{type(error).__name__}: {error}"
            print(json.dumps(answer), file=lines, flush=True)
