"""One file to its results in a folder, and the lines that are printed of it."""

from pathlib import Path

from ocrpipe.cli.file_result import FileResult
from ocrpipe.cli.summary import summarize
from ocrpipe.document import Document
from ocrpipe.files import write_atomically
from ocrpipe.options import Options
from ocrpipe.pipeline import Converter, render_formats
from ocrpipe.progress import Progress


class FileConverter:
    """Converts one file after another in this process.

    Raises:
        EngineUnavailableError: an engine or a model is missing.
    """

    def __init__(self, folder: Path, options: Options) -> None:
        self._folder = folder
        self._options = options
        self._converter = Converter(options)

    def page_numbers(self, file: Path) -> tuple[int, ...]:
        """See `Converter.page_numbers`."""
        return self._converter.page_numbers(file)

    def convert(self, file: Path, name: str, progress: Progress) -> FileResult:
        """Write the results of `file` to NAME.json and so on, each whole or not at all.

        Raises:
            OcrpipeError: there is no result, or it cannot be written.
        """
        document = self._converter.convert(file, progress=progress)
        written = self._write(file, document, name)
        flawed = any(issue.severity != "info" for issue in document.issues)
        return FileResult(tuple(summarize(document, written)), flawed)

    def _write(self, source: Path, document: Document, name: str) -> list[Path]:
        written = []
        for wanted, content in render_formats(source, document, self._options):
            path = self._folder / f"{name}.{wanted.value}"
            write_atomically(path, content)
            written.append(path)
        return written
