"""Many filings in one run: a ledger, workers that may die, and a dataset of all results."""

from ocrpipe.batch import events
from ocrpipe.batch.finish import export_dataset
from ocrpipe.batch.progress import BatchResult, StopSwitch
from ocrpipe.batch.run import run_batch

__all__ = ["BatchResult", "StopSwitch", "events", "export_dataset", "run_batch"]
