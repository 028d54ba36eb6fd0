from scripts.tibetan.word_pairs import followers


def test_what_follows_a_syllable_in_words_is_gathered() -> None:
    found = followers(["མེ་ཏོག", "མེ་ཏོག་དམར་པོ", "<<མེ་ལོང་", "ABC", "$", "མེ", ""])
    assert found == {"མེ": {"ཏོག", "ལོང"}, "ཏོག": {"དམར"}, "དམར": {"པོ"}}


def test_words_with_letters_that_the_recogniser_does_not_know_are_left_out() -> None:
    assert followers(["ཀ་ག\u0fc6"]) == {}
