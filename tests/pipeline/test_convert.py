"""The library call: sources of every kind, and pages that fail without costing the others."""

import io
import pickle
from pathlib import Path

import pymupdf
import pytest

from ocrpipe import Converter, Options, convert
from ocrpipe.aside import Aside
from ocrpipe.errors import EngineUnavailableError, IssueCode, UnreadableInputError, UsageError
from ocrpipe.page import SourcePage
from ocrpipe.pipeline.convert import put_together
from ocrpipe.pipeline.debug import DebugFolder
from ocrpipe.pipeline.page import PageConverter
from ocrpipe.pipeline.result import ConvertedPages, PageResult


@pytest.fixture(scope="module")
def pdf() -> bytes:
    with pymupdf.open() as made:
        for number in range(1, 4):
            page = made.new_page()
            page.insert_text((72, 100), f"这是第{number}页的正文内容。", fontname="china-s")
        return bytes(made.tobytes())


def page_texts(data: bytes, options: Options | None = None) -> list[str]:
    return ["".join(b.text for b in page.blocks) for page in convert(data, options).pages]


def test_bytes_paths_and_file_objects_give_the_same(pdf: bytes, tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(pdf)
    from_path = convert(path)
    assert from_path.source.name == "report.pdf"
    assert from_path.source.page_count == 3
    assert convert(str(path)) == from_path
    assert convert(pdf, name="report.pdf") == from_path
    assert convert(io.BytesIO(pdf), name="report.pdf") == from_path


def test_the_json_is_the_same_from_run_to_run(pdf: bytes) -> None:
    assert convert(pdf).model_dump_json() == convert(pdf).model_dump_json()


def test_chosen_pages_keep_their_numbers(pdf: bytes) -> None:
    document = convert(pdf, Options.model_validate({"ingest": {"pages": "2-3"}}))
    assert [page.number for page in document.pages] == [2, 3]
    assert document.source.page_count == 3


class FailingPage:
    """Stands in for the conversion of one page and fails on the pages that it is told to."""

    def __init__(self, error: Exception, *numbers: int) -> None:
        self.error, self.numbers = error, numbers
        self.convert = PageConverter.convert

    def install(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def convert_page(
            this: PageConverter, page: SourcePage, debug: DebugFolder, aside: Aside
        ) -> PageResult:
            if page.number in self.numbers:
                raise self.error
            return self.convert(this, page, debug, aside)

        monkeypatch.setattr(PageConverter, "convert", convert_page)


@pytest.mark.parametrize("error", [MemoryError("no room"), RuntimeError("broken"), KeyError("x")])
def test_a_page_that_fails_costs_only_itself(
    pdf: bytes, error: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    FailingPage(error, 2).install(monkeypatch)
    document = convert(pdf)
    assert [page.number for page in document.pages] == [1, 3]
    failed = [issue for issue in document.issues if issue.code == IssueCode.PAGE_FAILED]
    assert [(issue.page, issue.severity) for issue in failed] == [(2, "error")]
    assert type(error).__name__ in failed[0].message


def test_when_every_page_fails_there_is_no_document(
    pdf: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    FailingPage(RuntimeError("broken"), 1, 2, 3).install(monkeypatch)
    with pytest.raises(UnreadableInputError, match=r"report\.pdf, page 1: .*RuntimeError: broken"):
        convert(pdf, name="report.pdf")


def test_a_missing_engine_is_not_taken_for_a_bad_page(
    pdf: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    FailingPage(EngineUnavailableError("gone", remedy="Install it"), 2).install(monkeypatch)
    with pytest.raises(EngineUnavailableError):
        convert(pdf)


class Counter:
    """Records what a conversion tells of its progress."""

    def __init__(self) -> None:
        self.calls: list[tuple[object, ...]] = []

    def document_started(self, name: str, page_count: int) -> None:
        self.calls.append(("started", name, page_count))

    def page_done(self, number: int) -> None:
        self.calls.append(("page", number))

    def document_done(self) -> None:
        self.calls.append(("done",))


def test_progress_is_told_of_every_page(pdf: bytes) -> None:
    counter = Counter()
    Converter().convert(pdf, name="a.pdf", progress=counter)
    assert counter.calls == [
        ("started", "a.pdf", 3), ("page", 1), ("page", 2), ("page", 3), ("done",)
    ]  # fmt: skip


def test_a_document_that_is_no_report_has_none(pdf: bytes) -> None:
    document = convert(pdf)
    assert document.report is None
    assert page_texts(pdf) == [f"这是第{n}页的正文内容。" for n in (1, 2, 3)]


def test_parts_of_a_document_put_together_are_the_same_as_the_whole() -> None:
    """Also when the parts come from other processes, with a table that runs over two of them."""
    path = Path(__file__).parents[2] / "fixtures" / "chuxiong-2019.pdf"
    converter = Converter()
    pages = converter.page_numbers(path)
    assert len(pages) > 2
    parts = [converter.convert_pages(path, [number]) for number in reversed(pages)]
    parts = pickle.loads(pickle.dumps(parts))
    assert put_together(parts) == converter.convert(path)


def test_pages_that_failed_elsewhere_are_named(pdf: bytes) -> None:
    part = Converter().convert_pages(pdf, [1, 3])
    lost = ConvertedPages(part.source, (), {2: UnreadableInputError("gone", remedy="Mend it")})
    document = put_together([lost, part])
    assert [page.number for page in document.pages] == [1, 3]
    assert (IssueCode.PAGE_FAILED, 2) in [(issue.code, issue.page) for issue in document.issues]
    with pytest.raises(UnreadableInputError, match="gone"):
        put_together([lost])


def test_options_that_are_a_mere_dict_are_refused_in_one_line() -> None:
    with pytest.raises(UsageError, match=r"an ocrpipe\.Options.*type dict"):
        Converter({"ingest": {"pages": "1"}})  # type: ignore[arg-type]
