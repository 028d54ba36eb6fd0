"""One page through the stages, and the pages to a document."""

from ocrpipe.pipeline.convert import Converter, Input, convert, put_together
from ocrpipe.pipeline.pictures import page_pictures
from ocrpipe.pipeline.rendering import render_formats
from ocrpipe.pipeline.result import ConvertedPages

__all__ = [
    "ConvertedPages",
    "Converter",
    "Input",
    "convert",
    "page_pictures",
    "put_together",
    "render_formats",
]
