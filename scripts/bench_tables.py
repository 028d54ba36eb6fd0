"""Tables by ocrpipe beside img2table and pymupdf4llm, on the same files, against their truth.

`python -m scripts.bench_tables` measures the fixtures; `--truth FORMAT DIR` other folders. The
other tools come with `pip install -e '.[bench]'`; `--python` names another Python that has them.
"""

import argparse
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from fnmatch import fnmatch
from pathlib import Path
from tempfile import TemporaryDirectory

from ocrpipe.evaluate.teds import create_teds
from scripts.table_bench.documents import Sample, has_text, sample
from scripts.table_bench.results import LEGEND, Result, compare, faults, head, mean_rows, row
from scripts.table_bench.tools import PEERS, Ocrpipe, Reading, read_with_peer
from scripts.table_bench.truths import FORMATS, Case

_FIXTURES = Path(__file__).parent.parent / "fixtures"
_DEFAULT = (("truth", _FIXTURES), ("truth", _FIXTURES / "hard"))


def main() -> None:
    """The command line."""
    arguments = _arguments()
    with TemporaryDirectory() as temporary:
        cache = arguments.cache or Path(temporary)
        cache.mkdir(parents=True, exist_ok=True)
        samples = list(_samples(arguments, cache))
        readings = {
            peer: read_with_peer(peer, [chosen for _, chosen in samples], arguments.python, cache)
            for peer in PEERS
            if peer not in arguments.without
        }
        _measure(samples, readings, arguments)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--truth", nargs=2, action="append", metavar=("FORMAT", "DIR"), default=[],
        help=f"a folder of files with truth; FORMAT: {', '.join(FORMATS)} (default: the fixtures)",
    )  # fmt: skip
    parser.add_argument(
        "--dpi", nargs="+", type=int, default=[], metavar="N",
        help="measure PDFs with a text layer as pictures of this resolution, too",
    )  # fmt: skip
    parser.add_argument("--only", nargs="+", metavar="GLOB", help="files whose names fit")
    parser.add_argument("--limit", type=int, metavar="N", help="N files a folder, spread over it")
    parser.add_argument("--without", nargs="+", choices=PEERS, default=[], metavar="PEER")
    parser.add_argument("--python", default=sys.executable, help="has the other tools")
    parser.add_argument("--cache", type=Path, metavar="DIR", help="keep what other tools read")
    parser.add_argument("--no-teds", action="store_true", help="leave out TEDS, which is slow")
    parser.add_argument("--debug-dir", type=Path, metavar="DIR", help="pictures of every step")
    parser.add_argument("-v", "--verbose", action="store_true", help="name faults of ocrpipe")
    arguments = parser.parse_args()
    for form, folder in arguments.truth:
        if form not in FORMATS or not Path(folder).is_dir():
            parser.error(f"--truth {form} {folder}: no such form of truth, or no such folder")
    return arguments


def _samples(arguments: argparse.Namespace, cache: Path) -> Iterator[tuple[str, Sample]]:
    """The files to measure, each with the name of its group."""
    for form, folder in arguments.truth or _DEFAULT:
        for case in _chosen(list(FORMATS[form](Path(folder))), arguments):
            yield Path(folder).name, sample(case, None, cache)
            for dpi in arguments.dpi if has_text(case) else ():
                yield f"{Path(folder).name} @ {dpi}", sample(case, dpi, cache)


def _chosen(cases: list[Case], arguments: argparse.Namespace) -> list[Case]:
    if arguments.only:
        cases = [case for case in cases if any(fnmatch(case.name, glob) for glob in arguments.only)]
    limit = min(arguments.limit or len(cases), len(cases))
    return [cases[number * len(cases) // limit] for number in range(limit)]


def _measure(
    samples: list[tuple[str, Sample]],
    readings: Mapping[str, Mapping[str, Reading]],
    arguments: argparse.Namespace,
) -> None:
    ours = Ocrpipe(arguments.debug_dir)
    teds = None if arguments.no_teds else create_teds()
    tools = ["ocrpipe", *readings]
    groups: defaultdict[str, list[dict[str, Result]]] = defaultdict(list)
    versions = [next((read.tool for read in found.values()), "") for found in readings.values()]
    print(LEGEND, "", head(["ocrpipe", *versions], "file"), sep="\n")
    for group, chosen in samples:
        read = [ours.read(chosen), *(found[chosen.key] for found in readings.values())]
        results = [compare(chosen, reading, teds) for reading in read]
        groups[group].append(dict(zip(tools, results, strict=True)))
        print(row(chosen.name, results), flush=True)
        if arguments.verbose:
            print("\n".join(f"    {line}" for line in faults(results[0])))
    everything = [file for files in groups.values() for file in files]
    print("", head(["ocrpipe", *versions], "mean over files"), sep="\n")
    print("\n".join(mean_rows({**groups, "all": everything}, tools)))


if __name__ == "__main__":
    try:
        main()
    except RuntimeError as error:
        sys.exit(str(error))
