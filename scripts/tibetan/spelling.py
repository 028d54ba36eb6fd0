"""Syllables made by the rules of Tibetan spelling (ocrpipe.ocr.tibetan.spelling)."""

import random

from ocrpipe.ocr.tibetan.spelling import PREFIXED_STACKS, ROOTS, STACKS, VOWEL_SIGNS, apart

SUFFIXES = "གངདནབམརལས"
SECOND_SUFFIX_AFTER = "གངབམ"
PARTICLES = ("འི", "འོ", "འང", "འམ", "འུ", "ས", "ར")
DIPHTHONGS = ("འུ", "འོ", "འེ", "འི", "འན")


def syllable(rng: random.Random) -> str:
    """One spellable syllable, without a tsheg; every stack comes up about equally often."""
    start = rng.choice((ROOTS, STACKS, STACKS, PREFIXED_STACKS, PREFIXED_STACKS))
    text = rng.choice(start)
    vowel = rng.choice(VOWEL_SIGNS) if rng.random() < 0.6 else ""
    text += vowel
    ending = rng.random()
    if ending < 0.62:
        suffix = rng.choice(SUFFIXES)
        text += suffix
        if suffix in SECOND_SUFFIX_AFTER and rng.random() < 0.3:
            text += "ས"
        elif suffix in "ནརལ" and rng.random() < 0.02:
            text += "ད"
    elif ending < 0.72:
        text += rng.choice(PARTICLES)
    elif ending < 0.76:
        text += rng.choice(DIPHTHONGS)
    elif start is PREFIXED_STACKS and not vowel and len(text) == 2:
        # Two bare letters would be read as root and suffix.
        text += "འ"
    return text


# Sanskrit and mantra spellings: stacks that the rules above never make.
_SANSKRIT_STACKS = apart(
    "ཀྵ དྷ བྷ གྷ ཛྷ ཌྷ ཏྣ ཏྟ དྡ དྡྷ དྨ དྭ ནྟ ནྡ ནྡྷ ཎྜ ཉྫ ཉྩ པྟ བྡ མྦ མྦྷ རྨ རྣ རྟ རྡྷ རྱ ལྤ ཤྕ ཤྲ ཤྭ ཥྚ ཥྞ ཥྐ སྟ སྠ "
    "སྨ སྭ སྣ ཧྨ ཧྲ ཧྣ ཀྟ ཀྲ གྣ ཛྙ ཛྲ ཏྲ ཏྱ ཏྭ ཙྪ ཊྚ ནྱ བྱ ཀྱ ཤྱ ཧྱ ལྱ མྱ དྱ"
)
_SANSKRIT_LETTERS = "ཀཁགངཙཚཛཉཊཋཌཎཏཐདནཔཕབམཡརལཤཥསཧཨ"
_SANSKRIT_VOWELS = ("", "", "ཱ", "ི", "ཱི", "ུ", "ཱུ", "ེ", "ཻ", "ོ", "ཽ", "ྀ")


def sanskrit_syllable(rng: random.Random) -> str:
    """A syllable as Sanskrit words and mantras are written with Tibetan letters."""
    letters = _SANSKRIT_STACKS if rng.random() < 0.5 else _SANSKRIT_LETTERS
    end = rng.choice(("ཾ", "ཿ", "ྃ", "ྂ", "྄")) if rng.random() < 0.2 else ""
    return rng.choice(letters) + rng.choice(_SANSKRIT_VOWELS) + end
