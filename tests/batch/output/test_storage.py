"""Local folders and remote ones do the same; runs between remote places."""

import errno
from collections.abc import Iterator
from pathlib import Path

import duckdb
import fsspec
import pytest

from ocrpipe.batch import export_dataset, run_batch
from ocrpipe.batch.locations import fingerprint, is_remote, local_path, read_input
from ocrpipe.batch.output.storage import Storage, open_storage
from ocrpipe.errors import OutputError, UnreadableInputError, UsageError
from ocrpipe.options import Options
from tests.batch.faults import make_faulty


@pytest.fixture(params=["local", "memory", "shared"])
def storage(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Storage]:
    if request.param != "memory":
        prefix = "shared://" if request.param == "shared" else ""
        yield open_storage(f"{prefix}{tmp_path}/out")
        return
    yield open_storage("memory://out")
    fsspec.filesystem("memory").rm("/out", recursive=True)


def test_files_are_written_read_listed_and_removed(storage: Storage) -> None:
    assert storage.names("results") == set()
    assert storage.read("results/a.json") is None
    storage.write("results/a.json", b"one")
    storage.write("results/a.json", b"two")
    storage.write("results/b.json", b"")
    assert storage.read("results/a.json") == b"two"
    assert storage.names("results") == {"a.json", "b.json"}
    storage.remove("results/a.json")
    storage.remove("results/a.json")
    assert storage.names("results") == {"b.json"}


def test_a_large_file_is_replaced_as_a_whole(storage: Storage) -> None:
    storage.write("dataset/t.parquet", b"old")

    def fail() -> None:
        with storage.replacing("dataset/t.parquet") as path:
            path.write_bytes(b"half")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert storage.read("dataset/t.parquet") == b"old"
    with storage.replacing("dataset/t.parquet") as path:
        path.write_bytes(b"new")
    assert storage.read("dataset/t.parquet") == b"new"
    assert storage.names("dataset") == {"t.parquet"}


def test_remote_inputs_are_fetched_and_marked() -> None:
    filesystem = fsspec.filesystem("memory")
    filesystem.pipe_file("/in/a.pdf", b"one")
    content = read_input("memory://in/a.pdf")
    assert (content.data, content.name) == (b"one", "a.pdf")
    before = fingerprint("memory://in/a.pdf")
    assert before == fingerprint("memory://in/a.pdf") != ""
    filesystem.pipe_file("/in/a.pdf", b"other")
    assert fingerprint("memory://in/a.pdf") != before
    filesystem.rm("/in", recursive=True)
    assert fingerprint("memory://in/a.pdf") == ""
    with pytest.raises(UnreadableInputError, match="no such file"):
        read_input("memory://in/a.pdf")
    with pytest.raises(UnreadableInputError, match=r"^[^:]*://x/a.pdf: this kind of address"):
        read_input("nonsense://x/a.pdf")


def test_what_is_local_and_what_is_not() -> None:
    assert local_path("file:///a%20b/c.pdf") == Path("/a b/c.pdf")
    assert [is_remote(place) for place in ("s3://a/b", "C:\\a.pdf", "C://a", "a.pdf", "/a")] == [
        True, False, False, False, False
    ]  # fmt: skip
    with pytest.raises(UsageError, match="not known"):
        open_storage("nonsense://out")


def test_a_large_file_that_cannot_be_written_is_an_error(storage: Storage) -> None:
    def fill() -> None:
        with storage.replacing("dataset/t.parquet"):
            raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(OutputError, match="No space left"):
        fill()
    assert storage.names("dataset") == set()


def test_a_file_in_place_of_a_folder_is_an_error(tmp_path: Path) -> None:
    storage = open_storage(str(tmp_path))
    (tmp_path / "dataset").write_text("x")
    with pytest.raises(OutputError, match="listed"):
        storage.names("dataset")
    with pytest.raises(OutputError), storage.replacing("dataset/t.parquet"):
        raise AssertionError


def test_a_folder_that_cannot_be_made_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(OutputError, match="cannot be made"):
        open_storage(str(tmp_path / "file" / "out"))


@pytest.mark.parametrize("scheme", ["file", "shared"])
def test_a_run_between_urls(tmp_path: Path, scheme: str) -> None:
    (tmp_path / "in" / "sub").mkdir(parents=True)
    for name in ("a.pdf", "sub/b.pdf", "broken.pdf"):
        (tmp_path / "in" / name).write_text(name)
    options = Options.model_validate({"batch": {"workers": 1, "work_dir": tmp_path / "work"}})
    source, out = f"{scheme}://{tmp_path}/in", f"{scheme}://{tmp_path}/out"
    for converted in (2, 0):
        result = run_batch([source], out, options, converter=make_faulty)
        assert (result.done, result.failed, result.converted) == (2, 1, converted)
    assert {path.name for path in (tmp_path / "out" / "results").iterdir()} == {"a.json", "b.json"}
    assert export_dataset(out, tmp_path / "work")["documents"] == 3
    states = duckdb.sql(
        f"SELECT document, state FROM '{tmp_path}/out/dataset/documents.parquet' ORDER BY 1"
    ).fetchall()
    assert states == [("a.pdf", "done"), ("broken.pdf", "failed"), ("sub/b.pdf", "done")]
    assert (tmp_path / "out" / "summary.html").exists()
    assert not (tmp_path / "out" / "ledger.sqlite").exists()
