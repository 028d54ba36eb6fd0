"""Notes and marks that readers put on a PDF, which are no part of the document."""

from typing import Any

_NOTES = frozenset(("Text", "Popup", "Caret", "FileAttachment", "Sound", "Movie"))
"""Icons that are not printed."""

_MARKS = frozenset(("Line", "Square", "Circle", "Polygon", "PolyLine", "Underline", "Squiggly"))
"""Lines around and below what is printed; filled ones may hide it."""

_HIDDEN = 2
"""The flag of an annotation that is not shown (ISO 32000-1, 12.5.3)."""


def hide_notes(page: Any) -> None:
    """Hide the notes and marks on a `pymupdf.Page`: their lines are no rules of its tables.

    What shows text (stamps, typed boxes, form fields), crosses or covers it out stays.
    """
    # Not `page.annots()`, which looks for each annotation from the first one on.
    annot = page.first_annot
    while annot is not None:
        kind = annot.type[1]
        if kind in _NOTES or (kind in _MARKS and not (annot.colors or {}).get("fill")):
            annot.set_flags(annot.flags | _HIDDEN)
        annot = annot.next
