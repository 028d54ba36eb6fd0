"""Limits of `ocrpipe convert`: what hangs costs itself alone, and says so in one line."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from ocrpipe.cli.limited import LimitedConverter
from ocrpipe.options import Options
from ocrpipe.progress import NoProgress
from tests.cli.test_convert import run
from tests.hostile.pdfs import ENDLESS
from tests.hostile.web_pages import page

on_linux = pytest.mark.skipif(sys.platform != "linux", reason="forks a worker only on Linux")

Cli = Callable[..., tuple[int, str, str]]


@pytest.fixture
def cli(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Cli:
    return lambda *arguments: run(monkeypatch, capfd, *arguments)


def test_a_page_without_end_is_ended_and_the_next_file_converted(cli: Cli, tmp_path: Path) -> None:
    endless, sound = tmp_path / "endless.pdf", tmp_path / "sound.html"
    endless.write_bytes(ENDLESS["forms-doubling"]())
    sound.write_bytes(page("<p>本年度工作平稳有序。</p>"))
    code, out, err = cli("convert", endless, sound, "-o", tmp_path / "out", "--page-timeout", 5)
    assert code == 12
    assert err.count("\n") == 1
    assert f"{endless}, page 1: the conversion took too long" in err
    assert "--page-timeout" in err
    assert out.startswith("sound.html: ")
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["sound.json"]


def test_errors_are_those_of_a_conversion_without_limits(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "empty.pdf").write_bytes(b"")
    arguments = ("convert", tmp_path / "empty.pdf", tmp_path / "gone.pdf", "-o", tmp_path / "out")
    assert cli(*arguments, "--memory-limit", 0) == cli(*arguments)


def test_a_worker_that_has_done_its_share_is_replaced(tmp_path: Path) -> None:
    options = Options.model_validate({"batch": {"documents_per_worker": 1}})
    source = tmp_path / "a.html"
    source.write_bytes(page("<p>本年度工作平稳有序。</p>"))
    with LimitedConverter(tmp_path / "out", options) as converter:
        for name in ("a", "b"):
            converter.convert(source, name, NoProgress())
            commands = [" ".join(child.cmdline()) for child in psutil.Process().children()]
            assert not [command for command in commands if "spawn_main" in command]
    assert len([*(tmp_path / "out").iterdir()]) == 2


def test_timings_and_limits_do_not_go_together(cli: Cli, tmp_path: Path) -> None:
    code, _, err = cli("convert", "x.pdf", "-o", tmp_path, "--timings", "--page-timeout", 5)
    assert (code, err.count("\n")) == (2, 1)


SHORT_OF_PATIENCE = """
from ocrpipe.cli import flags
flags.PATIENCE = 5
from ocrpipe.cli import main
main()
"""


@on_linux
def test_what_hangs_is_ended_though_no_limit_was_given(tmp_path: Path) -> None:
    endless, sound = tmp_path / "endless.pdf", tmp_path / "sound.html"
    endless.write_bytes(ENDLESS["forms-doubling"]())
    sound.write_bytes(page("<p>本年度工作平稳有序。</p>"))
    command = [sys.executable, "-c", SHORT_OF_PATIENCE, "convert"]
    ended = subprocess.run(
        [*command, endless, sound, "-o", tmp_path / "out"],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert ended.returncode == 12
    assert f"{endless}, page 1: the conversion took too long" in ended.stderr
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["sound.json"]


HEEDING_CTRL_C = """
# What runs tests in the background may ignore Ctrl-C, and every process below it inherits that.
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)
from ocrpipe.cli import main
main()
"""


@on_linux
def test_ctrl_c_ends_a_page_without_end_at_once(tmp_path: Path) -> None:
    sound, endless = tmp_path / "a.html", tmp_path / "b.pdf"
    sound.write_bytes(page("<p>本年度工作平稳有序。</p>"))
    endless.write_bytes(ENDLESS["forms-doubling"]())
    process = subprocess.Popen(
        [sys.executable, "-c", HEEDING_CTRL_C, "convert", sound, endless, "-o", tmp_path / "out"],
        start_new_session=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    assert process.stdout is not None
    assert process.stdout.readline().startswith("a.html: ")
    os.killpg(process.pid, signal.SIGINT)
    _, error = process.communicate(timeout=30)
    assert process.returncode == 130
    assert error == "ocrpipe: stopped by Ctrl-C; what was finished is kept\n"
