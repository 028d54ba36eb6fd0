"""Which traditional characters of the recogniser's have a simplified form, by OpenCC.

    pip install opencc==1.4.2
    python -m scripts.traditional_forms ocrpipe/ocr/recognition/traditional_forms.txt

Only pairs whose second character alone is in GB 2312, the set of characters that simplified text is
printed in, and so a text of which all other characters are in it is no traditional one.
"""

import argparse
from pathlib import Path

_NOTICE = """\
# Each line: a traditional character and its simplified form.
# Made by scripts/traditional_forms.py with OpenCC (https://github.com/BYVoid/OpenCC),
# configurations t2s and jp2t, Copyright 2010-2026 Carbo Kuo, Apache License 2.0,
# https://www.apache.org/licenses/LICENSE-2.0
"""

IDEOGRAPHS = range(0x4E00, 0xA000)


def in_simplified_set(character: str) -> bool:
    """Whether a character is one of GB/T 2312-1980, which simplified text is printed in."""
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def pairs() -> list[tuple[str, str]]:
    """The pairs in the order of their traditional characters; Japanese forms are among them."""
    import opencc  # type: ignore[import-not-found, unused-ignore]

    simplify, from_japanese = opencc.OpenCC("t2s"), opencc.OpenCC("jp2t")
    found = []
    for character in map(chr, IDEOGRAPHS):
        if in_simplified_set(character):
            continue
        simplified = simplify.convert(character)
        if simplified == character:
            simplified = simplify.convert(from_japanese.convert(character))
        if len(simplified) == 1 and in_simplified_set(simplified):
            found.append((character, simplified))
    return found


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("out", type=Path)
    arguments = parser.parse_args()
    rows = "\n".join(f"{traditional} {simplified}" for traditional, simplified in pairs())
    arguments.out.write_text(_NOTICE + rows + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
