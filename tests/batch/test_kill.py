"""Runs that are killed, and runs beside each other: nothing is lost and nothing is done twice."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import psutil
import pytest

from ocrpipe.batch import events, run_batch
from ocrpipe.batch.ledger import Ledger
from ocrpipe.batch.lock import locked
from ocrpipe.document import Document
from ocrpipe.errors import OutputInUseError
from ocrpipe.options import Options
from tests.batch.faults import begun, make_faulty

ROOT = Path(__file__).parents[2]
SCRIPT = """
import sys
from ocrpipe.batch import run_batch
from ocrpipe.options import Options
from tests.batch.faults import make_faulty

if __name__ == "__main__":
    options = Options.model_validate({"batch": {"workers": 2}})
    run_batch([sys.argv[1]], sys.argv[2], options, converter=make_faulty)
"""


@pytest.fixture
def started(source: Path, tmp_path: Path) -> Iterator[Callable[[], subprocess.Popen[bytes]]]:
    """Starts runs in processes of their own."""
    script = tmp_path / "script.py"
    script.write_text(SCRIPT)
    running = []

    def start() -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            [sys.executable, script, source, tmp_path / "out"],
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        running.append(process)
        return process

    yield start
    for process in running:
        process.kill()
        process.wait()


def wait_for(condition: Callable[[], bool], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it took too long"
        time.sleep(0.02)


def resume(source: Path, tmp_path: Path) -> None:
    options = Options.model_validate({"batch": {"workers": 2}})
    run_batch([str(source)], tmp_path / "out", options, converter=make_faulty)


def outcomes(tmp_path: Path) -> list[tuple[str, str]]:
    with closing(sqlite3.connect(tmp_path / "out/ledger.sqlite")) as database:
        return database.execute("SELECT document, outcome FROM tries").fetchall()


def test_a_killed_run_goes_on_where_it_stood(
    started: Callable[[], subprocess.Popen[bytes]], source: Path, tmp_path: Path
) -> None:
    names = [f"slow-{number}.pdf" for number in range(10)]
    for name in names:
        (source / name).write_text(name)
    results = tmp_path / "out" / "results"
    process = started()
    wait_for(lambda: results.is_dir() and len(list(results.glob("*.json"))) >= 3)
    workers = psutil.Process(process.pid).children(recursive=True)
    process.send_signal(signal.SIGKILL)
    process.wait()
    psutil.wait_procs(workers, timeout=20)
    assert not [worker for worker in workers if worker.is_running() and worker.status() != "zombie"]

    resume(source, tmp_path)
    done = [document for document, outcome in outcomes(tmp_path) if outcome == "done"]
    assert sorted(done) == sorted(names)
    # Only the documents that were in flight may have been begun a second time.
    assert sum(begun(source).values()) <= len(names) + 2
    for path in results.iterdir():
        Document.model_validate_json(path.read_bytes())
    assert len(list(results.iterdir())) == len(names)


def test_killed_workers_cost_no_document(
    started: Callable[[], subprocess.Popen[bytes]], source: Path, tmp_path: Path
) -> None:
    for number in range(8):
        (source / f"slow-{number}.pdf").write_text(str(number))
    process = started()
    parent = psutil.Process(process.pid)

    def worker() -> list[psutil.Process]:
        return [child for child in parent.children() if "spawn_main" in " ".join(child.cmdline())]

    wait_for((source / "log").exists)
    for _ in range(2):
        worker()[0].kill()
        time.sleep(0.4)
    assert process.wait(timeout=60) == 0
    done = [document for document, outcome in outcomes(tmp_path) if outcome == "done"]
    assert len(done) == len(set(done)) == 8


def test_a_second_run_on_the_same_output_stops(
    source: Path, tmp_path: Path, started: Callable[[], subprocess.Popen[bytes]]
) -> None:
    (source / "hang.pdf").write_text("hang")
    started()
    wait_for((source / "log").exists)
    with pytest.raises(OutputInUseError, match="another batch"):
        resume(source, tmp_path)


def test_two_ledgers_do_not_write_to_one_output(tmp_path: Path) -> None:
    """Also where the folders are spelled in another way."""
    out = tmp_path / "out"
    with (
        locked(tmp_path / "one", str(out)),
        pytest.raises(OutputInUseError),
        locked(tmp_path / "two", f"{out}/../out"),
    ):
        raise AssertionError
    with locked(out, str(out)):
        pass


def test_a_result_that_was_written_before_the_kill_is_recognised(
    source: Path, tmp_path: Path
) -> None:
    """As if the parent had been killed after the worker wrote, and before the ledger knew."""
    (source / "a.pdf").write_text("a")
    resume(source, tmp_path)
    with Ledger(tmp_path / "out/ledger.sqlite") as ledger:
        ledger.start("a.pdf")
    told: list[events.Event] = []
    options = Options.model_validate({"batch": {"workers": 1}})
    result = run_batch(
        [str(source)], tmp_path / "out", options, observer=told.append, converter=make_faulty
    )
    assert (result.done, result.converted) == (1, 0)
    assert begun(source) == {"a.pdf": 1}


def test_what_a_killed_writer_left_is_cleared(source: Path, tmp_path: Path) -> None:
    (source / "a.pdf").write_text("a")
    for folder in ("", "results", "dataset"):
        (tmp_path / "out" / folder).mkdir(exist_ok=True)
        (tmp_path / "out" / folder / ".ocrpipe-0123.tmp").write_text("half")
    resume(source, tmp_path)
    assert not list((tmp_path / "out").rglob("*.tmp"))
    assert [path.name for path in (tmp_path / "out/results").iterdir()] == ["a.json"]


def test_what_is_killed_in_this_run_leaves_nothing(source: Path, tmp_path: Path) -> None:
    """A node that dies between writing a result and moving it to its place."""
    (source / "a.pdf").write_text("a")
    left = tmp_path / "out/results/.ocrpipe-4567.tmp"

    def kill(event: events.Event) -> None:
        if isinstance(event, events.DocumentDone):
            left.write_text("half")

    options = Options.model_validate({"batch": {"workers": 1}})
    run_batch([str(source)], tmp_path / "out", options, observer=kill, converter=make_faulty)
    assert [path.name for path in left.parent.iterdir()] == ["a.json"]
