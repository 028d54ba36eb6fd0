"""Traditional forms in doubtful print."""

import pytest

from ocrpipe.ocr.port import Recognition
from ocrpipe.ocr.recognition.script_forms import are_simplified, with_simplified_forms

REPORT = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
LETTER = ["結果維持", "結果糾正", "其他結果", "尚未審結", "總計"]


@pytest.mark.parametrize("confidence", [0.5, 0.94])
def test_a_doubtful_traditional_form_is_the_simplified_one(confidence: float) -> None:
    seen = Recognition("維持", 0.7, (confidence, 0.99))
    assert with_simplified_forms(seen).text == "维持"


def test_a_sure_one_and_other_characters_stay() -> None:
    assert with_simplified_forms(Recognition("維持", 0.99, (0.97, 0.99))).text == "維持"
    assert with_simplified_forms(Recognition("镕喆", 0.5, (0.5, 0.5))).text == "镕喆"


def test_a_page_is_simplified_if_nearly_all_of_it_is() -> None:
    assert are_simplified([*REPORT, *REPORT, "結果"])
    assert not are_simplified(LETTER)
    assert not are_simplified(["新竹縣政府", "其他"])
    assert not are_simplified([])
