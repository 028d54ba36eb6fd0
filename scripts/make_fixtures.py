"""Writes the fixtures and their ground truth: `python -m scripts.make_fixtures [-o DIR] [NAME…]`.

The same fonts and library versions give the same bytes. Without names, all are written.
"""

import argparse
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from scripts.damage.scan import Damage, scanned_pdf
from scripts.typeset.filing import save_pdf, typeset
from scripts.typeset.page import Flow
from scripts.typeset.plain_json import dumps
from scripts.typeset.source import Filing, load_filing
from scripts.typeset.truth import Truth, pages_truth, report_truth, tables_truth

SOURCES = Path(__file__).parent.parent / "fixtures" / "sources"
Fixture = tuple[bytes, Truth]


def filing_source(name: str) -> Filing:
    return load_filing(SOURCES / f"{name}.toml")


def document_truth(
    flow: Flow, report: Truth | None, origins: Sequence[str], rotations: Sequence[float]
) -> Truth:
    """The truth of a document on paper."""
    return {
        "pages": pages_truth(flow, origins, rotations),
        "tables": tables_truth(flow.tables, origins),
        "report": report,
    }


def digital(name: str) -> Fixture:
    filing = filing_source(name)
    flow = typeset(filing)
    truth = document_truth(flow, report_truth(filing), ["digital"] * flow.page, [0.0] * flow.page)
    return save_pdf(flow), truth


def scan(name: str, damage: Damage, skews: Sequence[float], turns: Sequence[int] = (0,)) -> Fixture:
    """A filing as scanned; `skews` and `turns` are taken in turn, page by page."""
    filing = filing_source(name)
    flow = typeset(filing)
    damages = page_damages(flow.page, damage, skews, turns)
    rotations = [entry.rotation for entry in damages]
    truth = document_truth(flow, report_truth(filing), ["scanned"] * flow.page, rotations)
    return scanned_pdf(flow.document, damages), truth


def page_damages(
    pages: int, damage: Damage, skews: Sequence[float], turns: Sequence[int]
) -> list[Damage]:
    return [
        replace(
            damage,
            skew=skews[page % len(skews)],
            turn=turns[page % len(turns)],
            seed=damage.seed + page,
        )
        for page in range(pages)
    ]


FIXTURES: dict[str, Callable[[], Fixture]] = {
    "gannan-2019.pdf": lambda: scan(
        "gannan-2019",
        Damage(dpi=150, color=True, noise=4, blur=0.6, quality=50, seed=20),
        skews=(0.7, -0.4, 1.3, -0.9, 0.3, 1.5, -1.2, 0.6, -0.2),
    ),
    "chuxiong-2019.pdf": lambda: digital("chuxiong-2019"),
    "chunan-2019.pdf": lambda: digital("chunan-2019"),
    "aketao-2020.pdf": lambda: digital("aketao-2020"),
}


def write(folder: Path, name: str, fixture: Fixture) -> None:
    """Writes a fixture and NAME.truth.json beside it."""
    data, truth = fixture
    (folder / name).write_bytes(data)
    entry: dict[str, Any] = {"file": name, **truth}
    (folder / f"{name}.truth.json").write_text(dumps(entry) + "\n", encoding="utf-8")


def main() -> None:
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
