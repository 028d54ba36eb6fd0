import io
import struct
import zlib
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from ocrpipe.errors import PageTooLargeError, UnreadableInputError
from ocrpipe.ingest import open_source
from ocrpipe.options import IngestOptions
from ocrpipe.page import SourcePage

ORIENTATION = 0x0112


def encode(image: Image.Image, kind: str, **options: object) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def sheet(width: int = 413, height: int = 585) -> Image.Image:
    """An A4 sheet at 50 dpi, white with a black corner at the top left."""
    image = Image.new("RGB", (width, height), "white")
    image.paste("black", (0, 0, 40, 20))
    return image


def only(data: bytes) -> SourcePage:
    with open_source(data, IngestOptions()) as source:
        assert source.page_count == 1
        return source.page(1)


@pytest.mark.parametrize(
    ("kind", "media_type"),
    [
        ("PNG", "image/png"), ("JPEG", "image/jpeg"), ("TIFF", "image/tiff"),
        ("BMP", "image/bmp"), ("WEBP", "image/webp"), ("GIF", "image/gif"),
    ],
)  # fmt: skip
def test_every_format_is_read_as_a_scanned_page(kind: str, media_type: str) -> None:
    with open_source(encode(sheet(), kind), IngestOptions()) as source:
        assert source.media_type == media_type
        page = source.page(1)
    assert page.origin == "scanned"
    image = page.render(72)
    assert image.pixels[5, 5].max() < 40
    assert image.pixels[-5, -5].min() > 220


def test_the_size_comes_from_the_stated_resolution() -> None:
    page = only(encode(sheet(1000, 1200), "PNG", dpi=(150, 150)))
    assert (page.width, page.height) == pytest.approx((480, 576), rel=1e-3)
    image = page.render(75)
    assert (image.width, image.height) == (500, 600)
    assert image.width / image.scale == pytest.approx(page.width, rel=1e-3)


@pytest.mark.parametrize("dpi", [None, (1, 1), (72, 72), (9999, 9999)])
def test_without_a_sane_resolution_the_sheet_is_taken_for_a4(dpi: tuple[int, int] | None) -> None:
    options = {} if dpi is None else {"dpi": dpi}
    page = only(encode(sheet(2480, 3508), "PNG", **options))
    assert (page.width, page.height) == pytest.approx((595, 842), abs=1)


def test_a_fax_with_half_the_lines_gets_square_dots() -> None:
    fax = encode(sheet(1728, 1078).convert("1"), "TIFF", dpi=(204, 98), compression="group4")
    page = only(fax)
    assert (page.width, page.height) == pytest.approx((1728 * 72 / 204, 1078 * 72 / 98), abs=1)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_exif_orientation_is_applied(orientation: int) -> None:
    # The transposition that a camera's orientation tag undoes.
    stored = {
        2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM, 5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90, 7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }  # fmt: skip
    image = sheet()
    if orientation in stored:
        image = image.transpose(stored[orientation])
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    page = only(encode(image, "PNG", exif=exif))
    assert page.height > page.width
    pixels = page.render(72).pixels
    assert pixels[5, 5].max() < 40
    assert pixels[-5, -5].min() > 220


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGBA", "LA", "CMYK", "I;16"])
def test_every_mode_comes_out_black_on_white(mode: str) -> None:
    if mode == "I;16":
        grey = np.asarray(sheet().convert("L"), np.uint16) * 257
        data = encode(Image.fromarray(grey), "PNG")
    else:
        data = encode(sheet().convert(mode), "TIFF" if mode == "CMYK" else "PNG")
    pixels = only(data).render(72).pixels
    assert pixels.dtype == np.uint8
    assert pixels.shape[2] == 3
    assert pixels[5, 5].max() < 10
    assert pixels[-5, -5].min() > 245


def test_what_is_transparent_is_white_paper() -> None:
    image = Image.new("RGBA", (100, 100), (0, 0, 0, 0))
    image.paste((0, 0, 0, 255), (0, 0, 40, 40))
    pixels = only(encode(image, "PNG")).render(72).pixels
    assert pixels[-2, -2].min() == 255
    assert pixels[2, 2].max() == 0


def test_render_never_enlarges_more_than_twice() -> None:
    page = only(encode(sheet(), "PNG"))
    assert page.render(400).width == 2 * 413


def tiff_of(*shades: int) -> bytes:
    frames = [Image.new("L", (200, 300), shade) for shade in shades]
    return encode(frames[0], "TIFF", save_all=True, append_images=frames[1:])


def test_a_tiff_has_a_page_for_each_frame() -> None:
    with open_source(tiff_of(10, 120, 230), IngestOptions(pages="2-")) as source:
        assert (source.page_count, source.page_numbers) == (3, (2, 3))
        shades = [int(page.render(72).pixels[5, 5, 0]) for page in source.pages()]
    assert shades == [120, 230]


def test_a_broken_frame_costs_only_itself(capfd: pytest.CaptureFixture[str]) -> None:
    frames = [Image.effect_noise((200, 300), 60) for _ in range(3)]
    data = bytearray(
        encode(frames[0], "TIFF", save_all=True, append_images=frames[1:], compression="tiff_lzw")
    )
    with Image.open(io.BytesIO(data)) as image:
        image.seek(1)
        start, length = image.tag_v2[273][0], image.tag_v2[279][0]
    data[start : start + length] = b"\xff" * length
    with open_source(bytes(data), IngestOptions(), "a.tif") as source:
        assert source.page_count == 3
        assert source.page(1).render(72).pixels.std() > 5
        with pytest.raises(UnreadableInputError, match=r"a\.tif, page 2"):
            source.page(2)
        assert source.page(3).render(72).pixels.std() > 5
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF", "BMP", "WEBP"])
def test_a_truncated_picture_is_refused_with_a_remedy(kind: str, tmp_path: Path) -> None:
    data = encode(Image.effect_noise((300, 300), 60).convert("RGB"), kind)
    path = tmp_path / "cut.img"
    path.write_bytes(data[: len(data) // 2])
    with (
        pytest.raises(UnreadableInputError, match=r"cut\.img.*truncated or damaged.*PNG"),
        open_source(path, IngestOptions()) as source,
    ):
        source.page(1)


def test_a_decompression_bomb_is_refused_before_it_is_decoded() -> None:
    small = encode(Image.new("1", (8, 8)), "PNG")
    header = struct.pack(">II", 60_000, 60_000)

    chunk = b"IHDR" + header + small[24:29]
    whole = small[:12] + chunk + struct.pack(">I", zlib.crc32(chunk)) + small[33:]
    with pytest.raises(PageTooLargeError, match="pixels"):
        open_source(whole, IngestOptions())
