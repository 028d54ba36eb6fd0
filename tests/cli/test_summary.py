"""What the command line says of one result."""

from collections.abc import Mapping
from pathlib import Path

from ocrpipe.cli.summary import summarize
from ocrpipe.document import Issue
from ocrpipe.errors import IssueCode
from ocrpipe.report import Figure
from tests.evaluate.documents import document, figure


def figures_line(figures: Mapping[str, Figure]) -> str:
    lines = summarize(document(figures=figures), [Path("a.json")])
    return next(line for line in lines if "figures (" in line)


def test_doubtful_blanks_are_counted_where_they_are_listed() -> None:
    line = figures_line(
        {
            "person": figure(7, "confirmed"),
            "company": figure(None, "doubtful", "blank"),
            "other": figure(None, "read", "blank"),
            "total": figure(None, "doubtful", "unread"),
        }
    )
    assert "1 figures (1 confirmed, 0 read, 0 doubtful)" in line
    assert "2 blank (1 doubtful), 1 unread (1 doubtful)" in line


def test_states_that_no_figure_has_are_not_named() -> None:
    line = figures_line({"total": figure(7)})
    assert not any(state in line for state in ("blank", "unread", "absent"))


def test_an_issue_of_a_cell_says_which_cell() -> None:
    issue = Issue(
        code=IssueCode.CELL_UNREAD,
        severity="warning",
        message="there is ink that could not be read",
        page=2,
        table_id="t1",
        row=0,
        col=4,
    )
    seen = document().model_copy(update={"issues": (issue,)})
    assert "  warning: page 2, t1, row 0, col 4: there is ink that could not be read" in summarize(
        seen, [Path("a.json")]
    )


def test_a_document_that_is_no_report_is_said_to_be_none() -> None:
    issue = Issue(code=IssueCode.REPORT_NONE, severity="info", message="this is no annual report")
    seen = document().model_copy(update={"report": None, "issues": (issue,)})
    assert summarize(seen, [Path("a.json")])[1:] == ["  this is no annual report"]


def test_an_issue_of_the_whole_file_has_no_place() -> None:
    issue = Issue(code=IssueCode.PAGE_FAILED, severity="error", message="the file is cut off")
    seen = document().model_copy(update={"issues": (issue,)})
    assert "  error: the file is cut off" in summarize(seen, [Path("a.json")])
