"""A run over documents that crash, hang, take memory or are broken: each costs itself alone."""

import os
from collections.abc import Callable
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from ocrpipe.batch import BatchResult, StopSwitch, events, run_batch
from ocrpipe.batch.ledger import Entry, Ledger
from ocrpipe.batch.output.paths import PARTS
from ocrpipe.document import Document
from ocrpipe.errors import EngineUnavailableError, IssueCode, OutputError, UsageError
from ocrpipe.options import Options
from tests.batch.faults import begun, make_faulty

Run = Callable[..., BatchResult]


@pytest.fixture
def run(source: Path, tmp_path: Path) -> Run:
    def run(
        observer: events.Observer = events.no_observer,
        stop: StopSwitch | None = None,
        **batch: object,
    ) -> BatchResult:
        options = Options.model_validate({"batch": {"workers": 2, **batch}})
        return run_batch(
            [str(source)], tmp_path / "out", options,
            observer=observer, stop=stop, converter=make_faulty,
        )  # fmt: skip

    return run


def put(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(os.fsencode(name))


def ledger_of(tmp_path: Path) -> dict[str, Entry]:
    with Ledger(tmp_path / "out" / "ledger.sqlite") as ledger:
        return {entry.id: entry for entry in ledger.entries()}


def documents_of(output: Path) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = pq.read_table(output / "dataset/documents.parquet").to_pylist()
    return rows


def test_a_fault_costs_its_own_document_alone(run: Run, source: Path, tmp_path: Path) -> None:
    good = [f"good-{number}.pdf" for number in range(4)]
    bad = ["crash.pdf", "hang-pages-1.pdf", "hog-pages-1.pdf", "broken.pdf", "defect.pdf"]
    put(source, *good, *bad, "crash-once.pdf")
    result = run(page_timeout=5, memory_limit=400)
    entries = ledger_of(tmp_path)
    assert {name: entries[name].reason for name in bad} == {
        "crash.pdf": "worker.crashed",
        "hang-pages-1.pdf": "worker.timeout",
        "hog-pages-1.pdf": "worker.memory",
        "broken.pdf": "input.unreadable",
        "defect.pdf": "internal",
    }
    assert all(entries[name].state == "done" for name in [*good, "crash-once.pdf"])
    assert (result.done, result.failed, result.left) == (5, 5, 0)
    # Two tries, and one for each of two pages; an error that would come again is not tried again.
    often = {"crash.pdf": 4, "hang-pages-1.pdf": 2, "hog-pages-1.pdf": 2, "crash-once.pdf": 2}
    assert begun(source) == dict.fromkeys([*good, "broken.pdf", "defect.pdf"], 1) | often
    written = {path.name for path in (tmp_path / "out" / "results").iterdir()}
    assert written == {"crash-once.json", *(f"good-{number}.json" for number in range(4))}


def test_a_source_may_be_one_path(source: Path, tmp_path: Path) -> None:
    """As every other function of Python that takes paths has it; not the letters of its name."""
    put(source, "a.pdf", "b.pdf")
    assert run_batch(source, tmp_path / "out", converter=make_faulty).converted == 2
    assert run_batch(str(source), tmp_path / "out", converter=make_faulty).done == 2
    assert run_batch([source / "a.pdf"], tmp_path / "out", converter=make_faulty).done == 1


def test_options_of_another_type_are_refused(source: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"ocrpipe\.Options.*dict"):
        run_batch([str(source)], tmp_path / "out", {"batch": {}})  # type: ignore[arg-type]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes")
def test_a_named_pipe_is_refused_at_once(source: Path, tmp_path: Path) -> None:
    """To look for the files beside a web page, a worker opened it, and waited for a writer."""
    os.mkfifo(source / "pipe.pdf")
    options = Options.model_validate({"batch": {"workers": 1, "page_timeout": 5}})
    result = run_batch([source], tmp_path / "out", options)
    assert result.failures == {"input.unreadable": 1}


def test_a_second_run_does_what_is_new_or_changed(run: Run, source: Path, tmp_path: Path) -> None:
    put(source, "a.pdf", "b.pdf", "broken.pdf")
    run()
    put(source, "new.pdf")
    (source / "b.pdf").write_text("other content")
    assert run().converted == 2
    assert begun(source) == {"a.pdf": 1, "b.pdf": 2, "broken.pdf": 1, "new.pdf": 1}
    document = Document.model_validate_json((tmp_path / "out/results/b.json").read_bytes())
    assert document.source.sha256 == ledger_of(tmp_path)["b.pdf"].sha256


def test_a_web_page_is_converted_again_when_a_file_beside_it_has_changed(
    run: Run, source: Path, tmp_path: Path
) -> None:
    """Its own bytes are the same, and its result was left as it was."""
    source.mkdir(exist_ok=True)
    (source / "a.html").write_text("<html><link rel=stylesheet href=a_files/x.css>good</html>")
    (source / "b.html").write_text("<html><body>good</body></html>")
    assert run().converted == 2
    assert run().converted == 0
    (source / "a_files").mkdir()
    for content in ("td {}", "td { color: red }"):
        (source / "a_files" / "x.css").write_text(content)
        assert run().converted == 1
        assert run().converted == 0
    assert list(ledger_of(tmp_path)["a.html"].companions) == ["a_files/x.css"]


def test_failed_documents_are_tried_again_when_asked_to(run: Run, source: Path) -> None:
    put(source, "a.pdf", "broken.pdf")
    run()
    assert run().failed == 1
    run(retry_failed=True)
    assert begun(source) == {"a.pdf": 1, "broken.pdf": 2}
    run(force=True)
    assert begun(source) == {"a.pdf": 2, "broken.pdf": 3}


def test_a_result_that_is_gone_is_made_again(run: Run, source: Path, tmp_path: Path) -> None:
    put(source, "a.pdf")
    run()
    (tmp_path / "out/results/a.json").unlink()
    assert run().converted == 1
    assert (tmp_path / "out/results/a.json").exists()


def test_another_format_that_is_gone_is_made_again(source: Path, tmp_path: Path) -> None:
    put(source, "a.pdf")
    options = Options.model_validate(
        {"batch": {"workers": 1}, "export": {"format": ["json", "md"]}}
    )
    markdown = tmp_path / "out/results/a.md"
    for _ in range(2):
        run_batch([str(source)], tmp_path / "out", options, converter=make_faulty)
        markdown.unlink()
    assert begun(source) == {"a.pdf": 2}


@pytest.mark.parametrize("name", ["dataset/figures.parquet", "summary.html"])
def test_a_table_that_is_gone_is_written_again(
    run: Run, source: Path, tmp_path: Path, name: str
) -> None:
    put(source, "a.pdf")
    run()
    (tmp_path / "out" / name).unlink()
    assert run().converted == 0
    assert (tmp_path / "out" / name).exists()


def test_an_output_beside_its_documents_is_not_converted(source: Path) -> None:
    (source / "a.html").write_text("<html><body><p>text</p></body></html>")
    options = Options.model_validate({"batch": {"workers": 1}, "export": {"format": ["html"]}})
    for _ in range(2):
        assert run_batch([str(source)], source, options, converter=make_faulty).asked == 1
    assert (source / "results" / "a.html").exists()


def test_what_else_lies_in_the_output_stays_there(source: Path) -> None:
    put(source, "pages-4.pdf", "parts/a.pdf", "results/notes.txt", "dataset/list.csv")
    options = Options.model_validate({"batch": {"workers": 1, "pages_per_part": 3}})
    before = {path for path in source.rglob("*") if path.is_file()}
    run_batch([str(source)], source, options, converter=make_faulty)
    assert before <= set(source.rglob("*"))
    assert "parts/a.pdf" in {row["document"] for row in documents_of(source)}


def test_other_options_convert_again(source: Path, tmp_path: Path) -> None:
    put(source, "a.pdf")
    for dpi, threads in ((200, 1), (200, 2), (300, 2)):
        options = Options.model_validate(
            {"ingest": {"dpi": dpi}, "ocr": {"threads": threads}, "batch": {"workers": 1}}
        )
        run_batch([str(source)], tmp_path / "out", options, converter=make_faulty)
    assert begun(source) == {"a.pdf": 2}


def test_a_missing_engine_ends_the_run_and_fails_no_document(
    run: Run, source: Path, tmp_path: Path
) -> None:
    put(source, "engine.pdf", "slow.pdf")
    with pytest.raises(EngineUnavailableError):
        run(workers=1)
    assert {entry.state for entry in ledger_of(tmp_path).values()} == {"waiting"}


def test_a_full_disk_ends_the_run_and_fails_no_document(source: Path, tmp_path: Path) -> None:
    put(source, *(f"{number}.pdf" for number in range(6)))
    options = Options.model_validate({"batch": {"workers": 1, "work_dir": tmp_path / "work"}})
    with pytest.raises(OutputError, match=r"results/0\.json: cannot be written \(No space left"):
        run_batch([str(source)], f"full://{tmp_path}/full", options, converter=make_faulty)
    with Ledger(tmp_path / "work" / "ledger.sqlite") as ledger:
        assert [entry.state for entry in ledger.entries()] == ["waiting"] * 6
    assert begun(source) == {"0.pdf": 1}


def test_a_result_that_cannot_be_written_fails_its_document_alone(
    source: Path, tmp_path: Path
) -> None:
    put(source, "a.pdf", "no-room.pdf", "z.pdf")
    options = Options.model_validate(
        {
            "batch": {"workers": 1, "work_dir": tmp_path / "work"},
            "export": {"format": ["json", "md"]},
        }
    )
    result = run_batch([str(source)], f"full://{tmp_path}/out", options, converter=make_faulty)
    assert (result.done, result.failures) == (2, {"output.failed": 1})
    written = {path.stem for path in (tmp_path / "out" / "results").iterdir()}
    assert written == {"a", "z"}


def test_a_document_fails_alone_where_nothing_may_be_removed(source: Path, tmp_path: Path) -> None:
    put(source, "a.pdf", "broken.pdf", "z.pdf")
    options = Options.model_validate({"batch": {"workers": 1, "work_dir": tmp_path / "work"}})
    result = run_batch([str(source)], f"full://{tmp_path}/keeping", options, converter=make_faulty)
    assert (result.done, result.failures) == (2, {"input.unreadable": 1})


def test_the_memory_of_one_process_is_no_output(source: Path, tmp_path: Path) -> None:
    put(source, "a.pdf")
    options = Options.model_validate({"batch": {"work_dir": tmp_path / "work"}})
    with pytest.raises(UsageError, match="own memory"):
        run_batch([str(source)], "memory://out", options, converter=make_faulty)


def test_a_stop_finishes_what_is_in_flight(run: Run, source: Path, tmp_path: Path) -> None:
    put(source, *(f"slow-{number}.pdf" for number in range(8)))
    stop = StopSwitch()

    def stop_at_once(event: events.Event) -> None:
        if isinstance(event, events.DocumentStarted):
            stop.request()

    result = run(stop_at_once, stop)
    states = [entry.state for entry in ledger_of(tmp_path).values()]
    assert 1 <= states.count("done") <= 2
    assert states.count("waiting") == result.left == 8 - result.done
    assert run().done == 8
    assert set(begun(source).values()) == {1}


def test_workers_are_replaced_after_their_share(run: Run, source: Path) -> None:
    put(source, *(f"{number}.pdf" for number in range(6)))
    assert run(workers=1, documents_per_worker=2).done == 6


def test_every_step_is_told(run: Run, source: Path) -> None:
    put(source, "a.pdf", "crash-pages-1.pdf", "filing.DOCX")
    told: list[events.Event] = []
    run(told.append)
    kinds = [type(event).__name__ for event in told]
    assert told[0] == events.FilesPassedOver({".docx": 1})
    assert kinds[1] == "RunStarted"
    assert kinds.count("DocumentStarted") == 2
    assert kinds.count("PageConverted") == 2
    assert kinds.count("DocumentDone") == 1
    assert kinds.count("DocumentRetried") == kinds.count("DocumentFailed") == 1


def test_a_long_document_in_parts_is_the_same_as_the_whole(
    run: Run, source: Path, tmp_path: Path
) -> None:
    put(source, "pages-7.pdf")
    run()
    result = tmp_path / "out/results/pages-7.json"
    whole = result.read_bytes()
    assert run(force=True, pages_per_part=3).pages == 7
    assert begun(source) == {"pages-7.pdf": 4}
    assert result.read_bytes() == whole
    assert not (tmp_path / "out" / PARTS).exists()


@pytest.mark.parametrize("pages_per_part", [2, 50])
def test_a_page_that_ends_every_worker_costs_itself_alone(
    run: Run, source: Path, tmp_path: Path, pages_per_part: int
) -> None:
    put(source, "pages-3-bad-2.pdf")
    told: list[events.Event] = []
    result = run(told.append, pages_per_part=pages_per_part)
    assert (result.done, result.failed) == (1, 0)
    document = Document.model_validate_json(
        (tmp_path / "out/results/pages-3-bad-2.json").read_bytes()
    )
    assert [page.number for page in document.pages] == [1, 3]
    (issue,) = (issue for issue in document.issues if issue.severity == "error")
    assert (issue.code, issue.page) == (IssueCode.PAGE_FAILED, 2)
    assert "SIGKILL" in issue.message
    assert [event.page for event in told if isinstance(event, events.PageLost)] == [2]


def test_a_page_that_is_the_only_one_costs_its_document(run: Run, source: Path) -> None:
    put(source, "pages-1-bad-1.pdf")
    assert run().failures == {"worker.crashed": 1}


def test_no_name_leads_out_of_the_output(run: Run, source: Path, tmp_path: Path) -> None:
    """Names that are long, alike, in another encoding, or that a shell or a page would act on."""
    names = [
        "report.pdf", "a/report.pdf", "b/REPORT.pdf", "a/report.html", "x..pdf",
        "line\nbreak.pdf", "<script>alert(1)</script>.pdf".replace("/", "\\"), "$(touch x).pdf",
        "报" * 83 + ".pdf", "con.pdf", "\udcff.pdf",
    ]  # fmt: skip
    put(source, *names)
    before = {path for path in tmp_path.rglob("*") if "out" not in path.parts}
    result = run()
    assert (result.done, result.failed) == (len(names), 0)
    assert len(list((tmp_path / "out" / "results").iterdir())) == len(names)
    after = {path for path in tmp_path.rglob("*") if "out" not in path.parts}
    assert {path.name for path in after - before} <= {"log", "out"}
    assert "<script" not in (tmp_path / "out" / "summary.html").read_text()
    assert run().converted == 0
