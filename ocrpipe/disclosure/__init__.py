"""Layer 2: what an annual report on government information disclosure says."""

from ocrpipe.disclosure.reader import read_report
from ocrpipe.disclosure.wordings import WORDINGS

__all__ = ["WORDINGS", "read_report"]
