"""Steps of one page that do not wait for each other, on threads that would stand idle."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Generic, TypeVar

T = TypeVar("T")


class Step(Generic[T]):
    """A piece of work that another thread may take up before its result is asked for."""

    def __init__(self, work: Callable[[], T], pool: ThreadPoolExecutor | None) -> None:
        self._work = work
        self._future: Future[T] | None = None if pool is None else pool.submit(work)

    def result(self) -> T:
        """What the work gives, or raises; done here and now where no thread has begun it.

        To be asked for once, by one thread.
        """
        if self._future is None or self._future.cancel():
            return self._work()
        return self._future.result()


class Aside:
    """Starts steps on the threads of a pool; without one, each is done when it is asked for, and a
    step whose result nobody needs in the end is not done at all."""

    def __init__(self, pool: ThreadPoolExecutor | None = None) -> None:
        self._pool = pool

    def start(self, work: Callable[[], T]) -> Step[T]:
        """Begin a step. It must be pure, or guard what it shares."""
        return Step(work, self._pool)


ALONE = Aside()
"""Everything in the thread that asks."""


@contextmanager
def threads_aside(count: int) -> Iterator[Aside]:
    """Up to `count` threads beside the one that asks; they end with the block."""
    if count <= 0:
        yield ALONE
        return
    with ThreadPoolExecutor(count, "step") as pool:
        try:
            yield Aside(pool)
        finally:
            pool.shutdown(wait=True, cancel_futures=True)
