"""One page through the stages, and the pages to a document."""

from ocrpipe.pipeline.convert import Converter, Input, convert
from ocrpipe.pipeline.pictures import page_pictures
from ocrpipe.pipeline.rendering import render_formats

__all__ = ["Converter", "Input", "convert", "page_pictures", "render_formats"]
