"""The dataset as its readers meet it: through DuckDB and pyarrow, on reports made by hand."""

import json
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest

from ocrpipe.batch import export_dataset
from ocrpipe.batch.ledger import Entry, Ledger
from ocrpipe.batch.output.dataset import write_dataset
from ocrpipe.batch.output.storage import open_storage
from ocrpipe.batch.output.summary import Summary, summary_html
from ocrpipe.document import Document, Source
from ocrpipe.errors import TimeLimitError, UsageError
from ocrpipe.export import to_json
from ocrpipe.geometry import Box
from ocrpipe.report import (
    ApplicationRow,
    Applications,
    Check,
    DisclosureReport,
    Figure,
    ProactiveDisclosure,
    Reviews,
)

MARKUP = "<script>alert(1)</script>"


def figure(value: int | Decimal | None, trust: str = "read", state: str = "printed") -> Figure:
    return Figure.model_validate(
        {
            "value": value, "raw": "" if value is None else str(value), "state": state,
            "page": 2, "bbox": Box(1, 2, 3, 4), "confidence": 0.9, "trust": trust,
        }
    )  # fmt: skip


def report(organization: str, year: int, rows: Mapping[str, Figure]) -> DisclosureReport:
    return DisclosureReport(
        edition="2021",
        letterhead=(),
        organization=organization,
        document_number=None,
        signer=None,
        title=None,
        year=year,
        issue_date=None,
        sections=(),
        proactive=ProactiveDisclosure(rows=()),
        applications=Applications(
            rows=tuple(
                ApplicationRow(key=key, label=key, figures={"total": total})
                for key, total in rows.items()
            )
        ),
        reviews=Reviews(
            reconsideration={}, direct_litigation={}, litigation_after_reconsideration={}
        ),
        checks=(
            Check(
                rule="applications.balance", scope=MARKUP, expected=7, actual=Decimal("6.5"),
                state="fail", figures=("applications/new/total",),
            ),
        ),
    )  # fmt: skip


@pytest.fixture
def output(tmp_path: Path) -> Path:
    """Three filings of two bodies, one document that failed, one that waits."""
    storage = open_storage(str(tmp_path))
    filings = {
        "a-2022": report(
            "甲局", 2022, {"new": figure(5, "doubtful"), "carried_forward": figure(3)}
        ),
        "a-2023": report(
            "甲局", 2023, {"new": figure(None, state="blank"), "carried_over": figure(4)}
        ),
        "b-2022": report(MARKUP, 2022, {"new": figure(Decimal("1.25"))}),
    }  # fmt: skip
    with Ledger(tmp_path / "ledger.sqlite") as ledger:
        for number, name in enumerate([*filings, "failed", "waiting"]):
            columns: dict[str, object] = {"province": "甘肃", "rank": number, "state": "mine"}
            if name == "failed":
                columns = {"rank": 0.5, "tags": ["x", 1]}
            entry = Entry(name, f"/in/{name}.pdf", name, columns, "key", "mark", "waiting")
            ledger.ask([(entry, name)])
        for name, filing in filings.items():
            document = Document(
                source=Source(name=name, sha256=name, media_type="application/pdf", page_count=1),
                pages=(), tables=(), issues=(), report=filing,
            )  # fmt: skip
            storage.write(f"results/{name}.json", to_json(document).encode())
            ledger.start(name)
            ledger.done(name, sha256=name, pages=0, seconds=1.5, version="0")
        ledger.start("failed")
        ledger.failed("failed", TimeLimitError(MARKUP, remedy="Wait"), 3.0)
    export_dataset(tmp_path)
    return tmp_path


def query(output: Path, sql: str) -> list[tuple[object, ...]]:
    with duckdb.connect() as database:
        database.execute(f"SET file_search_path = '{output}'")
        return database.execute(sql).fetchall()


def test_figures_have_a_row_each(output: Path) -> None:
    assert query(
        output,
        "SELECT document, organization, year, section, row_key, column_key, value, raw, state, "
        "trust, page, x0, y1 FROM 'dataset/figures.parquet' ORDER BY document, row_key",
    ) == [
        ("a-2022", "甲局", 2022, 3, "carried_forward", "total", 3, "3", "printed", "read", 2, 1, 4),
        ("a-2022", "甲局", 2022, 3, "new", "total", 5, "5", "printed", "doubtful", 2, 1, 4),
        ("a-2023", "甲局", 2023, 3, "carried_over", "total", 4, "4", "printed", "read", 2, 1, 4),
        ("a-2023", "甲局", 2023, 3, "new", "total", None, "", "blank", "read", 2, 1, 4),
        ("b-2022", MARKUP, 2022, 3, "new", "total", 1.25, "1.25", "printed", "read", 2, 1, 4),
    ]


def test_documents_say_what_became_of_each(output: Path) -> None:
    rows = query(
        output,
        "SELECT document, state, result, reason, tries, organization, doubtful, checks_failed "
        "FROM 'dataset/documents.parquet' ORDER BY document",
    )
    assert rows == [
        ("a-2022", "done", "results/a-2022.json", None, 1, "甲局", 1, 1),
        ("a-2023", "done", "results/a-2023.json", None, 1, "甲局", 0, 1),
        ("b-2022", "done", "results/b-2022.json", None, 1, MARKUP, 0, 1),
        ("failed", "failed", None, "worker.timeout", 1, None, None, None),
        ("waiting", "waiting", None, None, 0, None, None, None),
    ]


def test_the_users_columns_are_carried_through(output: Path) -> None:
    rows = query(
        output,
        "SELECT document, province, rank, manifest_state, tags FROM 'dataset/documents.parquet' "
        "WHERE document IN ('a-2023', 'failed') ORDER BY document",
    )
    assert rows == [("a-2023", "甘肃", 1.0, "mine", None), ("failed", None, 0.5, None, '["x", 1]')]


def test_every_column_of_the_user_has_a_name_of_its_own(output: Path) -> None:
    """For readers too that take no heed of letter case."""
    columns = {"state": "a", "manifest_state": "b", "State": "c", "省": "d", "": "e"}
    with Ledger(output / "ledger.sqlite") as ledger:
        ledger.ask([(Entry("own", "/in/own.pdf", "own", columns, "", "", "waiting"), "own")])
    export_dataset(output)
    names = pq.read_table(output / "dataset/documents.parquet").column_names
    assert len({name.casefold() for name in names}) == len(names)
    assert query(
        output,
        "SELECT manifest_state, manifest_manifest_state, manifest_state_, 省 "
        "FROM 'dataset/documents.parquet' WHERE document = 'own'",
    ) == [("a", "b", "c", "d")]


def test_checks_name_their_figures(output: Path) -> None:
    rows = query(
        output,
        "SELECT DISTINCT rule, scope, expected, actual, state, figures "
        "FROM 'dataset/checks.parquet'",
    )
    assert rows == [("applications.balance", MARKUP, 7, 6.5, "fail", ["applications/new/total"])]


@pytest.mark.parametrize("readme", ["README.md", "README.zh-CN.md"])
def test_the_readme_answers_its_questions(output: Path, readme: str) -> None:
    text = (Path(__file__).parents[3] / readme).read_text("utf-8")
    first, second = (part.split("```")[0] for part in text.split("```sql\n")[1:])
    rows = query(output, first.replace("out/dataset", "dataset"))
    assert ("a-2022", "甲局", 2022, 5, None, None, 1) in rows
    assert query(output, second.replace("out/dataset", "dataset")) == [("甲局", 2023, 3, 4)]


def test_many_rows_go_into_several_row_groups(
    output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ocrpipe.batch.output.dataset._BUFFERED_ROWS", 2)
    with Ledger(output / "ledger.sqlite") as ledger:
        rows = write_dataset(open_storage(str(output)), ledger.entries)
    assert rows == {"documents": 5, "figures": 5, "checks": 3, "issues": 0}
    assert pq.ParquetFile(output / "dataset/figures.parquet").num_row_groups == 3


def test_a_table_that_cannot_be_finished_leaves_the_old_one(output: Path) -> None:
    before = (output / "dataset/figures.parquet").read_bytes()

    def fail(*_: object) -> None:
        raise KeyboardInterrupt

    with Ledger(output / "ledger.sqlite") as ledger, pytest.raises(KeyboardInterrupt):
        write_dataset(open_storage(str(output)), ledger.entries, fail)
    assert (output / "dataset/figures.parquet").read_bytes() == before
    assert len(list((output / "dataset").iterdir())) == 4


def test_a_result_that_is_no_document_costs_no_other(output: Path) -> None:
    (output / "results/a-2022.json").write_text(json.dumps({"no": "document"}))
    assert export_dataset(output)["figures"] == 3
    assert "<li>a-2022.json</li>" in (output / "summary.html").read_text()


def test_the_summary_shows_text_and_never_runs_it(output: Path) -> None:
    page = (output / "summary.html").read_text()
    assert "<script" not in page
    assert page.count("&lt;script&gt;") >= 3
    assert "worker.timeout" in page
    assert "applications/new/total" in page


def test_the_summary_keeps_a_bounded_list(output: Path) -> None:
    summary = Summary()
    entry = Entry("x", "x", "x", {}, "", "", "failed", reason="internal", error="error")
    for _ in range(1000):
        summary.add(entry, None)
    assert len(summary.failed) == 300
    assert "1000" in summary_html(summary, {})


def test_a_folder_without_a_batch_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no ledger"):
        export_dataset(tmp_path)
