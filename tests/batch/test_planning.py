"""Which documents a run takes on, and under which ids and names."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ocrpipe.batch.ledger import Ledger
from ocrpipe.batch.planning import Plan, make_plan, options_key
from ocrpipe.batch.sources import Found, find_documents
from ocrpipe.errors import OutputError, UnreadableInputError, UsageError
from ocrpipe.file_names import file_system_key
from ocrpipe.options import Options


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger(tmp_path / "work" / "ledger.sqlite") as opened:
        yield opened


def put(path: Path, text: str = "x") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def plan(ledger: Ledger, *folders: Path, **batch: object) -> Plan:
    found = find_documents([str(folder) for folder in folders])
    options = Options.model_validate({"batch": batch})
    results = {f"{entry.name}.json" for entry in ledger.entries() if entry.state == "done"}
    return make_plan(found, ledger, results, options)


def finish(ledger: Ledger, *documents: str, sha256: str = "?") -> None:
    for document in documents:
        ledger.start(document)
        ledger.done(document, sha256=sha256, pages=1, seconds=1.0, version="0")


X = "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"
"""SHA-256 of the text "x"."""


def test_a_file_that_was_only_touched_is_not_converted_again(
    ledger: Ledger, tmp_path: Path
) -> None:
    put(tmp_path / "in" / "a.pdf")
    plan(ledger, tmp_path / "in")
    finish(ledger, "a.pdf", sha256=X)
    put(tmp_path / "in" / "a.pdf")
    assert plan(ledger, tmp_path / "in").already_done == 1
    put(tmp_path / "in" / "a.pdf", "y")
    assert plan(ledger, tmp_path / "in").to_convert == ["a.pdf"]


def test_folders_with_the_same_names_do_not_take_each_others_place(
    ledger: Ledger, tmp_path: Path
) -> None:
    """Also where they come in runs of their own, and each is asked for again."""
    first, second = tmp_path / "2019", tmp_path / "2020"
    put(first / "report.pdf", "one")
    put(second / "report.pdf", "two")
    (one,) = plan(ledger, first).to_convert
    finish(ledger, one)
    (two,) = plan(ledger, second).to_convert
    finish(ledger, two)
    assert one == "report.pdf"
    assert two.startswith("report.pdf#")
    assert set(plan(ledger, second, first).locations) == {one, two}
    assert plan(ledger, second).already_done == 1
    assert len({entry.name for entry in ledger.entries()}) == 2


def test_a_copy_in_another_folder_is_a_document_of_its_own(ledger: Ledger, tmp_path: Path) -> None:
    for folder in ("a", "b"):
        put(tmp_path / folder / "report.pdf")
        finish(ledger, *plan(ledger, tmp_path / folder).to_convert, sha256=X)
    assert {entry.location for entry in ledger.entries()} == {
        str(tmp_path / "a" / "report.pdf"), str(tmp_path / "b" / "report.pdf")
    }  # fmt: skip


def test_a_folder_that_was_moved_is_known_again(ledger: Ledger, tmp_path: Path) -> None:
    put(tmp_path / "old" / "a.pdf")
    plan(ledger, tmp_path / "old")
    finish(ledger, "a.pdf", sha256=X)
    (tmp_path / "old").rename(tmp_path / "new")
    assert plan(ledger, tmp_path / "new").already_done == 1
    entry = ledger.get("a.pdf")
    assert entry is not None
    assert entry.location == str(tmp_path / "new" / "a.pdf")


def test_a_file_that_is_asked_for_by_itself_is_the_one_of_its_folder(
    ledger: Ledger, tmp_path: Path
) -> None:
    one, other = put(tmp_path / "in/2019/a.pdf"), put(tmp_path / "in/2020/a.pdf")
    plan(ledger, tmp_path / "in")
    finish(ledger, "2019/a.pdf", "2020/a.pdf", sha256=X)
    assert set(plan(ledger, one, other).locations) == {"2019/a.pdf", "2020/a.pdf"}
    assert plan(ledger, tmp_path / "in" / "2020").already_done == 1
    assert len(list(ledger.entries())) == 2


def test_a_file_that_is_asked_for_by_itself_keeps_its_columns(
    ledger: Ledger, tmp_path: Path
) -> None:
    put(tmp_path / "in" / "a.pdf")
    put(tmp_path / "list.csv", "path,rank\nin/a.pdf,7\n")
    plan(ledger, tmp_path / "list.csv")
    plan(ledger, tmp_path / "in")
    (entry,) = ledger.entries()
    assert entry.columns == {"rank": "7"}


def test_an_id_that_is_given_twice_is_refused(ledger: Ledger) -> None:
    found = [Found("/a.pdf", "a.pdf", "7"), Found("/b.pdf", "b.pdf", "7")]
    with pytest.raises(UsageError, match="'7'"):
        make_plan(found, ledger, (), Options())


def test_passwords_and_threads_do_not_change_the_key() -> None:
    same = Options.model_validate(
        {"ingest": {"password": "secret"}, "ocr": {"threads": 3}, "batch": {"workers": 2}}
    )
    assert options_key(same) == options_key(Options())
    explicit = Options.model_validate({"ingest": {"dpi": 200}, "export": {"format": ["json"]}})
    assert options_key(explicit) == options_key(Options())
    assert options_key(Options.model_validate({"ocr": {"force_ocr": True}})) != options_key(same)


HOSTILE = st.one_of(
    st.sampled_from(
        ["../../etc/passwd", "a\0b.pdf", "x" * 300 + ".pdf", "报" * 120 + ".pdf", "con.pdf",
         "A.pdf", "a.pdf", "\udcff.pdf", "..", "é.pdf", "é.pdf", "a/../b.pdf"]
    ),
    st.text(max_size=20),
)  # fmt: skip


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(HOSTILE, max_size=12))
def test_every_document_has_a_safe_name_of_its_own(tmp_path: Path, names: list[str]) -> None:
    folder = tmp_path / "hostile"
    path = folder / "ledger.sqlite"
    for left in folder.glob("*"):
        left.unlink()
    found = [Found(f"/in/{number}/{name}", name) for number, name in enumerate(names)]
    with Ledger(path) as ledger:
        first = make_plan(found, ledger, (), Options())
        assert len(first.to_convert) == len(found)
        entries = list(ledger.entries())
        assert len({file_system_key(entry.name) for entry in entries}) == len(found)
        for entry in entries:
            assert len(f".{entry.name}.json".encode()) < 255
            assert not set(entry.name) & set("/\\\0")
            assert entry.name not in {"", ".", ".."}
        again = make_plan(found, ledger, (), Options())
        assert again.to_convert == first.to_convert
        assert list(ledger.entries()) == entries


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["change", "start", "done", "fail", "retry", "run"]), st.sampled_from("abc")
    ),
    max_size=25,
)


class History:
    """Drives a ledger as runs that are killed do, and knows from the steps what it must say."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for left in folder.glob("**/*.*"):
            left.unlink()
        self.contents = dict.fromkeys("abc", 0)
        self.asked = dict.fromkeys("abc", -1)
        """Which content the ledger was asked for."""
        self.states = dict.fromkeys("abc", "waiting")
        for name in "abc":
            self.write(name)

    def write(self, name: str) -> None:
        put(self.folder / "in" / f"{name}.pdf", "x" * (self.contents[name] + 1))

    def step(self, ledger: Ledger, step: str, name: str) -> None:
        document, state = f"{name}.pdf", self.states[name]
        if step == "change":
            self.contents[name] += 1
            self.write(name)
        elif step == "start" and state == "waiting":
            ledger.start(document)
            self.states[name] = "running"
        elif step == "done" and state == "running":
            ledger.done(document, sha256="", pages=1, seconds=1, version="0")
            self.states[name] = "done"
        elif step == "fail" and state == "running":
            ledger.failed(document, UnreadableInputError("bad", remedy="Mend it"), 1)
            self.states[name] = "failed"
        elif step in ("run", "retry"):
            self.run(ledger, retry=step == "retry")

    def run(self, ledger: Ledger, *, retry: bool = False) -> None:
        for name in "abc":
            changed = self.asked[name] != self.contents[name]
            if changed or (retry and self.states[name] == "failed"):
                self.asked[name] = self.contents[name]
                self.states[name] = "waiting"
        made = plan(ledger, self.folder / "in", retry_failed=retry)
        states = list(self.states.values())
        assert len(made.locations) == 3
        assert made.already_done == states.count("done")
        assert made.already_failed == states.count("failed")
        assert len(made.interrupted) == states.count("running")
        assert len(made.to_convert) == states.count("waiting")


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(STEPS)
def test_every_document_is_always_somewhere(tmp_path: Path, steps: list[tuple[str, str]]) -> None:
    """Whatever happens between runs, each document is in one state, and it is the right one."""
    history = History(tmp_path / "history")
    path = history.folder / "ledger.sqlite"
    with Ledger(path) as ledger:
        history.run(ledger)
    for step, name in steps:
        # Opened again for each step: nothing may depend on what is in memory.
        with Ledger(path) as ledger:
            history.step(ledger, step, name)
    with Ledger(path) as ledger:
        history.run(ledger)


def test_a_file_that_is_no_ledger_is_refused(tmp_path: Path) -> None:
    put(tmp_path / "ledger.sqlite", "no database at all, but some text that is long enough")
    with pytest.raises(OutputError, match="cannot be used"):
        Ledger(tmp_path / "ledger.sqlite")


def test_a_ledger_that_is_damaged_is_an_error(tmp_path: Path) -> None:
    """As a failing disk leaves it: it opens, and cannot be read."""
    path = tmp_path / "ledger.sqlite"
    with Ledger(path) as ledger:
        found = [Found(f"/in/{number}.pdf", f"{number}.pdf") for number in range(500)]
        make_plan(found, ledger, (), Options())
    data = path.read_bytes()
    path.write_bytes(data[:8192] + b"\xff" * (len(data) - 8192))
    with Ledger(path) as ledger, pytest.raises(OutputError, match="cannot be used"):
        list(ledger.entries())


def test_a_ledger_of_before_files_beside_pages_counted_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    with Ledger(path) as opened:
        put(tmp_path / "in" / "a.pdf")
        plan(opened, tmp_path / "in")
        finish(opened, "a.pdf", sha256=X)
    with closing(sqlite3.connect(path)) as database:
        database.execute("ALTER TABLE documents DROP COLUMN companions")
    with Ledger(path) as opened:
        assert [entry.companions for entry in opened.entries()] == [{}]
        assert plan(opened, tmp_path / "in").already_done == 1


def test_tries_are_kept(ledger: Ledger, tmp_path: Path) -> None:
    put(tmp_path / "in" / "a.pdf")
    plan(ledger, tmp_path / "in")
    ledger.start("a.pdf")
    ledger.again("a.pdf", "worker.crashed")
    ledger.start("a.pdf")
    entry = ledger.get("a.pdf")
    assert entry is not None
    assert (entry.state, entry.tries) == ("running", 2)
    ledger.release(["a.pdf"])
    entry = ledger.get("a.pdf")
    assert entry is not None
    assert (entry.state, entry.tries) == ("waiting", 0)
