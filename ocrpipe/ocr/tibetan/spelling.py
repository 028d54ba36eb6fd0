"""How likely a text is as Tibetan, by the spelling of its syllables.

A native syllable is a root letter with what may stand before (prefix), above (superscript), below
(subscript) and after it (suffix, second suffix), and a vowel. Which letters may stand together is
the traditional rule (སུམ་ཅུ་པ།, see e.g. Tournadre and Dorje, Manual of Standard Tibetan, 2003).
Text is made of few of the syllables that the rules allow; syllables.txt lists the usual
ones. Nothing is forbidden: Sanskrit, rare names and misprints are only less likely.
"""

import math
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

LETTERS = frozenset(map(chr, range(0x0F40, 0x0F6D)))
SUBJOINED = frozenset(map(chr, range(0x0F90, 0x0FBD)))
SIGNS = frozenset(map(chr, [*range(0x0F71, 0x0F80), 0x0F80, 0x0F82, 0x0F83, 0x0F84]))
SYLLABIC = LETTERS | SUBJOINED | SIGNS
"""The characters of syllables; any other ends one."""


def apart(text: str) -> tuple[str, ...]:
    """What stands between the spaces of a list."""
    return tuple(text.split())


ROOTS = "ཀཁགངཅཆཇཉཏཐདནཔཕབམཙཚཛཝཞཟའཡརལཤསཧཨ"
SUPERSCRIBED = {"ར": "ཀགངཇཉཏདནབམཙཛ", "ལ": "ཀགངཅཇཏདཔབཧ", "ས": "ཀགངཉཏདནཔབམཙ"}
SUBSCRIBED = {
    "ཡ": "ཀཁགཔཕབམ",
    "ར": "ཀཁགཏཐདནཔཕབམཤསཧ",
    "ལ": "ཀགབཟརས",
    "ཝ": "ཀཁགཅཉཏདཙཚཞཟརལཤསཧ",
}
THREE_STORIED = apart("རྐྱ རྒྱ རྨྱ སྐྱ སྒྱ སྤྱ སྦྱ སྨྱ སྐྲ སྒྲ སྣྲ སྤྲ སྦྲ སྨྲ རྩྭ གྲྭ ཕྱྭ")
PREFIXED = {
    "ག": "ཅ ཉ ཏ ད ན ཙ ཞ ཟ ཡ ཤ ས",
    "ད": "ཀ ག ང པ བ མ ཀྱ ཀྲ གྱ གྲ པྱ པྲ བྱ བྲ མྱ",
    "བ": (
        "ཀ ག ཅ ཏ ད ཙ ཞ ཟ ཤ ས ཀྱ ཀྲ ཀླ གྱ གྲ ཟླ སྲ སླ རླ རྐ རྒ རྔ རྗ རྙ རྟ རྡ རྣ རྩ རྫ རྐྱ རྒྱ "
        "ལྕ ལྟ ལྡ སྐ སྒ སྔ སྙ སྟ སྡ སྣ སྩ སྐྱ སྒྱ སྐྲ སྒྲ"
    ),
    "མ": "ཁ ག ང ཆ ཇ ཉ ཐ ད ན ཚ ཛ ཁྱ ཁྲ གྱ གྲ",
    "འ": "ཁ ག ཆ ཇ ཐ ད ཕ བ ཚ ཛ ཁྱ ཁྲ གྱ གྲ ཕྱ ཕྲ བྱ བྲ དྲ",
}
VOWEL_SIGNS = "ིེོུ"


def below(consonant: str) -> str:
    """The subjoined form of a consonant."""
    return chr(ord(consonant) + 0x50)


def _stacks() -> tuple[str, ...]:
    stacks = [head + below(root) for head, roots in SUPERSCRIBED.items() for root in roots]
    stacks += [root + below(foot) for foot, roots in SUBSCRIBED.items() for root in roots]
    # ཧྥ writes the f of Chinese names.
    return (*stacks, *THREE_STORIED, "ཧྥ")


STACKS = _stacks()
PREFIXED_STACKS = tuple(
    prefix + stack for prefix, stacks in PREFIXED.items() for stack in apart(stacks)
)

_BEGINNING = f"(?:{'|'.join((*PREFIXED_STACKS, *STACKS, *ROOTS))})[{VOWEL_SIGNS}]?"
_SUFFIXES = "[གངབམ]ས?|[ནརལ]ད?|[དས]|འ"
_PARTICLES = "འི|འོ|འང|འམ|འུ(?:ས|ར|ང|འི|འང)?|འེ|འན"
_REGULAR = re.compile(f"{_BEGINNING}(?:{_SUFFIXES}|{_PARTICLES})?")
_OPEN = re.compile(f"({_BEGINNING})འ?")


@cache
def listed() -> frozenset[str]:
    """The usual syllables, those that end in a vowel with the particles that are written to them
    too."""
    text = resources.files("ocrpipe.ocr.tibetan").joinpath("syllables.txt").read_text("utf-8")
    syllables = set(text.split())
    for syllable in tuple(syllables):
        if open_ := _OPEN.fullmatch(syllable):
            syllables.update(open_[1] + particle for particle in apart("འི ས ར འང འམ འོ"))
    return frozenset(syllables)


@dataclass(frozen=True, slots=True)
class Oddities:
    """How many syllables of a text are regular but not usual, and how many not even regular."""

    unlisted: int = 0
    irregular: int = 0


NOTHING_ODD = Oddities()


@lru_cache(maxsize=65536)
def oddities(syllable: str) -> Oddities:
    """What one syllable, or none, adds to those of its text."""
    if not syllable or syllable in listed():
        return NOTHING_ODD
    return Oddities(unlisted=1) if _REGULAR.fullmatch(syllable) else Oddities(irregular=1)


def plus(one: Oddities, other: Oddities) -> Oddities:
    return Oddities(one.unlisted + other.unlisted, one.irregular + other.irregular)


_KINDS_OF_TEXT = ((0.95, 6.0, 9.0), (0.05, 1.0, 2.0))
"""How many texts are of a kind, and what an unlisted and an irregular syllable cost in it, as
negative logarithms. In running text an odd syllable is most likely a wrong reading; where there
are several, as in a mantra or a list of names, a further one says little."""


@lru_cache(maxsize=4096)
def likelihood(odd: Oddities) -> float:
    """How likely a text with such syllables is, against one of usual syllables alone: 0 to 1."""
    return sum(
        share * math.exp(-unlisted * odd.unlisted - irregular * odd.irregular)
        for share, unlisted, irregular in _KINDS_OF_TEXT
    )


def oddities_of(text: str) -> Oddities:
    """The odd syllables of a whole text."""
    total = NOTHING_ODD
    for syllable in re.findall(f"[{''.join(sorted(SYLLABIC))}]+", text):
        total = plus(total, oddities(syllable))
    return total
