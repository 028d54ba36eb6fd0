"""Parts are read back by the workers of the run that wrote them, and by nobody else."""

import os
import pickle
from dataclasses import replace
from pathlib import Path

import pytest

from ocrpipe.batch.conversion import ConversionFactory
from ocrpipe.batch.output.parts import PartStore
from ocrpipe.batch.workers.messages import Task
from ocrpipe.document import Source
from ocrpipe.errors import OutputError, UnreadableInputError
from ocrpipe.options import Options
from ocrpipe.pipeline import ConvertedPages
from tests.batch.faults import make_faulty, small_page

PART = ConvertedPages(
    Source(name="a", sha256="0" * 64, media_type="text/plain", page_count=1), (small_page(1),), {}
)


class Payload:
    """Makes a folder when it is unpickled."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[object, ...]:
        return os.mkdir, (str(self.path),)


@pytest.fixture(params=["", "shared://"])
def store(tmp_path: Path, request: pytest.FixtureRequest) -> PartStore:
    store = PartStore(f"{request.param}{tmp_path / 'parts'}")
    store.begin()
    return store


def test_a_part_reaches_another_worker(store: PartStore, tmp_path: Path) -> None:
    store.save("a", 3, PART)
    other: PartStore = pickle.loads(pickle.dumps(store))
    other.check()
    assert other.load("a", 3) == PART
    store.remove("a")
    with pytest.raises(OutputError):
        other.load("a", 3)
    store.remove("a")  # Twice does no harm.
    store.clear()
    assert not (tmp_path / "parts").exists()


def test_what_others_put_there_is_not_unpickled(store: PartStore, tmp_path: Path) -> None:
    store.save("a", 0, PART)
    (path,) = (tmp_path / "parts").rglob("0.pickle")
    path.write_bytes(path.read_bytes()[:32] + pickle.dumps(Payload(tmp_path / "made")))
    with pytest.raises(OutputError):
        store.load("a", 0)
    assert not (tmp_path / "made").exists()


def test_a_part_is_not_taken_for_another_one(store: PartStore, tmp_path: Path) -> None:
    store.save("a", 0, PART)
    store.save("a", 1, PART)
    (path,) = (tmp_path / "parts").rglob("0.pickle")
    path.with_name("1.pickle").write_bytes(path.read_bytes())
    with pytest.raises(OutputError):
        store.load("a", 1)


def test_parts_of_a_file_that_was_changed_meanwhile_are_not_joined(
    store: PartStore, tmp_path: Path
) -> None:
    (tmp_path / "a.pdf").write_text("new")
    store.save("a", 0, PART)
    store.save("a", 1, replace(PART, source=PART.source.model_copy(update={"sha256": "1" * 64})))
    work = ConversionFactory(str(tmp_path / "out"), store, Options(), make_faulty)()
    task = Task("a", str(tmp_path / "a.pdf"), "a", "assembly", pages=(1, 2), parts=(0, 1))
    with pytest.raises(UnreadableInputError, match="was changed"):
        work(task, lambda _: None)
    assert not (tmp_path / "out" / "results").exists()


def test_the_same_path_on_another_machine_is_noticed(tmp_path: Path) -> None:
    """As if this folder were not the one that the run began in."""
    with pytest.raises(OutputError, match="the same on every machine"):
        PartStore(str(tmp_path / "parts")).check()
    other = PartStore(str(tmp_path / "parts"))
    other.begin()
    with pytest.raises(OutputError):
        PartStore(str(tmp_path / "parts")).check()
