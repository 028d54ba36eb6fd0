"""A batch from its sources to its dataset."""

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import TypeAlias

from ocrpipe.batch import events
from ocrpipe.batch.conversion import ConversionFactory, ConverterFactory, build_converter
from ocrpipe.batch.ledger import LEDGER_FILE, Ledger, work_folder
from ocrpipe.batch.locations import is_remote, local_path, scheme_of, storable
from ocrpipe.batch.lock import locked
from ocrpipe.batch.output.finish import has_tables, write_tables
from ocrpipe.batch.output.parts import PartStore
from ocrpipe.batch.output.paths import DATASET, PARTS, RESULTS
from ocrpipe.batch.output.storage import Storage, open_storage
from ocrpipe.batch.planning import make_plan
from ocrpipe.batch.scheduler import BatchResult, Scheduler, StopSwitch
from ocrpipe.batch.sources import Found, find_documents
from ocrpipe.batch.workers.limits import MOST_WORKERS, default_workers, limits_for
from ocrpipe.batch.workers.pool import WorkerPool
from ocrpipe.batch.workers.ports import Pool
from ocrpipe.errors import OutputError, UsageError
from ocrpipe.options import BatchOptions, Options, options_or_default

StrPath: TypeAlias = str | os.PathLike[str]


def run_batch(
    sources: StrPath | Sequence[StrPath],
    output: StrPath,
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
        sources: One or more of what `find_documents` takes; `lines` are the paths of the source
            "-".
        output: Folder or URL; it gets results/NAME.json (and the other formats asked for).
        observer: Told of every event.
        stop: Once it is requested, documents in flight are finished and no other is started.
        converter: Makes, in each worker, what converts; it must be picklable.

    Raises:
        OutputInUseError: another run is writing to the same output.
        OutputError: the output cannot be written to.
        UsageError: a source or an option makes no sense.
        UnreadableInputError: a source cannot be reached.
        EngineUnavailableError: an engine or a model is missing, which every document would need;
            or Ray, or its cluster.
        WorkerCrashedError: worker processes cannot be started.
        MemoryLimitError: a worker that has done nothing yet is over the limit.
    """
    options, place = options_or_default(options), os.fspath(output)
    # A lone string is a sequence too: of its characters.
    named = [sources] if isinstance(sources, str | os.PathLike) else sources
    _load_ray_if_asked(options.batch)
    with _opened(place, options.batch) as (storage, ledger):
        results = storage.names(RESULTS)
        found = _found([os.fspath(source) for source in named], lines, place, observer)
        plan = make_plan(found, ledger, results, options)
        with _parts(place, options.batch) as parts:
            pages = options.batch.pages_per_part
            run = Scheduler(plan, ledger, storage, results, parts, pages, observer)
            factory = ConversionFactory(_absolute(place), parts, options, converter)
            _work_off(run, factory, stop or StopSwitch())
        result = run.result()
        if not (ledger.dataset_is_current and has_tables(storage)):
            observer(events.WritingDataset())
            write_tables(storage, ledger)
        observer(_ended(result))
        return result


def _found(
    sources: Sequence[str], lines: Iterable[str], output: str, observer: events.Observer
) -> list[Found]:
    """What the sources name; formats that are not read are told of, so that nothing is missed."""
    others: Counter[str] = Counter()

    def passed_over(location: str) -> None:
        others[storable(Path(location).suffix.lower())] += 1

    try:
        return list(find_documents(sources, lines=lines, output=output, passed_over=passed_over))
    finally:
        if others:
            observer(events.FilesPassedOver(dict(others.most_common())))


def _load_ray_if_asked(batch: BatchOptions) -> None:
    if batch.ray is not None:
        from ocrpipe.batch.workers.ray_cluster import load_ray

        load_ray(batch.ray)


@contextmanager
def _opened(place: str, batch: BatchOptions) -> Iterator[tuple[Storage, Ledger]]:
    """The output and its ledger, for this run alone, without what a killed writer has left."""
    folder = work_folder(place, batch.work_dir)
    if scheme_of(place) == "memory":
        raise UsageError(
            "what a worker process writes there is in its own memory and nowhere else",
            source=place,
            remedy="Give a folder, or a URL of a place that all processes reach",
        )
    with locked(folder, place):
        storage = open_storage(place)
        with Ledger(folder / LEDGER_FILE) as ledger:
            _clear(storage)
            try:
                yield storage, ledger
            finally:
                # A worker that was killed in this run may have left something too.
                with suppress(OutputError):
                    _clear(storage)


def _clear(storage: Storage) -> None:
    for part in (RESULTS, DATASET, ""):
        storage.clear_temporary(part)


@contextmanager
def _parts(place: str, batch: BatchOptions) -> Iterator[PartStore]:
    """Where the workers leave the parts of long documents, for as long as the run lasts."""
    # Nodes of a cluster share the output and nothing else.
    home = place if batch.ray else str(work_folder(place, batch.work_dir))
    parts = PartStore(f"{_absolute(home)}/{PARTS}")
    try:
        parts.begin()
        yield parts
    finally:
        parts.clear()


def _absolute(place: str) -> str:
    """Means the same to every process, whatever folder it is in."""
    return place.rstrip("/") if is_remote(place) else str(local_path(place).absolute())


def _ended(result: BatchResult) -> events.RunEnded:
    return events.RunEnded(
        done=result.done,
        failed=result.failed,
        left=result.left,
        converted=result.converted,
        pages=result.pages,
        seconds=result.seconds,
    )


def _work_off(run: Scheduler, factory: ConversionFactory, stop: StopSwitch) -> None:
    with _workers(factory) as (pool, count):
        run.announce(count)
        try:
            run.work_off(pool, stop)
        finally:
            run.release()


@contextmanager
def _workers(factory: ConversionFactory) -> Iterator[tuple[Pool, int]]:
    """The workers that the options ask for, on this machine or on Ray, and their number."""
    batch = factory.options.batch
    if batch.ray is None:
        count = min(batch.workers or default_workers(), MOST_WORKERS)
        if count > 1:
            factory = _with_one_thread(factory)
        with WorkerPool(count, factory, limits_for(batch, count)) as pool:
            yield pool, count
        return
    from ocrpipe.batch.workers.ray_cluster import ray_cluster
    from ocrpipe.batch.workers.ray_pool import RayPool

    with ray_cluster(batch.ray, batch.workers or default_workers()) as cluster:
        count = batch.workers or cluster.cpus
        here = count if cluster.is_local else 0
        with RayPool(count, _with_one_thread(factory), batch, workers_of_a_node=here) as ray_pool:
            yield ray_pool, count


def _with_one_thread(factory: ConversionFactory) -> ConversionFactory:
    """Several workers share the cores by themselves: one inference thread each."""
    options = factory.options
    if options.ocr.threads:
        return factory
    ocr = options.ocr.model_copy(update={"threads": 1})
    return replace(factory, options=options.model_copy(update={"ocr": ocr}))
