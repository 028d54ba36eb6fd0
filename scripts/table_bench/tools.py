"""The tools: each turns a file into tables."""

import hashlib
import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import ocrpipe
from ocrpipe.document import Table
from ocrpipe.errors import OcrpipeError
from scripts.table_bench.documents import Sample
from scripts.table_bench.grids import tables_from_answer

PEERS = ("img2table", "pymupdf4llm")
"""By the names of their programs in `scripts/peers`."""
_ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Reading:
    """What a tool made of a file: its tables, or why it failed. `tool` is its name and version."""

    tool: str
    tables: tuple[Table, ...] = ()
    error: str | None = None


class Ocrpipe:
    """ocrpipe with its default options, in this process."""

    def __init__(self, debug_dir: Path | None = None) -> None:
        self._converter = ocrpipe.Converter(ocrpipe.Options(debug_dir=debug_dir))

    def read(self, chosen: Sample) -> Reading:
        """The tables of one file."""
        try:
            document = self._converter.convert(chosen.path)
        except OcrpipeError as error:
            return Reading("ocrpipe", error=str(error))
        return Reading("ocrpipe", document.tables)


def read_with_peer(
    peer: str, samples: Sequence[Sample], python: str, cache: Path
) -> dict[str, Reading]:
    """The tables of all files by another tool, by the keys of the samples.

    What was read is kept in `cache`, until the program that reads it or `python` is another one.

    Raises:
        RuntimeError: the program ended before it had answered for every file.
    """
    program = _ROOT / "scripts" / "peers" / f"{peer}.py"
    salt = hashlib.sha256(program.read_bytes() + python.encode()).hexdigest()[:8]
    kept = {entry.key: cache / f"{entry.key}-{peer}-{salt}.json" for entry in samples}
    new = [entry for entry in samples if not kept[entry.key].is_file()]
    for entry, line in zip(new, _answers(peer, new, python), strict=True):
        kept[entry.key].write_text(line, "utf-8")
    return {
        key: reading_from_answer(json.loads(path.read_text("utf-8"))) for key, path in kept.items()
    }


def _answers(peer: str, samples: Sequence[Sample], python: str) -> Iterator[str]:
    if not samples:
        return
    command = [python, "-m", f"scripts.peers.{peer}"]
    command += [str(entry.path.resolve()) for entry in samples]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, cwd=_ROOT
    ) as process:
        assert process.stdout is not None
        answered = 0
        for answered, line in enumerate(process.stdout, start=1):
            print(f"{peer}: {answered} of {len(samples)}", end="\r", file=sys.stderr, flush=True)
            yield line
    if answered < len(samples):
        raise RuntimeError(
            f"{peer} answered for {answered} of {len(samples)} files and ended with "
            f"{process.returncode}. Is it installed for {python}? "
            f"Run pip install -e '.[bench]', or see: {' '.join(command[:3])} FILE"
        )


def reading_from_answer(answer: dict[str, Any]) -> Reading:
    """The line that a program of `scripts.peers` wrote for a file."""
    if "error" in answer:
        return Reading(answer["tool"], error=answer["error"])
    return Reading(answer["tool"], tables_from_answer(answer["tables"]))
