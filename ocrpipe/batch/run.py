"""A batch from its sources to its dataset."""

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace

from ocrpipe.batch import events
from ocrpipe.batch.dataset import DATASET
from ocrpipe.batch.finish import write_tables
from ocrpipe.batch.ledger import LEDGER_FILE, Ledger, work_folder
from ocrpipe.batch.limits import cores, limits_for
from ocrpipe.batch.locations import is_remote, local_path
from ocrpipe.batch.lock import locked
from ocrpipe.batch.parts import PARTS, PartStore
from ocrpipe.batch.planning import RESULTS, make_plan
from ocrpipe.batch.pool import WorkerPool
from ocrpipe.batch.ports import Pool
from ocrpipe.batch.progress import BatchResult, Run, StopSwitch
from ocrpipe.batch.sources import find_documents
from ocrpipe.batch.storage import open_storage
from ocrpipe.batch.work import ConversionFactory, ConverterFactory, build_converter
from ocrpipe.options import Options


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
        EngineUnavailableError: an engine or a model is missing, which every document would need;
            or Ray, or its cluster.
        WorkerCrashedError: worker processes cannot be started.
    """
    options = options or Options()
    if options.batch.ray is not None:
        from ocrpipe.batch.ray_cluster import load_ray

        load_ray(options.batch.ray)
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
        place = place if is_remote(place) else str(local_path(place).absolute())
        # Nodes of a cluster share the output and nothing else.
        home = place.rstrip("/") if options.batch.ray else str(folder.absolute())
        parts = PartStore(f"{home}/{PARTS}")
        stack.callback(parts.clear)
        parts.begin()
        run = Run(plan, ledger, storage, results, parts, options.batch.pages_per_part, observer)
        with _workers(ConversionFactory(place, parts, options, converter)) as (pool, count):
            run.announce(count)
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


@contextmanager
def _workers(factory: ConversionFactory) -> Iterator[tuple[Pool, int]]:
    """The workers that the options ask for, on this machine or on Ray, and their number."""
    batch = factory.options.batch
    if batch.ray is None:
        count = batch.workers or cores()
        if count > 1:
            factory = _with_one_thread(factory)
        with WorkerPool(count, factory, limits_for(batch, count)) as pool:
            yield pool, count
        return
    from ocrpipe.batch.ray_cluster import ray_cluster
    from ocrpipe.batch.ray_pool import RayPool

    with ray_cluster(batch.ray, batch.workers or cores()) as cluster:
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
