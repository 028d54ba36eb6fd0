import random
import re
import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocrpipe.ocr.tibetan.spelling import PREFIXED_STACKS, STACKS
from scripts.tibetan import text, words
from scripts.tibetan.alphabet import CHARACTERS, is_known, normalize
from scripts.tibetan.spelling import sanskrit_syllable, syllable

# The shape of a written syllable: prefix, one stack with at most one vowel, endings.
SYLLABLE = re.compile("[གདབམའ]?[ཀ-ཨ][\u0f90-\u0fbc]{0,2}[ིེོུ]?(?:[གངདནབམརལས][སད]?|འ[ིོེུནངམ]?|ར|ས)?")


@given(st.integers())
def test_a_syllable_has_the_shape_of_the_rules(seed: int) -> None:
    made = syllable(random.Random(seed))
    assert SYLLABLE.fullmatch(made), made
    assert is_known(made)
    assert unicodedata.normalize("NFC", made) == made


@given(st.integers())
def test_a_sanskrit_syllable_is_known_and_normal(seed: int) -> None:
    made = normalize(sanskrit_syllable(random.Random(seed)))
    assert made
    assert is_known(made)


@pytest.mark.parametrize("stack", ["སྐྱ", "རྒྱ", "ལྷ", "ཟླ", "སྤྲ", "གྲྭ", "ཧྲ", "རྩྭ"])
def test_stacks_of_the_language_are_made(stack: str) -> None:
    assert stack in STACKS


@pytest.mark.parametrize("stack", ["བསྒྲ", "བརྒྱ", "མཁྱ", "འབྲ", "དཔྱ", "གཡ", "བཟླ"])
def test_prefixes_of_the_language_are_made(stack: str) -> None:
    assert stack in PREFIXED_STACKS


@pytest.mark.parametrize("stack", ["གཁ", "དཏ", "མཀ", "འཀ", "ལྐྱ"])
def test_what_is_never_written_is_not_made(stack: str) -> None:
    assert stack not in PREFIXED_STACKS + STACKS


def test_the_alphabet_has_no_character_twice() -> None:
    assert len(set(CHARACTERS)) == len(CHARACTERS)


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("བོད༌ཡིག", "བོད་ཡིག"),
        ("ཡིན༎", "ཡིན།།"),
        (" ང་ \t  ཚོ།\n", "ང་ ཚོ།"),
        ("\u0f43", "\u0f42\u0fb7"),
        ("ཀ\u0f72\u0f71", "ཀ\u0f71\u0f72"),
    ],
)
def test_texts_that_print_alike_become_one(printed: str, expected: str) -> None:
    assert normalize(printed) == expected


def test_all_words_are_in_the_alphabet() -> None:
    lists = (words.PLACES, words.BODIES, words.DOCUMENT_WORDS, words.COMMON_WORDS)
    for word in (word for some in (*lists, words.PARTICLES, words.SANSKRIT_WORDS) for word in some):
        assert is_known(normalize(word)), word


@pytest.mark.parametrize("make", [text.line, text.rare_line])
@given(seed=st.integers(), shortest=st.integers(2, 12), more=st.integers(0, 40))
def test_lines_are_known_text_of_the_length_asked_for(
    make: Callable[[random.Random, int, int], str], seed: int, shortest: int, more: int
) -> None:
    longest = shortest + more
    line = make(random.Random(seed), shortest, longest)
    assert line == normalize(line)
    assert is_known(line)
    assert 0 < len(line) <= 2 * longest
    assert "་་" not in line


def test_the_same_seed_makes_the_same_lines() -> None:
    first, second = ([text.line(random.Random(7), 5, 40) for _ in range(3)] for _ in range(2))
    assert first == second
