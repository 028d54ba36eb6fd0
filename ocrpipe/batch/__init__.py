"""Many filings in one run: a ledger, workers that may die, and a dataset of all results."""

from ocrpipe.batch import events
from ocrpipe.batch.output.finish import export_dataset
from ocrpipe.batch.run import run_batch
from ocrpipe.batch.scheduler import BatchResult, StopSwitch

__all__ = ["BatchResult", "StopSwitch", "events", "export_dataset", "run_batch"]
