"""The code points that the Tibetan recogniser knows, and the one spelling of a text in them."""

import re
import unicodedata

CONSONANTS = "ཀཁགངཅཆཇཉཊཋཌཎཏཐདནཔཕབམཙཚཛཝཞཟའཡརལཤཥསཧཨ"
SUBJOINED = "".join(chr(ord(consonant) + 0x50) for consonant in CONSONANTS)
VOWELS = "ཱིེཻོཽྀུཾཿ྄ྃྂ"
MARKS = "༄༅༆༈་།༑༔༼༽༺༻"
DIGITS = "༠༡༢༣༤༥༦༧༨༩"
FOREIGN = " 0123456789()[]〔〕《》〈〉“”.,:;-/%+?!"

CHARACTERS = CONSONANTS + SUBJOINED + VOWELS + MARKS + DIGITS + FOREIGN

# Code points that print alike: the recogniser can only ever give one of them.
_ALIKE = str.maketrans({"༌": "་", "༎": "།།", "ཪ": "ར", "ྰ": "ཱ", "ྺ": "ྭ", "ྻ": "ྱ", "ྼ": "ྲ"})
_SPACES = re.compile(r"\s+")


def normalize(text: str) -> str:
    """NFC, look-alikes as one code point, a run of white space as one space, none at the ends."""
    return _SPACES.sub(" ", unicodedata.normalize("NFC", text).translate(_ALIKE)).strip()


def is_known(text: str) -> bool:
    return all(character in CHARACTERS for character in text)
