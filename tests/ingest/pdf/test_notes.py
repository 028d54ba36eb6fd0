"""What a reader noted on a PDF is no part of it."""

import pymupdf

from ocrpipe.ingest import open_source
from ocrpipe.options import IngestOptions
from ocrpipe.page import SourcePage


def page_with(kind: str) -> SourcePage:
    with pymupdf.open() as pdf:
        page = pdf.new_page()
        page.insert_text((60, 100), "1205 documents were received.", fontsize=12)
        if kind == "note":
            page.add_text_annot((200, 200), "look here", icon="Note")
        elif kind == "frame":
            page.add_rect_annot((50, 80, 300, 120))
        elif kind == "cover":
            annot = page.add_rect_annot((50, 80, 300, 120))
            annot.set_colors(stroke=(1, 1, 1), fill=(1, 1, 1))
            annot.update()
            page.insert_text((60, 300), "None were answered.", fontsize=12)
        elif kind == "typed":
            page.add_freetext_annot((60, 300, 300, 340), "approved", fontsize=14)
        data = pdf.tobytes()
    with open_source(data, IngestOptions()) as source:
        return source.page(1)


def test_icons_of_notes_and_frames_around_text_have_no_rules() -> None:
    assert page_with("note").rulings == ()
    assert page_with("frame").rulings == ()
    assert len(page_with("frame").lines) == 1


def test_what_covers_text_covers_it_and_typed_text_is_read() -> None:
    assert [line.text for line in page_with("cover").lines] == ["None were answered."]
    assert [line.text for line in page_with("typed").lines][1:] == ["approved"]
