"""`ocrpipe convert`: files to results in a folder, one summary line a file."""

import logging
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.markup import escape

from ocrpipe.cli.progress import PageBar
from ocrpipe.cli.summary import summarize
from ocrpipe.document import Document
from ocrpipe.errors import EXIT_GOOD, EXIT_STRICT, OcrpipeError, OutputError
from ocrpipe.files import unique_output_names, write_atomically
from ocrpipe.options import Format, Options
from ocrpipe.pipeline import Converter, render_formats

logger = logging.getLogger(__name__)


def convert_files(
    files: Sequence[Path], folder: Path, options: Options, *, strict: bool, quiet: bool
) -> int:
    """Convert each file on its own: one that fails is named on stderr and costs no other.

    Returns the exit code: that of the first error, else 8 with `strict` where there are issues.
    """
    out, err = Console(highlight=False), Console(stderr=True, highlight=False)
    _make_folder(folder)
    converter = Converter(options)
    names = unique_output_names([str(file) for file in files], _inputs_in(folder, files))
    exit_code, flawed = EXIT_GOOD, False
    with PageBar(err, quiet=quiet) as progress:
        for file, name in zip(files, names, strict=True):
            try:
                document = converter.convert(file, progress=progress)
                written = write_results(file, document, folder, name, options)
            except Exception as raised:
                error = _explained(raised, file)
                err.print(f"ocrpipe: {escape(str(error))}", soft_wrap=True)
                exit_code = exit_code or error.exit_code
                continue
            flawed = flawed or any(issue.severity != "info" for issue in document.issues)
            if not quiet:
                for line in summarize(document, written):
                    out.print(escape(line), soft_wrap=True)
    return exit_code or (EXIT_STRICT if strict and flawed else EXIT_GOOD)


def _explained(error: Exception, file: Path) -> OcrpipeError:
    """An error of ours as it is; any other is a defect, which must not cost the other files."""
    if isinstance(error, OcrpipeError):
        return error
    logger.debug("%s failed", file, exc_info=error)
    return OcrpipeError(
        f"this should not happen ({type(error).__name__}: {error})",
        source=str(file),
        remedy="Please report it, with the file if you can",
    )


def write_results(
    source: Path, document: Document, folder: Path, name: str, options: Options
) -> list[Path]:
    """Write `document` in every format asked for, each file whole or not at all."""
    written = []
    for wanted, content in render_formats(source, document, options):
        path = folder / f"{name}.{wanted.value}"
        write_atomically(path, content)
        written.append(path)
    return written


def _inputs_in(folder: Path, files: Sequence[Path]) -> list[str]:
    """Stems of the inputs that lie in the output folder: no result may overwrite an input."""
    written = {f".{wanted.value}" for wanted in Format}
    return [
        file.stem
        for file in files
        if file.suffix.lower() in written and file.resolve().parent == folder.resolve()
    ]


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(
            f"the folder cannot be made ({error.strerror})",
            source=str(folder),
            remedy="Give another folder with --output",
        ) from error
