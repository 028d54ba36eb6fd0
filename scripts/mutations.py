"""Ways to damage a file: its bytes, the objects of a PDF, the tags of a web page."""

import random
import re
from collections.abc import Callable
from contextlib import suppress

import pymupdf

# It speaks on standard output of what it cannot open.
pymupdf.TOOLS.mupdf_display_errors(False)
pymupdf.TOOLS.mupdf_display_warnings(False)

Mutation = Callable[[bytes, random.Random], bytes]

_VALUES = (
    "null", "true", "-1", "0", "1", "2147483648", "-9e38", "1e-38", "nan", "()", "(\\377\\376)",
    "/X", "[]", "[0 0 0 0]", "[-1e9 -1e9 1e9 1e9]", "[null null]", "<<>>", "<</Length 9>>",
    "<D800>",
)  # fmt: skip
_TAG = re.compile(rb"<[^<>]*>")
_NUMBER = re.compile(rb"-?\d+(?:\.\d+)?")
_WORST = (b"0", b"-1", b"65536", b"1e30", b"99999999999999999999", b"0.0000001", b"nan")


def flip_bytes(data: bytes, dice: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(dice.choice((1, 3, 10, 60))):
        changed[dice.randrange(len(changed))] = dice.randrange(256)
    return bytes(changed)


def cut_off(data: bytes, dice: random.Random) -> bytes:
    return data[: dice.randrange(1, len(data))]


def cut_out(data: bytes, dice: random.Random) -> bytes:
    start = dice.randrange(len(data))
    return data[:start] + data[start + dice.choice((1, 20, 500, 5000)) :]


def splice(data: bytes, dice: random.Random) -> bytes:
    """Part of the file once more, in place of another part."""
    source, target, size = (
        dice.randrange(len(data)),
        dice.randrange(len(data)),
        dice.randrange(4000),
    )
    return data[:target] + data[source : source + size] + data[target + size :]


def repeat(data: bytes, dice: random.Random) -> bytes:
    start, size = dice.randrange(len(data)), dice.choice((1, 8, 100, 3000))
    times = dice.choice((2, 10, 1000)) if size < 1000 else 20
    return data[:start] + data[start : start + size] * times + data[start + size :]


def change_numbers(data: bytes, dice: random.Random) -> bytes:
    """Absurd numbers in place of some."""
    share = dice.choice((0.001, 0.01, 0.1))
    return _NUMBER.sub(
        lambda found: dice.choice(_WORST) if dice.random() < share else found[0], data
    )


def shuffle_tags(data: bytes, dice: random.Random) -> bytes:
    """Tags of a web page moved, doubled and left out."""
    tags = _TAG.findall(data)
    if not tags:
        return data
    share = dice.choice((0.01, 0.1, 0.5))

    def changed(found: re.Match[bytes]) -> bytes:
        if dice.random() >= share:
            return found[0]
        return dice.choice((b"", dice.choice(tags), found[0] * 3, b"<table><tr><td>" + found[0]))

    return _TAG.sub(changed, data)


def change_objects(data: bytes, dice: random.Random) -> bytes:
    """Values of some dictionaries of a PDF replaced; its cross-reference table stays sound."""
    with pymupdf.open(stream=data, filetype="pdf") as pdf:
        for _ in range(dice.choice((1, 1, 3, 10))):
            xref = dice.randrange(1, pdf.xref_length())
            keys = pdf.xref_get_keys(xref)
            if keys:
                value = dice.choice((*_VALUES, f"{dice.randrange(1, pdf.xref_length())} 0 R"))
                with suppress(RuntimeError, ValueError):
                    pdf.xref_set_key(xref, dice.choice(keys), value)
        return bytes(pdf.tobytes())


def change_streams(data: bytes, dice: random.Random) -> bytes:
    """The unpacked contents of some streams of a PDF mutated, and packed again."""
    with pymupdf.open(stream=data, filetype="pdf") as pdf:
        streams = [xref for xref in range(1, pdf.xref_length()) if pdf.xref_is_stream(xref)]
        for xref in dice.sample(streams, min(len(streams), dice.choice((1, 2, 5)))):
            content = pdf.xref_stream(xref) or b" "
            mutate = dice.choice((flip_bytes, cut_out, splice, repeat, change_numbers))
            pdf.update_stream(xref, mutate(content, dice) or b" ")
        return bytes(pdf.tobytes())


ANY: tuple[Mutation, ...] = (flip_bytes, cut_off, cut_out, splice, repeat, change_numbers)
OF_PDFS: tuple[Mutation, ...] = (change_objects, change_streams) * 4
OF_WEB_PAGES: tuple[Mutation, ...] = (shuffle_tags,) * 4


def mutated(data: bytes, suffix: str, dice: random.Random) -> bytes:
    """`data` of a file with that suffix, changed in one or two ways; never empty."""
    ways = (*ANY, *{".pdf": OF_PDFS, ".html": OF_WEB_PAGES}.get(suffix, ()))
    for mutate in dice.sample(ways, dice.choice((1, 1, 2))):
        # What the first way broke, the second may not be able to open.
        with suppress(RuntimeError, ValueError, pymupdf.mupdf.FzErrorBase):
            data = mutate(data, dice) or data
    return data
