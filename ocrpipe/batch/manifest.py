"""Manifests: CSV or JSON Lines with the columns id and path, and whatever else the user keeps."""

import csv
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ocrpipe.errors import UsageError

_EXTENSIONS = (".csv", ".jsonl", ".ndjson")
_OWN = ("id", "path")


@dataclass(frozen=True, slots=True)
class ManifestEntry:
    """One line: `id` may be left out; `columns` are all the others, as they stand."""

    path: str
    id: str | None
    columns: Mapping[str, object]


def is_manifest(name: str) -> bool:
    return name.lower().endswith(_EXTENSIONS)


def read_manifest(data: bytes, name: str) -> Iterator[ManifestEntry]:
    """The entries of a manifest in UTF-8 (with or without a byte order mark).

    Raises:
        UsageError: not UTF-8, no column path, or a line that is no JSON object; it names the line.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _refused(name, None, "the manifest is not in UTF-8") from error
    records = _csv(text, name) if name.lower().endswith(".csv") else _json_lines(text, name)
    seen: set[str] = set()
    for number, record in records:
        path, given = record.get("path"), record.get("id")
        if not isinstance(path, str) or not path.strip():
            raise _refused(name, number, "there is no path")
        identity = None if given in (None, "") else str(given)
        if identity is not None:
            if identity in seen:
                raise _refused(name, number, f"the id {identity!r} is there twice")
            seen.add(identity)
        columns = {key: value for key, value in record.items() if key not in _OWN}
        yield ManifestEntry(path, identity, columns)


def _csv(text: str, name: str) -> Iterator[tuple[int, Mapping[str, object]]]:
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    try:
        if "path" not in (reader.fieldnames or ()):
            raise _refused(name, 1, "the first line names no column path")
        for record in reader:
            if None in record:
                raise _refused(name, reader.line_num, "there are more values than columns")
            yield reader.line_num, record
    except csv.Error as error:
        raise _refused(name, reader.line_num, str(error)) from error


def _json_lines(text: str, name: str) -> Iterator[tuple[int, Mapping[str, object]]]:
    # Not splitlines: U+2028 may stand in a JSON string.
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except ValueError as error:
            raise _refused(name, number, f"this is no JSON ({error})") from error
        if not isinstance(record, dict):
            raise _refused(name, number, "this is no JSON object")
        yield number, record


def _refused(name: str, line: int | None, reason: str) -> UsageError:
    place = f"line {line}: {reason}" if line is not None else reason
    return UsageError(
        place, source=name, remedy="A manifest has the columns path and, if you like, id and others"
    )
