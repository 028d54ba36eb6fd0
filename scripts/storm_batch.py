"""Run a batch while its workers and its parent are killed, and count what became of each document.

python -m scripts.storm_batch DIR --count 2000 --kill-every 20 --parent-kills 2

DIR/in gets copies of the fixtures, one in --mutated of them with bytes changed; DIR/out the batch;
DIR/storm.json what was counted.
"""

import argparse
import json
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from contextlib import closing, suppress
from pathlib import Path

import psutil

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures"
SUFFIXES = {".pdf", ".html", ".tiff", ".png"}


def make_documents(folder: Path, count: int, mutated: int, chosen: list[str], seed: int) -> None:
    """`count` copies in `folder`; every `mutated`th is damaged."""
    dice = random.Random(seed)
    originals = sorted(
        path
        for path in FIXTURES.iterdir()
        if path.suffix in SUFFIXES and (not chosen or path.name in chosen)
    )
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        original = originals[number % len(originals)]
        data = bytearray(original.read_bytes())
        damaged = mutated > 0 and number % mutated == 0
        if damaged:
            damage(data, dice)
        mark = "damaged" if damaged else "copy"
        (folder / f"{number:05}-{mark}-{original.name}").write_bytes(data)


def damage(data: bytearray, dice: random.Random) -> None:
    """Cut the file off, or change, repeat or remove some of its bytes."""
    kind = dice.choice(["cut", "bytes", "repeat", "remove"])
    at = dice.randrange(len(data))
    size = dice.randrange(1, 2000)
    if kind == "cut":
        del data[at:]
    elif kind == "bytes":
        for _ in range(dice.randrange(1, 60)):
            data[dice.randrange(len(data))] = dice.randrange(256)
    elif kind == "repeat":
        data[at:at] = data[at : at + size]
    else:
        del data[at : at + size]


def workers_of(parent: psutil.Process) -> list[psutil.Process]:
    found = []
    with suppress(psutil.Error):
        for child in parent.children():
            with suppress(psutil.Error):
                if "spawn_main" in " ".join(child.cmdline()):
                    found.append(child)
    return found


class Storm:
    """Starts the batch, kills its processes, and watches their memory."""

    def __init__(self, folder: Path, arguments: argparse.Namespace) -> None:
        self.command = [
            sys.executable, "-m", "ocrpipe", "batch", str(folder / "in"), "-o",
            str(folder / "out"), "--log-json", "--workers", str(arguments.workers),
            "--page-timeout", str(arguments.page_timeout),
        ]  # fmt: skip
        self.log = folder / "log.jsonl"
        self.every = arguments.kill_every
        self.parent_kills = arguments.parent_kills
        self.dice = random.Random(arguments.seed)
        self.worker_kills = 0
        self.memory: list[tuple[float, int, int]] = []
        """Seconds, MiB of the parent, MiB of its largest worker."""
        self.results = folder / "out" / "results"
        self.count = arguments.count

    def run(self) -> int:
        """Until a batch ends by itself; returns its exit code."""
        started = time.monotonic()
        for kill in range(self.parent_kills, -1, -1):
            with self.log.open("a") as log:
                process = subprocess.Popen(self.command, stderr=log, stdout=subprocess.DEVNULL)
            # The parent goes when its share of the results is there.
            share = self.count * (self.parent_kills + 1 - kill) / (self.parent_kills + 1)
            self._watch(process, started, None if kill == 0 else share)
            if process.poll() is None:
                process.send_signal(signal.SIGKILL)
            process.wait()
        return process.returncode

    def _watch(
        self, process: "subprocess.Popen[bytes]", started: float, share: float | None
    ) -> None:
        parent = psutil.Process(process.pid)
        next_kill = time.monotonic() + self.every
        while process.poll() is None:
            time.sleep(1)
            workers = workers_of(parent)
            with suppress(psutil.Error):
                sizes = [worker.memory_info().rss >> 20 for worker in workers]
                self.memory.append(
                    (time.monotonic() - started, parent.memory_info().rss >> 20, max(sizes))
                ) if sizes else None
            if time.monotonic() >= next_kill and workers:
                next_kill = time.monotonic() + self.every
                with suppress(psutil.Error):
                    self.dice.choice(workers).kill()
                    self.worker_kills += 1
            if share is not None and self._count_results() >= share:
                return

    def _count_results(self) -> int:
        return len(list(self.results.iterdir())) if self.results.is_dir() else 0


def audit(folder: Path) -> dict[str, object]:
    """What the ledger, the inputs and the results say of each other."""
    asked = {path.name for path in (folder / "in").iterdir()}
    with closing(sqlite3.connect(folder / "out" / "ledger.sqlite")) as database:
        documents = database.execute("SELECT id, name, state, reason FROM documents").fetchall()
        ends = database.execute("SELECT document, outcome FROM tries").fetchall()
    done = Counter(document for document, outcome in ends if outcome == "done")
    states = {document: state for document, _, state, _ in documents}
    names = {name for _, name, state, _ in documents if state == "done"}
    results = {path.stem for path in (folder / "out" / "results").iterdir()}
    return {
        "asked": len(asked),
        "done": sum(state == "done" for state in states.values()),
        "failed": Counter(reason for _, _, state, reason in documents if state == "failed"),
        "lost": len(asked - {d for d, state in states.items() if state in ("done", "failed")}),
        "done twice": sum(count > 1 for count in done.values()),
        "results without a document": len(results - names),
        "documents without a result": len(names - results),
        "tries by outcome": Counter(str(outcome) for _, outcome in ends),
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--mutated", type=int, default=10, help="one in so many; 0: none")
    parser.add_argument("--only", default="", help="names of fixtures, with commas between them")
    parser.add_argument("--kill-every", type=float, default=20, help="seconds")
    parser.add_argument("--parent-kills", type=int, default=2)
    parser.add_argument("--workers", type=int, default=0)
    parser.add_argument("--page-timeout", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    chosen = [name for name in arguments.only.split(",") if name]
    make_documents(
        arguments.folder / "in", arguments.count, arguments.mutated, chosen, arguments.seed
    )
    storm = Storm(arguments.folder, arguments)
    started = time.monotonic()
    code = storm.run()
    tenth = max(1, len(storm.memory) // 10)
    counted = audit(arguments.folder) | {
        "exit code": code,
        "seconds": round(time.monotonic() - started),
        "workers killed": storm.worker_kills,
        "parents killed": arguments.parent_kills,
        "parent MiB in the first and last tenth": [
            max((parent for _, parent, _ in part), default=0)
            for part in (storm.memory[:tenth], storm.memory[-tenth:])
        ],
        "largest worker MiB in the first and last tenth": [
            max((worker for _, _, worker in part), default=0)
            for part in (storm.memory[:tenth], storm.memory[-tenth:])
        ],
    }
    text = json.dumps(counted, indent=2)
    (arguments.folder / "storm.json").write_text(text + "\n")
    print(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
