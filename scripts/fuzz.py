"""Convert damaged copies of the fixtures, and keep every one that ends in anything but a result or
a clear error.

`python -m scripts.fuzz --minutes 5 --seed 1 --keep DIR [--all]`
"""

import argparse
import random
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import pymupdf

from scripts.limited_worker import GOOD, LimitedWorker, Outcome
from scripts.mutations import mutated

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures"
DIGITAL = (
    "aketao-2020.html", "baoji-2019.html", "aketao-2020.pdf", "chunan-2019.pdf",
    "chuxiong-2019.pdf", "qinghe-2022.pdf",
)  # fmt: skip
_MOST_PAGES = 2


def main() -> None:
    """The command line; exits with 1 where something was kept."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=5.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, required=True, metavar="DIR", help="for what fails")
    parser.add_argument("--all", action="store_true", help="scans and pictures too, which is slow")
    parser.add_argument("--seconds", type=float, default=60.0, help="an input (default: 60)")
    parser.add_argument("--memory", type=int, default=3000, metavar="MIB", help="default: 3000")
    arguments = parser.parse_args()
    originals = load_originals(everything=arguments.all)
    tally = Tally()
    end = time.monotonic() + 60 * arguments.minutes
    with (
        tempfile.TemporaryDirectory() as folder,
        LimitedWorker(arguments.seconds, arguments.memory) as worker,
    ):
        while time.monotonic() < end:
            # A seed of its own for each input: it can be made again without those before it.
            dice = random.Random(f"{arguments.seed}/{tally.inputs}")
            name, data = dice.choice(originals)
            path = Path(folder) / f"{arguments.seed}-{tally.inputs}-{name}"
            path.write_bytes(mutated(data, path.suffix, dice))
            outcome = worker.convert(path)
            tally.add(outcome)
            if outcome.ending not in GOOD:
                keep(path, outcome, arguments.keep)
            path.unlink()
    print(tally.table())
    sys.exit(bool(tally.bad))


class Tally:
    """What became of the inputs so far."""

    def __init__(self) -> None:
        self.inputs = self.bad = self.peak = 0
        self.slowest = 0.0
        self._counts: Counter[tuple[str, str]] = Counter()

    def add(self, outcome: Outcome) -> None:
        self.inputs += 1
        self.bad += outcome.ending not in GOOD
        self.peak = max(self.peak, outcome.peak)
        self.slowest = max(self.slowest, outcome.seconds)
        self._counts[outcome.ending, outcome.code] += 1

    def table(self) -> str:
        rows = [
            f"| {ending} | {code} | {count} |"
            for (ending, code), count in sorted(self._counts.items())
        ]
        return "\n".join(
            [
                "| ended in | code | inputs |",
                "| --- | --- | --- |",
                *rows,
                f"\n{self.inputs} inputs, {self.bad} kept; at most {self.slowest:.1f} s and "
                f"{self.peak} MiB",
            ]
        )


def load_originals(*, everything: bool) -> list[tuple[str, bytes]]:
    """Names and contents of fixtures, PDFs cut to their first pages."""
    names = sorted(path.name.removesuffix(".truth.json") for path in FIXTURES.glob("*.truth.json"))
    found = []
    for name in names if everything else DIGITAL:
        data = (FIXTURES / name).read_bytes()
        if name.endswith(".pdf"):
            with pymupdf.open(stream=data, filetype="pdf") as pdf:
                pdf.select(range(min(_MOST_PAGES, pdf.page_count)))
                data = pdf.tobytes(garbage=3)
        found.append((name, data))
    return found


def keep(path: Path, outcome: Outcome, folder: Path) -> None:
    """The input and how it ended, side by side in `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / path.name).write_bytes(path.read_bytes())
    told = f"{outcome.ending} {outcome.code}\n{outcome.detail}\n"
    (folder / f"{path.name}.txt").write_text(told, encoding="utf-8")
    print(f"{path.name}: {outcome.ending} {outcome.code}", flush=True)


if __name__ == "__main__":
    main()
