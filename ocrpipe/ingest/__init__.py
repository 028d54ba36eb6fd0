"""Files to pages: PDF, pictures and web pages."""

from ocrpipe.ingest.source import Source, open_source

__all__ = ["Source", "open_source"]
