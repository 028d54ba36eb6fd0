"""Manifests: CSV or JSON Lines with the columns id and path, and whatever else the user keeps."""

import codecs
import csv
import io
import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
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
    """The entries of a manifest in UTF-8, in UTF-16 with a byte order mark, or in GB 18030.

    Raises:
        UsageError: in none of these, no column path, a line that is no JSON object, or one that
            cannot be told from another; it names the line.
    """
    text = _decoded(data, name)
    records = _csv(text, name) if name.lower().endswith(".csv") else _json_lines(text, name)
    seen: set[str] = set()
    unnamed: dict[str, Mapping[str, object]] = {}
    for number, record in records:
        path, given = record.get("path"), record.get("id")
        if not isinstance(path, str) or not path.strip():
            raise _refused(name, number, "there is no path")
        identity = None if given in (None, "") else str(given)
        columns = {key: value for key, value in record.items() if key not in _OWN}
        if identity is None:
            if unnamed.setdefault(path, columns) != columns:
                raise _refused(
                    name, number, f"the path {path!r} is there twice, with other columns and no id"
                )
        elif identity in seen:
            raise _refused(name, number, f"the id {identity!r} is there twice")
        else:
            seen.add(identity)
        yield ManifestEntry(path, identity, columns)


def _decoded(data: bytes, name: str) -> str:
    """The text of a manifest: spreadsheets in Chinese save CSV in GB 18030 and its forebears."""
    encoding = "utf-16" if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8"
    try:
        return data.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        # Two bytes of damaged UTF-8 pass for a character of GB 18030 as often as not.
        as_utf8 = data.decode("utf-8", errors="replace")
        sound = sum(not character.isascii() for character in as_utf8) - as_utf8.count("\ufffd")
        if encoding == "utf-8" and sound <= as_utf8.count("\ufffd"):
            with suppress(UnicodeDecodeError):
                return data.decode("gb18030")
        raise _refused(name, None, "the manifest is not in UTF-8: save it as CSV UTF-8") from error


def _csv(text: str, name: str) -> Iterator[tuple[int, Mapping[str, object]]]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        head = [column.strip() for column in next(reader, [])]
        if "path" not in head:
            found = ", ".join(filter(None, head)) or "nothing"
            raise _refused(name, 1, f"the first line names no column path, but: {found}")
        named = [column for column in head if column]
        twice = next((column for column in named if named.count(column) > 1), None)
        if twice is not None:
            raise _refused(name, 1, f"the column {twice!r} is there twice")
        for row in reader:
            values = dict(zip(head, row, strict=False))
            beyond = [*row[len(head) :], values.pop("", "")]
            if any(cell.strip() for cell in beyond):
                raise _refused(name, reader.line_num, "there are more values than columns")
            # A spreadsheet may write what was emptied as a line of commas.
            if any(cell.strip() for cell in row):
                yield reader.line_num, dict.fromkeys(named) | values
    except csv.Error as error:
        raise _refused(name, reader.line_num, str(error)) from error


def _json_lines(text: str, name: str) -> Iterator[tuple[int, Mapping[str, object]]]:
    # Not splitlines: U+2028 may stand in a JSON string.
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise _refused(name, number, f"this is no JSON ({error})") from error
        if not isinstance(record, dict):
            raise _refused(name, number, "this is no JSON object")
        yield number, record


def _refused(name: str, line: int | None, reason: str) -> UsageError:
    place = f"line {line}: {reason}" if line is not None else reason
    return UsageError(
        place, source=name, remedy="A manifest has the columns path and, if you like, id and others"
    )
