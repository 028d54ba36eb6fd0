from threading import Event, get_ident

import pytest

from ocrpipe.aside import ALONE, threads_aside


def test_alone_a_step_is_done_when_it_is_asked_for_and_not_before() -> None:
    done = []
    step = ALONE.start(lambda: done.append(get_ident()))
    assert done == []
    step.result()
    assert done == [get_ident()]


def test_a_step_runs_beside_the_thread_that_began_it() -> None:
    begun, go_on = Event(), Event()

    def work() -> int:
        begun.set()
        assert go_on.wait(10)
        return get_ident()

    with threads_aside(1) as aside:
        step = aside.start(work)
        assert begun.wait(10)
        go_on.set()
        assert step.result() != get_ident()


def test_a_step_that_no_thread_has_come_to_is_done_by_the_one_that_asks() -> None:
    begun, go_on = Event(), Event()

    def blocks() -> bool:
        begun.set()
        return go_on.wait(10)

    with threads_aside(1) as aside:
        first = aside.start(blocks)
        assert begun.wait(10)
        assert aside.start(get_ident).result() == get_ident()
        go_on.set()
        assert first.result()


def test_what_a_step_raises_comes_to_the_one_that_asks() -> None:
    def fails() -> None:
        raise ValueError("of the step")

    with threads_aside(1) as aside, pytest.raises(ValueError, match="of the step"):
        aside.start(fails).result()


def test_steps_of_steps_end_on_one_thread() -> None:
    with threads_aside(1) as aside:
        step = aside.start(lambda: aside.start(lambda: 1).result() + 1)
        assert step.result() == 2
