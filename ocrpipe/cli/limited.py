"""`ocrpipe convert` within limits: files in a worker process, which is ended where one hangs.

Nothing else ends native code that does not come back, or that takes all the memory there is.
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from ocrpipe.batch.workers.limits import limits_for
from ocrpipe.batch.workers.messages import Converted, Failed, Opened, PageDone, Task
from ocrpipe.batch.workers.pool import WorkerPool
from ocrpipe.batch.workers.ports import Lost, error_of
from ocrpipe.batch.workers.worker import PipeProgress, Report, Work
from ocrpipe.cli.file_result import FileResult
from ocrpipe.options import Options
from ocrpipe.progress import Progress

_TICK_SECONDS = 0.2
"""How often the limits are looked at while the worker tells nothing."""


@dataclass(frozen=True, slots=True)
class _FileConverted(Converted):
    result: FileResult = field(kw_only=True)


@dataclass(frozen=True, slots=True)
class _FileWork:
    """Makes the work of the worker; crosses the process boundary as a value."""

    folder: Path
    options: Options

    def __call__(self) -> Work:
        from ocrpipe.cli.one_file import FileConverter

        converter = FileConverter(self.folder, self.options)

        def work(task: Task, report: Report) -> _FileConverted:
            file = Path(task.location)
            report(Opened(converter.page_numbers(file)))
            result = converter.convert(file, task.name, PipeProgress(report))
            return _FileConverted("", 0, 0, result=result)

        return work


class LimitedConverter:
    """Converts one file after another in a process with the limits of `options.batch`."""

    def __init__(self, folder: Path, options: Options) -> None:
        work = _FileWork(folder, options)
        self._pool = WorkerPool(1, work, limits_for(options.batch, 1), fork=True)

    def __enter__(self) -> Self:
        """Start the process: where none can be, that is said once and not for every file.

        Raises:
            EngineUnavailableError: an engine or a model is missing.
            WorkerCrashedError: no process can be started.
        """
        self._await_worker()
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.__exit__()

    def convert(self, file: Path, name: str, progress: Progress) -> FileResult:
        """See `FileConverter.convert`.

        Raises:
            OcrpipeError: there is no result, also as the process crashed or passed a limit.
        """
        task = Task(name, str(file), name)
        while not self._pool.give(task):
            self._await_worker()
        waiting: tuple[int, ...] = ()
        while True:
            # To the last one, behind which the pool takes out a worker that has done its share.
            for event in tuple(self._pool.events(_TICK_SECONDS)):
                if isinstance(event, Lost):
                    # Pages come in their order: it is the first one that did not.
                    raise error_of(event, page=waiting[0] if waiting else None)
                match event.message:
                    case Opened(pages):
                        waiting = pages
                        progress.document_started(file.name, len(pages))
                    case PageDone(number):
                        waiting = tuple(page for page in waiting if page != number)
                        progress.page_done(number)
                    case Failed(error):
                        raise error
                    case _FileConverted(result=result):
                        return result

    def _await_worker(self) -> None:
        while not self._pool.has_idle:
            self._pool.prepare(1)
            for _ in self._pool.events(_TICK_SECONDS):
                pass
