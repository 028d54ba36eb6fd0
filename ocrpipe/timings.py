"""Where the time of a conversion goes.

Stages carry the mark `timed`, which costs next to nothing until somebody measures:

    with measure_time() as timings:
        convert("report.pdf")
    print(timings.seconds)
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

Clock = Callable[[], float]

INFERENCE = "inference: "
"""How the names of the stages begin that a network computes."""


class Timings:
    """Seconds by stage, each without the stages inside it, so that they add up to the whole.

    One thread at a time: what runs beside it is not measured.
    """

    def __init__(self, clock: Clock = time.perf_counter) -> None:
        self._clock = clock
        self._seconds: dict[str, float] = {}
        self._open: list[str] = ["other"]
        self._since = clock()
        self._running = True

    @property
    def seconds(self) -> dict[str, float]:
        """Seconds by stage, the longest first; `other` is what no stage took."""
        self._charge()
        return dict(sorted(self._seconds.items(), key=lambda item: -item[1]))

    @property
    def inference_share(self) -> float:
        """The share of the time that networks took, 0 to 1."""
        seconds = self.seconds
        inside = sum(value for name, value in seconds.items() if name.startswith(INFERENCE))
        return inside / max(sum(seconds.values()), 1e-9)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Charge the time of a `with` block to a stage."""
        self._charge()
        self._open.append(name)
        try:
            yield
        finally:
            self._charge()
            self._open.pop()

    def stop(self) -> None:
        """What happens from now on is not measured."""
        self._charge()
        self._running = False

    def _charge(self) -> None:
        if not self._running:
            return
        now = self._clock()
        name = self._open[-1]
        self._seconds[name] = self._seconds.get(name, 0.0) + now - self._since
        self._since = now


_measured: ContextVar[Timings | None] = ContextVar("measured", default=None)


@contextmanager
def measure_time(clock: Clock = time.perf_counter) -> Iterator[Timings]:
    """Measure the stages that run inside the `with` block, in this thread."""
    timings = Timings(clock)
    token = _measured.set(timings)
    try:
        yield timings
    finally:
        timings.stop()
        _measured.reset(token)


def is_measured() -> bool:
    """Whether somebody measures this thread."""
    return _measured.get() is not None


@contextmanager
def timed(name: str) -> Iterator[None]:
    """Mark a function (as a decorator) or a block as a stage."""
    timings = _measured.get()
    if timings is None:
        yield
        return
    with timings.stage(name):
        yield
