"""Seconds a page of ocrpipe beside other tools, on the same pages in one run.

    pip install -e '.[bench]'
    python -m scripts.bench --json bench.json

Every tool runs in a process of its own, is warmed up, and is asked in turn for each file, so that
what else the machine does falls on all of them. ocrpipe gives the whole document; RapidOCR and
PaddleOCR give text alone. `--profile` adds where ocrpipe's time goes, `--soak N` the memory over N
conversions in one process, `--long-file N` over the pages of one file, `--workers` the speed of
one worker and of two.
"""

import argparse
import json
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pymupdf

from scripts.speed_bench.cold import cold_start
from scripts.speed_bench.profile import print_profile
from scripts.speed_bench.race import Race, race
from scripts.speed_bench.readers import TOOLS
from scripts.speed_bench.soak import print_long_file, print_soak
from scripts.speed_bench.workers import print_workers

FIXTURES = Path(__file__).parent.parent / "fixtures"
CASES = {
    "matrix, scanned": [("chuxiong-2019-scan.pdf", 5), ("gannan-2019.pdf", 6)],
    "prose, scanned": [("chuxiong-2019-scan.pdf", 1), ("gannan-2019.pdf", 3)],
    "born-digital": [("chuxiong-2019.pdf", 5), ("aketao-2020.pdf", 3)],
}
"""Pages of the fixtures by what stands on them."""
WHOLE = ("whole filing, scanned", ["chuxiong-2019-scan.pdf", "gannan-2019.pdf"])
"""Files as users have them: the steps of their pages may overlap."""
SCANNED = ("matrix, scanned", "prose, scanned")


def main() -> None:
    """The command line."""
    arguments = _arguments()
    with TemporaryDirectory() as temporary:
        folder = Path(temporary)
        cases = {name: [_single(page, folder) for page in pages] for name, pages in CASES.items()}
        if not arguments.no_race:
            whole = {WHOLE[0]: [FIXTURES / name for name in WHOLE[1]]}
            found = race(arguments.tools, cases | whole, arguments.rounds, arguments.python)
            _print_race(found)
            if arguments.json:
                arguments.json.write_text(json.dumps(found.as_json(), indent=1) + "\n")
        if arguments.cold:
            seconds = cold_start(cases["born-digital"][0], folder, arguments.rounds)
            print(f"\ncold `ocrpipe convert` of a digital page: {seconds:.2f} s")
        if arguments.profile:
            print_profile(cases, arguments.rounds)
        if arguments.workers:
            print_workers([file for files in cases.values() for file in files], folder)
        if arguments.soak:
            print_soak([file for files in cases.values() for file in files], arguments.soak)
        if arguments.long_file:
            scans = [file for name in SCANNED for file in cases[name]]
            print_long_file(scans, arguments.long_file, folder)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--tools", nargs="+", choices=TOOLS, default=list(TOOLS), metavar="TOOL",
                        help=f"default: {' '.join(TOOLS)}")  # fmt: skip
    parser.add_argument("--rounds", type=int, default=5, help="times that each page is read")
    parser.add_argument("--python", default=sys.executable, help="has the other tools")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the numbers there, too")
    parser.add_argument("--no-race", action="store_true", help="leave the other tools out")
    parser.add_argument("--cold", action="store_true", help="time a cold process, too")
    parser.add_argument("--profile", action="store_true", help="where ocrpipe's time goes")
    parser.add_argument("--workers", action="store_true", help="one worker of a batch, and two")
    parser.add_argument("--soak", type=int, default=0, metavar="N", help="memory over N files")
    parser.add_argument("--long-file", type=int, default=0, metavar="N",
                        help="memory over one file of N scanned pages")  # fmt: skip
    return parser.parse_args()


def _single(page: tuple[str, int], folder: Path) -> Path:
    """One page of a fixture as a file of its own."""
    name, number = page
    path = folder / f"{Path(name).stem}-p{number}.pdf"
    with pymupdf.open(FIXTURES / name) as source, pymupdf.open() as single:
        single.insert_pdf(source, from_page=number - 1, to_page=number - 1)
        single.save(path)
    return path


def _print_race(found: Race) -> None:
    names = list(next(iter(found.seconds.values())))
    print("| tool | " + " | ".join(f"{name}, s/page | times ocrpipe" for name in names)
          + " | load, s | peak MB |")  # fmt: skip
    print("|---" * (3 + 2 * len(names)) + "|")
    ours = found.seconds.get("ocrpipe")
    for tool, by_case in found.seconds.items():
        cells = [
            f"{by_case[name]:.3f} | {by_case[name] / ours[name]:.2f}"
            if ours is not None
            else f"{by_case[name]:.3f} | "
            for name in names
        ]
        print(f"| {found.names[tool]} | {' | '.join(cells)} | {found.load[tool]:.2f} "
              f"| {found.peak[tool]:.0f} |", flush=True)  # fmt: skip


if __name__ == "__main__":
    main()
