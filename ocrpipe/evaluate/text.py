"""Texts against each other: what counts as the same, and the character error rate by script."""

import unicodedata
from collections import Counter
from collections.abc import Iterable
from functools import cache

from rapidfuzz.distance import Levenshtein

from ocrpipe.document import Page
from ocrpipe.evaluate.gold import GoldPage
from ocrpipe.evaluate.scores import TextScore

_NOT_BODY = frozenset({"header", "footer", "page_number", "table", "seal", "figure"})
_INVISIBLE = frozenset("\u200b\u200c\u200d\ufeff\u00ad")
_QUOTES = str.maketrans("“”‘’", "\"\"''")
_SCRIPT_OF_NAME = {
    "CJK": "Han", "IDEOGRAPHIC": "Han", "TIBETAN": "Tibetan", "LATIN": "Latin",
}  # fmt: skip


def fold(text: str) -> str:
    """`text` as texts are compared: canonically composed (NFC), without white space.

    A page does not say how many spaces stand between two characters, nor how a letter is encoded.
    Everything else counts: a full-width bracket is not an ASCII one.
    """
    composed = unicodedata.normalize("NFC", text)
    return "".join(char for char in composed if not char.isspace() and char not in _INVISIBLE)


def fold_path(path: str) -> str:
    """The path of a figure without its differences of width and of quotes.

    Labels that are printed on the paper are part of it, and the truth spells them its own way.
    """
    return fold(unicodedata.normalize("NFKC", path)).translate(_QUOTES)


@cache
def script(char: str) -> str:
    """The script that a character counts for: Han, Tibetan, Latin, digits or other."""
    name = unicodedata.name(char, "").removeprefix("FULLWIDTH ")
    first = name.split(" ", 1)[0].split("-", 1)[0]
    # "Ⅳ" is a letter by its category, and so is 〇; a tsheg is no letter and still Tibetan.
    found = _SCRIPT_OF_NAME.get(first, "other")
    if first == "IDEOGRAPHIC" and not char.isalpha() and not char.isnumeric():
        return "other"
    return "digits" if found == "other" and char.isdecimal() else found


def text_by_script(gold: str, read: str) -> dict[str, TextScore]:
    """The edits between two texts, by the script of the character that was lost or is too many.

    A substitution counts for the script of the truth's character. Where several shortest ways
    lead from one text to the other, one is taken; their sum does not depend on which.
    """
    expected, actual = fold(gold), fold(read)
    characters = Counter(script(char) for char in expected)
    edits: Counter[str] = Counter()
    for edit in Levenshtein.editops(expected, actual):
        inserted = edit.tag == "insert"
        edits[script(actual[edit.dest_pos] if inserted else expected[edit.src_pos])] += 1
    return {
        name: TextScore(edits=edits[name], characters=characters[name])
        for name in sorted(characters.keys() | edits.keys())
    }


def body_text(pages: Iterable[Page] | Iterable[GoldPage]) -> dict[int, str]:
    """The text of the body by page, in reading order: no tables, running lines or seals."""
    return {
        page.number: "".join(block.text for block in page.blocks if block.kind not in _NOT_BODY)
        for page in pages
    }
