"""Converts the fixtures and prints what was right: `python -m scripts.measure_fixtures [NAME…]`."""

import argparse
import resource
import time
from collections.abc import Iterator

import ocrpipe
from ocrpipe.document import Document
from ocrpipe.ingest import open_source
from ocrpipe.options import IngestOptions
from tests.support.fixtures import fixture_names, fixture_path, load_truth
from tests.support.metrics import (
    Truth,
    body_score,
    cell_overlap,
    cell_score,
    figure_score,
    wrong_fields,
)

HEAD = (
    "| fixture | figures | cells | cell F1 | box IoU | text CER | s/page | RapidOCR s/page "
    "| not right |"
)
DPI = IngestOptions().dpi


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help="fixtures (default: all)")
    parser.add_argument("-v", "--verbose", action="store_true", help="name what is wrong")
    parser.add_argument(
        "--rapidocr",
        action="store_true",
        help="time RapidOCR (text only) on the same scanned pages",
    )
    arguments = parser.parse_args()
    converter = ocrpipe.Converter()
    peer = _RapidOcr() if arguments.rapidocr else None
    print(HEAD)
    print("|---" * (HEAD.count("|") - 1) + "|")
    for name in arguments.names or fixture_names():
        truth = load_truth(name)
        start = time.perf_counter()
        document = converter.convert(fixture_path(name))
        seconds = time.perf_counter() - start
        beside = peer.seconds_a_page(name) if peer is not None else None
        print(_row(name, truth, document, seconds, beside), flush=True)
        if arguments.verbose:
            for line in _wrong(truth, document):
                print(f"    {line}")
    # Kilobytes on Linux.
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory: {peak:.0f} MB" + (", RapidOCR included" if peer is not None else ""))


class _RapidOcr:
    """RapidOCR as it comes (PP-OCRv6 small in ONNX Runtime), on the scanned pages of a fixture."""

    def __init__(self) -> None:
        from rapidocr import RapidOCR

        self._engine = RapidOCR(params={"Global.log_level": "critical"})

    def seconds_a_page(self, name: str) -> float | None:
        """None where no page of the fixture is scanned."""
        spent, pages = 0.0, 0
        with open_source(fixture_path(name), IngestOptions()) as source:
            for number in () if source.document is not None else source.page_numbers:
                page = source.page(number)
                if page.origin == "scanned":
                    start = time.perf_counter()
                    self._engine(page.render(DPI).pixels)
                    spent, pages = spent + time.perf_counter() - start, pages + 1
        return spent / pages if pages else None


def _tables(document: Document) -> list[Truth]:
    return [table.model_dump(mode="json") for table in document.tables]


def _row(name: str, truth: Truth, document: Document, seconds: float, beside: float | None) -> str:
    figures = figure_score(truth["report"], document.report)
    found = _tables(document)
    cells = cell_score(truth["tables"], found)
    notes = list(wrong_fields(truth["report"], document.report))
    if figures.invented:
        notes.append(f"{len(figures.invented)} figures invented")
    if figures.confirmed_wrong:
        notes.append(f"{len(figures.confirmed_wrong)} wrong figures confirmed")
    columns = (
        name,
        f"{figures.right}/{figures.total}",
        f"{cells.right}/{cells.expected}",
        f"{cells.f1:.3f}",
        f"{cell_overlap(truth['tables'], found):.2f}",
        f"{100 * body_score(truth, document).error_rate:.2f}%",
        f"{seconds / max(1, len(truth['pages'])):.2f}",
        f"{beside:.2f}" if beside is not None else "",
        ", ".join(notes),
    )
    return "| " + " | ".join(columns) + " |"


def _wrong(truth: Truth, document: Document) -> Iterator[str]:
    figures = figure_score(truth["report"], document.report)
    for kind in ("wrong", "invented", "confirmed_wrong"):
        for path in getattr(figures, kind):
            yield f"{kind}: {path}"
    given = document.report.model_dump(mode="json") if document.report else {}
    for name in wrong_fields(truth["report"], document.report):
        yield f"{name}: {given.get(name)!r}, not {(truth['report'] or {}).get(name)!r}"


if __name__ == "__main__":
    main()
