"""A batch from its sources to its dataset, on the workers of this machine."""

import os
from collections.abc import Iterable, Sequence
from contextlib import ExitStack

import psutil

from ocrpipe.batch import events
from ocrpipe.batch.dataset import DATASET
from ocrpipe.batch.finish import write_tables
from ocrpipe.batch.ledger import LEDGER_FILE, Ledger, work_folder
from ocrpipe.batch.locations import is_remote, local_path
from ocrpipe.batch.lock import locked
from ocrpipe.batch.parts import PARTS, PartStore
from ocrpipe.batch.planning import RESULTS, make_plan
from ocrpipe.batch.pool import Limits, WorkerPool
from ocrpipe.batch.progress import BatchResult, Run, StopSwitch
from ocrpipe.batch.sources import find_documents
from ocrpipe.batch.storage import open_storage
from ocrpipe.batch.work import ConversionFactory, ConverterFactory, build_converter
from ocrpipe.options import Options

_MEMORY_SHARE = 0.8
_LEAST_MEMORY = 1 << 30


def run_batch(
    sources: Sequence[str],
    output: str | os.PathLike[str],
    options: Options | None = None,
    *,
    lines: Iterable[str] = (),
    observer: events.Observer = events.no_observer,
    stop: StopSwitch | None = None,
    converter: ConverterFactory = build_converter,
) -> BatchResult:
    """Convert every document of `sources` that has no result yet.

    Workers are processes that are spawned: a script that calls this needs the guard
    `if __name__ == "__main__":`.

    Args:
        sources: See `find_documents`; `lines` are the paths of the source "-".
        output: Folder or URL; it gets results/NAME.json (and the other formats asked for).
        observer: Told of every event.
        stop: Once it is requested, documents in flight are finished and no other is started.
        converter: Makes, in each worker, what converts; it must be picklable.

    Raises:
        OutputInUseError: another run is writing to the same output.
        OutputError: the output cannot be written to.
        UsageError: a source or an option makes no sense.
        EngineUnavailableError: an engine or a model is missing, which every document would need.
        WorkerCrashedError: worker processes cannot be started.
    """
    options = options or Options()
    place = os.fspath(output)
    folder = work_folder(place, options.batch.work_dir)
    with ExitStack() as stack:
        stack.enter_context(locked(folder))
        storage = open_storage(place)
        ledger = stack.enter_context(Ledger(folder / LEDGER_FILE))
        for part in (RESULTS, DATASET, ""):
            storage.clear_temporary(part)
        results = storage.names(RESULTS)
        left_out = None if is_remote(place) else str(local_path(place))
        found = find_documents(sources, lines=lines, leave_out=left_out)
        plan = make_plan(found, ledger, results, options)
        parts = PartStore(folder / PARTS)
        parts.clear()
        stack.callback(parts.clear)
        run = Run(plan, ledger, storage, results, parts, options.batch.pages_per_part, observer)
        workers = options.batch.workers or _cores()
        run.announce(workers)
        factory = ConversionFactory(
            place, (folder / PARTS).absolute(), _for_workers(options, workers), converter
        )
        limits = Limits(
            seconds=options.batch.page_timeout,
            memory=_memory_limit(options, workers),
            tasks=options.batch.documents_per_worker,
        )
        with WorkerPool(workers, factory, limits) as pool:
            try:
                run.work_off(pool, stop or StopSwitch())
            finally:
                run.release()
        result = run.result()
        if not ledger.dataset_is_current:
            observer(events.WritingDataset())
            write_tables(storage, ledger)
        observer(
            events.RunEnded(
                done=result.done,
                failed=result.failed,
                left=result.left,
                converted=result.converted,
                pages=result.pages,
                seconds=result.seconds,
            )
        )
        return result


def _cores() -> int:
    """Those that this process may use: a container often has a part of the machine's."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _for_workers(options: Options, workers: int) -> Options:
    """Several workers share the cores by themselves: one inference thread each."""
    if workers == 1 or options.ocr.threads:
        return options
    return options.model_copy(update={"ocr": options.ocr.model_copy(update={"threads": 1})})


def _memory_limit(options: Options, workers: int) -> int:
    if options.batch.memory_limit:
        return options.batch.memory_limit << 20
    share = int(psutil.virtual_memory().total * _MEMORY_SHARE / workers)
    return max(share, _LEAST_MEMORY)
