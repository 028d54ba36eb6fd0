"""The ledger of a batch: what was asked, and what became of it. SQLite in WAL mode.

Every change is one transaction that is on the disk when the call returns, so that a run which is
killed at any moment leaves a ledger that says what was done and what was being done.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, Self

from ocrpipe.batch.locations import is_remote, local_path, storable
from ocrpipe.errors import OcrpipeError, OutputError, UsageError

State = Literal["waiting", "running", "done", "failed"]

LEDGER_FILE = "ledger.sqlite"
VERSION = 1
_SCHEMA = """
CREATE TABLE documents (
    id TEXT PRIMARY KEY,
    location TEXT NOT NULL,
    name TEXT NOT NULL UNIQUE,
    name_key TEXT NOT NULL UNIQUE,
    columns TEXT NOT NULL,
    options TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'running', 'done', 'failed')),
    tries INTEGER NOT NULL DEFAULT 0,
    sha256 TEXT,
    pages INTEGER,
    seconds REAL,
    version TEXT,
    reason TEXT,
    error TEXT,
    companions TEXT
) WITHOUT ROWID;
CREATE INDEX documents_state ON documents (state);
CREATE TABLE tries (
    document TEXT NOT NULL,
    options TEXT NOT NULL,
    started TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    ended TEXT,
    outcome TEXT
);
CREATE INDEX tries_document ON tries (document);
CREATE TABLE facts (dataset_is_current INTEGER NOT NULL);
INSERT INTO facts VALUES (0);
"""
_FIELDS = (
    "id, location, name, columns, options, fingerprint, state, tries, sha256, pages, seconds, "
    "version, reason, error, companions"
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One document of the ledger.

    Attributes:
        name: Its results are results/NAME.json and so on.
        columns: The user's own, from a manifest.
        options: Hash of the options that it was asked with.
        fingerprint: Of the input when it was asked; see `storage.fingerprint`.
        sha256: Of the content that the result was made from.
        pages: Pages that have a result.
        seconds: How long the last try took.
        version: Of ocrpipe, that made the result.
        reason: Why it failed: the `code` of an error.
        companions: Files in its folder that the result depends on as well, by their names there,
            with the fingerprint of each.
    """

    id: str
    location: str
    name: str
    columns: Mapping[str, object]
    options: str
    fingerprint: str
    state: State
    tries: int = 0
    sha256: str | None = None
    pages: int | None = None
    seconds: float | None = None
    version: str | None = None
    reason: str | None = None
    error: str | None = None
    companions: Mapping[str, str] = field(default_factory=dict)


def work_folder(output: str, given: Path | None) -> Path:
    """The local folder of the ledger: `given`, else the output itself.

    Raises:
        UsageError: the output is not local and no folder is given.
    """
    if given is not None:
        return given
    if is_remote(output):
        raise UsageError(
            "the ledger needs a local folder, and this is none",
            source=output,
            remedy="Give one with --work-dir",
        )
    return local_path(output)


class Ledger:
    """Reads and writes one ledger file; use it from the thread that opened it.

    Raises:
        OutputError: the file cannot be opened, or is no ledger of this version.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._db = sqlite3.connect(path, isolation_level=None, timeout=30)
            self._db.execute("PRAGMA journal_mode = WAL")
            # A finished document must be known as such after a power cut too.
            self._db.execute("PRAGMA synchronous = FULL")
            self._prepare()
        except (OSError, sqlite3.Error) as error:
            raise _unusable(path, str(error)) from error

    def _prepare(self) -> None:
        (version,) = self._db.execute("PRAGMA user_version").fetchone()
        if version == VERSION:
            self._add_what_is_newer()
            return
        if version != 0:
            raise _unusable(self._path, f"it is of version {version}, this needs {VERSION}")
        self._db.executescript(f"BEGIN; {_SCHEMA} PRAGMA user_version = {VERSION}; COMMIT;")

    def _add_what_is_newer(self) -> None:
        """Add the column that ledgers of earlier versions do not have; these read it, too, then."""
        columns = {name for _, name, *_ in self._db.execute("PRAGMA table_info(documents)")}
        if "companions" not in columns:
            self._db.execute("ALTER TABLE documents ADD COLUMN companions TEXT")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._db.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All changes of the block, or none of them.

        Raises:
            OutputError: they cannot be written, for instance as the disk is full.
        """
        with self._explained():
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._db.execute("UPDATE facts SET dataset_is_current = 0 WHERE dataset_is_current")
                self._db.execute("COMMIT")
            except BaseException:
                # SQLite has rolled back by itself where the disk is full.
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                raise

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise _unusable(self._path, str(error)) from error

    @property
    def dataset_is_current(self) -> bool:
        """Whether nothing has changed since `mark_dataset`."""
        with self._explained():
            return bool(self._db.execute("SELECT dataset_is_current FROM facts").fetchone()[0])

    def mark_dataset(self) -> None:
        """The dataset says what the ledger says."""
        with self._explained():
            self._db.execute("UPDATE facts SET dataset_is_current = 1")

    def entries(self, state: State | None = None) -> Iterator[Entry]:
        """Every document, or those of one state, by id; read while the ledger is not changed."""
        where, values = ("WHERE state = ?", (state,)) if state else ("", ())
        with self._explained():
            rows = self._db.execute(f"SELECT {_FIELDS} FROM documents {where} ORDER BY id", values)
            yield from map(_entry, rows)

    def get(self, document: str) -> Entry | None:
        with self._explained():
            row = self._db.execute(
                f"SELECT {_FIELDS} FROM documents WHERE id = ?", (document,)
            ).fetchone()
        return None if row is None else _entry(row)

    def failures(self) -> dict[str, int]:
        """Failed documents by reason, the most frequent first."""
        with self._explained():
            rows = self._db.execute(
                "SELECT reason, count(*) FROM documents WHERE state = 'failed' "
                "GROUP BY reason ORDER BY 2 DESC, 1"
            )
            return dict(rows.fetchall())

    def ask(self, entries: Sequence[tuple[Entry, str]]) -> None:
        """Put documents down as waiting, new ones or known ones to be converted again.

        Each comes with the key of its name: equal for names that a file system may confuse.
        """
        if not entries:
            return
        with self.transaction():
            self._db.executemany(
                "INSERT INTO documents "
                "(id, location, name, name_key, columns, options, fingerprint, state) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, 'waiting') "
                "ON CONFLICT (id) DO UPDATE SET location = excluded.location, "
                "columns = excluded.columns, options = excluded.options, "
                "fingerprint = excluded.fingerprint, state = 'waiting', tries = 0, sha256 = NULL, "
                "pages = NULL, seconds = NULL, version = NULL, reason = NULL, error = NULL, "
                "companions = NULL",
                (
                    (e.id, e.location, e.name, key, _json(e.columns), e.options, e.fingerprint)
                    for e, key in entries
                ),
            )

    def update(self, entries: Sequence[Entry]) -> None:
        """Keep the state of documents, with another place, columns or fingerprint."""
        if not entries:
            return
        with self.transaction():
            self._db.executemany(
                "UPDATE documents SET location = ?, columns = ?, fingerprint = ? WHERE id = ?",
                ((e.location, _json(e.columns), e.fingerprint, e.id) for e in entries),
            )

    def start(self, document: str) -> None:
        """A worker is about to get the document."""
        with self.transaction():
            self._db.execute(
                "UPDATE documents SET state = 'running', tries = tries + 1 WHERE id = ?",
                (document,),
            )
            self._db.execute(
                "INSERT INTO tries (document, options) SELECT id, options FROM documents "
                "WHERE id = ?",
                (document,),
            )

    def done(
        self,
        document: str,
        *,
        sha256: str,
        pages: int,
        seconds: float | None,
        version: str,
        companions: Mapping[str, str] | None = None,
    ) -> None:
        """The result of the document is written."""
        with self.transaction():
            self._db.execute(
                "UPDATE documents SET state = 'done', sha256 = ?, pages = ?, seconds = ?, "
                "version = ?, reason = NULL, error = NULL, companions = ? WHERE id = ?",
                (sha256, pages, seconds, version, _json(companions or {}), document),
            )
            self._end_try(document, "done")

    def failed(self, document: str, error: OcrpipeError, seconds: float | None) -> None:
        """The document has no result, for good unless it is asked for again."""
        with self.transaction():
            self._db.execute(
                "UPDATE documents SET state = 'failed', reason = ?, error = ?, seconds = ? "
                "WHERE id = ?",
                (error.code, storable(str(error)), seconds, document),
            )
            self._end_try(document, error.code)

    def again(self, document: str, outcome: str) -> None:
        """A try has ended without a result, and another one is to follow."""
        with self.transaction():
            self._db.execute("UPDATE documents SET state = 'waiting' WHERE id = ?", (document,))
            self._end_try(document, outcome)

    def release(self, documents: Iterable[str]) -> None:
        """What was running when a run was stopped waits again, as if it had not been tried."""
        with self.transaction():
            for document in documents:
                self._db.execute(
                    "UPDATE documents SET state = 'waiting', tries = 0 WHERE id = ?", (document,)
                )
                self._end_try(document, "interrupted")

    def _end_try(self, document: str, outcome: str) -> None:
        self._db.execute(
            "UPDATE tries SET ended = strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), outcome = ? "
            "WHERE document = ? AND ended IS NULL",
            (outcome, document),
        )


def _json(columns: Mapping[str, object]) -> str:
    return json.dumps(dict(columns), ensure_ascii=True)


def _entry(row: tuple[object, ...]) -> Entry:
    values = list(row)
    values[3] = json.loads(str(values[3]))
    values[-1] = json.loads(str(values[-1] or "{}"))
    return Entry(*values)  # type: ignore[arg-type]


def _unusable(path: Path, reason: str) -> OutputError:
    return OutputError(
        f"the ledger cannot be used ({reason})",
        source=str(path),
        remedy="See that it can be written to, or give a folder on a local disk with --work-dir",
    )
