"""Writing results: whole files only."""

import errno
import os
import stat
from pathlib import Path

import pytest

from ocrpipe.errors import OutputError
from ocrpipe.files import write_atomically


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_writes_bytes_and_text(tmp_path: Path) -> None:
    write_atomically(tmp_path / "a.bin", b"\x00\r\n")
    write_atomically(tmp_path / "b.txt", "一\n二\r\n")
    assert (tmp_path / "a.bin").read_bytes() == b"\x00\r\n"
    assert (tmp_path / "b.txt").read_bytes() == "一\n二\r\n".encode()
    assert names_in(tmp_path) == ["a.bin", "b.txt"]


def test_replaces_an_older_file_and_makes_folders(tmp_path: Path) -> None:
    target = tmp_path / "new" / "folder" / "a.json"
    write_atomically(target, "old")
    write_atomically(target, "new")
    assert target.read_text() == "new"


def test_honours_the_umask(tmp_path: Path) -> None:
    old = os.umask(0o027)
    try:
        write_atomically(tmp_path / "a.json", "x")
    finally:
        os.umask(old)
    assert stat.S_IMODE((tmp_path / "a.json").stat().st_mode) == 0o640


def test_a_link_is_followed(tmp_path: Path) -> None:
    target = tmp_path / "target.json"
    target.write_text("old")
    (tmp_path / "link.json").symlink_to(target)
    write_atomically(tmp_path / "link.json", "new")
    assert target.read_text() == "new"
    assert (tmp_path / "link.json").is_symlink()


@pytest.mark.parametrize("refusals", [2, 3])
def test_a_file_that_is_being_looked_at_is_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, refusals: int
) -> None:
    """As Windows does while a virus scanner has the file open."""
    monkeypatch.setattr("ocrpipe.files._WAITS", (0, 0))
    replace, tries = Path.replace, 0

    def look(self: Path, target: Path) -> Path:
        nonlocal tries
        tries += 1
        if tries <= refusals:
            raise PermissionError(errno.EACCES, "Access is denied")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", look)
    if refusals == 2:
        write_atomically(tmp_path / "a.json", "new")
        assert names_in(tmp_path) == ["a.json"]
        return
    with pytest.raises(OutputError, match="Access is denied"):
        write_atomically(tmp_path / "a.json", "new")
    assert names_in(tmp_path) == []


@pytest.mark.parametrize("failing", ["fsync", "replace"])
def test_a_failure_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: str
) -> None:
    target = tmp_path / "a.json"
    target.write_text("old")

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, failing, fail)
    with pytest.raises(OutputError) as caught:
        write_atomically(target, "new")
    assert str(target) in str(caught.value)
    assert "No space left" in str(caught.value)
    assert "Free some space" in str(caught.value)
    assert names_in(tmp_path) == ["a.json"]
    assert target.read_text() == "old"


def test_an_interruption_removes_the_temporary_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_atomically(tmp_path / "a.json", "new")
    assert names_in(tmp_path) == []


def test_text_that_has_no_utf8_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(UnicodeEncodeError):
        write_atomically(tmp_path / "a.json", "\ud800")
    assert names_in(tmp_path) == []


def test_a_folder_in_the_way_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.json").mkdir()
    with pytest.raises(OutputError, match=r"a\.json: .*A folder has that name"):
        write_atomically(tmp_path / "a.json", "new")


def test_a_file_in_the_place_of_the_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("")
    with pytest.raises(OutputError, match="A file stands where a folder is needed"):
        write_atomically(tmp_path / "out" / "a.json", "new")


def test_a_pipe_is_not_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(OutputError, match="not a regular file"):
        write_atomically(pipe, "new")
    assert stat.S_ISFIFO(pipe.stat().st_mode)
