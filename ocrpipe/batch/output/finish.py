"""What stands at the end of a run, and can be made again at any time from the results."""

import os
from datetime import UTC, datetime
from pathlib import Path

from ocrpipe import __version__
from ocrpipe.batch.ledger import LEDGER_FILE, Ledger, work_folder
from ocrpipe.batch.lock import locked
from ocrpipe.batch.output.dataset import write_dataset
from ocrpipe.batch.output.paths import DATASET, SUMMARY_FILE
from ocrpipe.batch.output.storage import Storage, open_storage
from ocrpipe.batch.output.summary import Summary, summary_html
from ocrpipe.batch.output.tables import TABLES
from ocrpipe.errors import UsageError


def export_dataset(output: str | os.PathLike[str], work_dir: Path | None = None) -> dict[str, int]:
    """Write the dataset and the summary of a batch again, from its results and its ledger.

    Returns the number of rows by table.

    Raises:
        UsageError: there is no batch at `output`.
        OutputInUseError: a run is writing there.
        OutputError: a table cannot be written.
    """
    place = os.fspath(output)
    folder = work_folder(place, work_dir)
    path = folder / LEDGER_FILE
    if not path.is_file():
        raise UsageError(
            "there is no ledger of a batch here",
            source=str(folder),
            remedy="Give the folder that `ocrpipe batch` wrote to",
        )
    with locked(folder, place), Ledger(path) as ledger:
        return write_tables(open_storage(place), ledger)


def has_tables(storage: Storage) -> bool:
    """Whether the dataset and the summary are there as a whole, be they current or not."""
    tables = {f"{name}.parquet" for name in TABLES}
    return tables <= storage.names(DATASET) and SUMMARY_FILE in storage.names("")


def write_tables(storage: Storage, ledger: Ledger) -> dict[str, int]:
    """The dataset and the summary of what the ledger says; returns rows by table."""
    summary = Summary()
    rows = write_dataset(storage, ledger.entries, summary.add)
    now = datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC")
    page = summary_html(summary, {"ocrpipe": __version__, "": now})
    storage.write(SUMMARY_FILE, page.encode())
    ledger.mark_dataset()
    return rows
