import logging
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pymupdf
import pytest

from ocrpipe.errors import EncryptedInputError, PageTooLargeError, UnreadableInputError
from ocrpipe.geometry import Box
from ocrpipe.ingest import open_source
from ocrpipe.ingest.pdf.contents import MAX_CONTENT
from ocrpipe.options import IngestOptions
from ocrpipe.page import PageImage, SourcePage

CHINESE = "china-s"  # a font that PyMuPDF carries
PROSE = "本年度主动公开政府信息四十二条，均按时公布。"


def build(
    *draw: Callable[[pymupdf.Page], object], width: float = 595, height: float = 842
) -> bytes:
    """A PDF with one page for each function."""
    pdf = pymupdf.open()
    for paint in draw:
        paint(pdf.new_page(width=width, height=height))
    data: bytes = pdf.tobytes()
    return data


def write(page: pymupdf.Page, text: str = PROSE, at: tuple[float, float] = (60, 100)) -> None:
    page.insert_text(at, text, fontname=CHINESE, fontsize=12)


def scan(page: pymupdf.Page) -> None:
    """A picture of text over the whole page, with real ink in it."""
    pixels = np.full((842, 595, 3), 255, np.uint8)
    for y in range(60, 780, 24):
        cv2.putText(pixels, "scanned words of a page", (50, y), 0, 0.9, (0, 0, 0), 2)
    page.insert_image(page.rect, stream=cv2.imencode(".png", pixels)[1].tobytes())


def first(data: bytes, **options: object) -> SourcePage:
    with open_source(data, IngestOptions.model_validate(options)) as source:
        return source.page(1)


def rendered(data: bytes, dpi: float = 72) -> PageImage:
    with open_source(data, IngestOptions()) as source:
        return source.page(1).render(dpi)


def dark_box(image: PageImage) -> Box:
    ys, xs = np.nonzero(image.pixels.min(axis=2) < 128)
    return image.to_points(Box(xs.min(), ys.min(), xs.max() + 1, ys.max() + 1))


def test_a_sound_text_layer_gives_lines_and_glyphs() -> None:
    page = first(build(write))
    assert page.origin == "digital"
    assert page.rejected_text_layer is None
    (line,) = page.lines
    assert (line.text, line.language, line.confidence) == (PROSE, "zh-Hans", 1.0)
    assert "".join(glyph.text for glyph in page.glyphs) == PROSE


def test_glyph_boxes_stand_where_the_ink_is() -> None:
    data = build(lambda page: write(page, "口"))
    ink = dark_box(rendered(data, 144))
    (glyph,) = first(data).glyphs
    assert glyph.box.padded(0.5).overlap(ink) > 0
    assert ink.overlap(glyph.box.padded(0.5)) == pytest.approx(1.0)


@pytest.mark.parametrize("rotation", [0, 90])
def test_boxes_of_vertical_writing_stand_where_the_ink_is(rotation: int) -> None:
    def draw(page: pymupdf.Page) -> None:
        write(page, "口口口", (200, 200))
        pdf = page.parent
        for xref in range(1, pdf.xref_length()):
            kind, encoding = pdf.xref_get_key(xref, "Encoding")
            if kind == "name" and encoding.endswith("-H"):
                pdf.xref_set_key(xref, "Encoding", encoding[:-1] + "V")
        page.set_rotation(rotation)

    data = build(draw)
    page = first(data)
    (line,) = page.lines
    assert (line.text, line.vertical) == ("口口口", True)
    ink = dark_box(rendered(data, 144))
    if rotation == 90:  # the raster is as displayed, the box of the page turned upright
        ink = Box(ink.y0, 842 - ink.x1, ink.y1, 842 - ink.x0)
    assert ink.overlap(line.box.padded(0.5)) == pytest.approx(1.0)
    assert line.box.height < 1.3 * ink.height


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_a_turned_page_with_a_crop_box_is_given_upright(rotation: int) -> None:
    def draw(page: pymupdf.Page) -> None:
        write(page, at=(160, 200))
        page.draw_line((150, 300), (350, 300), width=1)
        page.set_cropbox(pymupdf.Rect(100, 150, 500, 750))
        page.set_rotation(rotation)

    data = build(draw)
    page = first(data)
    assert (page.width, page.height) == (400, 600)
    assert page.rotation == -rotation % 360
    assert page.lines[0].text == PROSE
    assert page.lines[0].box.x0 == pytest.approx(60, abs=1)
    assert page.lines[0].box.y1 == pytest.approx(52, abs=4)
    (rule,) = page.rulings
    assert (rule.x0, rule.y0, rule.x1, rule.y1) == pytest.approx((50, 150, 250, 150), abs=0.1)
    # The raster is as displayed.
    image = rendered(data)
    assert (image.width, image.height) == ((400, 600) if rotation % 180 == 0 else (600, 400))


def test_user_unit_enlarges_the_page() -> None:
    def draw(page: pymupdf.Page) -> None:
        write(page)
        page.parent.xref_set_key(page.xref, "UserUnit", "2")

    page = first(build(draw))
    assert (page.width, page.height) == (1190, 1684)
    assert page.lines[0].box.x0 == pytest.approx(120, abs=1)


@pytest.mark.parametrize("unit", ["0.5", "2"])
@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_what_is_on_a_turned_page_with_a_unit_stands_where_its_ink_is(
    rotation: int, unit: str
) -> None:
    def turned(page: pymupdf.Page) -> None:
        page.set_rotation(rotation)
        page.parent.xref_set_key(page.xref, "UserUnit", unit)

    def scanned(page: pymupdf.Page) -> None:
        scan(page)
        turned(page)

    def ruled(page: pymupdf.Page) -> None:
        write(page, at=(160, 200))
        page.draw_line((150, 300), (350, 300), width=1)
        turned(page)

    # The picture lay beside the page, which then had nothing on it.
    assert first(build(scanned)).origin == "scanned"
    (rule,) = first(build(ruled)).rulings
    places = (rule.x0, rule.y0, rule.x1, rule.y1)
    assert places == pytest.approx([float(unit) * x for x in (150, 300, 350, 300)], abs=0.1)


def test_one_file_mixes_both_and_pages_come_one_at_a_time() -> None:
    with open_source(build(write, scan, write), IngestOptions(pages="2-3")) as source:
        assert (source.page_count, source.page_numbers) == (3, (2, 3))
        pages = source.pages()
        assert (next(pages).number, next(pages).number) == (2, 3)
        assert [source.page(number).origin for number in source.page_numbers] == [
            "scanned", "digital",
        ]  # fmt: skip


def test_a_blank_page_is_digital_and_has_nothing() -> None:
    page = first(build(lambda page: None))
    assert (page.origin, page.lines, page.glyphs) == ("digital", (), ())


def test_invisible_text_over_a_scan_is_not_believed() -> None:
    def draw(page: pymupdf.Page) -> None:
        scan(page)
        page.insert_text((60, 100), "bad 0CR of tbe page", render_mode=3)

    page = first(build(draw))
    assert page.origin == "scanned"
    assert page.rejected_text_layer is not None
    assert page.lines == page.glyphs == ()


def test_text_painted_over_by_the_scan_is_not_believed() -> None:
    def draw(page: pymupdf.Page) -> None:
        for row in range(20):
            write(page, at=(60, 100 + 30 * row))
        scan(page)

    assert first(build(draw)).origin == "scanned"


def test_a_stamp_on_a_scan_leaves_it_a_scan() -> None:
    def draw(page: pymupdf.Page) -> None:
        scan(page)
        page.insert_text((480, 30), "No. 20231 / page 1", fontsize=8)

    page = first(build(draw))
    assert page.origin == "scanned"
    assert page.rejected_text_layer is not None


def test_text_on_a_picture_that_is_mere_background_is_believed() -> None:
    def draw(page: pymupdf.Page) -> None:
        tint = np.full((80, 60, 3), 235, np.uint8)
        page.insert_image(page.rect, stream=cv2.imencode(".png", tint)[1].tobytes())
        for row in range(20):
            write(page, at=(60, 100 + 30 * row))

    assert first(build(draw)).origin == "digital"


def test_white_text_is_seen_only_on_something_dark() -> None:
    def draw(page: pymupdf.Page) -> None:
        write(page)
        page.insert_text((60, 200), "hidden", color=(1, 1, 1))
        page.insert_text((60, 230), "hidden as well", color=(0.96, 0.96, 0.96))
        page.draw_rect(pymupdf.Rect(50, 280, 300, 320), fill=(0, 0, 0.5), color=None)
        page.insert_text((60, 300), "header", color=(1, 1, 1))

    assert [line.text for line in first(build(draw)).lines] == [PROSE, "header"]


def test_text_that_is_clipped_away_is_not_on_the_page() -> None:
    def paint(page: pymupdf.Page) -> None:
        both = pymupdf.open(
            "pdf", build(lambda one: [write(one), write(one, "管理公开", (60, 700))])
        )
        upper = pymupdf.Rect(0, 0, page.rect.width, 400)
        page.show_pdf_page(upper, both, 0, clip=upper)

    assert "".join(glyph.text for glyph in first(build(paint)).glyphs) == PROSE


def test_a_font_without_mapping_is_not_believed() -> None:
    def draw(page: pymupdf.Page) -> None:
        write(page, PROSE * 2)
        pdf = page.parent
        for xref in range(1, pdf.xref_length()):
            if "ToUnicode" in pdf.xref_get_keys(xref):
                pdf.xref_set_key(xref, "ToUnicode", "null")
            if pdf.xref_get_key(xref, "Encoding")[0] == "name":
                pdf.xref_set_key(xref, "Encoding", "/Identity-H")
            if pdf.xref_get_key(xref, "CIDSystemInfo")[0] == "dict":
                pdf.xref_set_key(
                    xref, "CIDSystemInfo", "<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
                )

    page = first(build(draw))
    assert page.origin == "scanned"
    assert page.rejected_text_layer is not None


def test_rulings_of_a_table_are_found() -> None:
    def draw(page: pymupdf.Page) -> None:
        write(page)
        for x in (100, 200, 300):
            page.draw_line((x, 300), (x, 400), width=0.5)
        for y in (300, 350, 400):
            page.draw_rect(pymupdf.Rect(100, y - 0.25, 300, y + 0.25), fill=(0, 0, 0), color=None)

    rules = first(build(draw)).rulings
    assert [rule.y0 for rule in rules if rule.horizontal] == pytest.approx([300, 350, 400])
    assert sorted(r.x0 for r in rules if not r.horizontal) == pytest.approx([100, 200, 300])


def test_annotations_are_in_the_raster_and_their_text_in_the_layer() -> None:
    def draw(page: pymupdf.Page) -> None:
        write(page)
        page.add_freetext_annot(pymupdf.Rect(60, 300, 300, 340), "approved", fontsize=14)

    data = build(draw)
    assert "approved" in [line.text for line in first(data).lines]
    assert dark_box(rendered(data)).y1 > 300


def test_pictures_of_a_digital_page_are_told() -> None:
    def draw(page: pymupdf.Page) -> None:
        write(page)
        logo = np.zeros((10, 20, 3), np.uint8)
        page.insert_image(
            pymupdf.Rect(100, 300, 200, 350), stream=cv2.imencode(".png", logo)[1].tobytes()
        )

    assert first(build(draw)).pictures == (Box(100, 300, 200, 350),)


def test_render_gives_the_asked_resolution_in_opencv_order() -> None:
    data = build(
        lambda page: page.draw_rect(page.rect, fill=(1, 0, 0), color=None), width=72, height=144
    )
    image = rendered(data, 100)
    assert (image.width, image.height) == (100, 200)
    assert image.scale == pytest.approx(100 / 72)
    assert tuple(image.pixels[50, 50]) == (0, 0, 255)


def picture(*color: int) -> bytes:
    """A PNG, all of it one grey level or one colour."""
    pixels = np.empty((60, 40, len(color)), np.uint8)
    pixels[:] = color
    return cv2.imencode(".png", pixels)[1].tobytes()


def test_a_page_of_grey_pictures_alone_is_rendered_in_one_channel() -> None:
    def draw(page: pymupdf.Page) -> None:
        page.insert_image(pymupdf.Rect(0, 0, 300, 300), stream=picture(90))

    def draw_more(page: pymupdf.Page) -> None:
        draw(page)
        page.draw_circle((500, 500), 3)

    image, more = rendered(build(draw)), rendered(build(draw_more))
    assert image.pixels.shape == (842, 595)
    assert (image.pixels[50, 50], image.pixels[700, 50]) == (90, 255)
    assert more.pixels.shape == (842, 595, 3)
    assert np.array_equal(image.pixels[:400], more.pixels[:400, :, 0])


@pytest.mark.parametrize("stamped", [False, True])
def test_a_page_with_a_picture_in_colour_keeps_it(stamped: bool) -> None:
    def draw(page: pymupdf.Page) -> None:
        page.insert_image(page.rect, stream=picture(90))
        if stamped:
            page.add_stamp_annot(pymupdf.Rect(100, 100, 200, 250), stamp=picture(9, 9, 200))
        else:
            page.insert_image(pymupdf.Rect(100, 100, 200, 250), stream=picture(9, 9, 200))

    pixels = rendered(build(draw)).pixels
    assert pixels[150, 150].tolist() == [9, 9, 200]


def protect(data: bytes) -> bytes:
    pdf = pymupdf.open(stream=data)
    locked: bytes = pdf.tobytes(
        encryption=pymupdf.PDF_ENCRYPT_AES_256, user_pw="geheim", owner_pw="owner"
    )
    return locked


def test_an_encrypted_file_needs_the_right_password() -> None:
    locked = protect(build(write))
    with pytest.raises(EncryptedInputError, match=r"a\.pdf.*--password"):
        open_source(locked, IngestOptions(), "a.pdf")
    with pytest.raises(EncryptedInputError, match="wrong"):
        first(locked, password="falsch")
    assert first(locked, password="geheim").lines[0].text == PROSE


@pytest.mark.parametrize("share", [0.2, 0.5, 0.8, 0.95])
def test_a_truncated_file_is_refused(share: float) -> None:
    data = build(write, scan, write)
    with pytest.raises(UnreadableInputError, match=r"cut\.pdf: the PDF is (truncated|damaged)"):
        open_source(data[: int(len(data) * share)], IngestOptions(), "cut.pdf")


def test_a_file_with_a_wrong_cross_reference_is_repaired() -> None:
    data = build(write)
    start = data.rindex(b"startxref")
    broken = data[:start] + b"startxref\n7\n%%EOF\n"
    assert first(broken).lines[0].text == PROSE


@pytest.mark.parametrize(
    "data", [b"%PDF-1.7\n", b"%PDF-1.7\nnothing of a PDF\n%%EOF", b"%PDF-1.4\n" + b"\0" * 500]
)
def test_garbage_behind_a_pdf_header_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableInputError):
        open_source(data, IngestOptions())


def resized(width: float, height: float) -> bytes:
    def draw(page: pymupdf.Page) -> None:
        page.parent.xref_set_key(page.xref, "MediaBox", f"[0 0 {width} {height}]")

    return build(draw, write)


def test_a_page_of_36000_points_is_refused_and_the_next_one_is_read() -> None:
    with open_source(resized(36000, 36000), IngestOptions(), "big.pdf") as source:
        with pytest.raises(PageTooLargeError, match=r"big\.pdf, page 1.*36,000"):
            source.page(1)
        assert source.page(2).lines[0].text == PROSE


def test_a_page_too_large_for_the_resolution_is_rasterized_at_a_lower_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It was refused, though its text is read without a raster."""
    monkeypatch.setattr("ocrpipe.ingest.limits.MAX_PIXELS", 1_000_000)
    with open_source(resized(5000, 5000), IngestOptions()) as source:
        page = source.page(1)
        assert page.width == 5000
        image = page.render(300)
    assert image.width == pytest.approx(1000, abs=1)
    assert image.width == pytest.approx(5000 * image.scale, abs=1)


def test_nothing_is_written_to_standard_error(
    capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    data = build(write, scan)
    broken = data.replace(b"/Length", b"/Lxngth")
    with caplog.at_level(logging.ERROR):
        try:
            with open_source(broken, IngestOptions()) as source:
                for number in source.page_numbers:
                    source.page(number).render(72)
        except UnreadableInputError:
            pass
    assert capfd.readouterr() == ("", "")


def test_a_page_cannot_be_rendered_after_its_file_is_closed(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(build(write))
    with open_source(path, IngestOptions()) as source:
        page = source.page(1)
    with pytest.raises(UnreadableInputError, match="closed"):
        page.render(72)


def test_a_page_whose_content_unpacks_without_end_is_refused_and_the_next_one_is_read() -> None:
    with pymupdf.open(stream=build(write, write), filetype="pdf") as pdf:
        (xref,) = pdf[0].get_contents()
        pdf.update_stream(xref, b" " * (MAX_CONTENT + 1))
        data = pdf.tobytes()
    assert len(data) < MAX_CONTENT / 100
    with open_source(data, IngestOptions()) as source:
        with pytest.raises(UnreadableInputError, match=r"page 1: .* unpacks to more than"):
            source.page(1)
        assert source.page(2).lines
