"""Hostile PDF files by name, each made when it is asked for."""

import io
import zlib
from collections.abc import Callable

import pymupdf
from PIL import Image

from tests.hostile.pdf_writer import FONT, PAGE, one_page, packed, picture, stream, write, zeros

FLATE = b"/Filter /FlateDecode"


def sound(pages: int = 3) -> bytes:
    """A file of a few pages of text and a table, that nothing is wrong with."""
    pdf = pymupdf.open()
    for number in range(pages):
        page = pdf.new_page()
        page.insert_text((72, 72), f"Page {number + 1} of a report with some text on it.")
        for step in range(5):
            page.draw_line((72, 100 + 20 * step), (372, 100 + 20 * step))
            page.draw_line((72 + 75 * step, 100), (72 + 75 * step, 180))
            page.insert_text((80, 114 + 20 * min(step, 3)), str(step))
    return bytes(pdf.tobytes())


def locked(user: str, owner: str) -> bytes:
    with pymupdf.open(stream=sound(1), filetype="pdf") as pdf:
        return bytes(
            pdf.tobytes(encryption=pymupdf.PDF_ENCRYPT_AES_256, user_pw=user, owner_pw=owner)
        )


def tree(pages: bytes, others: dict[int, bytes] | None = None) -> bytes:
    """A file whose page tree begins with the node `pages`."""
    catalogue = b"<< /Type /Catalog /Pages 2 0 R >>"
    contents = stream(b"0 0 m 10 10 l S")
    return write({1: catalogue, 2: pages, 3: PAGE, 4: contents, 5: FONT, **(others or {})})


def deep_tree(depth: int) -> bytes:
    nodes = {
        number: b"<< /Type /Pages /Parent %d 0 R /Count 1 /Kids [%d 0 R] >>"
        % (number - 1 if number > 10 else 2, number + 1 if number < 9 + depth else 3)
        for number in range(10, 10 + depth)
    }
    return tree(b"<< /Type /Pages /Count 1 /Kids [10 0 R] >>", nodes)


def form(contents: bytes, resources: bytes) -> bytes:
    entries = b"/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << %s >>" % resources
    return stream(contents, entries)


def forms(*bodies: tuple[bytes, bytes]) -> bytes:
    """A page that draws the first of several form objects."""
    others = {6 + index: form(*body) for index, body in enumerate(bodies)}
    return one_page(b"/X Do", resources=b"/XObject << /X 6 0 R >>", others=others)


def doubling_forms(depth: int, width: int = 10) -> bytes:
    """Forms that draw the next one `width` times each: width**depth drawings on a small page."""
    inner = [
        (b"/X Do " * width, b"/XObject << /X %d 0 R >>" % (7 + level)) for level in range(depth)
    ]
    return forms(*inner, (b"1 1 m 2 2 l S", b""))


def type3(procedure: bytes, resources: bytes = b"") -> bytes:
    font = (
        b"<< /Type /Font /Subtype /Type3 /FontBBox [0 0 10 10] /FontMatrix [0.1 0 0 0.1 0 0] "
        b"/FirstChar 65 /LastChar 65 /Widths [10] /Encoding << /Differences [65 /A] >> "
        b"/CharProcs << /A 7 0 R >> /Resources << " + resources + b" >> >>"
    )
    others = {6: font, 7: stream(procedure)}
    return one_page(
        b"BT /T3 12 Tf 72 720 Td (AAAA) Tj ET",
        resources=b"/Font << /T3 6 0 R >>",
        others=others,
    )


def mapped_text(cmap: bytes) -> bytes:
    """Text whose characters mean what `cmap` says."""
    head = b"/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <FF> "
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 7 0 R >>"
    text = b"BT /F1 12 Tf 72 720 Td (ABCABCABCABC) Tj 0 -20 Td (CBACBACBACBA) Tj ET"
    others = {6: font, 7: stream(head + b"endcodespacerange " + cmap + b" endcmap end")}
    return one_page(text, resources=b"/Font << /F1 6 0 R >>", others=others)


def grid(rows: int, columns: int) -> bytes:
    """A page full of rulings, with a figure in some cells."""
    width, height = 500.0 / columns, 700.0 / rows
    lines = [f"50 {50 + height * row:.3f} m 550 {50 + height * row:.3f} l S" for row in range(rows)]
    lines += [
        f"{50 + width * col:.3f} 50 m {50 + width * col:.3f} 750 l S" for col in range(columns)
    ]
    lines += ["BT /F1 1 Tf"]
    lines += [
        f"1 0 0 1 {50.2 + width * i:.3f} {50.2 + height * i:.3f} Tm (7) Tj" for i in range(50)
    ]
    return one_page("\n".join([*lines, "ET"]).encode())


def scattered_lines(count: int) -> bytes:
    """Short horizontal and vertical strokes all over a page."""
    dice = [(index * 7919 % 595, index * 104729 % 842) for index in range(count)]
    lines = [
        f"{x} {y} m {x + 8 * (i % 2)} {y + 8 * (1 - i % 2)} l S" for i, (x, y) in enumerate(dice)
    ]
    return one_page("\n".join(lines).encode())


def glyphs(count: int) -> bytes:
    lines = [
        f"1 0 0 1 {10 + index * 7 % 570} {10 + index * 13 % 820} Tm (x) Tj"
        for index in range(count)
    ]
    return one_page(b"BT /F1 5 Tf " + "\n".join(lines).encode() + b" ET")


def annotated(count: int) -> bytes:
    note = b"<< /Type /Annot /Subtype /Square /Rect [10 10 20 20] /C [1 0 0] >>"
    others = {6 + index: note for index in range(count)}
    listed = b" ".join(b"%d 0 R" % number for number in others)
    return one_page(page=b"/Annots [" + listed + b"]", others=others)


def jpeg(mode: str) -> bytes:
    buffer = io.BytesIO()
    Image.new(mode, (64, 64), 200 if mode == "L" else (10, 20, 30, 40)[: len(mode)]).save(
        buffer, "JPEG"
    )
    return buffer.getvalue()


ACTIONS = (
    b"/OpenAction << /S /JavaScript /JS (app.launchURL\\('http://127.0.0.1:00009/'\\)) >> "
    b"/Names << /JavaScript << /Names [(a) << /S /JavaScript /JS (app.alert\\(1\\)) >>] >> >> "
    b"/AA << /WC << /S /Launch /F (/bin/sh) >> >>"
)
OUTSIDE = b"/F << /Type /Filespec /FS /URL /F (http://127.0.0.1:00009/x) >> /FFilter /FlateDecode"
LOCAL = b"/F (/etc/passwd)"

PDFS: dict[str, Callable[[], bytes]] = {
    **{
        f"truncated-{share}": lambda share=share: sound()[: len(sound()) * share // 100]
        for share in (1, 10, 40, 70, 90, 98)
    },
    "locked-user": lambda: locked("secret", "owner"),
    "locked-owner": lambda: locked("", "owner"),
    # The page tree.
    "no-pages": lambda: tree(b"<< /Type /Pages /Kids [] /Count 0 >>"),
    "no-tree": lambda: write({1: b"<< /Type /Catalog >>"}),
    "count-lies": lambda: tree(b"<< /Type /Pages /Kids [3 0 R] /Count 5000 >>"),
    "count-negative": lambda: tree(b"<< /Type /Pages /Kids [3 0 R] /Count -1 >>"),
    "count-huge": lambda: tree(b"<< /Type /Pages /Kids [3 0 R] /Count 2147483647 >>"),
    "tree-of-itself": lambda: tree(b"<< /Type /Pages /Kids [2 0 R] /Count 1 >>"),
    "tree-in-a-circle": lambda: tree(
        b"<< /Type /Pages /Kids [10 0 R 3 0 R] /Count 2 >>",
        {10: b"<< /Type /Pages /Kids [2 0 R] /Count 1 /Parent 2 0 R >>"},
    ),
    "tree-deep": lambda: deep_tree(10_000),
    "kids-null": lambda: tree(b"<< /Type /Pages /Kids [null 99 0 R 3 0 R] /Count 3 >>"),
    "same-page-often": lambda: tree(
        b"<< /Type /Pages /Kids [" + b"3 0 R " * 40 + b"] /Count 40 >>"
    ),
    # Boxes.
    "box-wide": lambda: one_page(box=b"[0 0 1000000 100]"),
    "box-reversed": lambda: one_page(box=b"[595 842 0 0]"),
    "box-empty": lambda: one_page(box=b"[0 0 0 0]"),
    "box-negative": lambda: one_page(box=b"[-2000000000 -2000000000 -1999999000 -1999999000]"),
    "box-overflow": lambda: one_page(box=b"[0 0 1e400 99999999999999999999999]"),
    "box-nan": lambda: one_page(box=b"[0 0 nan inf]"),
    "box-text": lambda: one_page(box=b"[(a) /b null []]"),
    "box-missing": lambda: one_page(box=b"null"),
    "box-of-a-point": lambda: one_page(box=b"[0 0 1 1]"),
    "box-thin": lambda: one_page(box=b"[0 0 0.01 800]"),
    "box-long": lambda: one_page(box=b"[0 0 2 14000]"),
    "crop-outside": lambda: one_page(page=b"/CropBox [9000 9000 9100 9100]"),
    "unit-huge": lambda: one_page(page=b"/UserUnit 1000000000"),
    "unit-negative": lambda: one_page(page=b"/UserUnit -3"),
    "turned-45": lambda: one_page(page=b"/Rotate 45"),
    "turned-far": lambda: one_page(page=b"/Rotate 99999999999"),
    # Things that hold themselves.
    "form-of-itself": lambda: forms((b"/X Do", b"/XObject << /X 6 0 R >>")),
    "forms-in-a-circle": lambda: forms(
        (b"/X Do", b"/XObject << /X 7 0 R >>"), (b"/X Do", b"/XObject << /X 6 0 R >>")
    ),
    "glyph-of-itself": lambda: type3(b"10 0 d0 BT /T3 1 Tf (A) Tj ET", b"/Font << /T3 6 0 R >>"),
    "pattern-of-itself": lambda: one_page(
        b"/Pattern cs /P scn 0 0 595 842 re f",
        resources=b"/Pattern << /P 6 0 R >>",
        others={
            6: stream(
                b"/Pattern cs /P scn 0 0 9 9 re f",
                b"/PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 9 9] /XStep 9 /YStep 9 "
                b"/Resources << /Pattern << /P 6 0 R >> >>",
            )
        },
    ),
    "mask-of-itself": lambda: one_page(
        b"/G gs 0 0 100 100 re f",
        resources=b"/ExtGState << /G << /SMask << /S /Luminosity /G 6 0 R >> >> >>",
        others={
            6: form(
                b"/G gs 0 0 9 9 re f",
                b"/ExtGState << /G << /SMask << /S /Luminosity /G 6 0 R >> >> >>",
            )
        },
    ),
    "length-of-itself": lambda: one_page(b"<< /Length 4 0 R >>\nstream\n0 0 m 9 9 l S\nendstream"),
    "reference-to-itself": lambda: one_page(others={6: b"6 0 R"}, page=b"/Annots 6 0 R"),
    "contents-often": lambda: one_page(page=b"/Contents [" + b"4 0 R " * 2_000 + b"]"),
    "updated-by-itself": lambda: sound(1).replace(b"/Size", b"/Prev 15/Size"),
    # Bombs.
    "contents-bomb": lambda: one_page(stream(zeros(200), FLATE)),
    "contents-bomb-twice": lambda: one_page(
        stream(zlib.compress(zeros(300), 9), b"/Filter [/FlateDecode /FlateDecode]")
    ),
    "contents-as-picture": lambda: one_page(stream(b"\x00" * 90, b"/Filter [/JBIG2Decode]")),
    "contents-as-picture-far": lambda: one_page(
        stream(b"\x00" * 90, b"/Filter 6 0 R"), others={6: b"/JBIG2Decode"}
    ),
    "contents-numbers": lambda: one_page(packed(b"1 " * 5_000_000)),
    "contents-saves": lambda: one_page(packed(b"q " * 500_000)),
    "contents-arrays": lambda: one_page(packed(b"[" * 200_000)),
    "contents-dictionaries": lambda: one_page(packed(b"/A <<" * 100_000)),
    "object-arrays": lambda: one_page(others={6: b"[" * 200_000}, page=b"/Annots 6 0 R"),
    "picture-bomb": lambda: picture(zeros(290), 10_000, 10_000, entries=FLATE),
    "picture-bomb-huge": lambda: picture(zeros(100), 100_000, 100_000, entries=FLATE),
    "picture-bomb-bits": lambda: picture(
        zeros(100), 60_000, 60_000, space=b"/DeviceGray", bits=1, entries=FLATE
    ),
    "font-bomb": lambda: one_page(
        resources=b"/Font << /F1 6 0 R >>",
        others={
            6: b"<< /Type /Font /Subtype /TrueType /BaseFont /A /FontDescriptor 7 0 R >>",
            7: b"<< /Type /FontDescriptor /FontName /A /Flags 4 /FontFile2 8 0 R >>",
            8: stream(zeros(300), FLATE),
        },
    ),
    # Much of one thing.
    "lines-many": lambda: scattered_lines(8_000),
    "glyphs-many": lambda: glyphs(15_000),
    "grid-of-100": lambda: grid(100, 100),
    "annotations-many": lambda: annotated(10_000),
    "curves-many": lambda: one_page(
        b"\n".join(b"%d 9 m 1 2 3 4 %d 6 c f" % (i % 500, i % 700) for i in range(8_000))
    ),
    "clips-many": lambda: one_page(b"q 0 0 500 500 re W n " * 5_000 + b"0 0 9 9 re f"),
    # Numbers without sense.
    "text-far-away": lambda: one_page(
        b"BT /F1 1e9 Tf 1e30 0 0 1e30 1e30 -1e30 Tm (far) Tj ET BT /F1 12 Tf 9 9 Td (near) Tj ET"
    ),
    "text-flat": lambda: one_page(b"BT /F1 12 Tf 0 0 0 0 72 72 Tm (flat text) Tj ET"),
    "lines-far-away": lambda: one_page(
        b"-1e38 100 m 1e38 100 l S 100 -1e38 m 100 1e38 l S 0 0 1e38 1e38 re S "
        b"1e38 w 9 9 m 9 99 l S"
    ),
    "lines-nan": lambda: one_page(b"nan 0 m 9 inf l S 1e400 w 0 0 m 9 9 l S 99 99 m 99 99 l S"),
    "matrix-degenerate": lambda: one_page(b"0 0 0 0 0 0 cm 0 0 m 9 9 l S"),
    # Characters.
    "text-surrogates": lambda: mapped_text(b"1 beginbfrange <41> <43> <D800> endbfrange"),
    "text-controls": lambda: mapped_text(b"1 beginbfrange <41> <43> <0000> endbfrange"),
    "text-turned-around": lambda: mapped_text(b"1 beginbfrange <41> <43> <202E> endbfrange"),
    "text-mapped-long": lambda: mapped_text(
        b"1 beginbfchar <41> <" + b"4E00" * 200 + b"> endbfchar"
    ),
    "text-mapped-wide": lambda: mapped_text(
        b"1 beginbfrange <00000000> <FFFFFFFF> <0041> endbfrange"
    ),
    # Pictures that cannot be decoded, or oddly.
    "picture-jbig2": lambda: picture(b"\x00" * 90, bits=1, entries=b"/Filter /JBIG2Decode"),
    "picture-jpx": lambda: picture(b"\x00\x00\x00\x0cjP  \r\n", entries=b"/Filter /JPXDecode"),
    "picture-fax": lambda: picture(b"\xff" * 90, bits=1, entries=b"/Filter /CCITTFaxDecode"),
    "picture-jpeg-cut": lambda: picture(jpeg("RGB")[:200], 64, 64, entries=b"/Filter /DCTDecode"),
    "picture-jpeg-cmyk": lambda: picture(
        jpeg("CMYK"), 64, 64, space=b"/DeviceCMYK", entries=b"/Filter /DCTDecode"
    ),
    "picture-lab": lambda: picture(bytes(400 * 400 * 3), space=b"[/Lab << /WhitePoint [1 1 1] >>]"),
    "picture-palette-short": lambda: picture(
        bytes(range(200)) * 800, space=b"[/Indexed /DeviceRGB 255 <000000>]"
    ),
    "picture-space-of-itself": lambda: picture(
        bytes(400 * 400), space=b"[/Indexed 6 0 R 255 <00>]"
    ),
    "picture-16-bit": lambda: picture(bytes(400 * 400 * 6), bits=16),
    "picture-inverted": lambda: picture(
        bytes(400 * 50), space=b"/DeviceGray", bits=1, entries=b"/Decode [1 0]"
    ),
    "picture-profile-broken": lambda: one_page(
        b"q 500 0 0 500 0 0 cm /X Do Q",
        resources=b"/XObject << /X 6 0 R >>",
        others={
            6: stream(
                bytes(300),
                b"/Type /XObject /Subtype /Image /Width 10 /Height 10 /BitsPerComponent 8 "
                b"/ColorSpace [/ICCBased 7 0 R]",
            ),
            7: stream(b"no profile", b"/N 3"),
        },
    ),
    "picture-without-size": lambda: picture(bytes(9), 0, 0),
    # What wants to act, or to read what lies elsewhere.
    "actions": lambda: one_page(catalogue=ACTIONS),
    "contents-outside": lambda: one_page(stream(b"", OUTSIDE)),
    "contents-local": lambda: one_page(stream(b"", LOCAL)),
    "picture-local": lambda: picture(bytes(9), entries=LOCAL),
    "attached": lambda: one_page(
        catalogue=b"/Names << /EmbeddedFiles << /Names [(../../x) 6 0 R] >> >>",
        others={
            6: b"<< /Type /Filespec /F (../../../tmp/x) /EF << /F 7 0 R >> >>",
            7: stream(b"x"),
        },
    ),
    "form-xfa": lambda: one_page(
        catalogue=b"/AcroForm << /XFA 6 0 R /Fields [6 0 R] >>",
        others={6: stream(b"<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>")},
    ),
    "header-alone": lambda: b"%PDF-1.7\n",
    "header-and-noise": lambda: b"%PDF-1.7\n" + bytes(range(256)) * 400,
    "trailer-alone": lambda: b"%PDF-1.7\ntrailer\n<< /Root 1 0 R >>\nstartxref\n9\n%%EOF",
}

ENDLESS: dict[str, Callable[[], bytes]] = {
    "pattern-of-dust": lambda: one_page(
        b"/Pattern cs /P scn 0 0 595 842 re f",
        resources=b"/Pattern << /P 6 0 R >>",
        others={
            6: stream(
                b"0 0 1 1 re f",
                b"/PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 1 1] /XStep 0.001 "
                b"/YStep 0.001 /Resources << >>",
            )
        },
    ),
    "forms-doubling": lambda: doubling_forms(12),
}
"""What MuPDF draws for years: only the end of its process ends it."""
