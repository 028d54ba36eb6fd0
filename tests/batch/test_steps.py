"""A run that ends at any of its steps: the next one goes on, and nothing is lost or done twice."""

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from ocrpipe.batch import BatchResult, run_batch
from ocrpipe.batch.ledger import Ledger
from ocrpipe.batch.output.storage import LocalStorage
from ocrpipe.batch.workers.limits import Limits
from ocrpipe.batch.workers.messages import Message, Task
from ocrpipe.batch.workers.ports import Told
from ocrpipe.batch.workers.worker import Work, WorkFactory, outcome_of
from ocrpipe.options import Options
from tests.batch.faults import make_faulty

STEPS = (
    *(
        (Ledger, name)
        for name in ("ask", "update", "start", "done", "failed", "release", "mark_dataset")
    ),
    *((LocalStorage, name) for name in ("write", "remove", "remove_folder")),
)
OPTIONS = Options.model_validate(
    {"batch": {"workers": 1, "pages_per_part": 2}, "export": {"format": ["json", "md"]}}
)


class PowerCut(BaseException):
    """No handler of errors sees it, and nothing is written after it."""


class Steps:
    """Counts the steps of a run, and lets the power go before or after one of them."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.count = self.last = 0
        self.when = ""
        self.is_dark = False
        for kind, name in STEPS:
            monkeypatch.setattr(kind, name, self._watched(getattr(kind, name)))

    def begin(self, last: int, when: str) -> None:
        self.count, self.last, self.when, self.is_dark = 0, last, when, False

    def _watched(self, step: Callable[..., object]) -> Callable[..., object]:
        def watched(*arguments: object, **named: object) -> object:
            self.count += 1
            is_last = self.count == self.last
            self.is_dark |= is_last and self.when == "before"
            if self.is_dark:
                raise PowerCut
            found = step(*arguments, **named)
            self.is_dark = is_last
            if self.is_dark:
                raise PowerCut
            return found

        return watched


class InlinePool:
    """Does each task in this process when it is given: what ends the run ends its worker."""

    def __init__(self, size: int, factory: WorkFactory, limits: Limits) -> None:
        self._factory = factory
        self._work: Work | None = None
        self._told: list[Told] = []

    def __enter__(self) -> "InlinePool":
        return self

    def __exit__(self, *_: object) -> None:
        pass

    @property
    def busy(self) -> int:
        return len(self._told)

    @property
    def has_idle(self) -> bool:
        return not self._told

    def prepare(self, wanted: int) -> None:
        self._work = self._work or self._factory()

    def give(self, task: Task, *, fresh: bool = False) -> bool:
        assert self._work is not None
        messages: list[Message] = []
        messages.append(outcome_of(self._work, task, messages.append))
        self._told = [Told(task, message) for message in messages]
        return True

    def events(self, timeout: float) -> Iterator[Told]:
        told, self._told = self._told, []
        return iter(told)


@pytest.fixture
def steps(monkeypatch: pytest.MonkeyPatch) -> Steps:
    monkeypatch.setattr("ocrpipe.batch.run.WorkerPool", InlinePool)
    return Steps(monkeypatch)


def run(folder: Path, *, force: bool = False) -> BatchResult:
    batch = OPTIONS.batch.model_copy(update={"force": force})
    options = OPTIONS.model_copy(update={"batch": batch})
    return run_batch([str(folder / "in")], folder / "out", options, converter=make_faulty)


def lose_unrecorded(out: Path) -> None:
    """As if the disk had not kept the names of the results that the ledger knows nothing of."""
    with Ledger(out / "ledger.sqlite") as ledger:
        kept = {entry.name for entry in ledger.entries("done")}
    for path in (out / "results").glob("*"):
        if path.stem not in kept:
            path.unlink()


def check(folder: Path, result: BatchResult, *, force: bool) -> None:
    assert (result.done, result.failures, result.left) == (2, {"input.unreadable": 1}, 0)
    names = {path.name for path in (folder / "out" / "results").iterdir()}
    assert names == {"a.json", "a.md", "pages-3.json", "pages-3.md"}
    with closing(sqlite3.connect(folder / "out" / "ledger.sqlite")) as database:
        tries = database.execute("SELECT document, outcome, ended FROM tries").fetchall()
    done = Counter(document for document, outcome, _ in tries if outcome == "done")
    assert set(done) == {"a.pdf", "pages-3.pdf"}
    # Where the power went before the ledger knew that all is to be done again, nothing is.
    assert set(done.values()) <= ({1, 2} if force else {1})
    assert all(ended for _, _, ended in tries)
    assert {path.name for path in (folder / "out").iterdir()} == {
        "results", "dataset", "summary.html", "ledger.sqlite", "ledger.lock"
    }  # fmt: skip


@pytest.mark.parametrize("force", [False, True])
@pytest.mark.parametrize(("when", "lost"), [("before", False), ("after", False), ("after", True)])
def test_a_run_that_ends_at_any_step_is_gone_on_with(
    steps: Steps, tmp_path: Path, when: str, lost: bool, force: bool
) -> None:
    """`force` has a second run end there, over the results of a first."""
    ends = 0
    while True:
        ends += 1
        folder = tmp_path / str(ends)
        (folder / "in").mkdir(parents=True)
        for name in ("a.pdf", "broken.pdf", "pages-3.pdf"):
            (folder / "in" / name).write_text(name)
        steps.begin(0, when)
        if force:
            run(folder)
        steps.begin(ends, when)
        try:
            run(folder, force=force)
            break
        except PowerCut:
            steps.begin(0, when)
        if lost:
            lose_unrecorded(folder / "out")
        check(folder, run(folder), force=force)
    assert ends > 20
