"""The pages of one file, several at a time: one waits for a network while others are prepared."""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from threading import Lock

from ocrpipe.ingest import Source
from ocrpipe.page import PageImage, SourcePage
from ocrpipe.pipeline.result import PageResult

Outcome = PageResult | Exception
ConvertPage = Callable[[SourcePage], PageResult]


def convert_pages(
    opened: Source, pages: Sequence[int], convert: ConvertPage, at_a_time: int
) -> Iterator[tuple[int, Outcome]]:
    """The number of each of `pages` with its result, or what it failed with, in their order.

    No more than `at_a_time` pages are in memory beside the results. The file itself is only ever
    used by one thread at a time.
    """
    lock = Lock()
    if at_a_time == 1:
        for number in pages:
            yield number, _one(opened, number, convert, lock)
        return
    running: deque[tuple[int, Future[Outcome]]] = deque()
    with ThreadPoolExecutor(at_a_time, "page") as pool:
        try:
            for number in pages:
                if len(running) == at_a_time:
                    yield _finished(running)
                running.append((number, pool.submit(_one, opened, number, convert, lock)))
            while running:
                yield _finished(running)
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def _finished(running: deque[tuple[int, Future[Outcome]]]) -> tuple[int, Outcome]:
    number, future = running.popleft()
    return number, future.result()


def _one(opened: Source, number: int, convert: ConvertPage, lock: Lock) -> Outcome:
    try:
        with lock:
            page = opened.page(number)
        render = page.render

        def rendered(dpi: float) -> PageImage:
            with lock:
                return render(dpi)

        return convert(replace(page, render=rendered))
    except Exception as error:
        return error
