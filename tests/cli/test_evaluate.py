"""`ocrpipe evaluate` as a user meets it."""

import json
from pathlib import Path

import pytest

from ocrpipe.cli.commands import main
from ocrpipe.document import Document
from ocrpipe.export import to_json
from tests.evaluate.documents import document, figure, table

LETTERS = table("t1", (0, 0, "项目"), (0, 1, "数量"), (1, 0, "信件"), (1, 1, "17"))
MISREAD = table("t1", (0, 0, "项目"), (0, 1, "数量"), (1, 0, "信件"), (1, 1, "77"))


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    """A misread result, and its truth."""
    read = document([MISREAD], [("text", "正丈")], {"total": figure(77, "confirmed", row=1)})
    gold = document([LETTERS], [("text", "正文")], {"total": figure(17, row=1)})
    return put(tmp_path / "read", read), put(tmp_path / "gold", gold)


def put(folder: Path, content: Document) -> Path:
    folder.mkdir()
    (folder / "a.json").write_text(to_json(content), encoding="utf-8")
    return folder


def run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *arguments: object
) -> tuple[int, str, str]:
    """Run `ocrpipe evaluate`; returns the exit code, stdout and stderr."""
    monkeypatch.setattr("sys.argv", ["ocrpipe", "evaluate", *map(str, arguments)])
    with pytest.raises(SystemExit) as ended:
        main()
    output = capsys.readouterr()
    return int(ended.value.code or 0), output.out, output.err


def test_tables_on_the_terminal_and_both_files(
    folders: tuple[Path, Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    files = tmp_path / "new" / "scores.json", tmp_path / "report.html"
    arguments = (*folders, "--json", files[0], "--html", files[1])
    code, out, err = run(monkeypatch, capsys, *arguments)
    assert (code, err) == (0, "")
    row = next(line for line in out.splitlines() if "a.pdf" in line)
    cells = [cell.strip() for cell in row.strip("│").split("│")]
    # TEDS is 1 - 0.5/7.
    assert cells == [
        "a.pdf", "0/1", "1", "0.7500", "0.9286", "1.0000", "50.00%", "0/1", "1", "0", "0", "1",
    ]  # fmt: skip
    assert "silent: a.pdf: applications/new/total is 17, read 77 (confirmed)" in out
    scores = json.loads(files[0].read_text(encoding="utf-8"))
    assert scores["total"]["cells"] == {"expected": 4, "found": 4, "right": 3, "f1": 0.75}
    assert scores["total"]["figures"]["confirmed"] == {"right": 0, "wrong": 1, "share_right": 0.0}
    assert scores["documents"][0]["wrong_figures"][0]["gold_value"] == 17
    assert scores["documents"][0]["tables"][0]["wrong"][0]["read"] == "77"
    assert '<td class="text">77</td>' in files[1].read_text(encoding="utf-8")


def test_errors_are_one_line_and_a_code(
    folders: tuple[Path, Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    read, gold = folders
    code, _, err = run(monkeypatch, capsys, tmp_path / "none", gold)
    assert (code, err.count("\n")) == (3, 1)
    code, _, err = run(monkeypatch, capsys, read / "a.json", gold)
    assert (code, err.count("\n")) == (2, 1)
    assert "two files or two folders" in err
    (gold / "a.json").write_text("[]")
    code, _, err = run(monkeypatch, capsys, read / "a.json", gold / "a.json")
    assert code == 3
    assert str(gold / "a.json") in err


def test_a_report_that_cannot_be_written_is_an_error(
    folders: tuple[Path, Path],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    blocked = folders[0] / "a.json" / "scores.json"
    code, _, err = run(monkeypatch, capsys, *folders, "--json", blocked)
    assert code == 7
    assert "scores.json" in err


def test_without_teds_its_columns_are_empty(
    folders: tuple[Path, Path],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    code, out, _ = run(monkeypatch, capsys, *folders, "--no-teds")
    row = next(line for line in out.splitlines() if "a.pdf" in line)
    assert code == 0
    assert [cell.strip() for cell in row.split("│")][5:7] == ["—", "—"]
