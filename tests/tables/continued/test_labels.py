"""Whether two labels are readings of the same print."""

import pytest

from ocrpipe.tables.continued.labels import goes_on, is_same


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("第二十条第（一）项", "第二十条 第(一)项"),
        ("信息内容本年制发件数本年废止件数", "信息内容本年制发件教本年废止件数"),
        (
            "本列数据的勾稽关系为：第一项加第二项之和，等于",
            "本列数据的勾稽关系为：第一项加第-项之和，等于",
        ),
    ],
)
def test_small_misreadings_leave_a_label_the_same(text: str, other: str) -> None:
    assert is_same(text, other)


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("第二十条第（一）项", "第二十条第（六）项"),
        ("2022年度政府信息公开情况", "2023年度政府信息公开情况"),
        ("结果维持", "结果纠正"),
        ("", ""),
    ],
)
def test_labels_that_differ_in_a_number_or_a_word_are_others(text: str, other: str) -> None:
    assert not is_same(text, other)


@pytest.mark.parametrize("text", ["三", "三、", "二十一"])
def test_a_number_alone_goes_on_over_the_page_break(text: str) -> None:
    assert goes_on(text, "本年度办理结果")
    assert not goes_on(text, "四、结转下年度继续办理")
    assert not goes_on("总计", "本年度办理结果")
