"""When a document is divided, when it is put together, and when it is given up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocrpipe.batch.jobs import MAX_LOST_PAGES, MAX_TRIES, Job
from ocrpipe.batch.workers.messages import Opened, PartConverted, Task, TooLong
from ocrpipe.errors import WorkerCrashedError

ERROR = WorkerCrashedError("gone", remedy="Look at it")
TASK = Task("a", "/a.pdf", "a")


def test_a_loss_is_tried_again_in_a_fresh_worker() -> None:
    job = Job(TASK, 50)
    task = job.waiting.popleft()
    assert not job.wants_fresh_worker(task)
    assert job.lost(task, ERROR)
    assert job.wants_fresh_worker(job.waiting.popleft())


def test_a_document_that_cannot_even_be_opened_is_given_up() -> None:
    job = Job(TASK, 50)
    assert [job.lost(TASK, ERROR) for _ in range(MAX_TRIES)] == [True, False]


@pytest.mark.parametrize("bad", [set[int](), {3}, {1, 4}, set(range(1, 10))])
def test_bad_pages_are_found_one_by_one(bad: set[int]) -> None:
    finished, job, tasks = work_off(9, 4, bad)
    good = sorted(page for task in tasks for page in task.pages if task.step == "part")
    assert finished is (len(bad) <= MAX_LOST_PAGES)
    if finished:
        assert set(job.lost_pages) == bad
        assert good == sorted(set(range(1, 10)) - bad)
        assert dict(tasks[-1].lost) == dict.fromkeys(bad, ERROR)


@given(st.integers(2, 30), st.integers(1, 10), st.sets(st.integers(1, 30), max_size=MAX_LOST_PAGES))
def test_every_good_page_is_converted_once(pages: int, size: int, bad: set[int]) -> None:
    bad = {page for page in bad if page <= pages}
    finished, _, tasks = work_off(pages, size, bad)
    assert finished
    *parts, last = tasks
    if last.step == "whole":
        assert not bad
        return
    assert sorted(page for part in parts for page in part.pages) == sorted(
        set(range(1, pages + 1)) - bad
    )
    assert sorted(last.parts) == sorted(part.number for part in parts)


def work_off(pages: int, size: int, bad: set[int]) -> tuple[bool, Job, list[Task]]:
    """Do all tasks as a worker that dies at each bad page; gives those that succeeded."""
    job = Job(TASK, size)
    numbers = tuple(range(1, pages + 1))
    done: list[Task] = []
    while job.waiting:
        task = job.waiting.popleft()
        if task.step == "assembly":
            done.append(task)
        elif task.step == "whole" and pages > size:
            job.done(task, TooLong(numbers))
        elif bad & set(task.pages or numbers):
            job.opened(Opened(numbers))
            if not job.lost(task, ERROR):
                return False, job, done
        elif task.step == "whole":
            done.append(task)
        else:
            job.done(task, PartConverted())
            done.append(task)
    return done[-1].step != "part", job, done
