import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocrpipe.ocr.tibetan.spelling import (
    NOTHING_ODD,
    SYLLABIC,
    Oddities,
    likelihood,
    listed,
    oddities,
    oddities_of,
    plus,
)


@pytest.mark.parametrize(
    "text",
    [
        "བོད་རང་སྐྱོང་ལྗོངས་མི་དམངས་སྲིད་གཞུང་།",
        "སློབ་གྲྭའི་དགེ་རྒན་རྣམས་ཀྱིས་བསླབས་པའོ། །",
        "བསྒྲུབས་ནས་༢༠༢༠ལོའི་ཟླ་༡ཚེས་༡༥ཉིན(2020)",
        "ཅུའུ་ལིས་དམངས་ཁྲིམས་ཁང་ལའང་གཏུག་བཤེར་བྱས།",
        "ཨོཾ་མ་ཎི་པདྨེ་ཧཱུྃ",
        "",
    ],
)
def test_usual_text_is_not_odd(text: str) -> None:
    assert oddities_of(text) == NOTHING_ODD


@pytest.mark.parametrize("syllable", ["གླུངས", "བཞུམས", "ལྟིགས", "རྦེངས", "མཇོར", "ཟློན"])
def test_what_the_rules_allow_but_no_list_has_is_unlisted(syllable: str) -> None:
    assert oddities(syllable) == Oddities(unlisted=1)


@pytest.mark.parametrize("syllable", ["བབོད", "དདམ", "ལྐྱང", "ཏྭོགཾ", "ཊཀྐི", "མའའི", "གའངམ", "ཚྩུབ"])
def test_what_the_rules_forbid_is_irregular(syllable: str) -> None:
    assert oddities(syllable) == Oddities(irregular=1)


def test_syllables_that_end_in_a_vowel_take_particles() -> None:
    for form in ("དགའ", "དགའི", "དགར", "དགས", "དགའམ", "ལོའི", "ལོར", "བུའང"):
        assert form in listed()


def test_syllables_are_of_letters_and_signs_alone() -> None:
    assert len(listed()) > 4000
    assert set(itertools.chain(*listed())) <= SYLLABIC


@given(st.integers(0, 60), st.integers(0, 60))
def test_odd_syllables_make_a_text_less_likely_but_never_impossible(odd: int, worse: int) -> None:
    some = Oddities(odd, worse)
    assert likelihood(NOTHING_ODD) == pytest.approx(1.0)
    assert likelihood(some) > 0
    assert likelihood(plus(some, Oddities(unlisted=1))) < likelihood(some)
    assert likelihood(plus(some, Oddities(irregular=1))) < likelihood(
        plus(some, Oddities(unlisted=1))
    )
