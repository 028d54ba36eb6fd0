"""Tools asked in turn for the same pages."""

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

import pymupdf

_ROOT = Path(__file__).parents[2]
_OWN = ("ocrpipe", "ocrpipe-1")


@dataclass(frozen=True)
class Race:
    """By tool: its full name, median seconds a page by case, seconds to load, peak megabytes."""

    names: dict[str, str] = field(default_factory=dict)
    seconds: dict[str, dict[str, float]] = field(default_factory=dict)
    load: dict[str, float] = field(default_factory=dict)
    peak: dict[str, float] = field(default_factory=dict)

    def as_json(self) -> dict[str, object]:
        return {
            tool: {
                "name": self.names[tool],
                "seconds a page": self.seconds[tool],
                "seconds to load": self.load[tool],
                "peak MB": self.peak[tool],
            }
            for tool in self.names
        }


class _Tool:
    """A tool that has been loaded in a process of its own."""

    def __init__(self, tool: str, python: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable if tool in _OWN else python, "-m", "scripts.speed_bench.reader", tool],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            cwd=_ROOT,
        )
        self.loaded = self._answer()

    def read(self, path: Path) -> dict[str, Any]:
        assert self._process.stdin is not None
        self._process.stdin.write(f"{path}\n")
        self._process.stdin.flush()
        return self._answer()

    def close(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait()

    def _answer(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError("it ended")
        answer: dict[str, Any] = json.loads(line)
        return answer


def race(
    tools: Sequence[str], cases: Mapping[str, Sequence[Path]], rounds: int, python: str
) -> Race:
    """Time every tool on every file; one that does not load or read is named on stderr."""
    found = Race()
    running: dict[str, _Tool] = {}
    for tool in tools:
        try:
            running[tool] = _Tool(tool, python)
        except RuntimeError as error:
            print(f"{tool} does not load: {error}", file=sys.stderr)
            continue
        found.names[tool] = running[tool].loaded["name"]
        found.load[tool] = running[tool].loaded["seconds"]
        found.seconds[tool] = {}
    for name, files in cases.items():
        times: dict[str, list[list[float]]] = {tool: [[] for _ in files] for tool in running}
        for index, file in enumerate(files):
            for turn in range(rounds + 1):
                for tool, process in running.items():
                    answer = process.read(file)
                    found.peak[tool] = answer["peak"]
                    if turn:  # The first is the warm-up.
                        times[tool][index].append(answer["seconds"])
        for tool in running:
            medians = [median(some) for some in times[tool]]
            found.seconds[tool][name] = sum(medians) / sum(_pages(file) for file in files)
    for one in running.values():
        one.close()
    return found


def _pages(file: Path) -> int:
    with pymupdf.open(file) as opened:
        return int(opened.page_count)
