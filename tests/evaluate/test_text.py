"""The character error rate by script."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import Levenshtein

from ocrpipe.evaluate.gold import GoldPage
from ocrpipe.evaluate.scores import TextScore
from ocrpipe.evaluate.shares import decimal, percent
from ocrpipe.evaluate.text import body_text, fold, script, text_by_script

TEXT = st.text(st.sampled_from("政府信息 一1２ab།ཀ་，（"), max_size=12)


@pytest.mark.parametrize(
    ("char", "expected"),
    [
        ("政", "Han"), ("〇", "Han"), ("豈", "Han"), ("𠀀", "Han"), ("a", "Latin"),
        ("Ａ", "Latin"), ("é", "Latin"), ("ཀ", "Tibetan"), ("་", "Tibetan"), ("༡", "Tibetan"),
        ("1", "digits"), ("２", "digits"), ("，", "other"), ("〔", "other"), ("\u0001", "other"),
        ("\u3000", "other"),
    ],
)  # fmt: skip
def test_script_of_a_character(char: str, expected: str) -> None:
    assert script(char) == expected


def test_edits_count_for_the_script_that_was_lost_or_is_too_many() -> None:
    scores = text_by_script("政府2019年，ab", "攻府219年ab。")
    assert scores["Han"] == TextScore(edits=1, characters=3)
    assert scores["digits"] == TextScore(edits=1, characters=4)
    assert scores["Latin"] == TextScore(edits=0, characters=2)
    assert scores["other"] == TextScore(edits=2, characters=1)
    assert scores["Han"].error_rate == pytest.approx(1 / 3)


def test_a_script_that_is_not_on_the_page_has_edits_and_no_rate() -> None:
    score = text_by_script("", "ཀ")["Tibetan"]
    assert (score.edits, score.characters, score.error_rate) == (1, 0, None)


@given(TEXT, TEXT)
def test_scripts_add_up_to_the_whole(gold: str, read: str) -> None:
    scores = text_by_script(gold, read).values()
    assert sum(score.edits for score in scores) == Levenshtein.distance(fold(gold), fold(read))
    assert sum(score.characters for score in scores) == len(fold(gold))


def test_body_leaves_out_running_lines_and_tables() -> None:
    kinds = ("letterhead", "title", "header", "text", "table", "page_number", "seal", "footer")
    page = {"number": 2, "blocks": [{"kind": kind, "text": kind[0]} for kind in kinds]}
    assert body_text([GoldPage.model_validate(page)]) == {2: "ltt"}


def test_white_space_and_composition_do_not_count() -> None:
    assert fold("e\u0301 一\u3000\u200b\n") == "é一"


def test_shares_never_look_better_than_they_are() -> None:
    assert [percent(share) for share in (None, 1.0, 0.999999, 0.5, 0.00001, 0.0, 1.5)] == [
        "—", "100.00%", ">99.99%", "50.00%", "<0.01%", "0.00%", "150.00%",
    ]  # fmt: skip
    assert [decimal(share) for share in (None, 1.0, 0.999999, 0.5)] == [
        "—", "1.0000", ">0.9999", "0.5000",
    ]  # fmt: skip
