"""Many filings in one run: a ledger, workers that may die, and a dataset of all results.

Importing this package is cheap, as a worker and the command line need little of it.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ocrpipe.batch import events
    from ocrpipe.batch.output.finish import export_dataset
    from ocrpipe.batch.run import run_batch
    from ocrpipe.batch.scheduler import BatchResult, StopSwitch

__all__ = ["BatchResult", "StopSwitch", "events", "export_dataset", "run_batch"]

_HOMES = {
    "BatchResult": "ocrpipe.batch.scheduler",
    "StopSwitch": "ocrpipe.batch.scheduler",
    "export_dataset": "ocrpipe.batch.output.finish",
    "run_batch": "ocrpipe.batch.run",
}


def __getattr__(name: str) -> object:
    if name == "events":
        return import_module("ocrpipe.batch.events")
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    """What is public, which notebooks and consoles complete."""
    return sorted(__all__)
