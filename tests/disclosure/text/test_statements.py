import pytest

from ocrpipe.disclosure import read_report
from ocrpipe.report import Check, DisclosureReport
from tests.disclosure import forms


def read(text: str, total: str = "21") -> DisclosureReport:
    pages = forms.make_pages(
        [
            ("title", "青禾县水务局2022年政府信息公开工作年度报告"),
            ("heading", "一、总体情况"),
            ("text", text),
        ]
    )
    figures = {
        "new": [total, "0", "0", "0", "0", "0", total],
        "granted": [total, "0", "0", "0", "0", "0", total],
        "total": [total, "0", "0", "0", "0", "0", total],
    }
    report, _ = read_report(pages, [forms.applications("2021", figures)])
    assert report is not None
    return report


def stated(report: DisclosureReport) -> list[Check]:
    return [check for check in report.checks if check.rule.startswith("prose.")]


@pytest.mark.parametrize(
    "text",
    [
        "2022年，我局共受理政府信息公开申请21宗。",
        "全年收到政府信息公开申请 21 件，均在法定期限答复。",
        "本年度共收到信息公开申请２１件。",
        "2022年全区受理政府信息公开申请21 件，其中网上受理政府信息公开申请5件。",
        "全年新收政府信息公开申请共21件；2021年收到政府信息公开申请34件。",
    ],
)
def test_a_number_in_the_text_that_agrees(text: str) -> None:
    (check,) = stated(read(text))
    assert (check.rule, check.expected, check.state) == ("prose.new_applications", 21, "pass")
    assert check.figures == ("applications/new/total",)


def test_a_number_in_the_text_that_does_not_agree() -> None:
    report = read("全年收到政府信息公开申请23件。")
    (check,) = stated(report)
    assert (check.expected, check.actual, check.state) == (23, 21, "fail")
    total = report.applications.rows[0].figures["total"]
    assert (total.value, total.trust) == (21, "doubtful")


@pytest.mark.parametrize(
    "text",
    [
        "通过网络收到政府信息公开申请3件。",
        "2021年，我局收到政府信息公开申请34件。",
        "收到政府信息公开申请21件。乡镇收到政府信息公开申请4件。",
        "依申请公开1件，已按时答复。",
        "收到政府信息公开申请若干件。",
    ],
)
def test_an_ambiguous_number_is_not_held_against_the_table(text: str) -> None:
    assert stated(read(text)) == []


def test_what_was_carried_over_and_forward() -> None:
    checks = stated(read("上年结转0件，结转下年度继续办理2件。"))
    assert {check.rule: check.state for check in checks} == {
        "prose.carried_over": "pass",
        "prose.carried_forward": "fail",
    }
