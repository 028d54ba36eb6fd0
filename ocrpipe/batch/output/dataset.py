"""The dataset: Parquet tables of all results, streamed from them and never all in memory."""

import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any

from ocrpipe.batch.conversion import result_path
from ocrpipe.batch.ledger import Entry
from ocrpipe.batch.locations import storable
from ocrpipe.batch.output.paths import DATASET
from ocrpipe.batch.output.storage import Storage
from ocrpipe.batch.output.tables import TABLES, Column, Kind, Result, Row, detail_rows, document_row

if TYPE_CHECKING:
    import pyarrow as pa

_FROM_MANIFEST = "Of the manifest."
_BUFFERED_ROWS = 50_000
"""One row group: about 10 MB of figures in memory."""

Seen = Callable[[Entry, Result | None], None]


def write_dataset(
    storage: Storage, entries: Callable[[], Iterable[Entry]], seen: Seen | None = None
) -> dict[str, int]:
    """Write dataset/TABLE.parquet for each table, each whole or not at all.

    Args:
        entries: Gives every document of the ledger, and is called twice.
        seen: Told of each document, with its result where it has one.

    Returns the number of rows by table.

    Raises:
        OutputError: a table cannot be written.
    """
    own = _own_columns(entry.columns for entry in entries())
    columns = {**TABLES, "documents": (*TABLES["documents"], *own.values())}
    with ExitStack() as stack:
        tables = {
            name: stack.enter_context(_open_table(storage, name, columns[name])) for name in TABLES
        }
        for entry in entries():
            path, result = _result_of(entry, storage)
            carried = {own[key].name: value for key, value in entry.columns.items()}
            tables["documents"].add(document_row(entry, result, path) | _fitting(carried, own))
            if result is not None:
                for name, row in detail_rows(entry.id, result):
                    tables[name].add(row)
            if seen is not None:
                seen(entry, result)
    return {name: table.rows for name, table in tables.items()}


def _result_of(entry: Entry, storage: Storage) -> tuple[str | None, Result | None]:
    if entry.state != "done":
        return None, None
    path = result_path(entry.name)
    data = storage.read(path)
    try:
        return (None, None) if data is None else (path, Result.model_validate_json(data))
    except ValueError:  # Somebody has put another file there.
        return path, None


def _own_columns(all_columns: Iterable[Mapping[str, object]]) -> dict[str, Column]:
    """The user's columns of the manifests by their name there, of the narrowest fitting kind."""
    kinds: dict[str, Kind | None] = {}
    for columns in all_columns:
        for name, value in columns.items():
            kinds[name] = _common_kind(kinds.get(name), value)
    names = _free_names(kinds, {column.name for column in TABLES["documents"]})
    return {
        name: Column(names[name], kind or "text", _FROM_MANIFEST) for name, kind in kinds.items()
    }


def _free_names(wanted: Iterable[str], taken: set[str]) -> dict[str, str]:
    """A name of its own for each column: DuckDB and Spark take no heed of letter case."""
    taken = {name.casefold() for name in taken}
    found: dict[str, str] = {}
    for name in wanted:
        free = storable(name)
        if free.casefold() in taken:
            free = f"manifest_{free}"
        while free.casefold() in taken:
            free += "_"
        taken.add(free.casefold())
        found[name] = free
    return found


def _common_kind(before: Kind | None, value: object) -> Kind | None:
    """The kind of a column of `before` that `value` is in as well."""
    if value is None:
        return before
    kind: Kind = "text"
    if isinstance(value, bool):
        kind = "truth"
    elif isinstance(value, int) and abs(value) < 1 << 63:
        kind = "integer"
    elif isinstance(value, float):
        kind = "number"
    if before in (None, kind):
        return kind
    return "number" if {before, kind} == {"integer", "number"} else "text"


def _fitting(values: Mapping[str, object], own: Mapping[str, Column]) -> Row:
    """`values` with a value for every column of the user's, as text where its column is text."""
    kinds = {column.name: column.kind for column in own.values()}
    row: dict[str, object] = dict.fromkeys(kinds)
    for name, value in values.items():
        if value is None or kinds[name] != "text" or isinstance(value, str):
            row[name] = value
        else:
            row[name] = json.dumps(value, ensure_ascii=False)
    return row


class _Table:
    """One Parquet file that is being written, a row group at a time."""

    def __init__(self, writer: Any, schema: "pa.Schema", columns: Sequence[Column]) -> None:
        self.rows = 0
        self._writer = writer
        self._schema = schema
        self._columns = columns
        self._buffer: list[Row] = []

    def add(self, row: Row) -> None:
        self._buffer.append(row)
        self.rows += 1
        if len(self._buffer) >= _BUFFERED_ROWS:
            self.flush()

    def flush(self) -> None:
        import pyarrow as pa

        if self._buffer:
            arrays = [
                pa.array(self._values(column), type=field.type)
                for column, field in zip(self._columns, self._schema, strict=True)
            ]
            self._writer.write_batch(pa.record_batch(arrays, schema=self._schema))
            self._buffer.clear()

    def _values(self, column: Column) -> Iterator[object]:
        values = (row[column.name] for row in self._buffer)
        return map(_text, values) if column.kind == "text" else values


@contextmanager
def _open_table(storage: Storage, name: str, columns: Sequence[Column]) -> Iterator[_Table]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    types = _arrow_types(pa)
    schema = pa.schema([pa.field(column.name, types[column.kind]) for column in columns])
    with (
        storage.replacing(f"{DATASET}/{name}.parquet") as path,
        pq.ParquetWriter(os.fspath(path), schema, compression="zstd") as writer,
    ):
        table = _Table(writer, schema, columns)
        yield table
        table.flush()


def _text(value: object) -> str | None:
    return None if value is None else storable(str(value))


def _arrow_types(pa: Any) -> "dict[Kind, pa.DataType]":
    return {
        "text": pa.string(),
        "integer": pa.int64(),
        "number": pa.float64(),
        "truth": pa.bool_(),
        "date": pa.date32(),
        "texts": pa.list_(pa.string()),
    }
