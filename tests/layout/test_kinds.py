"""What a line at the edge of a page says."""

import pytest

from ocrpipe.layout.kinds import is_page_number


@pytest.mark.parametrize(
    "text",
    [
        "— 2 —",
        "二2一",
        "= 2 =",
        "- 2/5 -",
        "第 2 页 共 5 页",
        "第二页 共五页",
        "共5页 第2页",
        "2 of 5",
        "P2",
        "页码：2",
        "- ii -",
    ],
)
def test_the_number_of_a_page_is_one_in_every_form(text: str) -> None:
    assert is_page_number(text)


@pytest.mark.parametrize("text", ["", "二", "二、", "第二章", "2页", "2023/5/1", "共5页", "P2P"])
def test_other_text_is_no_number_of_a_page(text: str) -> None:
    assert not is_page_number(text)
