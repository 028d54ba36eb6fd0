"""Lines of text to draw: letterheads, running text, dates, numbers, and syllables by rule."""

import random
import re
from collections.abc import Callable
from typing import TypeAlias

from scripts.tibetan import words
from scripts.tibetan.alphabet import DIGITS, normalize
from scripts.tibetan.spelling import sanskrit_syllable, syllable

TSHEG = "་"
SHAD = "།"
_TSHEGS = re.compile(f"{TSHEG}+")
_VOCABULARY = words.PLACES + words.BODIES + words.DOCUMENT_WORDS + words.COMMON_WORDS
_LETTERHEAD = words.PLACES + words.BODIES + words.DOCUMENT_WORDS


def _joined(parts: list[str]) -> str:
    """Words with a tsheg between; after ང a shad keeps its tsheg, after ག it falls away."""
    return TSHEG.join(parts)


def _end(text: str, rng: random.Random) -> str:
    if text.endswith("ག") and rng.random() < 0.8:
        return text
    return text + (TSHEG + SHAD if text.endswith("ང") else SHAD)


def _words(rng: random.Random, length: int, vocabulary: list[str]) -> str:
    parts: list[str] = []
    size = 0
    while size < length:
        particle = parts and rng.random() < 0.35
        parts.append(rng.choice(words.PARTICLES if particle else vocabulary))
        size += len(parts[-1]) + 1
    return _joined(parts)


def _rules(rng: random.Random, length: int) -> str:
    parts: list[str] = []
    size = 0
    while size < length:
        parts.append(sanskrit_syllable(rng) if rng.random() < 0.06 else syllable(rng))
        size += len(parts[-1]) + 1
    return _joined(parts)


def _number(rng: random.Random) -> str:
    number = str(rng.randrange(10 ** rng.randint(1, 5)))
    if rng.random() < 0.15:
        number += "." + str(rng.randrange(100))
    if rng.random() < 0.1:
        number += "%"
    if rng.random() < 0.5:
        number = number.translate(str.maketrans("0123456789", DIGITS))
    return number


def _date(rng: random.Random) -> str:
    year, month, day = (
        str(n) for n in (rng.randint(1950, 2035), rng.randint(1, 12), rng.randint(1, 31))
    )
    text = rng.choice(
        (
            f"{year}ལོའི་ཟླ་{month}ཚེས་{day}ཉིན",
            f"སྤྱི་ལོ་{year}ལོའི་ཟླ་{month}པའི་ཚེས་{day}ཉིན",
            f"{year}ལོའི་",
            f"སྤྱི་ཟླ་{month}པའི་ཚེས་{day}",
            f"{year}.{month}.{day}",
            f"ལོ་{year}",
        )
    )
    if rng.random() < 0.5:
        text = text.translate(str.maketrans("0123456789", DIGITS))
    return text


def _letterhead(rng: random.Random, length: int) -> str:
    text = _words(rng, length, _LETTERHEAD)
    head = rng.choice(("", "", "༄༅། །", "༄༅།།", "༄༅། ", "༄། །", "༄༅༅། །", "༈ ", "༄༅ "))
    return head + (_end(text, rng) if rng.random() < 0.6 else text)


def _bracketed(rng: random.Random, text: str) -> str:
    left, right = rng.choice(("()", "༼༽", "༺༻", "《》", "〈〉", "“”", "[]", "〔〕"))
    return left + text + right


def _mixed(rng: random.Random, length: int) -> str:
    parts: list[str] = []
    size = 0
    while size < length:
        part = rng.choice(
            (
                lambda: _words(rng, rng.randint(3, 15), list(_VOCABULARY)),
                lambda: _rules(rng, rng.randint(3, 12)),
                lambda: _date(rng),
                lambda: _number(rng),
                lambda: rng.choice(words.SANSKRIT_WORDS),
                lambda: _bracketed(rng, _words(rng, 6, _VOCABULARY)),
                lambda: _bracketed(rng, _number(rng)),
                lambda: _end(_words(rng, 6, _VOCABULARY), rng) + " ",
                lambda: "ཨང་" + _number(rng) + rng.choice(("", "པ")),
                lambda: rng.choice(
                    (": ", ", ", " - ", "། །", "།། །།", "༔ ", "༑ ", "/", "?", "!", "; ", "+")
                ),
            )
        )()
        parts.append(part)
        size += len(part)
        if rng.random() < 0.5 and part[-1] not in " །༔༑":
            parts.append(TSHEG)
    return "".join(parts)


def _sanskrit(rng: random.Random, length: int) -> str:
    """Native and Sanskrit syllables in turn, with the marks that stand above and below them."""
    parts: list[str] = []
    size = 0
    while size < length:
        make = rng.choice((syllable, sanskrit_syllable, sanskrit_syllable))
        parts.append(rng.choice(words.SANSKRIT_WORDS) if rng.random() < 0.2 else make(rng))
        size += len(parts[-1]) + 1
    return _joined(parts)


def _prose(make: Callable[[random.Random, int], str]) -> Callable[[random.Random, int], str]:
    """Clauses with shad and space between, cut anywhere as line breaks cut them."""

    def line(rng: random.Random, length: int) -> str:
        text = ""
        while len(text) < length:
            clause = _end(make(rng, rng.randint(8, 40)), rng)
            text += clause + rng.choice((" ", " ", " ", " །", "  ", ""))
        if rng.random() < 0.5:
            text = text[text.find(TSHEG, rng.randint(0, 8)) + 1 :]
        cut = text.rfind(TSHEG, 0, length)
        return text[: cut + 1] if cut > 0 else text

    return line


_PROSE_WORDS = _prose(lambda rng, length: _words(rng, length, _VOCABULARY))
_PROSE_RULES = _prose(_rules)
_Kinds: TypeAlias = tuple[tuple[float, Callable[[random.Random, int], str]], ...]
"""Ways to make a line, each with how often it is taken."""
_KINDS: _Kinds = (
    (0.24, _letterhead),
    (0.24, _PROSE_WORDS),
    (0.30, _PROSE_RULES),
    (0.06, _rules),
    (0.16, _mixed),
)
_RARE: _Kinds = ((0.6, _mixed), (0.4, _sanskrit))


def line(rng: random.Random, shortest: int, longest: int) -> str:
    """One line of about `shortest` to `longest` code points, normalised, never empty."""
    return _line(rng, shortest, longest, _KINDS)


def rare_line(rng: random.Random, shortest: int, longest: int) -> str:
    """A line like those of `line`, of what is rare in them: brackets, numbers, Sanskrit."""
    return _line(rng, shortest, longest, _RARE)


def _line(rng: random.Random, shortest: int, longest: int, kinds: _Kinds) -> str:
    while True:
        kind = rng.choices([make for _, make in kinds], [weight for weight, _ in kinds])[0]
        text = normalize(kind(rng, rng.randint(shortest, longest)))
        # The parts of a line bring their own tsheg; a tsheg is never written twice.
        text = _TSHEGS.sub(TSHEG, text)
        if text and len(text) <= longest * 2:
            return text
