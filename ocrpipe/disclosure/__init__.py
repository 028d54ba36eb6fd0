"""Layer 2: what an annual report on government information disclosure says."""

from ocrpipe.disclosure.reader import read_report

__all__ = ["read_report"]
