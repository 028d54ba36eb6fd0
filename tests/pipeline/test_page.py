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
