"""Files attached to a PDF are named."""

import pymupdf

from ocrpipe import convert
from ocrpipe.ingest import open_source
from ocrpipe.options import IngestOptions


def portfolio(*names: str) -> bytes:
    with pymupdf.open() as pdf:
        pdf.new_page().insert_text((72, 100), "Open this portfolio in another program.")
        for name in names:
            pdf.embfile_add(name, b"%PDF-1.7")
        return bytes(pdf.tobytes())


def test_a_portfolio_says_that_its_files_were_not_read() -> None:
    """Its cover was all that came out, and nothing said that there was more."""
    found = convert(portfolio("2022年度报告.pdf", "b.xlsx", "c", "d")).issues
    assert [issue.message for issue in found if issue.code == "attachment.unread"] == [
        "files attached to the PDF were not read: 4 (2022年度报告.pdf, b.xlsx, c, ...)"
    ]


def test_other_files_have_none() -> None:
    with open_source(portfolio(), IngestOptions()) as source:
        assert source.issues == ()
