import pytest

from ocrpipe.ocr.tibetan.words import word_pairs


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("", 0),
        ("བོད", 0),
        ("མེ་ཏོག", 1),
        ("མེ་རོག", 0),
        ("མེ་ཏོག་", 1),
        ("མེ། ཏོག", 0),
        ("ཡིག་ཆ། མེ་ཏོག", 2),
        ("2019 (12)", 0),
    ],
)
def test_pairs_of_syllables_that_stand_in_words_are_counted(text: str, pairs: int) -> None:
    assert word_pairs(text) == pairs
