"""The batch on a local Ray cluster of two workers, against the same run without Ray."""

import json
import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psutil
import pyarrow.parquet as pq
import pytest

from ocrpipe.batch import BatchResult, events, run_batch
from ocrpipe.batch.output.paths import PARTS
from ocrpipe.batch.workers.ray_cluster import ray_cluster
from ocrpipe.errors import EXIT_INTERRUPTED, EngineUnavailableError
from ocrpipe.options import Options
from tests.batch.faults import begun, make_faulty

ROOT = Path(__file__).parents[3]
FIXTURES = ROOT / "fixtures"
DIGITAL = ("aketao-2020.html", "chunan-2019.pdf", "qinghe-2022.pdf")


@pytest.fixture(scope="module")
def cluster() -> Iterator[None]:
    """One for all tests: its start takes seconds. A run uses the one that it is connected to."""
    with ray_cluster("local", 2):
        yield


def put(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).write_text(name)


def convert(
    source: Path | str,
    output: Path | str,
    *,
    ray: bool,
    observer: events.Observer = events.no_observer,
    **batch: object,
) -> BatchResult:
    where = {"ray": "local"} if ray else {}
    options = Options.model_validate({"batch": {"workers": 2, **where, **batch}})
    return run_batch([str(source)], output, options, observer=observer, converter=make_faulty)


def results(output: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (output / "results").iterdir()}


def ledger(output: Path) -> tuple[list[tuple[object, ...]], list[tuple[object, ...]]]:
    """All of it but times."""
    with closing(sqlite3.connect(output / "ledger.sqlite")) as database:
        documents = database.execute(
            "SELECT id, name, state, tries, reason, error, sha256, pages FROM documents ORDER BY id"
        ).fetchall()
        tries = database.execute("SELECT document, outcome FROM tries ORDER BY 1, 2").fetchall()
    return documents, tries


def dataset(output: Path) -> dict[str, list[dict[str, object]]]:
    tables = {}
    for path in (output / "dataset").iterdir():
        rows = pq.read_table(path).to_pylist()
        for row in rows:
            row.pop("seconds", None)
        tables[path.name] = sorted(rows, key=lambda row: json.dumps(row, default=str))
    return tables


def assert_same(one: Path, other: Path) -> None:
    assert results(one) == results(other)
    assert ledger(one) == ledger(other)
    assert dataset(one) == dataset(other)


@pytest.mark.usefixtures("cluster")
def test_faults_end_as_they_do_without_ray(source: Path, tmp_path: Path) -> None:
    put(
        source, "good-1.pdf", "good-2.pdf", "crash-once.pdf", "hang-pages-1.pdf",
        "hog-pages-1.pdf", "broken.pdf", "pages-7.pdf", "pages-3-bad-2.pdf",
    )  # fmt: skip
    began = []
    for name in ("with", "without"):
        (source / "log").unlink(missing_ok=True)
        result = convert(
            source, tmp_path / name, ray=name == "with",
            page_timeout=16, memory_limit=800, pages_per_part=3,
        )  # fmt: skip
        assert (result.done, result.failed, result.left) == (5, 3, 0)
        began.append(begun(source))
    assert_figures_of_memory_differ_alone(tmp_path / "with", tmp_path / "without")
    assert began[0] == began[1]
    assert not (tmp_path / "with" / PARTS).exists()


def assert_figures_of_memory_differ_alone(one: Path, other: Path) -> None:
    """How much a worker held when it was found to hold too much is a matter of moments."""
    assert results(one) == results(other)
    kept = [
        [row for row in ledger(output)[0] if row[4] != "worker.memory"] for output in (one, other)
    ]
    assert kept[0] == kept[1]
    assert [row[:5] for row in ledger(one)[0]] == [row[:5] for row in ledger(other)[0]]
    assert ledger(one)[1] == ledger(other)[1]


@pytest.mark.usefixtures("cluster")
def test_what_is_killed_while_it_works_is_done_again(source: Path, tmp_path: Path) -> None:
    """An actor with its node's part of Ray, and, at another time, a worker process."""
    put(source, "orphan-once.pdf", *(f"slow-{number}.pdf" for number in range(8)))
    told: list[events.Event] = []
    killed: list[psutil.Process] = []

    def kill_a_worker(event: events.Event) -> None:
        told.append(event)
        started = sum(isinstance(event, events.DocumentStarted) for event in told)
        if started == 5 and not killed:
            killed.append(workers()[0])
            killed[0].kill()

    result = convert(source, tmp_path / "with", ray=True, observer=kill_a_worker)
    assert (result.done, result.failed) == (9, 0)
    assert len(killed) == 1
    assert begun(source)["orphan-once.pdf"] == 2
    assert events.DocumentRetried(
        "orphan-once.pdf", "worker.crashed", "its actor or the node it was on is gone"
    ) in told  # fmt: skip
    done = [document for document, outcome in ledger(tmp_path / "with")[1] if outcome == "done"]
    assert len(done) == len(set(done)) == 9

    assert convert(source, tmp_path / "without", ray=False).done == 9
    assert results(tmp_path / "with") == results(tmp_path / "without")
    assert dataset_without_tries(tmp_path / "with") == dataset_without_tries(tmp_path / "without")
    assert not workers()


def dataset_without_tries(output: Path) -> dict[str, list[dict[str, object]]]:
    tables = dataset(output)
    for row in tables["documents.parquet"]:
        del row["tries"]
    return tables


def workers() -> list[psutil.Process]:
    """The worker processes of the actors of this test's cluster."""
    return [
        child for child in psutil.Process().children(recursive=True)
        if "spawn_main" in " ".join(child.cmdline())
    ]  # fmt: skip


@pytest.mark.usefixtures("cluster")
def test_sources_and_output_are_reached_through_fsspec(source: Path, tmp_path: Path) -> None:
    put(source, "a.pdf", "pages-7.pdf")
    result = convert(
        f"shared://{source}", f"shared://{tmp_path / 'out'}", ray=True,
        work_dir=tmp_path / "work", pages_per_part=3,
    )  # fmt: skip
    assert (result.done, result.pages) == (2, 9)
    convert(source, tmp_path / "without", ray=False)
    assert results(tmp_path / "out") == results(tmp_path / "without")
    assert {path.name for path in (tmp_path / "out").iterdir()} == {
        "results", "dataset", "summary.html",
    }  # fmt: skip


@pytest.mark.usefixtures("cluster")
def test_a_missing_engine_ends_the_run(source: Path, tmp_path: Path) -> None:
    put(source, "engine.pdf")
    with pytest.raises(EngineUnavailableError, match="there is no engine"):
        convert(source, tmp_path / "out", ray=True)


@pytest.mark.usefixtures("cluster")
def test_real_filings_give_the_same_with_and_without_ray(tmp_path: Path) -> None:
    sources = [str(FIXTURES / name) for name in DIGITAL]
    for name in ("with", "without"):
        where = {"ray": "local"} if name == "with" else {}
        options = Options.model_validate({"batch": {"workers": 2, **where}})
        assert run_batch(sources, tmp_path / name, options).done == len(DIGITAL)
    assert_same(tmp_path / "with", tmp_path / "without")
    assert dataset(tmp_path / "with")["figures.parquet"]


def test_without_the_package_the_remedy_is_named(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(source, "a.pdf")
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(EngineUnavailableError, match=r"pip install 'ocrpipe\[ray\]'"):
        convert(source, tmp_path / "out", ray=True)
    assert not (tmp_path / "out").exists()


def test_an_address_where_nothing_listens_is_an_error_at_once(source: Path, tmp_path: Path) -> None:
    put(source, "a.pdf")
    with socket.socket() as taken:  # Bound, and not listening.
        taken.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        done = subprocess.run(
            [
                sys.executable, "-m", "ocrpipe", "batch", source, "-o", tmp_path / "out",
                "--ray", address,
            ],
            capture_output=True, text=True, check=False, timeout=120,
        )  # fmt: skip
    assert done.returncode == EngineUnavailableError.exit_code
    assert done.stderr.startswith(f"ocrpipe: {address}: no Ray cluster can be used")
    assert len(done.stderr.splitlines()) == 1


COMMAND_LINE = """
import functools
import sys
import ocrpipe.cli.batch as command
from ocrpipe.options import Options
from tests.batch.faults import make_faulty

if __name__ == "__main__":
    command.run_batch = functools.partial(command.run_batch, converter=make_faulty)
    options = Options.model_validate({"batch": {"workers": 1, "ray": "local"}})
    sys.exit(command.run_and_show(sys.argv[1:2], sys.argv[2], options, log_json=True, quiet=True))
"""


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_a_local_cluster_ends_with_its_run(
    source: Path, tmp_path: Path, how: signal.Signals
) -> None:
    """Ctrl-C goes to all processes of a terminal: the cluster must not go before its run.

    For as long as it is there, it takes orders from its own machine alone.
    """
    put(source, *(f"slow-{number}.pdf" for number in range(40)))
    with script(tmp_path, COMMAND_LINE, str(source), str(tmp_path / "out")) as process:
        wait_for_file(source / "log", process)
        family = psutil.Process(process.pid).children(recursive=True)
        listening = addresses([psutil.Process(process.pid), *family])
        folders = set(re.findall(r"/tmp/ocrpipe-\w+", str([member.cmdline() for member in family])))
        if how == signal.SIGINT:
            os.killpg(process.pid, how)
        else:
            process.kill()
            # Ray's own agents notice only after a minute or so.
            family = [member for member in family if not member.name().endswith("Agent")]
        process.communicate(timeout=120)
    assert listening <= {"127.0.0.1", "::1"}
    _, alive = psutil.wait_procs(family, timeout=60)
    assert not [member for member in alive if member.status() != psutil.STATUS_ZOMBIE]
    for folder in folders:
        assert how == signal.SIGKILL or not Path(folder).exists()
        shutil.rmtree(folder, ignore_errors=True)
    if how == signal.SIGINT:
        assert process.returncode == EXIT_INTERRUPTED
        states = [row[2] for row in ledger(tmp_path / "out")[0]]
        assert set(states) == {"done", "waiting"}
        assert set(begun(source).values()) == {1}
        assert states.count("done") == len(begun(source))


def addresses(processes: list[psutil.Process]) -> set[str]:
    """Those that the processes listen at."""
    return {
        connection.laddr.ip.removeprefix("::ffff:")
        for process in processes
        for connection in process.net_connections(kind="inet")
        if connection.status == psutil.CONN_LISTEN
    }


CLUSTER_OF_NODES = """
import sys
from ray.cluster_utils import Cluster
from ocrpipe.batch import events, run_batch
from ocrpipe.options import Options
from tests.batch.faults import make_faulty

if __name__ == "__main__":
    store = {"object_store_memory": 100 << 20}
    cluster = Cluster(initialize_head=True, head_node_args={"num_cpus": 0, **store})
    nodes = [cluster.add_node(num_cpus=1, **store) for _ in range(2)]
    started = []

    def remove_a_node(event):
        if isinstance(event, events.DocumentStarted):
            started.append(event.document)
            if len(started) == 4:
                cluster.remove_node(nodes[0], allow_graceful=False)

    options = Options.model_validate({"batch": {"ray": cluster.address}})
    result = run_batch(
        sys.argv[1:2], sys.argv[2], options, observer=remove_a_node, converter=make_faulty
    )
    cluster.shutdown()
    sys.exit(0 if result.done == result.asked else 1)
"""


def test_a_node_may_go(source: Path, tmp_path: Path) -> None:
    put(source, *(f"slow-{number}.pdf" for number in range(8)))
    with script(
        tmp_path, CLUSTER_OF_NODES, str(source), str(tmp_path / "with"), stderr=subprocess.STDOUT
    ) as process:
        written, _ = process.communicate(timeout=300)
    assert process.returncode == 0, written.decode()
    convert(source, tmp_path / "without", ray=False)
    assert results(tmp_path / "with") == results(tmp_path / "without")
    done = [document for document, outcome in ledger(tmp_path / "with")[1] if outcome == "done"]
    assert len(done) == len(set(done)) == 8


@contextmanager
def script(
    folder: Path, text: str, *arguments: str, stderr: int = subprocess.DEVNULL
) -> "Iterator[subprocess.Popen[bytes]]":
    """A Python script, running in a process group of its own."""
    path = folder / "script.py"
    path.write_text(text)
    process = subprocess.Popen(
        [sys.executable, path, *arguments],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=stderr,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def wait_for_file(path: Path, process: "subprocess.Popen[bytes]", seconds: float = 120) -> None:
    end = time.monotonic() + seconds
    while not path.exists():
        assert process.poll() is None
        assert time.monotonic() < end, "it took too long"
        time.sleep(0.05)
