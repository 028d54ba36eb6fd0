"""What sources name: folders, globs, files, manifests and lists, in memory and on the disk."""

import errno
import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path, PureWindowsPath

import fsspec
import pytest
from fsspec.implementations.memory import MemoryFileSystem
from hypothesis import given
from hypothesis import strategies as st

from ocrpipe.batch.manifest import read_manifest
from ocrpipe.batch.sources import Found, below, find_documents
from ocrpipe.errors import UnreadableInputError, UsageError


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A tree with documents, other files, hidden ones, and an output inside it."""
    for name in (
        "a.pdf", "b.PDF", "note.txt", ".hidden.pdf", ".git/x.pdf", "sub/c.html", "sub/deep/d.tiff",
        "out/results/e.html",
    ):  # fmt: skip
        path = tmp_path / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    monkeypatch.chdir(tmp_path)
    return tmp_path / "in"


def labels(*sources: str, lines: tuple[str, ...] = ()) -> list[str]:
    return [found.label for found in find_documents(sources, lines=lines, output="in/out")]


def test_folders_are_searched_for_known_formats(folder: Path) -> None:
    assert labels("in") == ["a.pdf", "b.PDF", "sub/c.html", "sub/deep/d.tiff"]
    assert labels(folder.as_uri()) == labels("in")


@pytest.mark.parametrize(
    ("output", "source"), [("in", "in"), ("in", "in/**/*.*"), ("in", "in/sub"), ("in/sub", "in")]
)
def test_what_an_earlier_run_wrote_is_no_document(folder: Path, output: str, source: str) -> None:
    """Also where the output is the source itself, or lies around it."""
    before = {found.location for found in find_documents([source], output="elsewhere")}
    for name in (
        "results/a.html",
        "dataset/figures.tiff",
        ".ocrpipe-parts/x/0.png",
        "summary.html",
    ):
        path = Path(output) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    after = {found.location for found in find_documents([source], output=output)}
    within = str(folder / "sub")
    assert after == {path for path in before if output == "in" or not path.startswith(within)}


def test_files_of_other_formats_are_told_of(folder: Path) -> None:
    (folder / "sub" / "filing.docx").write_text("x")
    for source in ("in", f"local://{folder}"):
        told: list[str] = []
        list(find_documents([source], output="in/out", passed_over=told.append))
        assert [Path(path).name for path in told] == ["note.txt", "filing.docx"]


def test_globs_files_and_lists(folder: Path) -> None:
    assert labels("in/**/*.html") == ["sub/c.html"]
    assert labels("in/*.txt") == ["note.txt"]
    assert labels("in/a.pdf") == ["a.pdf"]
    assert labels("-", lines=("in/a.pdf\n", "\n", "in/gone.pdf", "../x.pdf")) == [
        "in/a.pdf", "in/gone.pdf", "x.pdf"
    ]  # fmt: skip
    assert labels("-", lines=("\ufeffin/a.pdf\r\n",)) == ["in/a.pdf"]


@pytest.mark.parametrize(
    ("path", "label"),
    [("C:/In/a/b.pdf", "a/b.pdf"), ("D:/in/b.pdf", "b.pdf"), ("//server/in/b.pdf", "b.pdf")],
)
def test_a_list_may_name_what_lies_on_another_drive(path: str, label: str) -> None:
    assert below(PureWindowsPath(path), PureWindowsPath("C:/in")) == label


def test_the_same_place_is_found_once(folder: Path) -> None:
    assert labels("in/a.pdf", "in", "in/*.pdf").count("a.pdf") == 1


def test_a_name_with_brackets_is_a_file_before_it_is_a_glob(folder: Path) -> None:
    (folder / "[2019].pdf").write_text("x")
    assert labels("in/[2019].pdf") == ["[2019].pdf"]


@pytest.mark.parametrize("source", ["gone.pdf", "in/*.gif", "in/.git/none", "a\0b.pdf", "x" * 300])
def test_a_source_that_finds_nothing_is_refused(folder: Path, source: str) -> None:
    with pytest.raises(UsageError):
        labels(source)


@pytest.mark.parametrize(
    ("source", "error", "message"),
    [
        ("nonsense://x", UsageError, "not known"),
        ("broken://x", UnreadableInputError, "cannot be listed"),
        ("broken://x/*.pdf", UnreadableInputError, "cannot be listed"),
        ("broken://x/list.csv", UnreadableInputError, "cannot be read"),
        ("list.csv", UnreadableInputError, "cannot be read"),
    ],
)
def test_a_source_that_cannot_be_reached_is_one_clear_error(
    folder: Path, monkeypatch: pytest.MonkeyPatch, source: str, error: type[Exception], message: str
) -> None:
    class Broken(MemoryFileSystem):
        protocol = "broken"

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    for name in ("glob", "isdir", "cat_file"):
        setattr(Broken, name, refuse)
    fsspec.register_implementation("broken", Broken, clobber=True)
    Path("list.csv").write_text("path\na.pdf\n")
    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(error, match=message):
        list(find_documents([source]))


def test_a_link_that_leads_nowhere_is_not_lost(folder: Path) -> None:
    """Reading it will say so."""
    (folder / "gone.pdf").symlink_to("nowhere.pdf")
    assert "gone.pdf" in labels("in")
    assert "gone.pdf" in labels("in/*.pdf")


def test_links_that_go_round_end(folder: Path) -> None:
    (folder / "sub" / "round").symlink_to(folder)
    assert labels("in") == ["a.pdf", "b.PDF", "sub/c.html", "sub/deep/d.tiff"]


def test_a_link_to_another_folder_is_followed_once(folder: Path) -> None:
    other = folder.parent / "other"
    (other / "deep").mkdir(parents=True)
    (other / "deep" / "z.pdf").write_text("z")
    (other / "up").symlink_to(folder.parent)
    (folder / "link").symlink_to(other)
    (folder / "sub" / "again").symlink_to(other / "deep")
    (folder / "same").symlink_to(folder / "sub")
    found = labels("in")
    assert found.count("link/deep/z.pdf") == 1
    assert [name for name in found if "link" not in name] == [
        "a.pdf", "b.PDF", "sub/c.html", "sub/deep/d.tiff"
    ]  # fmt: skip


def test_names_that_are_no_text_are_found(folder: Path) -> None:
    raw = os.fsencode(folder) + b"/\xff.pdf"
    with open(raw, "wb"):  # noqa: PTH123
        pass
    assert os.fsdecode(raw) in {found.location for found in find_documents(["in"])}


def test_a_manifest_carries_ids_and_columns(folder: Path) -> None:
    (folder / "list.csv").write_text("\ufeffid,path,省\n7,a.pdf,甘肃\n,sub/c.html,四川\n", "utf-8")
    found = list(find_documents(["in/list.csv"]))
    assert found == [
        Found(str(folder / "a.pdf"), "a.pdf", "7", {"省": "甘肃"}),
        Found(str(folder / "sub/c.html"), "sub/c.html", None, {"省": "四川"}),
    ]


TABLE = "path,省份,备注\na.pdf,甘肃,“良好”\nb.pdf,四川,〔2019〕3号\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
def test_a_manifest_is_read_in_the_encodings_of_spreadsheets(encoding: str) -> None:
    entries = list(read_manifest(TABLE.encode(encoding), "list.csv"))
    assert [entry.columns["省份"] for entry in entries] == ["甘肃", "四川"]
    assert entries[1].columns["备注"] == "〔2019〕3号"


def test_damaged_utf_8_is_not_taken_for_another_encoding() -> None:
    data = TABLE.encode()
    for cut in range(8, len(data)):
        if data[cut] & 0x80:
            with pytest.raises(UsageError, match="not in UTF-8"):
                list(read_manifest(data[:cut] + data[cut + 1 :], "list.csv"))


def test_what_a_spreadsheet_leaves_behind_is_passed_over() -> None:
    """Lines of commas, columns without a name, and lines that end early."""
    data = b"id,path,,rank,\n1,a.pdf,,7,\n,,,,\n2,b.pdf\n\n"
    entries = list(read_manifest(data, "list.csv"))
    assert [(entry.id, entry.path, entry.columns) for entry in entries] == [
        ("1", "a.pdf", {"rank": "7"}),
        ("2", "b.pdf", {"rank": None}),
    ]


def test_the_same_line_twice_does_no_harm(folder: Path) -> None:
    (folder / "list.csv").write_text("path,rank\na.pdf,1\na.pdf,1\n")
    assert labels("in/list.csv") == ["a.pdf"]


def test_a_manifest_of_json_lines_keeps_types() -> None:
    data = '{"path": "a.pdf", "id": 7, "rank": 1.5, "text": "a\u2028b"}\n\n{"path": "b.pdf"}'
    entries = list(read_manifest(data.encode(), "list.jsonl"))
    assert [(entry.path, entry.id) for entry in entries] == [("a.pdf", "7"), ("b.pdf", None)]
    assert entries[0].columns == {"rank": 1.5, "text": "a\u2028b"}


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("x.csv", b"id,name\n1,a.pdf\n", "no column path, but: id, name"),
        ("x.csv", b"", "no column path, but: nothing"),
        ("x.csv", b"path\na.pdf,b\n", "line 2: there are more values"),
        ("x.csv", b"path,\na.pdf,b\n", "line 2: there are more values"),
        ("x.csv", b"path,a,a\nx.pdf,1,2\n", "line 1: the column 'a' is there twice"),
        ("x.csv", b"path,a\nx.pdf,1\nx.pdf,2\n", "line 3: the path 'x.pdf' is there twice"),
        ("x.csv", b"id,path\n1,a.pdf\n1,b.pdf\n", "line 3: the id '1' is there twice"),
        ("x.csv", b"path,id\n,7\n", "line 2: there is no path"),
        ("x.csv", b"path\n\xff\n", "not in UTF-8"),
        ("x.csv", b'path\n"a\n', "unexpected end"),
        ("x.jsonl", b'{"path": "a.pdf"}\n[1]\n', "line 2: this is no JSON object"),
        ("x.jsonl", b"{", "line 1: this is no JSON"),
        ("x.jsonl", b"[" * 100_000, "line 1: this is no JSON"),
    ],
)
def test_a_manifest_that_makes_no_sense_names_its_line(
    name: str, data: bytes, message: str
) -> None:
    with pytest.raises(UsageError, match=message):
        list(read_manifest(data, name))


PIECES = st.sampled_from(
    [b"path", b"id", b",", b'"', b"\n", b"\r", b"\0", b"\xff", b"a.pdf", "省".encode(),
     "省".encode("gbk"), b'{"path": "a"}', b'{"path": ', b"[", b"null", b"1e999", b" ",
     b"\xef\xbb\xbf", b"\xff\xfe"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=20).map(b"".join), st.sampled_from(["x.csv", "x.jsonl"]))
def test_any_manifest_is_read_or_refused(data: bytes, name: str) -> None:
    with suppress(UsageError):
        assert all(entry.path.strip() for entry in read_manifest(data, name))


@pytest.fixture
def memory() -> Iterator[None]:
    filesystem = fsspec.filesystem("memory")
    for name in ("a.pdf", "sub/b.pdf", "sub/note.txt"):
        filesystem.pipe_file(f"/in/{name}", b"x")
    filesystem.pipe_file("/in/list.jsonl", b'{"path": "sub/b.pdf", "id": "b"}')
    yield
    filesystem.rm("/in", recursive=True)


@pytest.mark.usefixtures("memory")
def test_remote_sources_give_urls() -> None:
    told: list[str] = []
    assert list(find_documents(["memory://in"], passed_over=told.append)) == [
        Found("memory:///in/a.pdf", "a.pdf"),
        Found("memory:///in/sub/b.pdf", "sub/b.pdf"),
    ]
    assert told == ["memory:///in/list.jsonl", "memory:///in/sub/note.txt"]
    assert [found.label for found in find_documents(["memory://in/**/*.pdf"])] == [
        "a.pdf", "sub/b.pdf"
    ]  # fmt: skip
    assert [found.label for found in find_documents(["memory://in/a.pdf"])] == ["a.pdf"]
    (found,) = find_documents(["memory://in/list.jsonl"])
    assert found.given_id == "b"
    assert found.location.endswith("/in/sub/b.pdf")
    with pytest.raises(UsageError):
        list(find_documents(["memory://in/gone.pdf"]))


@pytest.mark.usefixtures("memory")
def test_a_remote_output_is_no_source() -> None:
    filesystem = fsspec.filesystem("memory")
    filesystem.pipe_file("/in/out/results/a.html", b"x")
    filesystem.pipe_file("/in/summary.html", b"x")
    for source in ("memory://in", "memory://in/**/*.*"):
        for output in ("memory://in/out", "memory:///in/out/"):
            found = find_documents([source], output=output)
            assert "out/results/a.html" not in {item.label for item in found}
    found = find_documents(["memory://in"], output="memory://in")
    assert "summary.html" not in {item.label for item in found}
