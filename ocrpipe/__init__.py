"""Turn scanned and digital Chinese report filings into checked data.

    import ocrpipe

    document = ocrpipe.convert("report.pdf")
    for row in document.report.applications.rows:
        print(row.key, row.figures["total"].value)

Importing this package is cheap: the heavy packages are loaded when they are first used.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ocrpipe.document import Document
    from ocrpipe.errors import OcrpipeError
    from ocrpipe.options import Options
    from ocrpipe.pipeline import Converter, convert
    from ocrpipe.report import DisclosureReport

__version__ = "0.1.0"

__all__ = [
    "Converter",
    "DisclosureReport",
    "Document",
    "OcrpipeError",
    "Options",
    "__version__",
    "convert",
]

_HOMES = {
    "Converter": "ocrpipe.pipeline",
    "DisclosureReport": "ocrpipe.report",
    "Document": "ocrpipe.document",
    "OcrpipeError": "ocrpipe.errors",
    "Options": "ocrpipe.options",
    "convert": "ocrpipe.pipeline",
}


_PACKAGES = ("batch", "evaluate")


def __getattr__(name: str) -> object:
    if name in _PACKAGES:
        return import_module(f"ocrpipe.{name}")
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    """What is public, which notebooks and consoles complete."""
    return sorted(__all__)
