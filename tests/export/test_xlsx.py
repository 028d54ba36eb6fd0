"""Workbooks are read back by openpyxl."""

import io
import time
import zipfile

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from ocrpipe.document import Document, Table
from ocrpipe.errors import OutputError
from ocrpipe.export import to_xlsx, xlsx
from ocrpipe.export.numbers import parse_number
from ocrpipe.export.sheets import plain_text, sheet_names
from tests.export.conftest import cell, document, make_filing, table
from tests.export.strategies import texts, tilings


def opened(doc: Document) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(to_xlsx(doc)))


def records(sheet: Worksheet) -> list[dict[str, object]]:
    head, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(map(str, head), row, strict=True)) for row in rows]


def only_cell(text: str) -> object:
    return opened(document(tables=[table("t1", [cell(0, 0, text)])]))["t1"]["A1"]


def test_sheets(filing: Document) -> None:
    assert opened(filing).sheetnames == [
        "filing", "report", "checks", "t1 主动公开政府信息情况",
        "t2 收到和处理政府信息公开申请情况", "issues",
    ]  # fmt: skip


def test_a_document_without_report_and_tables_still_opens() -> None:
    book = opened(document())
    assert book.sheetnames == ["issues"]
    assert [one.value for one in book["issues"][1]][:3] == ["severity", "code", "message"]


def test_same_document_same_bytes() -> None:
    first = to_xlsx(make_filing())
    time.sleep(1.1)  # The clock of ZIP and of document properties counts seconds.
    assert to_xlsx(make_filing()) == first


def test_merged_cells(filing: Document) -> None:
    sheet = opened(filing)["t2 收到和处理政府信息公开申请情况"]
    assert {str(one) for one in sheet.merged_cells.ranges} == {"A1:B1", "A2:B2", "A3:A5"}
    assert sheet["A3"].value == "三、本年度办理结果"
    assert sheet["D4"].value is None


def test_numbers_are_numbers_and_codes_are_text(filing: Document) -> None:
    sheet = opened(filing)["t1 主动公开政府信息情况"]
    assert [sheet[f"B{row}"].value for row in range(1, 5)] == ["数量", 1024, "001", 15]
    assert sheet["B2"].number_format == "#,##0"
    assert sheet["B4"].number_format == "+0;-0;0"


def test_unread_and_doubtful_cells_have_colour_and_comment(filing: Document) -> None:
    sheet = opened(filing)["t2 收到和处理政府信息公开申请情况"]
    unread, doubtful, plain = sheet["D5"], sheet["E5"], sheet["C5"]
    assert unread.value is None
    assert unread.fill.fgColor.rgb == "FF" + xlsx.UNREAD_COLOUR[1:]
    assert "unread" in unread.comment.text
    assert "page 2" in unread.comment.text
    assert doubtful.fill.fgColor.rgb == "FF" + xlsx.DOUBTFUL_COLOUR[1:]
    assert "applications/total/total" in doubtful.comment.text
    assert plain.comment is None
    assert plain.fill.fill_type is None


def test_report_has_every_figure(filing: Document) -> None:
    rows = records(opened(filing)["report"])
    assert len(rows) == 3 + 12 + 3
    assert rows[0] == {
        "section": "二、主动公开政府信息情况", "row key": "第二十条第（一）项", "row label": "规章",
        "column key": "made_this_year", "column label": "本年制发件数", "value": 1024,
        "raw": "1,024", "state": "printed", "trust": "read", "confidence": 0.9, "page": 1,
        "x0": 120, "y0": 204, "x1": 180, "y1": 228, "table": "t1", "row": 1, "col": 1,
    }  # fmt: skip
    fee, absent = rows[1], rows[2]
    assert (fee["value"], fee["raw"]) == (3.5, "3.50")
    assert (absent["value"], absent["state"], absent["page"]) == (None, "absent", None)
    total = rows[14]
    assert (total["row key"], total["column key"], total["value"]) == ("total", "total", 13)
    assert (total["trust"], total["page"], total["table"]) == ("doubtful", 2, "t2")
    assert rows[-2]["column label"] == "其他结果"


def test_checks_issues_and_filing(filing: Document) -> None:
    book = opened(filing)
    assert records(book["checks"])[1] == {
        "state": "fail", "rule": "applications.column_sum", "scope": "column total",
        "expected": 18, "actual": 13,
        "figures": "applications/total/total, applications/granted/total, prose.1",
    }  # fmt: skip
    assert [row["code"] for row in records(book["issues"])] == ["cell.unread", "text.unread"]
    filing_fields = {row["field"]: row["value"] for row in records(book["filing"])}
    assert filing_fields["organization"] == "某某县人民政府"
    assert filing_fields["issue date"] == "2020-01-20"
    assert filing_fields["signer"] is None


@pytest.mark.parametrize(
    ("text", "value", "number_format"),
    [
        ("0", 0, "0"),
        ("15", 15, "0"),
        ("-3", -3, "0"),
        ("−3", -3, "0"),
        ("+15", 15, "+0;-0;0"),
        ("1,024", 1024, "#,##0"),
        ("12,345.60", 12345.6, "#,##0.00"),
        ("3.50", 3.5, "0.00"),
        ("12.5%", 0.125, "0.0%"),
        ("１５", 15, "0"),
        (" 7 ", 7, "0"),
        ("999999999999999", 999999999999999, "0"),
    ],
)
def test_what_is_a_number(text: str, value: float, number_format: str) -> None:
    assert parse_number(text) == (value, number_format)


@pytest.mark.parametrize(
    "text",
    [
        "", "-", "+", "001", "00", "-0", "+0", "1,02", "1,0240", "0,123", "1.", ".5", "1 024",
        "1e5", "①", "²", "五", "٣", "12 34", "1/2", "2019年", "1234567890123456",
        "0.1234567890123456", "(3)", "1\n2", "inf", "nan", "=1", "1.2.3",
    ],
)  # fmt: skip
def test_what_is_no_number(text: str) -> None:
    assert parse_number(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "=1+1", "{=1+1}", "@SUM(A1)", "+cmd|' /C calc'!A0", "-2+3", "http://example.org/",
        "mailto:a@example.org", "internal:Sheet1!A1", "<r>a</r>x", "_x0041_", "001", "TRUE",
        "2019-01-01",
    ],
)  # fmt: skip
def test_text_is_never_a_formula_or_a_link(text: str) -> None:
    one = only_cell(text)
    assert (one.value, one.data_type, one.hyperlink) == (text, "s", None)


def test_text_that_looks_like_the_writers_own_tags_stays_text() -> None:
    assert only_cell("<r><t>a</t></r>").value == "<r><t>a</t></r> "


def test_too_long_a_text_is_cut_visibly() -> None:
    text = "政" * 32_767
    assert plain_text(text) == text
    cut = plain_text(text + "府")
    assert len(cut) == 32_767
    assert cut.endswith("… [cut]")
    assert only_cell("𠀀" * 20_000).value.endswith("𠀀… [cut]")


def test_a_table_larger_than_a_sheet_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "MAX_COLUMNS", 1)
    with pytest.raises(OutputError, match=r"年报 2019\.pdf: table t1 has 1 rows and 2 columns"):
        to_xlsx(document(tables=[table("t1", [cell(0, 0), cell(0, 1)])]))


def test_sheet_names() -> None:
    assert sheet_names(["t1 [a]:b*?/\\", "T1 A", "t1 a", "", "'q'", "Issues", "政" * 40]) == [
        "t1 _a__b____", "T1 A", "t1 a (2)", "table", "q", "Issues (2)", "政" * 31,
    ]  # fmt: skip


@given(st.lists(st.text(max_size=40) | texts | st.just("𠀀" * 31), max_size=6))
def test_sheet_names_are_valid_and_distinct(titles: list[str]) -> None:
    names = sheet_names(titles)
    assert len({name.casefold() for name in names}) == len(titles)
    for name in names:
        assert 0 < len(name.encode("utf-16-le")) // 2 <= 31
        assert not set(name) & set("[]:*?/\\\0\n")
        assert name.strip("'") == name


@settings(max_examples=40, deadline=None)
@given(tilings())
def test_any_table_reads_back(random: Table) -> None:
    book = openpyxl.load_workbook(io.BytesIO(to_xlsx(document(tables=[random]))))
    sheet = book["t1"]
    merged = {str(one) for one in sheet.merged_cells.ranges}
    assert len(merged) == sum(one.row_span * one.col_span > 1 for one in random.cells)
    for one in random.cells:
        found = sheet.cell(one.row + 1, one.col + 1)
        number = parse_number(one.text)
        if number is not None:
            assert found.value == number.value
        elif not plain_text(one.text).strip():
            assert found.value is None
        else:
            assert found.data_type == "s"
            assert found.value == plain_text(one.text)


def test_the_archive_holds_no_macro_and_no_link(filing: Document) -> None:
    names = zipfile.ZipFile(io.BytesIO(to_xlsx(filing))).namelist()
    assert not [name for name in names if "vba" in name.lower() or "externalLink" in name]
