"""Convert every file of a folder in a limited worker, and table how each ended.

`python -m scripts.measure_hostile DIR [--seconds S] [--memory MIB]`
"""

import argparse
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from scripts.limited_worker import GOOD, LimitedWorker, Outcome

HEAD = "| file | ended in | code | seconds | peak MiB |\n| --- | --- | --- | --- | --- |"


def main() -> None:
    """The command line; exits with 1 when a file ended in neither a result nor a clear error."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, metavar="DIR")
    parser.add_argument("--seconds", type=float, default=300.0, help="a file (default: 300)")
    parser.add_argument("--memory", type=int, default=4096, metavar="MIB", help="default: 4096")
    arguments = parser.parse_args()
    outcomes: list[Outcome] = []
    print(HEAD)
    with LimitedWorker(arguments.seconds, arguments.memory) as worker:
        for path in sorted(path for path in arguments.folder.rglob("*") if path.is_file()):
            outcome = worker.convert(path)
            outcomes.append(outcome)
            print(row(path.name, outcome), flush=True)
            print(f"  {path.name}: {outcome.detail}", file=sys.stderr, flush=True)
    print(f"\n{summary(outcomes)}")
    sys.exit(any(outcome.ending not in GOOD for outcome in outcomes))


def row(name: str, outcome: Outcome) -> str:
    """A row of the table whose head is `HEAD`."""
    return (
        f"| {name} | {outcome.ending} | {outcome.code} | {outcome.seconds:.1f} | {outcome.peak} |"
    )


def summary(outcomes: Sequence[Outcome]) -> str:
    """How many files ended how, the slowest and the one that took the most memory."""
    counts = Counter(outcome.ending for outcome in outcomes)
    found = ", ".join(
        f"{counts[ending]} {ending}"
        for ending in ("result", "clear error", "traceback", "crash", "hang", "memory")
    )
    slowest = max((outcome.seconds for outcome in outcomes), default=0.0)
    peak = max((outcome.peak for outcome in outcomes), default=0)
    return f"{len(outcomes)} files: {found}; at most {slowest:.1f} s and {peak} MiB"


if __name__ == "__main__":
    main()
