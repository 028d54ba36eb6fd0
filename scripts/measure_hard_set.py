"""Converts a part of the hard set and prints what was right, by kind of damage.

`python -m scripts.measure_hard_set DIR [--kind KIND …] [--limit N] [--again]`

A line a document goes to DIR/results.jsonl as soon as it is measured, and what was read to
DIR/documents; a run that was interrupted goes on from there, and `--again` measures everything
anew.
"""

import argparse
import json
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import ocrpipe
from ocrpipe.document import Document
from ocrpipe.errors import OcrpipeError
from ocrpipe.options import Options
from scripts.hard_set.cases import CASES
from tests.support.metrics import (
    Truth,
    body_score,
    cell_score,
    figure_score,
    fold,
    match_tables,
    report_figures,
)

Result = dict[str, Any]
HEAD = (
    "| damage | documents | figures right | missed or unread | silent: confirmed | silent: read "
    "| cell F1 | exact tables | CER | s/page |"
)
_WORST = 10
_NAMED = 8


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, metavar="DIR")
    parser.add_argument("--kind", action="append", choices=list(CASES), help="only these kinds")
    parser.add_argument("--limit", type=int, metavar="N", help="measure at most N more documents")
    parser.add_argument("--again", action="store_true", help="forget earlier results")
    parser.add_argument("--debug-dir", type=Path, metavar="DIR", help="pictures of every step")
    arguments = parser.parse_args()
    ledger = arguments.folder / "results.jsonl"
    if arguments.again:
        ledger.unlink(missing_ok=True)
    results = _read(ledger)
    converter = ocrpipe.Converter(Options(debug_dir=arguments.debug_dir))
    left = arguments.limit
    for path in sorted(arguments.folder.glob("*.truth.json")):
        truth = json.loads(path.read_text("utf-8"))
        kind = truth["damage"]["kind"]
        if truth["file"] in results or left == 0 or kind not in (arguments.kind or CASES):
            continue
        result = measure(converter, arguments.folder / truth["file"], truth)
        results[truth["file"]] = result
        with ledger.open("a", encoding="utf-8") as lines:
            lines.write(json.dumps(result, ensure_ascii=False) + "\n")
        print(_progress(result), flush=True)
        left = None if left is None else left - 1
    chosen = [entry for entry in results.values() if entry["kind"] in (arguments.kind or CASES)]
    print("\n".join(table(chosen)))
    print("\n".join(worst(chosen)))


def _read(ledger: Path) -> dict[str, Result]:
    if not ledger.is_file():
        return {}
    entries = [json.loads(line) for line in ledger.read_text("utf-8").splitlines()]
    return {entry["file"]: entry for entry in entries}


def kept_document(path: Path) -> Path:
    """Where the Document that was read from the file `path` of a hard set is kept, as JSON."""
    return path.parent / "documents" / f"{path.name}.json"


def measure(converter: ocrpipe.Converter, path: Path, truth: Truth) -> Result:
    """Converts one document, keeps what was read, and compares it with its truth."""
    result: Result = {
        "file": path.name,
        "kind": truth["damage"]["kind"],
        "pages": len(truth["pages"]),
    }
    start = time.perf_counter()
    try:
        document = converter.convert(path)
    except OcrpipeError as error:
        document = None
        result["error"] = str(error)
    result["seconds"] = round(time.perf_counter() - start, 2)
    if document is not None:
        kept = kept_document(path)
        kept.parent.mkdir(exist_ok=True)
        kept.write_text(document.model_dump_json(), encoding="utf-8")
    return result | _figures(truth, document) | _tables(truth, document)


def _figures(truth: Truth, document: Document | None) -> Result:
    report = document.report if document else None
    score = figure_score(truth["report"], report)
    actual = {fold(path): figure for path, figure in report_figures(report).items()}
    printed = (truth["report"] or {"figures": {}})["figures"]
    expected = {fold(path): entry for path, entry in printed.items()}
    silent: dict[str, int] = {"confirmed": 0, "read": 0, "doubtful": 0}
    named: list[str] = []
    missed = 0
    for path in (*score.wrong, *score.invented):
        figure = actual.get(path)
        paper = expected.get(path, {"raw": "", "state": "absent"})
        if figure is None or figure.state in ("absent", "unread"):
            missed += 1
            named.append(f"{path}: {figure.state if figure else 'missed'}, paper {paper['raw']!r}")
            continue
        silent[figure.trust] += 1
        read = f"{figure.raw!r} ({figure.state}, {figure.trust}, {figure.confidence:.2f})"
        named.append(f"{path}: {read}, paper {paper['raw']!r}")
    return {
        "figures_right": score.right,
        "figures": score.total,
        "missed": missed,
        "silent": silent,
        "wrong": named,
    }


def _tables(truth: Truth, document: Document | None) -> Result:
    found = [table.model_dump(mode="json") for table in document.tables] if document else []
    cells = cell_score(truth["tables"], found)
    exact = sum(
        right == len(truth["tables"][index]["cells"]) == len(found[at]["cells"])
        for index, at, right in match_tables(truth["tables"], found)
    )
    body = body_score(truth, document) if document else None
    shapes = [[f"{t['n_rows']}x{t['n_cols']}" for t in side] for side in (truth["tables"], found)]
    return {
        "cell_f1": round(cells.f1, 4),
        "tables": len(truth["tables"]),
        "exact_tables": exact,
        "shapes": f"{' '.join(shapes[1]) or 'none'} for {' '.join(shapes[0]) or 'none'}",
        "edits": body.edits if body else None,
        "characters": body.characters if body else 0,
        "issues": sorted({issue.code for issue in document.issues}) if document else [],
    }


def _progress(result: Result) -> str:
    silent = result["silent"]
    return (
        f"{result['file']}: figures {result['figures_right']}/{result['figures']}, "
        f"silent {silent['confirmed']}+{silent['read']}, F1 {result['cell_f1']:.3f}, "
        f"tables {result['shapes']}, {result['seconds']:.0f} s"
    )


def table(results: Sequence[Result]) -> Iterator[str]:
    """The Markdown table by kind of damage, and its last row over all."""
    by_kind: Mapping[str, list[Result]] = defaultdict(list)
    for result in results:
        by_kind[result["kind"]].append(result)
    yield HEAD
    yield "|---" * (HEAD.count("|") - 1) + "|"
    for kind in CASES:
        if by_kind[kind]:
            yield _row(kind, by_kind[kind])
    yield _row("all", results)


def _row(kind: str, results: Sequence[Result]) -> str:
    def total(key: str) -> float:
        return sum(result[key] or 0 for result in results)

    figures, documents = total("figures"), max(1, len(results))
    share = f" ({100 * total('figures_right') / figures:.2f}%)" if figures else ""
    columns = (
        kind,
        str(len(results)),
        f"{total('figures_right'):.0f}/{figures:.0f}{share}",
        f"{total('missed'):.0f}",
        *(
            str(sum(result["silent"][trust] for result in results))
            for trust in ("confirmed", "read")
        ),
        f"{total('cell_f1') / documents:.4f}",
        f"{total('exact_tables'):.0f}/{total('tables'):.0f}",
        f"{100 * total('edits') / max(1, total('characters')):.2f}%",
        f"{total('seconds') / max(1, total('pages')):.1f}",
    )
    return "| " + " | ".join(columns) + " |"


def worst(results: Sequence[Result]) -> Iterator[str]:
    """The documents with most silent errors, then most wrong figures, then the lowest cell F1."""
    ordered = sorted(
        results,
        key=lambda result: (
            -result["silent"]["confirmed"],
            -result["silent"]["read"],
            result["figures_right"] - result["figures"],
            result["cell_f1"],
        ),
    )
    for result in ordered[:_WORST]:
        if not result["wrong"] and result["cell_f1"] == 1 and "error" not in result:
            continue
        yield f"\n{_progress(result)}; {result.get('error') or ', '.join(result['issues'])}"
        for line in result["wrong"][:_NAMED]:
            yield f"    {line}"
        if len(result["wrong"]) > _NAMED:
            yield f"    and {len(result['wrong']) - _NAMED} more"


if __name__ == "__main__":
    main()
