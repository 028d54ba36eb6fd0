"""The pages of one file, several at a time: one waits for a network while others are prepared."""

import logging
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from threading import Lock

from ocrpipe.ingest import Source
from ocrpipe.page import PageImage, SourcePage
from ocrpipe.pipeline.result import PageResult

logger = logging.getLogger(__name__)

Outcome = PageResult | Exception
ConvertPage = Callable[[SourcePage], PageResult]

_FARTHEST_BESIDE = 2
"""Sheets that are printed on both sides may lie alternately: both neighbours are the other side."""


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
        page = _page(opened, number, lock)
        return convert(replace(page, beside=lambda: _beside(opened, number, lock)))
    except Exception as error:
        return error


def _page(opened: Source, number: int, lock: Lock) -> SourcePage:
    """A page of the file whose rendering waits for the other users of the file."""
    with lock:
        page = opened.page(number)
    render = page.render

    def rendered(dpi: float) -> PageImage:
        with lock:
            return render(dpi)

    return replace(page, render=rendered)


def _beside(opened: Source, number: int, lock: Lock) -> Iterator[SourcePage]:
    """The pages before and after a page, the nearest first.

    They are those of the file, also where others were asked for, and are opened again each time:
    what is found for a page must not change with the pages that are converted with it.
    """
    for distance in range(1, _FARTHEST_BESIDE + 1):
        for other in (number - distance, number + distance):
            if 1 <= other <= opened.page_count:
                try:
                    page = _page(opened, other, lock)
                except Exception:
                    logger.debug("page %d cannot be opened", other, exc_info=True)
                    continue
                yield page
