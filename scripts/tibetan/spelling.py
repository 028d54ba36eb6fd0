"""Syllables by the rules of Tibetan spelling.

A syllable is a root letter with what may stand before (prefix), above (superscript), below
(subscript) and after it (suffix, second suffix), and a vowel. Which letters may stand together is
the traditional rule (སུམ་ཅུ་པ།, see e.g. Tournadre and Dorje, Manual of Standard Tibetan, 2003).
"""

import random


def _apart(text: str) -> tuple[str, ...]:
    return tuple(text.split())


ROOTS = "ཀཁགངཅཆཇཉཏཐདནཔཕབམཙཚཛཝཞཟའཡརལཤསཧཨ"
SUPERSCRIBED = {"ར": "ཀགངཇཉཏདནབམཙཛ", "ལ": "ཀགངཅཇཏདཔབཧ", "ས": "ཀགངཉཏདནཔབམཙ"}
SUBSCRIBED = {
    "ཡ": "ཀཁགཔཕབམ",
    "ར": "ཀཁགཏཐདནཔཕབམཤསཧ",
    "ལ": "ཀགབཟརས",
    "ཝ": "ཀཁགཅཉཏདཙཚཞཟརལཤསཧ",
}
THREE_STORIED = _apart("རྐྱ རྒྱ རྨྱ སྐྱ སྒྱ སྤྱ སྦྱ སྨྱ སྐྲ སྒྲ སྣྲ སྤྲ སྦྲ སྨྲ རྩྭ གྲྭ ཕྱྭ")
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
VOWEL_SIGNS = "ིེོུ"
SUFFIXES = "གངདནབམརལས"
SECOND_SUFFIX_AFTER = "གངབམ"
PARTICLES = ("འི", "འོ", "འང", "འམ", "འུ", "ས", "ར")
DIPHTHONGS = ("འུ", "འོ", "འེ", "འི", "འན")


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
    prefix + stack for prefix, stacks in PREFIXED.items() for stack in _apart(stacks)
)


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
_SANSKRIT_STACKS = _apart(
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
