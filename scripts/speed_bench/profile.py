"""Where ocrpipe's time goes, stage by stage."""

import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from ocrpipe import Converter
from ocrpipe.timings import measure_time


def print_profile(cases: Mapping[str, Sequence[Path]], rounds: int) -> None:
    """A column a case: milliseconds a page by stage, one page at a time."""
    converter = Converter()
    columns: list[dict[str, float]] = []
    shares, walls = [], []
    for files in cases.values():
        for file in files:
            converter.convert(file)
        start = time.perf_counter()
        with measure_time() as timings:
            for _ in range(rounds):
                for file in files:
                    converter.convert(file)
        pages = rounds * len(files)
        walls.append((time.perf_counter() - start) / pages)
        columns.append({name: value / pages for name, value in timings.seconds.items()})
        computing = sum(
            value
            for name, value in timings.seconds.items()
            if name.startswith("inference") or name == "rasterize"
        )
        shares.append(computing / sum(timings.seconds.values()))
    stages = dict.fromkeys(name for column in columns for name in column)
    print("\n| stage, ms/page | " + " | ".join(cases) + " |")
    print("|---" * (1 + len(cases)) + "|")
    for stage in sorted(stages, key=lambda name: -max(one.get(name, 0.0) for one in columns)):
        cells = " | ".join(f"{1000 * column.get(stage, 0.0):.0f}" for column in columns)
        print(f"| {stage} | {cells} |")
    print("| **all** | " + " | ".join(f"{1000 * sum(one.values()):.0f}" for one in columns) + " |")
    print("| wall clock | " + " | ".join(f"{1000 * wall:.0f}" for wall in walls) + " |")
    print("| inference and rasterizing | " + " | ".join(f"{share:.0%}" for share in shares) + " |")
