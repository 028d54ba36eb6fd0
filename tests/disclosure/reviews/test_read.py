from ocrpipe.disclosure import read_report
from ocrpipe.document import Table
from ocrpipe.report import DisclosureReport, Figure
from tests.disclosure import forms
from tests.disclosure.forms import C

NUMBERS = [str(number) for number in range(1, 16)]


def read(*tables: Table) -> DisclosureReport:
    report, _ = read_report(forms.TITLE_PAGE, tables)
    assert report is not None
    return report


def values(figures: dict[str, Figure]) -> dict[str, object]:
    return {key: figure.value for key, figure in figures.items()}


def expected(start: int) -> dict[str, object]:
    return dict(zip(forms.OUTCOMES, range(start, start + 5), strict=True))


def assert_all(report: DisclosureReport) -> None:
    assert values(report.reviews.reconsideration) == expected(1)
    assert values(report.reviews.direct_litigation) == expected(6)
    assert values(report.reviews.litigation_after_reconsideration) == expected(11)


def test_fifteen_figures_by_kind_and_outcome() -> None:
    assert_all(read(forms.reviews(NUMBERS)))


def test_two_tables() -> None:
    reconsideration = [
        [C("行政复议", col_span=5)],
        [C(head) for head in forms.OUTCOME_HEADS],
        [C(text) for text in NUMBERS[:5]],
    ]
    litigation = [
        [C("行政诉讼", col_span=10)],
        [C("未经复议直接起诉", col_span=5), C("复议后起诉", col_span=5)],
        [C(head) for head in forms.OUTCOME_HEADS * 2],
        [C(text) for text in NUMBERS[5:]],
    ]
    assert_all(read(forms.make_table(reconsideration, "t1"), forms.make_table(litigation, "t2")))


def test_misread_heads_are_told_by_their_place() -> None:
    rows = forms.reviews_rows(NUMBERS)
    rows[1][2] = C("其他结呆", row_span=2)
    rows[1][4] = C("", row_span=2, state="unread")
    rows[1][6] = C("复汉后赵斥", col_span=5)
    rows[2][0] = C("结粜雉持")
    assert_all(read(forms.make_table(rows)))


def test_blank_figures_stay_blank() -> None:
    report = read(forms.reviews([""] * 5 + ["0"] * 10))
    assert {figure.state for figure in report.reviews.reconsideration.values()} == {"blank"}
    assert {figure.value for figure in report.reviews.direct_litigation.values()} == {0}
    states = {check.scope: check.state for check in report.checks}
    assert states == {
        "kind reconsideration": "unassessable",
        "kind direct_litigation": "pass",
        "kind litigation_after_reconsideration": "pass",
    }


def test_a_total_that_is_wrong_on_the_paper_is_reported_and_kept() -> None:
    report = read(forms.reviews(["10", "1", "0", "0", "0", *["0"] * 10]))
    check = report.checks[0]
    assert (check.state, check.expected, check.actual) == ("fail", 0, 11)
    assert check.figures[0] == "reviews/reconsideration/total"
    assert values(report.reviews.reconsideration)["total"] == 0
    assert {figure.trust for figure in report.reviews.reconsideration.values()} == {"doubtful"}


def test_a_figure_whose_cell_is_one_with_its_head_costs_no_other() -> None:
    rows = forms.reviews_rows(NUMBERS)
    rows[1][1] = C("结果纠正2", row_span=3)
    del rows[3][1]
    report = read(forms.make_table(rows))
    figures = report.reviews.reconsideration
    lost = figures.pop("corrected")
    assert (lost.state, lost.value, lost.trust) == ("unread", None, "doubtful")
    assert values(figures) == {k: v for k, v in expected(1).items() if k != "corrected"}
    assert values(report.reviews.direct_litigation) == expected(6)
    assert values(report.reviews.litigation_after_reconsideration) == expected(11)


def test_a_number_of_a_scan_that_goes_on_past_its_head_is_doubtful() -> None:
    rows = forms.reviews_rows(NUMBERS)
    rows[2][3:5] = [C("", col_span=2, state="unread")]
    rows[3][7:10] = [C("8910", col_span=3)]
    report = read(forms.make_table(rows))
    assert report.reviews.direct_litigation["other"].trust == "doubtful"
    assert report.reviews.direct_litigation["corrected"].trust != "doubtful"


def test_a_head_of_two_outcomes_is_that_of_none() -> None:
    # The wall between them was lost, and one of the two is blank.
    rows = forms.reviews_rows(["4", "0", "6", "10", *["0"] * 10])
    rows[0][0] = C("行政复议", col_span=4)
    rows[1][2:4] = [C("其他结果尚未审结", row_span=2)]
    figures = read(forms.make_table(rows)).reviews.reconsideration
    for key in ("other", "pending"):
        assert (figures[key].value, figures[key].trust) == (None, "doubtful")


def ranged(first: int, second: int, third: int) -> list[list[C]]:
    """The kinds over one of their outcomes each, as text at one end of their columns shows them."""
    kinds = [C("")] * 15
    kinds[first], kinds[second], kinds[third] = (
        C("行政复议"),
        C("未经复议直接起诉"),
        C("复议后起诉"),
    )
    return [kinds, [C(head) for head in forms.OUTCOME_HEADS * 3], [C(text) for text in NUMBERS]]


def test_a_kind_over_few_of_its_outcomes_heads_its_whole_run() -> None:
    assert_all(read(forms.make_table(ranged(4, 7, 14))))
    lost = ranged(4, 7, 14)
    lost[0][7] = C("木纪夏认")
    assert_all(read(forms.make_table(lost)))
    # Two kinds over one run: none of its figures but theirs is known.
    report = read(forms.make_table(ranged(4, 7, 9)))
    assert set(values(report.reviews.reconsideration).values()) == {None, 5}


def test_a_kind_over_few_of_its_outcomes_heads_them_beside_a_column_of_labels() -> None:
    # More than the fifteen columns of the form: their heads alone say what is what.
    labels = (C(""), C("结果"), C("件数"))
    rows = [[label, *row] for label, row in zip(labels, ranged(4, 7, 14), strict=True)]
    assert_all(read(forms.make_table(rows)))


def test_an_outcome_without_a_place_is_named() -> None:
    rows = [
        [C("行政复议", col_span=4)],
        list(map(C, forms.OUTCOME_HEADS[:4])),
        list(map(C, "1234")),
    ]
    report, issues = read_report(forms.TITLE_PAGE, (forms.make_table(rows),))
    assert report is not None
    assert report.reviews.reconsideration["total"].state == "absent"
    assert any("reviews/reconsideration/total" in issue.message for issue in issues)


def test_of_two_tables_with_other_figures_none_is_sure() -> None:
    others = [str(int(text) + 1) for text in NUMBERS]
    report = read(
        forms.make_table(forms.reviews_rows(NUMBERS), "t1"),
        forms.make_table(forms.reviews_rows(others), "t2"),
    )
    assert_all(report)
    assert {figure.trust for figure in report.reviews.reconsideration.values()} == {"doubtful"}


def test_columns_under_what_is_left_of_another_kinds_head_take_no_figure_of_the_first() -> None:
    """A table that the paper cuts: 复议 of 复议后起诉 is named as 行政复议 is, and 3 + 7 + 2 under
    it comes to the total of the first just as 3 + 4 + 3 + 2 does."""
    first, second, third = ["3", "4", "3", "2", "12"], ["0", "3", "7", "5", "15"], ["3", "7", ""]
    rows = [
        [C("行政复议", col_span=5, row_span=2), C("行政诉讼", col_span=8)],
        [C("未经复议直接起诉", col_span=5), C("复议", col_span=3)],
        [C(head) for head in [*forms.OUTCOME_HEADS * 2, *forms.OUTCOME_HEADS[:2], "其"]],
        [C(text) for text in [*first, *second, *third]],
    ]
    found = read(forms.make_table(rows)).reviews.reconsideration
    assert values(found) == dict(zip(forms.OUTCOMES, (3, 4, 3, 2, 12), strict=True))
    assert [found[outcome].trust for outcome in ("upheld", "corrected")] == ["doubtful"] * 2


def test_heads_that_slipped_from_their_columns_confirm_nothing() -> None:
    """Rows in groups of their own cut 行政复议 short: the kinds below slip to its columns."""
    rows = [
        [C("行政复议", col_span=5), C("行政诉讼", col_span=10)],
        [C("未经复议直接起诉", col_span=5), C("复议后起诉", col_span=5), C("", col_span=5)],
        [C(head) for head in forms.OUTCOME_HEADS * 3],
        [C(text) for text in [*["0"] * 5, "1", "1", "0", "0", "2", *["0"] * 5]],
    ]
    found = read(forms.make_table(rows)).reviews
    figures = [*found.direct_litigation.values(), *found.litigation_after_reconsideration.values()]
    assert len(figures) == 10
    assert {figure.trust for figure in figures} == {"doubtful"}


def test_a_kind_whose_first_heads_are_lost_has_no_sure_figure() -> None:
    """One head over all columns, most columns lost: 总计 at the end is that of the last kind."""
    heads = ["结果维持", "结果纠正", "其他结果", "结果维持", "结果纠正", "其他结果", "总计"]
    rows = [
        [C("行政复议行政诉讼", col_span=7)],
        [C(head) for head in heads],
        [C(text) for text in ["5", "7", "23", "25", "1", "9", "48"]],
    ]
    found = read(forms.make_table(rows)).reviews.reconsideration
    assert {figure.trust for figure in found.values()} == {"doubtful"}


def test_fifteen_columns_under_the_heads_of_others_are_not_sure_by_their_place() -> None:
    """A column of the first kind is lost, and an empty one of the second has no print."""
    heads, lost = list(forms.OUTCOME_HEADS), 4
    rows = [
        [C(head) for head in [*heads[:lost], *heads[:lost], "", heads[lost], *heads]],
        [C(text) for text in [*"1236", *"4—3—7", "", *"00011"]],
    ]
    found = read(forms.make_table(rows)).reviews
    assert {figure.trust for figure in found.direct_litigation.values()} == {"doubtful"}
    last = found.litigation_after_reconsideration
    assert {figure.trust for figure in last.values()} <= {"read", "confirmed"}
