"""Writes the fixtures and their ground truth: `python -m scripts.make_fixtures [-o DIR] [NAME…]`.

The same fonts and library versions give the same bytes. Without names, all are written.
"""

import argparse
from pathlib import Path

from scripts.recipes import FIXTURES, SOURCES, Fixture
from scripts.typeset.plain_json import dumps


def write(folder: Path, name: str, fixture: Fixture) -> None:
    """Writes a fixture and NAME.truth.json beside it."""
    data, truth = fixture
    (folder / name).write_bytes(data)
    entry = {"file": name, **truth}
    (folder / f"{name}.truth.json").write_text(dumps(entry) + "\n", encoding="utf-8")


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help="files to write (default: all)")
    parser.add_argument("-o", "--output", type=Path, default=SOURCES.parent, metavar="DIR")
    arguments = parser.parse_args()
    unknown = set(arguments.names) - set(FIXTURES)
    if unknown:
        parser.error(f"no such fixture: {', '.join(sorted(unknown))}")
    arguments.output.mkdir(parents=True, exist_ok=True)
    for name in arguments.names or FIXTURES:
        write(arguments.output, name, FIXTURES[name]())
        print(f"{name}: {(arguments.output / name).stat().st_size / 1024:.0f} KiB")


if __name__ == "__main__":
    main()
