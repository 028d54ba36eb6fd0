"""Two files or two folders: which result belongs to which ground truth, and their evaluation."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ocrpipe.errors import UnreadableInputError, UsageError
from ocrpipe.evaluate.compare import compare_documents
from ocrpipe.evaluate.gold import TRUTH_SUFFIX, is_document, load_document, load_gold, read_json
from ocrpipe.evaluate.scores import DocumentScore, Evaluation, Score, add
from ocrpipe.evaluate.teds import create_teds


@dataclass(frozen=True, slots=True)
class Pairs:
    """Results beside their truths, None where a truth has no result; and what was left out."""

    files: tuple[tuple[Path | None, Path], ...]
    ignored: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Entry:
    """A JSON file; `source` is the name of the file that it is about, where it says so."""

    path: Path
    stem: str
    source: str | None


def evaluate(
    read: str | os.PathLike[str], gold: str | os.PathLike[str], *, teds: bool = True
) -> Evaluation:
    """Measure results against ground truth.

    Args:
        read: A Document as JSON, or a folder of them.
        gold: The truth of that document (a Document, or a truth as in `fixtures`), or a folder.
            A folder with files NAME.truth.json stands for these, else for all its JSON files.
        teds: Whether to measure TEDS.

    In folders a result belongs to the truth that is about the same file, else to the one of the
    same stem. A truth without a result counts as all missed.

    Raises:
        UsageError: a file was given with a folder, or no result fits any truth.
        UnreadableInputError: a file is missing or is not what it should be.
        EngineUnavailableError: `teds` is wanted and its package is not installed.
    """
    measure = create_teds() if teds else False
    pairs = find_pairs(Path(read), Path(gold))
    scores = []
    for result, truth_path in pairs.files:
        truth = load_gold(truth_path)
        document = load_document(result) if result is not None else None
        score = compare_documents(document, truth, teds=measure)
        files = {
            "name": score.name or _stem(truth_path),
            "read_file": str(result) if result is not None else None,
            "gold_file": str(truth_path),
        }
        scores.append(score.model_copy(update=files))
    return Evaluation(
        documents=tuple(scores),
        total=add(Score, (score.score for score in scores)),
        by_damage=_by_damage(scores),
        ignored=pairs.ignored,
    )


def _by_damage(scores: Sequence[DocumentScore]) -> dict[str, Score]:
    kinds = sorted({score.damage for score in scores if score.damage is not None})
    return {
        kind: add(Score, (score.score for score in scores if score.damage == kind))
        for kind in kinds
    }


def find_pairs(read: Path, gold: Path) -> Pairs:
    """Which result belongs to which truth; see `evaluate`."""
    for path in (read, gold):
        if not path.exists():
            raise UnreadableInputError(
                "there is no such file or folder",
                source=str(path),
                remedy="Check the path and its spelling.",
            )
    if read.is_dir() != gold.is_dir():
        raise UsageError(
            f"{read} and {gold} are a file and a folder",
            remedy="Give two files or two folders.",
        )
    return _pairs_in_folders(read, gold) if read.is_dir() else Pairs(((read, gold),))


def _pairs_in_folders(read: Path, gold: Path) -> Pairs:
    files = sorted(path for path in gold.glob("*.json") if path.is_file())
    truths = [path for path in files if path.name.endswith(TRUTH_SUFFIX)] or files
    results, ignored = _results(read)
    free = {entry.path: entry for entry in results}
    chosen: dict[Path, Path] = {}
    entries = [_Entry(path, _stem(path), _source(read_json(path), path)) for path in truths]
    for rule in (_same_source_and_stem, _same_source, _same_stem):
        for truth in entries:
            fitting = (path for path, entry in free.items() if rule(entry, truth))
            path = None if truth.path in chosen else next(fitting, None)
            if path is not None:
                chosen[truth.path] = path
                del free[path]
    if not chosen:
        raise UsageError(
            f"no result in {read} fits a ground truth in {gold}",
            remedy="Give the folder that `ocrpipe convert` wrote to, and that of the truths.",
        )
    ignored += [f"{path}: there is no ground truth for it" for path in free]
    return Pairs(tuple((chosen.get(path), path) for path in truths), tuple(ignored))


def _results(folder: Path) -> tuple[list[_Entry], list[str]]:
    """The documents in a folder, and its other JSON files with the reason to leave them out."""
    entries, ignored = [], []
    for path in sorted(folder.glob("*.json")):
        if path.name.endswith(TRUTH_SUFFIX) or not path.is_file():
            continue
        try:
            data = read_json(path)
        except UnreadableInputError as error:
            ignored.append(f"{path}: {error.message}")
            continue
        if is_document(data):
            entries.append(_Entry(path, _stem(path), _source(data, path)))
        else:
            ignored.append(f"{path}: this is not a document of ocrpipe")
    return entries, ignored


def _same_source_and_stem(result: _Entry, truth: _Entry) -> bool:
    return _same_source(result, truth) and _same_stem(result, truth)


def _same_source(result: _Entry, truth: _Entry) -> bool:
    return result.source is not None and result.source == truth.source


def _same_stem(result: _Entry, truth: _Entry) -> bool:
    return result.stem == truth.stem


def _stem(path: Path) -> str:
    """ "a" for a.json and for a.pdf.truth.json."""
    if path.name.endswith(TRUTH_SUFFIX):
        return Path(path.name.removesuffix(TRUTH_SUFFIX)).stem
    return path.stem


def _source(data: object, path: Path) -> str | None:
    """The name of the file that a document or a truth is about."""
    if not isinstance(data, dict):
        return None
    source = data.get("source")
    name = source.get("name") if isinstance(source, dict) else data.get("file")
    if isinstance(name, str):
        return name
    is_truth = path.name.endswith(TRUTH_SUFFIX)
    return path.name.removesuffix(TRUTH_SUFFIX) if is_truth else None
