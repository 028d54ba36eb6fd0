"""The command line as a user meets it: results, exit codes, one clear line for each bad input."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pymupdf
import pytest
from PIL import Image

from ocrpipe import Converter
from ocrpipe.cli.commands import main
from ocrpipe.document import Document
from tests.hostile import web_pages

TITLE = "某某市统计局2022年政府信息公开工作年度报告"


def run(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], *arguments: object
) -> tuple[int, str, str]:
    """Run `ocrpipe`; returns the exit code, stdout and stderr."""
    monkeypatch.setattr("sys.argv", ["ocrpipe", *map(str, arguments)])
    with pytest.raises(SystemExit) as ended:
        main()
    output = capfd.readouterr()
    code = ended.value.code
    return (code if isinstance(code, int) else 0), output.out, output.err


@pytest.fixture
def cli(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str, str]]:
    return lambda *arguments: run(monkeypatch, capfd, *arguments)


def digital_pdf(path: Path, text: str = TITLE) -> Path:
    """One page with a title, a section and a ruled table of two rows and two columns."""
    with pymupdf.open() as pdf:
        page = pdf.new_page()
        page.insert_text((120, 90), text, fontname="china-s", fontsize=16)
        page.insert_text((100, 130), "一、总体情况", fontname="china-s", fontsize=11)
        page.insert_text((122, 160), "本年度工作平稳有序。", fontname="china-s", fontsize=11)
        for row in range(3):
            page.draw_line((100, 200 + 30 * row), (400, 200 + 30 * row))
        for col in range(3):
            page.draw_line((100 + 150 * col, 200), (100 + 150 * col, 260))
        for row, col, content in ((0, 0, "项目"), (0, 1, "数量"), (1, 0, "信件"), (1, 1, "17")):
            place = (110 + 150 * col, 220 + 30 * row)
            page.insert_text(place, content, fontname="china-s", fontsize=11)
        pdf.save(path)
    return path


def encrypted_pdf(path: Path) -> Path:
    with pymupdf.open() as pdf:
        pdf.new_page().insert_text((72, 72), TITLE, fontname="china-s")
        pdf.save(path, encryption=pymupdf.PDF_ENCRYPT_AES_256, user_pw="right", owner_pw="owner")
    return path


def empty_file(path: Path) -> Path:
    path.write_bytes(b"")
    return path


def truncated_pdf(path: Path) -> Path:
    whole = digital_pdf(path).read_bytes()
    path.write_bytes(whole[:200])
    return path


def picture_named_pdf(path: Path) -> Path:
    Image.new("RGB", (200, 100), "white").save(path, format="PNG")
    return path


def enormous_pdf(path: Path) -> Path:
    with pymupdf.open() as pdf:
        pdf.new_page(width=36000, height=36000)
        pdf.save(path)
    return path


def missing_file(path: Path) -> Path:
    return path


def test_a_file_becomes_a_document(
    cli: Callable[..., tuple[int, str, str]], tmp_path: Path
) -> None:
    source = digital_pdf(tmp_path / "report.pdf")
    code, out, err = cli("convert", source, "-o", tmp_path / "out", "--format", "json,md,html,xlsx")
    assert (code, err) == (0, "")
    assert "1 of 1 page, 1 table ->" in out
    names = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert names == ["report.html", "report.json", "report.md", "report.xlsx"]
    text = (tmp_path / "out" / "report.json").read_text(encoding="utf-8")
    document = Document.model_validate_json(text)
    assert [cell.text for cell in document.tables[0].cells] == ["项目", "数量", "信件", "17"]
    assert document.report is not None
    assert document.report.year == 2022


@pytest.mark.parametrize("encoding", ["gbk", "ascii"])
def test_a_console_that_lacks_a_script_costs_no_result(tmp_path: Path, encoding: str) -> None:
    """As a pipe on Windows in Chinese, which has no Tibetan."""
    source = tmp_path / "བོད.html"
    source.write_bytes(web_pages.page("<p>本年度工作平稳有序。</p>"))
    command = [sys.executable, "-c", "from ocrpipe.cli import main; main()", "convert", source]
    ended = subprocess.run(
        [*command, "-o", tmp_path / "out"],
        env={**os.environ, "PYTHONIOENCODING": encoding},
        capture_output=True,
        check=False,
    )
    assert (ended.returncode, ended.stderr) == (0, b"")
    assert rb"\u0f56" in ended.stdout
    assert (tmp_path / "out" / "བོད.json").exists()


def test_patterns_are_expanded_where_the_shell_does_not(
    cli: Callable[..., tuple[int, str, str]], tmp_path: Path
) -> None:
    for name in ("a.html", "b.html", "[ab].html", "c.txt"):
        (tmp_path / name).write_bytes(web_pages.page("<p>text</p>"))
    code, _, _ = cli("convert", tmp_path / "?.html", tmp_path / "[ab].html", "-o", tmp_path / "out")
    assert code == 0
    written = {path.name for path in (tmp_path / "out").iterdir()}
    assert written == {"a.json", "b.json", "[ab].json"}
    code, _, err = cli("convert", tmp_path / "*.pdf", "-o", tmp_path / "out")
    assert (code, err.count("\n")) == (3, 1)


def test_patterns_of_a_batch_are_left_to_it(monkeypatch: pytest.MonkeyPatch) -> None:
    given: dict[str, object] = {}
    monkeypatch.setattr("ocrpipe.cli.commands.cli", given.update)
    with pytest.raises(SystemExit):
        main()
    assert given["windows_expand_args"] is False


def test_inputs_of_the_same_name_do_not_overwrite_each_other(
    cli: Callable[..., tuple[int, str, str]], tmp_path: Path
) -> None:
    sources = []
    for folder, text in (("a", "甲甲甲甲甲甲"), ("b", "乙乙乙乙乙乙")):
        (tmp_path / folder).mkdir()
        sources.append(digital_pdf(tmp_path / folder / "report.pdf", text))
    code, _, _ = cli("convert", *sources, "-o", tmp_path / "out")
    assert code == 0
    texts = [path.read_text(encoding="utf-8") for path in (tmp_path / "out").iterdir()]
    assert len(texts) == 2
    assert sum("甲甲甲" in text for text in texts) == 1
    assert sum("乙乙乙" in text for text in texts) == 1


def test_a_result_does_not_overwrite_an_input(
    cli: Callable[..., tuple[int, str, str]], tmp_path: Path
) -> None:
    page = tmp_path / "report.html"
    page.write_text(f"<html><body><h1>{TITLE}</h1></body></html>", encoding="utf-8")
    before = page.read_bytes()
    code, _, _ = cli("convert", page, "-o", tmp_path, "--format", "html")
    assert code == 0
    assert page.read_bytes() == before
    assert len(list(tmp_path.glob("*.html"))) == 2


@pytest.mark.parametrize(
    ("make", "arguments", "exit_code", "remedy"),
    [
        (empty_file, (), 3, "empty"),
        (missing_file, (), 3, "report.pdf"),
        (truncated_pdf, (), 3, "damaged"),
        (picture_named_pdf, (), 3, ".png"),
        (enormous_pdf, (), 5, "36,000"),
        (encrypted_pdf, (), 4, "--password"),
        (encrypted_pdf, ("--password", "wrong"), 4, "password"),
        (digital_pdf, ("--pages", "3"), 2, "Choose pages"),
    ],
)
def test_bad_input_is_one_clear_line_and_leaves_nothing(
    cli: Callable[..., tuple[int, str, str]],
    tmp_path: Path,
    make: Callable[[Path], Path],
    arguments: tuple[str, ...],
    exit_code: int,
    remedy: str,
) -> None:
    bad = make(tmp_path / "report.pdf")
    good = digital_pdf(tmp_path / "good.pdf")
    sources = (bad,) if arguments else (bad, good)
    code, _, err = cli("convert", *sources, "-o", tmp_path / "out", *arguments)
    assert code == exit_code
    assert err.count("\n") == 1, err
    assert "report.pdf" in err
    assert remedy in err
    written = [path.name for path in (tmp_path / "out").iterdir()]
    assert written == ([] if arguments else ["good.json"])


def test_a_defect_in_one_file_costs_no_other(
    cli: Callable[..., tuple[int, str, str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = Converter.convert

    def convert(this: Converter, source: Path, **options: object) -> Document:
        if Path(source).name == "bad.pdf":
            raise ZeroDivisionError("division by zero")
        return whole(this, source, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(Converter, "convert", convert)
    bad, good = digital_pdf(tmp_path / "bad.pdf"), digital_pdf(tmp_path / "good.pdf")
    code, _, err = cli("convert", bad, good, "-o", tmp_path / "out")
    assert code == 1
    assert err.count("\n") == 1
    assert "bad.pdf: this should not happen (ZeroDivisionError" in err
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["good.json"]


def test_the_right_password_opens_the_file(
    cli: Callable[..., tuple[int, str, str]], tmp_path: Path
) -> None:
    source = encrypted_pdf(tmp_path / "locked.pdf")
    code, _, err = cli("convert", source, "-o", tmp_path / "out", "--password", "right")
    assert (code, err) == (0, "")


def test_strict_tells_of_issues(cli: Callable[..., tuple[int, str, str]], tmp_path: Path) -> None:
    # A report without its statutory tables is a good document with warnings.
    source = digital_pdf(tmp_path / "report.pdf")
    assert cli("convert", source, "-o", tmp_path / "out")[0] == 0
    assert cli("convert", source, "-o", tmp_path / "out", "--strict")[0] == 8


def test_a_folder_that_cannot_be_made(
    cli: Callable[..., tuple[int, str, str]], tmp_path: Path
) -> None:
    (tmp_path / "taken").write_text("a file")
    source = digital_pdf(tmp_path / "report.pdf")
    code, _, err = cli("convert", source, "-o", tmp_path / "taken" / "out")
    assert code == 7
    assert "--output" in err


@pytest.mark.parametrize(("flag", "name"), [([], "Document"), (["--report"], "DisclosureReport")])
def test_schema_prints_the_json_schema(
    cli: Callable[..., tuple[int, str, str]], flag: list[str], name: str
) -> None:
    code, out, _ = cli("schema", *flag)
    assert code == 0
    assert json.loads(out)["title"] == name


def test_doctor_says_what_is_there(cli: Callable[..., tuple[int, str, str]]) -> None:
    code, out, _ = cli("doctor")
    assert code == 0
    for expected in ("openvino (default)", "onnxruntime", "paddleocr", "PP-OCRv6_rec_small"):
        assert expected in out
    assert out.count("as published") >= 4


def test_timings_name_the_stages_and_the_whole(
    cli: Callable[..., tuple[int, str, str]], tmp_path: Path
) -> None:
    file = digital_pdf(tmp_path / "a.pdf")
    code, _, told = cli("convert", file, "-o", tmp_path / "out", "-q", "--timings")
    assert code == 0
    for stage in ("grids", "cells", "layout", "export", "all", "inference"):
        assert stage in told
    assert "text recognition" not in told  # A digital page needs no network.
