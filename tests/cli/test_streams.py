"""What is printed goes where nothing can be written: the work is done all the same."""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.hostile import web_pages

FULL = Path("/dev/full")
needs_full = pytest.mark.skipif(not FULL.exists(), reason="there is no device that is always full")


def ocrpipe(
    arguments: Sequence[str | Path], stdout: int | None = None, stderr: int | None = None
) -> "subprocess.CompletedProcess[bytes]":
    command = [sys.executable, "-m", "ocrpipe", *arguments]
    return subprocess.run(
        command, stdout=stdout, stderr=stderr, stdin=subprocess.DEVNULL, check=False
    )


def web_page(path: Path) -> Path:
    path.write_bytes(web_pages.page("<p>本年度工作平稳有序。</p>"))
    return path


@needs_full
def test_a_full_disk_under_stdout_costs_no_result(tmp_path: Path) -> None:
    """The first line that could not be printed ended the run with a traceback."""
    files = [web_page(tmp_path / name) for name in ("a.html", "b.html")]
    with FULL.open("wb") as full:
        ended = ocrpipe(["convert", *files, "-o", tmp_path / "out"], full.fileno(), subprocess.PIPE)
    assert {path.name for path in (tmp_path / "out").iterdir()} == {"a.json", "b.json"}
    assert ended.returncode == 7
    (line,) = ended.stderr.decode().splitlines()
    assert line.startswith("ocrpipe: standard output cannot be written (")


def test_a_reader_that_leaves_costs_no_result(tmp_path: Path) -> None:
    files = [web_page(tmp_path / name) for name in ("a.html", "b.html")]
    reading, writing = os.pipe()
    os.close(reading)
    ended = ocrpipe(["convert", *files, "-o", tmp_path / "out"], writing, subprocess.PIPE)
    os.close(writing)
    assert (ended.returncode, ended.stderr) == (0, b"")
    assert {path.name for path in (tmp_path / "out").iterdir()} == {"a.json", "b.json"}


@needs_full
@pytest.mark.parametrize("log", [["--log-json"], []])
def test_a_batch_whose_log_is_full_goes_on(tmp_path: Path, log: list[str]) -> None:
    file = web_page(tmp_path / "a.html")
    with FULL.open("wb") as full:
        ended = ocrpipe(
            ["batch", file, "-o", tmp_path / "out", "--workers", "1", *log],
            subprocess.DEVNULL,
            full.fileno(),
        )
    assert ended.returncode == 0
    assert (tmp_path / "out" / "results" / "a.json").exists()
    assert (tmp_path / "out" / "summary.html").exists()
