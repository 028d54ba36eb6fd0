"""Files that are attached to a PDF: what is packed in a portfolio stands on none of its pages."""

from typing import Any

from ocrpipe.document import Issue
from ocrpipe.errors import IssueCode

_MOST_NAMED, _LONGEST_NAME = 3, 60


def unread_attachments(pdf: Any) -> tuple[Issue, ...]:
    """An issue that names the files attached to an open `pymupdf.Document`, if there are any.

    Raises what MuPDF raises where the list of them is damaged.
    """
    infos = [pdf.embfile_info(at) for at in range(pdf.embfile_count())]
    names = [_as_text(info["ufilename"] or info["filename"]) for info in infos]
    if not names:
        return ()
    named = ", ".join(name[:_LONGEST_NAME] for name in names[:_MOST_NAMED])
    more = ", ..." if len(names) > _MOST_NAMED else ""
    return (
        Issue(
            code=IssueCode.ATTACHMENT_UNREAD,
            severity="info",
            message=f"files attached to the PDF were not read: {len(names)} ({named}{more})",
        ),
    )


def _as_text(name: str) -> str:
    """A name as it was written: PyMuPDF gives the bytes of its UTF-8 as a character each."""
    try:
        return name.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return name
