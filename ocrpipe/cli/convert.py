"""`ocrpipe convert`: files to results in a folder, one summary line a file."""

import glob
import logging
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from rich.console import Console
from rich.markup import escape

from ocrpipe.cli.file_result import FileResult
from ocrpipe.cli.progress import PageBar
from ocrpipe.errors import EXIT_GOOD, EXIT_STRICT, OcrpipeError, unexpected
from ocrpipe.file_names import unique_output_names
from ocrpipe.files import make_folder
from ocrpipe.options import Format, Options
from ocrpipe.progress import Progress

logger = logging.getLogger(__name__)


class _Converter(Protocol):
    def convert(self, file: Path, name: str, progress: Progress) -> FileResult: ...


def expanded(files: Sequence[Path]) -> list[Path]:
    """`files` with patterns replaced by what they match: shells of Windows leave that to programs.

    A file whose name looks like a pattern is that file; a pattern that matches nothing stays.
    """
    found: list[Path] = []
    for file in files:
        text = str(file)
        is_pattern = glob.has_magic(text) and not os.path.lexists(file)
        # Path.glob takes no pattern that is absolute.
        matches = sorted(glob.iglob(text, recursive=True)) if is_pattern else []  # noqa: PTH207
        found += map(Path, matches or [text])
    return found


def convert_files(
    files: Sequence[Path],
    folder: Path,
    options: Options,
    *,
    strict: bool,
    quiet: bool,
    limited: bool = False,
) -> int:
    """Convert each file on its own: one that fails is named on stderr and costs no other.

    With `limited` they are converted in a worker process, under the limits of `options.batch`.

    Returns the exit code: that of the first error, else 8 with `strict` where there are issues.
    """
    out, err = Console(highlight=False), Console(stderr=True, highlight=False)
    make_folder(folder)
    names = unique_output_names([str(file) for file in files], _inputs_in(folder, files))
    exit_code, flawed = EXIT_GOOD, False
    with (
        _converter(folder, options, limited=limited) as converter,
        PageBar(err, quiet=quiet) as progress,
    ):
        for file, name in zip(files, names, strict=True):
            try:
                result = converter.convert(file, name, progress)
            except Exception as raised:
                error = _explained(raised, file)
                err.print(f"ocrpipe: {escape(str(error))}", soft_wrap=True)
                exit_code = exit_code or error.exit_code
                continue
            flawed = flawed or result.flawed
            if not quiet:
                for line in result.lines:
                    out.print(escape(line), soft_wrap=True)
    return exit_code or (EXIT_STRICT if strict and flawed else EXIT_GOOD)


@contextmanager
def _converter(folder: Path, options: Options, *, limited: bool) -> Iterator[_Converter]:
    if limited:
        from ocrpipe.cli.limited import LimitedConverter

        with LimitedConverter(folder, options) as converter:
            yield converter
    else:
        from ocrpipe.cli.one_file import FileConverter

        yield FileConverter(folder, options)


def _explained(error: Exception, file: Path) -> OcrpipeError:
    """An error of ours as it is; any other is a defect, which must not cost the other files."""
    if isinstance(error, OcrpipeError):
        return error
    logger.debug("%s failed", file, exc_info=error)
    return unexpected(error, str(file))


def _inputs_in(folder: Path, files: Sequence[Path]) -> list[str]:
    """Stems of the inputs that lie in the output folder: no result may overwrite an input."""
    written = {f".{wanted.value}" for wanted in Format}
    return [
        file.stem
        for file in files
        if file.suffix.lower() in written and file.resolve().parent == folder.resolve()
    ]
