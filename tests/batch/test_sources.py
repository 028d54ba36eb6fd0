"""What sources name: folders, globs, files, manifests and lists, in memory and on the disk."""

import os
from collections.abc import Iterator
from pathlib import Path

import fsspec
import pytest

from ocrpipe.batch.manifest import read_manifest
from ocrpipe.batch.sources import Found, find_documents
from ocrpipe.errors import UsageError


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


def test_globs_files_and_lists(folder: Path) -> None:
    assert labels("in/**/*.html") == ["sub/c.html"]
    assert labels("in/*.txt") == ["note.txt"]
    assert labels("in/a.pdf") == ["a.pdf"]
    assert labels("-", lines=("in/a.pdf\n", "\n", "in/gone.pdf", "../x.pdf")) == [
        "in/a.pdf", "in/gone.pdf", "x.pdf"
    ]  # fmt: skip


def test_the_same_place_is_found_once(folder: Path) -> None:
    assert labels("in/a.pdf", "in", "in/*.pdf").count("a.pdf") == 1


def test_a_name_with_brackets_is_a_file_before_it_is_a_glob(folder: Path) -> None:
    (folder / "[2019].pdf").write_text("x")
    assert labels("in/[2019].pdf") == ["[2019].pdf"]


@pytest.mark.parametrize("source", ["gone.pdf", "in/*.gif", "in/.git/none", "a\0b.pdf", "x" * 300])
def test_a_source_that_finds_nothing_is_refused(folder: Path, source: str) -> None:
    with pytest.raises(UsageError):
        labels(source)


def test_links_that_go_round_end(folder: Path) -> None:
    (folder / "sub" / "round").symlink_to(folder)
    assert labels("in") == ["a.pdf", "b.PDF", "sub/c.html", "sub/deep/d.tiff"]


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


def test_a_manifest_of_json_lines_keeps_types() -> None:
    data = '{"path": "a.pdf", "id": 7, "rank": 1.5, "text": "a\u2028b"}\n\n{"path": "b.pdf"}'
    entries = list(read_manifest(data.encode(), "list.jsonl"))
    assert [(entry.path, entry.id) for entry in entries] == [("a.pdf", "7"), ("b.pdf", None)]
    assert entries[0].columns == {"rank": 1.5, "text": "a\u2028b"}


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("x.csv", b"id,name\n1,a.pdf\n", "no column path"),
        ("x.csv", b"path\na.pdf,b\n", "line 2: there are more values"),
        ("x.csv", b"id,path\n1,a.pdf\n1,b.pdf\n", "line 3: the id '1' is there twice"),
        ("x.csv", b"path,id\n,7\n", "line 2: there is no path"),
        ("x.csv", b"path\n\xff\n", "not in UTF-8"),
        ("x.csv", b'path\n"a\n', "unexpected end"),
        ("x.jsonl", b'{"path": "a.pdf"}\n[1]\n', "line 2: this is no JSON object"),
        ("x.jsonl", b"{", "line 1: this is no JSON"),
    ],
)
def test_a_manifest_that_makes_no_sense_names_its_line(
    name: str, data: bytes, message: str
) -> None:
    with pytest.raises(UsageError, match=message):
        list(read_manifest(data, name))


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
    assert list(find_documents(["memory://in"])) == [
        Found("memory:///in/a.pdf", "a.pdf"),
        Found("memory:///in/sub/b.pdf", "sub/b.pdf"),
    ]
    assert [found.label for found in find_documents(["memory://in/**/*.pdf"])] == [
        "a.pdf", "sub/b.pdf"
    ]  # fmt: skip
    assert [found.label for found in find_documents(["memory://in/a.pdf"])] == ["a.pdf"]
    (found,) = find_documents(["memory://in/list.jsonl"])
    assert found.given_id == "b"
    assert found.location.endswith("/in/sub/b.pdf")
    with pytest.raises(UsageError):
        list(find_documents(["memory://in/gone.pdf"]))
