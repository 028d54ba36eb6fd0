"""Pages side by side: in order, bounded in number, each failing alone, the file used by one."""

import threading
import time
from typing import cast

import numpy as np
import pytest

from ocrpipe.document import Page
from ocrpipe.ingest import Source
from ocrpipe.page import PageImage, SourcePage
from ocrpipe.pipeline.result import PageResult
from ocrpipe.pipeline.side_by_side import convert_pages


class File:
    """A file of pages that notes how many threads use it at once."""

    def __init__(self, count: int, damaged: tuple[int, ...] = ()) -> None:
        self.page_count = count
        self.page_numbers = tuple(range(1, count + 1))
        self.damaged = damaged
        self.users = self.most_users = 0

    def used(self) -> None:
        self.users += 1
        self.most_users = max(self.most_users, self.users)
        time.sleep(0.001)
        self.users -= 1

    def page(self, number: int) -> SourcePage:
        self.used()
        if number in self.damaged:
            raise ValueError(f"page {number}")
        return SourcePage(number, 10, 10, "scanned", self.render)

    def render(self, dpi: float) -> PageImage:
        self.used()
        return PageImage(np.zeros((10, 10), np.uint8), dpi / 72)


class Convert:
    """Takes longer for pages with odd numbers and notes how many are under way at once."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.running = self.most_running = 0

    def __call__(self, page: SourcePage) -> PageResult:
        with self.lock:
            self.running += 1
            self.most_running = max(self.most_running, self.running)
        for dpi in (72, 144):
            page.render(dpi)
        time.sleep(0.01 if page.number % 2 else 0.001)
        with self.lock:
            self.running -= 1
        if page.number == 4:
            raise RuntimeError("page 4")
        converted = Page(
            number=page.number, width=10, height=10, rotation=0, origin="scanned", blocks=()
        )
        return PageResult(converted, (), ())


@pytest.mark.parametrize("at_a_time", [1, 2, 5])
def test_results_stand_in_order_and_failures_in_their_place(at_a_time: int) -> None:
    file, convert = File(9, damaged=(7,)), Convert()
    outcomes = list(convert_pages(cast(Source, file), file.page_numbers, convert, at_a_time))
    assert [number for number, _ in outcomes] == list(range(1, 10))
    for number, outcome in outcomes:
        if number in {4, 7}:
            assert str(outcome) == f"page {number}"
        else:
            assert isinstance(outcome, PageResult)
            assert outcome.page.number == number
    assert file.most_users == 1
    assert convert.most_running <= at_a_time
    assert convert.most_running > 1 or at_a_time == 1


def test_pages_that_nobody_wants_any_more_are_not_begun() -> None:
    file, convert = File(50), Convert()
    outcomes = convert_pages(cast(Source, file), file.page_numbers, convert, 2)
    next(outcomes)
    outcomes.close()  # type: ignore[attr-defined]
    threads = [thread.name for thread in threading.enumerate()]
    assert not any(name.startswith("page") for name in threads)
    assert convert.running == 0


@pytest.mark.parametrize("at_a_time", [1, 3])
def test_a_page_knows_those_beside_it_also_where_they_were_not_asked_for(at_a_time: int) -> None:
    file = File(9, damaged=(4,))
    beside = {}

    def convert(page: SourcePage) -> PageResult:
        beside[page.number] = [(other.number, other.render(72).width) for other in page.beside()]
        raise RuntimeError

    list(convert_pages(cast(Source, file), [1, 5, 6], convert, at_a_time))

    assert beside == {
        1: [(2, 10), (3, 10)],
        5: [(6, 10), (3, 10), (7, 10)],
        6: [(5, 10), (7, 10), (8, 10)],
    }
    assert file.most_users == 1
