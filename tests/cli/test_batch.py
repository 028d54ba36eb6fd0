"""`ocrpipe batch` as a user meets it: results, exit codes, what is shown, and Ctrl-C."""

import io
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from rich.console import Console

from ocrpipe import convert
from ocrpipe.batch import events
from ocrpipe.cli.batch_progress import PlainLines, TerminalBar
from ocrpipe.errors import TimeLimitError
from ocrpipe.export import to_json
from tests.cli.test_convert import run

ROOT = Path(__file__).parents[2]
FIXTURES = ("chuxiong-2019.pdf", "aketao-2020.html", "aketao-2020.pdf")

Cli = Callable[..., tuple[int, str, str]]


@pytest.fixture
def cli(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Cli:
    return lambda *arguments: run(monkeypatch, capfd, *arguments)


def test_a_folder_becomes_results_and_a_dataset(cli: Cli, tmp_path: Path) -> None:
    """Three digital fixtures and a broken file, and then the same again."""
    source, out = tmp_path / "in", tmp_path / "out"
    source.mkdir()
    for name in FIXTURES:
        shutil.copy(ROOT / "fixtures" / name, source)
    (source / "broken.pdf").write_text("this is no PDF")
    code, _, log = cli(
        "batch", source, "-o", out, "--workers", 2, "--log-json", "--pages-per-part", 3
    )
    assert code == 10
    lines = [json.loads(line) for line in log.splitlines()]
    assert [line["event"] for line in lines].count("DocumentDone") == 3
    assert (lines[-1]["event"], lines[-1]["done"], lines[-1]["failed"]) == ("RunEnded", 3, 1)
    (failure,) = (line for line in lines if line["event"] == "DocumentFailed")
    assert (failure["document"], failure["reason"]) == ("broken.pdf", "input.unreadable")

    documents = pq.read_table(out / "dataset/documents.parquet").to_pylist()
    for row in documents:
        if row["state"] == "done":
            expected = to_json(convert(row["path"]))
            assert (out / row["result"]).read_text("utf-8") == expected
    assert pq.read_table(out / "dataset/figures.parquet").num_rows > 500

    code, shown, log = cli("batch", source, "-o", out, "--workers", 2)
    assert code == 10
    assert "1 failed: input.unreadable" in shown
    assert "3 done already, 1 failed in an earlier run, 0 to convert" in log

    (out / "dataset/figures.parquet").unlink()
    code, shown, _ = cli("export-dataset", out)
    assert code == 0
    assert "documents: 4 rows" in shown
    assert (out / "dataset/figures.parquet").exists()


def test_bad_usage_is_one_line(cli: Cli, tmp_path: Path) -> None:
    code, _, error = cli("batch", tmp_path / "gone", "-o", tmp_path / "out")
    assert code == 2
    assert error.count("\n") == 1
    assert "no such file or folder" in error
    code, _, error = cli("batch", tmp_path, "-o", "memory://out")
    assert code == 2
    assert "--work-dir" in error


SCRIPT = """
import functools
import ocrpipe.cli.batch as batch
from ocrpipe.batch import run_batch
from ocrpipe.cli import main
from tests.batch.faults import make_faulty

if __name__ == "__main__":
    batch.run_batch = functools.partial(run_batch, converter=make_faulty)
    main()
"""


@pytest.mark.parametrize("times", [1, 2])
def test_ctrl_c_finishes_what_is_in_flight_and_twice_ends_it(tmp_path: Path, times: int) -> None:
    source, script = tmp_path / "in", tmp_path / "script.py"
    source.mkdir()
    script.write_text(SCRIPT)
    kind = "slow" if times == 1 else "hang"
    for number in range(6):
        (source / f"{kind}-{number}.pdf").write_text("x")
    process = subprocess.Popen(
        [sys.executable, script, "batch", source, "-o", tmp_path / "out", "--workers", "2"],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        start_new_session=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    end = time.monotonic() + 60
    while not (source / "log").exists():
        assert time.monotonic() < end
        time.sleep(0.02)
    for _ in range(times):
        os.killpg(process.pid, signal.SIGINT)
        time.sleep(0.7)
    _, error = process.communicate(timeout=30)
    assert process.returncode == 130
    assert "stopping" in error
    assert "Traceback" not in error
    begun = (source / "log").read_text().splitlines()
    results = list((tmp_path / "out" / "results").glob("*.json"))
    assert len(results) == (len(begun) if times == 1 else 0)


EVENTS: tuple[events.Event, ...] = (
    events.FilesPassedOver({".docx": 8, "": 2, **{f".{n}": 1 for n in range(9)}}),
    events.RunStarted(asked=3, to_convert=2, already_done=1, already_failed=0, workers=2),
    events.DocumentStarted("[b]a"),
    events.PageConverted("[b]a", 1),
    events.DocumentRetried("[b]a", "worker.crashed", "SIGKILL"),
    events.PageLost("[b]a", 2, "worker.crashed"),
    events.DocumentDone("[b]a", 1, 0, 0.5),
    events.DocumentFailed("x", TimeLimitError("too long", source="[red]x", remedy="Wait")),
    events.DocumentRetried("\x1b[2Jgone", "worker.crashed", "SIGKILL"),
    events.Stopping(1),
    events.WritingDataset(),
)


def test_a_terminal_shows_failures_as_they_stand() -> None:
    out = io.StringIO()
    with TerminalBar(Console(file=out, force_terminal=True, width=120, highlight=False)) as bar:
        for event in EVENTS:
            bar(event)
    assert "[red]x: too long" in out.getvalue()


def test_plain_lines_and_quiet_ones() -> None:
    out, quiet = io.StringIO(), io.StringIO()
    for stream, wanted in ((out, False), (quiet, True)):
        show = PlainLines(Console(file=stream, width=300), quiet=wanted)
        for event in EVENTS:
            show(event)
    assert quiet.getvalue() == "ocrpipe: [red]x: too long. Wait.\n"
    assert "3 documents: 1 done already" in out.getvalue()
    assert "not read: 8 .docx, 2 without an extension, 1 .0, " in out.getvalue()
    assert ", 5 other kinds\n" in out.getvalue()
    assert "\n[2Jgone: worker.crashed" in out.getvalue()
    assert "\x1b" not in out.getvalue()
