"""Hostile picture files, each by the name of its file."""

import io
import struct
import zlib
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from PIL import Image, TiffImagePlugin


def encoded(image: Image.Image, kind: str, **options: object) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)  # type: ignore[arg-type]
    return buffer.getvalue()


def paper(width: int = 200, height: int = 280) -> Image.Image:
    return Image.new("L", (width, height), 255)


def png(
    width: int, height: int, *, bits: int, colour: int, data: bytes, more: bytes = b""
) -> bytes:
    """A PNG whose header may promise what its `data` (compressed) do not hold."""
    header = struct.pack(">IIBBBBB", width, height, bits, colour, 0, 0, 0)
    chunks = png_chunk(b"IHDR", header) + more + png_chunk(b"IDAT", data)
    return b"\x89PNG\r\n\x1a\n" + chunks + png_chunk(b"IEND", b"")


def png_chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def broken_frame() -> bytes:
    """Three frames; the directory of the second points past the end of the file."""
    frames = [paper(), paper(), paper()]
    data = bytearray(
        encoded(frames[0], "TIFF", save_all=True, append_images=frames[1:], compression="raw")
    )
    second = next_directory(data, struct.unpack_from("<I", data, 4)[0])
    for entry in range(struct.unpack_from("<H", data, second)[0]):
        at = second + 2 + 12 * entry
        if struct.unpack_from("<H", data, at)[0] == TiffImagePlugin.STRIPOFFSETS:
            struct.pack_into("<I", data, at + 8, 0x7FFFFFF0)
    return bytes(data)


def next_directory(data: bytes | bytearray, directory: int, to: int | None = None) -> int:
    """Where the next directory of a TIFF lies; first set `to` where asked to."""
    count = struct.unpack_from("<H", data, directory)[0]
    at = directory + 2 + 12 * count
    if to is not None:
        struct.pack_into("<I", data, at, to)  # type: ignore[arg-type]
    return int(struct.unpack_from("<I", data, at)[0])


def directory_of_itself() -> bytes:
    data = bytearray(encoded(paper(), "TIFF"))
    first = struct.unpack_from("<I", data, 4)[0]
    next_directory(data, first, first)
    return bytes(data)


def many_frames(count: int) -> bytes:
    """Directories without a picture, one after the other."""
    data = bytearray(b"II*\0" + struct.pack("<I", 8))
    for number in range(count):
        data += struct.pack("<HHHII", 1, 256, 4, 1, 10)
        data += struct.pack("<I", len(data) + 4 if number < count - 1 else 0)
    return bytes(data)


def deep(mode: str) -> Image.Image:
    ramp = np.tile(np.linspace(0, 65535, 200), (280, 1))
    if mode == "F":
        ramp[::3] = np.nan
        ramp[1::3] = np.inf
        return Image.fromarray(ramp.astype(np.float32))
    return Image.fromarray(ramp.astype(np.uint16))


def bitmap(width: int, height: int, data: bytes) -> bytes:
    header = (54, 40, width, height, 1, 24, 0, 0, 0, 0, 0, 0)
    return b"BM" + bytes(8) + struct.pack("<IIiiHHIIiiII", *header) + data


def with_palette() -> bytes:
    image = paper().convert("P")
    return encoded(image, "PNG", transparency=bytes(range(256)))


def sheet(pixels: NDArray[np.bool_]) -> bytes:
    """A whole page at 100 dpi whose ink is where `pixels` are true."""
    grey = np.where(pixels, 0, 255).astype(np.uint8)
    return encoded(Image.fromarray(grey), "PNG", dpi=(100, 100))


def specks(share: float) -> bytes:
    return sheet(np.random.default_rng(7).random((1169, 827)) < share)


def mesh(step: int) -> bytes:
    """Rules so close that cells are hardly larger than they are thick."""
    rows, columns = np.mgrid[:1169, :827]
    return sheet((rows % step == 0) | (columns % step == 0))


def halftone() -> bytes:
    rows, columns = np.mgrid[:1169, :827]
    return sheet((np.sin(rows / 3.0) * np.sin(columns / 3.0)) > 0.3)


ZEROS = zlib.compress(bytes(1 << 20), 9)

PICTURES: dict[str, Callable[[], bytes]] = {
    "bomb.png": lambda: png(100_000, 100_000, bits=1, colour=0, data=ZEROS),
    "bomb-of-text.png": lambda: png(
        50, 50, bits=8, colour=0, data=ZEROS,
        more=png_chunk(b"zTXt", b"a\0\0" + zlib.compress(bytes(200 << 20), 9)),
    ),
    "bomb-of-profile.png": lambda: png(
        50, 50, bits=8, colour=0, data=ZEROS,
        more=png_chunk(b"iCCP", b"a\0\0" + zlib.compress(bytes(200 << 20), 9)),
    ),
    "no-data.png": lambda: png(50, 50, bits=8, colour=0, data=b""),
    "no-size.png": lambda: png(0, 0, bits=8, colour=0, data=ZEROS),
    "size-lies.png": lambda: png(9000, 9000, bits=8, colour=2, data=ZEROS),
    "cut.png": lambda: encoded(paper(), "PNG")[:90],
    "16-bit.png": lambda: encoded(deep("I;16"), "PNG"),
    "palette-and-alpha.png": with_palette,
    "dot.png": lambda: encoded(paper(1, 1), "PNG"),
    "thread.png": lambda: encoded(paper(1, 20_000), "PNG"),
    "ribbon.png": lambda: encoded(paper(20_000, 3), "PNG"),
    "dots-per-inch.png": lambda: encoded(paper(), "PNG", dpi=(1e-3, 1e8)),
    "cmyk.jpg": lambda: encoded(paper().convert("CMYK"), "JPEG"),
    "cut.jpg": lambda: encoded(paper(), "JPEG")[:300],
    "huge.jpg": lambda: encoded(paper(64, 64), "JPEG").replace(
        b"\x08\x00\x40\x00\x40", b"\x08\xff\xdc\xff\xdc"
    ),
    "exif-broken.jpg": lambda: encoded(
        paper(), "JPEG", exif=b"Exif\0\0II*\0\xff\xff\xff\xff" + b"\x12\x01" * 20
    ),
    "broken-frame.tiff": broken_frame,
    "directory-of-itself.tiff": directory_of_itself,
    "many-frames.tiff": lambda: many_frames(3000),
    "float.tiff": lambda: encoded(deep("F"), "TIFF"),
    "lab.tiff": lambda: encoded(Image.new("LAB", (200, 280), (250, 10, 10)), "TIFF"),
    "inverted.tiff": lambda: encoded(
        paper().convert("1"), "TIFF", tiffinfo={TiffImagePlugin.PHOTOMETRIC_INTERPRETATION: 0}
    ),
    "no-directory.tiff": lambda: b"II*\0\xff\xff\xff\x7f",
    "moving.gif": lambda: encoded(
        paper().convert("P"), "GIF", save_all=True, append_images=[paper().convert("P")] * 5
    ),
    "huge.gif": lambda: b"GIF89a\xff\xff\xff\xff\x80\0\0\0\0\0\xff\xff\xff,\0\0\0\0\xff\xff\xff\xff"
    b"\0\x02\x02L\x01\0;",
    "cut.webp": lambda: encoded(paper(), "WEBP")[:40],
    "huge.webp": lambda: b"RIFF\x30\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0"
    + b"\xff" * 6
    + bytes(30),
    "huge.bmp": lambda: bitmap(2_000_000_000, -2_000_000_000, b""),
    "upside-down.bmp": lambda: bitmap(40, -40, b"\xff" * 4800),
    "specks.png": lambda: specks(0.02),
    "noise.png": lambda: specks(0.5),
    "mesh-wide.png": lambda: mesh(24),
    "mesh-narrow.png": lambda: mesh(4),
    "stripes.png": lambda: sheet(np.tile(np.arange(827) % 6 < 2, (1169, 1))),
    "halftone.png": halftone,
    "black.png": lambda: sheet(np.ones((1169, 827), np.bool_)),
    "jpeg-2000.jp2": lambda: b"\0\0\0\x0cjP  \r\n\x87\n" + bytes(90),
    "picture-named.pdf": lambda: encoded(paper(), "PNG"),
    "pdf-named.png": lambda: b"%PDF-1.4\n%%EOF",
    "empty.pdf": lambda: b"",
    "empty.png": lambda: b"",
    "noise.dat": lambda: np.random.default_rng(1).bytes(5000),
    "zip.pdf": lambda: b"PK\x03\x04" + bytes(90),
}  # fmt: skip
