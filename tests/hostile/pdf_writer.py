"""A PDF put down object by object, so that it can be wrong where a library would not let it."""

import zlib
from collections.abc import Mapping

PAGE = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << >> >>"
FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"


def stream(data: bytes, entries: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), entries, data)


def packed(data: bytes, entries: bytes = b"", times: int = 1) -> bytes:
    """A stream compressed as many `times` over."""
    for _ in range(times):
        data = zlib.compress(data, 9)
    return stream(data, entries + b" /Filter [" + b" /FlateDecode" * times + b" ]")


def zeros(size: int) -> bytes:
    """`size` MiB of zeros, compressed without ever being there as a whole."""
    packer, block = zlib.compressobj(9), bytes(1 << 20)
    return b"".join(packer.compress(block) for _ in range(size)) + packer.flush()


def write(objects: Mapping[int, bytes], trailer: bytes = b"") -> bytes:
    """A file of these objects by number, with a sound cross-reference table; 1 is the catalogue."""
    data = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    table = b""
    for number, body in objects.items():
        table += b"%d 1\n%010d 00000 n \n" % (number, len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(data)
    size = max(objects) + 1
    data += b"xref\n0 1\n0000000000 65535 f \n" + table
    data += b"trailer\n<< /Root 1 0 R /Size %d %s >>\nstartxref\n%d\n%%%%EOF\n" % (
        size, trailer, start,
    )  # fmt: skip
    return bytes(data)


def one_page(
    contents: bytes = b"BT /F1 12 Tf 72 720 Td (Hello, this is a page of text.) Tj ET",
    *,
    page: bytes = b"",
    box: bytes = b"[0 0 595 842]",
    resources: bytes = b"",
    catalogue: bytes = b"",
    others: Mapping[int, bytes] | None = None,
) -> bytes:
    """A file of one page; `contents` may be a whole stream object. `others` count from 6."""
    if not contents.startswith(b"<<"):
        contents = stream(contents)
    named = b"/Font << /F1 5 0 R >> " if b"/Font" not in resources else b""
    return write(
        {
            1: b"<< /Type /Catalog /Pages 2 0 R " + catalogue + b" >>",
            2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            3: b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R /MediaBox " + box
            + b" /Resources << " + named + resources + b" >> " + page + b" >>",
            4: contents,
            5: FONT,
            **(others or {}),
        }
    )  # fmt: skip


def picture(
    data: bytes,
    width: int = 400,
    height: int = 400,
    *,
    space: bytes = b"/DeviceRGB",
    bits: int = 8,
    entries: bytes = b"",
) -> bytes:
    """A file of one page that a picture fills; `data` are the bytes of its stream."""
    described = b"/Type /XObject /Subtype /Image /Width %d /Height %d /BitsPerComponent %d " % (
        width, height, bits,
    )  # fmt: skip
    return one_page(
        b"q 595 0 0 842 0 0 cm /X Do Q",
        resources=b"/XObject << /X 6 0 R >>",
        others={6: stream(data, described + b"/ColorSpace " + space + b" " + entries)},
    )
