"""Seconds by stage add up to the whole and go to the innermost stage."""

from collections.abc import Callable

import pytest

from ocrpipe.timings import INFERENCE, measure_time, timed


class Clock:
    """A clock that only goes on when it is told to."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now

    def passes(self, seconds: float) -> None:
        self.now += seconds


def worker(clock: Clock) -> Callable[[], str]:
    @timed(f"{INFERENCE}reading")
    def read() -> str:
        clock.passes(3)
        return "text"

    @timed("cells")
    def cells() -> str:
        clock.passes(1)
        text = read()
        clock.passes(0.5)
        return text

    return cells


def test_time_goes_to_the_innermost_stage_and_adds_up() -> None:
    clock = Clock()
    cells = worker(clock)
    with measure_time(clock) as timings:
        clock.passes(0.25)
        assert cells() == "text"
        assert cells() == "text"
    clock.passes(50)
    assert timings.seconds == {"inference: reading": 6.0, "cells": 3.0, "other": 0.25}
    assert timings.inference_share == pytest.approx(6 / 9.25)


def test_a_stage_that_fails_is_charged_and_closed() -> None:
    clock = Clock()

    @timed("grids")
    def fails() -> None:
        clock.passes(2)
        raise ValueError

    with measure_time(clock) as timings:
        with pytest.raises(ValueError):  # noqa: PT011
            fails()
        clock.passes(1)
    assert timings.seconds == {"grids": 2.0, "other": 1.0}


def test_nothing_is_kept_where_nobody_measures() -> None:
    clock = Clock()
    assert worker(clock)() == "text"
    with measure_time(clock) as timings:
        pass
    assert timings.seconds == {"other": 0.0}
