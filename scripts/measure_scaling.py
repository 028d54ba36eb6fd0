"""Measure what a page costs in a batch, with and without Ray: CPU seconds, pages a second, memory.

python -m scripts.measure_scaling [--repeat 3] [--runs 1,ray:1,2,ray:2] [FILE...]

Every run converts the same files, by default the scanned fixtures. CPU seconds are those of the
worker processes, and what all other processes of the run take beside them. A machine that does
other work meanwhile changes pages a second; CPU seconds, much less so.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import psutil

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures"
SCANS = (
    "baoji-2019-scan.pdf", "chuxiong-2019-scan.pdf", "chuxiong-2019.tiff", "qinghe-2022-scan.pdf",
    "gannan-2019.pdf",
)  # fmt: skip
_SAMPLE_SECONDS = 0.1


@dataclass
class Usage:
    """What the processes of a run took, by process."""

    workers: dict[tuple[int, float], float] = field(default_factory=dict)
    others: dict[tuple[int, float], float] = field(default_factory=dict)
    peak: int = 0

    def look(self, root: psutil.Process) -> None:
        for process in _family(root):
            try:
                with process.oneshot():
                    times = process.cpu_times()
                    is_worker = "spawn_main" in " ".join(process.cmdline())
                    seconds = self.workers if is_worker else self.others
                    seconds[process.pid, process.create_time()] = times.user + times.system
                    if is_worker:
                        self.peak = max(self.peak, process.memory_info().rss)
            except psutil.Error:
                continue


def _family(root: psutil.Process) -> Iterator[psutil.Process]:
    try:
        yield root
        yield from root.children(recursive=True)
    except psutil.Error:
        return


@dataclass(frozen=True)
class Mark:
    """Where a run stood when a document was done: CPU seconds of workers and of others."""

    time: float
    pages: int
    cpu: float
    others: float


def measure(manifest: Path, folder: Path, run: str) -> tuple[list[Mark], Usage]:
    """Do one run; gives a mark for each document."""
    ray, _, workers = run.rpartition(":")
    command = [
        sys.executable, "-m", "ocrpipe", "batch", str(manifest), "-o", str(folder), "--log-json",
        "--workers", workers, "--threads", "1", "--page-timeout", "600",
        *(["--ray", "local"] if ray else []),
    ]  # fmt: skip
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )
    root, usage, ended = psutil.Process(process.pid), Usage(), threading.Event()
    watcher = threading.Thread(target=_watch, args=(root, usage, ended))
    watcher.start()
    marks: list[Mark] = []
    pages = 0
    assert process.stderr is not None
    for line in process.stderr:
        event = json.loads(line) if line.startswith("{") else {}
        if event.get("event") == "DocumentDone":
            pages += event["pages"]
            cpu, others = sum(usage.workers.values()), sum(usage.others.values())
            marks.append(Mark(time.monotonic(), pages, cpu, others))
    ended.set()
    watcher.join()
    if process.wait() != 0:
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}")
    return marks, usage


def _watch(root: psutil.Process, usage: Usage, ended: threading.Event) -> None:
    while not ended.wait(_SAMPLE_SECONDS):
        usage.look(root)


def write_manifest(path: Path, files: Sequence[Path], repeat: int) -> None:
    """The same files again and again, each time as another document."""
    with path.open("w") as stream:
        for number in range(repeat):
            for file in files:
                row = {"id": f"{number}-{file.name}", "path": str(file)}
                stream.write(json.dumps(row) + "\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--runs", default="1,ray:1,2,ray:2", help="workers, on Ray or not")
    arguments = parser.parse_args()
    files = [path.resolve() for path in arguments.files] or [FIXTURES / name for name in SCANS]
    print("| run | pages | pages a second | CPU s a page | others' CPU s a page | MiB a worker |")
    print("| --- | --- | --- | --- | --- | --- |")
    for run in arguments.runs.split(","):
        with tempfile.TemporaryDirectory() as folder:
            manifest = Path(folder) / "manifest.jsonl"
            write_manifest(manifest, files, arguments.repeat)
            marks, usage = measure(manifest, Path(folder) / "out", run)
        # The first document of each worker brings the start with it.
        first, last = marks[int(run.rpartition(":")[2]) - 1], marks[-1]
        pages = last.pages - first.pages
        print(
            f"| {run} | {pages} | {pages / (last.time - first.time):.2f} "
            f"| {(last.cpu - first.cpu) / pages:.2f} "
            f"| {(last.others - first.others) / pages:.3f} | {usage.peak >> 20} |",
            flush=True,
        )


if __name__ == "__main__":
    main()
