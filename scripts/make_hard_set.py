"""Writes filings and tables that are hard to read, with their ground truth.

`python -m scripts.make_hard_set [-o DIR] [--count N] [--seed N] [--part tune|report]`

Each part goes into a folder of its own and has other documents: tune on "tune", and report what
was measured on "report". The same seed gives the same bytes. `--fixtures` writes the few small
documents of fixtures/hard instead.
"""

import argparse
from collections.abc import Iterator
from pathlib import Path

from scripts.hard_set.cases import CASES, FILING_CASES, FIXTURE_KINDS, PLAIN_CASES
from scripts.hard_set.document import HardDocument, make_document
from scripts.typeset.plain_json import dumps

PARTS = ("tune", "report")
ROOT = Path(__file__).parent.parent
_PLAIN_EVERY = 6


def kinds() -> Iterator[str]:
    """The kinds of damage in turn without end; every sixth document is no filing."""
    filings, plain = list(FILING_CASES), list(PLAIN_CASES)
    index = 0
    while True:
        if index % _PLAIN_EVERY == _PLAIN_EVERY - 1:
            yield plain[(index // _PLAIN_EVERY) % len(plain)]
        else:
            yield filings[(index - index // _PLAIN_EVERY) % len(filings)]
        index += 1


def write(folder: Path, stem: str, document: HardDocument) -> Path:
    """Writes a document and NAME.truth.json beside it."""
    path = folder / f"{stem}.{document.suffix}"
    path.write_bytes(document.data)
    entry = {"file": path.name, **document.truth}
    (folder / f"{path.name}.truth.json").write_text(dumps(entry) + "\n", encoding="utf-8")
    return path


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-o", "--output", type=Path, default=ROOT / "build/hard-set", metavar="DIR")
    parser.add_argument("--count", type=int, default=60, metavar="N", help="documents a part")
    parser.add_argument("--seed", type=int, default=1, metavar="N")
    parser.add_argument("--part", choices=PARTS, help="write only this part")
    parser.add_argument("--kind", choices=list(CASES), help="write only this kind of damage")
    parser.add_argument("--fixtures", action="store_true", help="write fixtures/hard instead")
    arguments = parser.parse_args()
    if arguments.fixtures:
        folder = ROOT / "fixtures/hard"
        folder.mkdir(parents=True, exist_ok=True)
        for kind in FIXTURE_KINDS:
            print(write(folder, kind, make_document(kind, f"fixtures/2/{kind}", small=True)))
        return
    for part in [arguments.part] if arguments.part else PARTS:
        folder = arguments.output / part
        folder.mkdir(parents=True, exist_ok=True)
        for index, kind in zip(range(arguments.count), kinds(), strict=False):
            if arguments.kind in (None, kind):
                document = make_document(kind, f"{arguments.seed}/{part}/{index}")
                print(write(folder, f"{index:03d}-{kind}", document), flush=True)


if __name__ == "__main__":
    main()
