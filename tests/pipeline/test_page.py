"""What the pipeline decides between the stages."""

import pymupdf

from ocrpipe import convert


def pasted_table() -> bytes:
    """A digital page into which a picture of a table was pasted."""
    with pymupdf.open() as drawn:
        page = drawn.new_page(width=300, height=90)
        for row in range(3):
            page.draw_line((5, 5 + 40 * row), (295, 5 + 40 * row), width=1)
        for col in range(3):
            page.draw_line((5 + 145 * col, 5), (5 + 145 * col, 85), width=1)
        for row, col, text in ((0, 0, "项目"), (0, 1, "数量"), (1, 0, "信件"), (1, 1, "17")):
            place = (60 + 145 * col, 30 + 40 * row)
            page.insert_text(place, text, fontname="china-s", fontsize=14)
        picture = page.get_pixmap(dpi=200).tobytes("png")
    with pymupdf.open() as made:
        page = made.new_page()
        page.insert_text((72, 100), "收到的信件见下表。", fontname="china-s", fontsize=14)
        page.insert_image((72, 150, 522, 285), stream=picture)
        return bytes(made.tobytes())


def test_a_table_pasted_into_a_digital_page_as_a_picture_is_read() -> None:
    document = convert(pasted_table())
    assert document.pages[0].origin == "digital"
    assert "收到的信件见下表。" in [block.text for block in document.pages[0].blocks]
    (table,) = document.tables
    assert [cell.text for cell in table.cells] == ["项目", "数量", "信件", "17"]
    assert {cell.origin for cell in table.cells} == {"scanned"}


def drawings() -> bytes:
    """A digital page with the swatches of a legend, and a chart with gridlines and an axis."""
    with pymupdf.open() as made:
        page = made.new_page()
        page.insert_text((72, 70), "各类信件的数量如下图所示。", fontname="china-s", fontsize=14)
        for row, kind in enumerate("甲乙丙"):
            page.draw_rect((90, 100 + 16 * row, 120, 116 + 16 * row), width=0.8)
            place = (130, 112 + 16 * row)
            page.insert_text(place, f"{kind}类", fontname="china-s", fontsize=10)
        for row in range(6):
            page.draw_line((100, 200 + 40 * row), (480, 200 + 40 * row), width=0.5)
            page.insert_text((75, 204 + 40 * row), str(500 - 100 * row), fontsize=9)
        for col in range(7):
            page.draw_line((100 + 60 * col, 200), (100 + 60 * col, 400), width=0.5)
        page.draw_line((100, 390), (460, 220), width=2)
        return bytes(made.tobytes())


def test_charts_and_swatches_are_no_tables() -> None:
    document = convert(drawings())
    assert document.tables == ()
    assert all(block.kind != "table" for block in document.pages[0].blocks)
    assert "甲类" in "".join(block.text for block in document.pages[0].blocks)


def flowchart() -> bytes:
    """A digital page with boxes of text, each joined to the next by a line."""
    with pymupdf.open() as made:
        page = made.new_page()
        for step, text in enumerate(("提出申请", "受理登记", "答复申请人")):
            top, half = 100 + 60 * step, 60 + 9 * step
            page.draw_rect((300 - half, top, 300 + half, top + 36), width=0.8)
            place = (300 - 6 * len(text), top + 23)
            page.insert_text(place, text, fontname="china-s", fontsize=12)
            if step < 2:
                page.draw_line((300, top + 36), (300, top + 60), width=0.8)
        return bytes(made.tobytes())


def test_the_text_of_a_flowchart_is_no_table_and_is_kept() -> None:
    document = convert(flowchart())
    assert document.tables == ()
    text = "".join(block.text for block in document.pages[0].blocks)
    assert text == "提出申请受理登记答复申请人"
