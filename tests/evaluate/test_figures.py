"""Figures: right, wrong, missed, invented, and errors without a warning."""

from collections.abc import Mapping

from ocrpipe.evaluate.figures import compare_figures
from ocrpipe.evaluate.gold import GoldFigure
from ocrpipe.evaluate.scores import FigureScore, WrongFigure
from ocrpipe.export import list_figures
from ocrpipe.report import Figure, ProactiveDisclosure, ProactiveRow
from tests.evaluate.documents import figure, report

Truth = tuple[float | None, str]


def compare(
    gold: Mapping[str, Truth], read: Mapping[str, Figure]
) -> tuple[FigureScore, tuple[WrongFigure, ...]]:
    truth = {
        f"applications/new/{key}": GoldFigure.model_validate({"value": value, "state": state})
        for key, (value, state) in gold.items()
    }
    return compare_figures(truth, list_figures(report(read)))


def test_each_figure_has_one_outcome() -> None:
    score, errors = compare(
        {
            "natural_person": (3, "printed"),
            "company": (None, "blank"),
            "research_institution": (2, "printed"),
            "social_organization": (None, "blank"),
            "legal_service": (None, "absent"),
            "other": (4, "printed"),
            "total": (9, "printed"),
        },
        {
            "natural_person": figure(3, "confirmed"),
            "company": figure(None, "read", "blank"),
            "research_institution": figure(7, "confirmed"),
            "social_organization": figure(0, "doubtful"),
            "legal_service": figure(1, "read"),
            "other": figure(None, "doubtful", "unread"),
        },
    )
    assert (score.expected, score.right, score.wrong, score.missed) == (6, 2, 2, 2)
    assert (score.invented, score.silent) == (1, 2)
    assert [(error.path.split("/")[2], error.kind, error.silent) for error in errors] == [
        ("research_institution", "wrong", True),
        ("social_organization", "wrong", False),
        ("legal_service", "invented", True),
        ("other", "missed", False),
        ("total", "missed", False),
    ]
    assert (score.confirmed.right, score.confirmed.wrong) == (1, 1)
    assert (score.read.right, score.read.wrong) == (1, 1)
    assert (score.doubtful.right, score.doubtful.wrong) == (0, 2)
    assert score.confirmed.share_right == 0.5
    assert score.share_right == 1 / 3


def test_a_figure_given_as_absent_is_a_silent_error_unless_doubtful() -> None:
    gold = {"total": (9, "printed")}
    score, _ = compare(gold, {"total": figure(None, "read", "absent")})
    assert (score.missed, score.silent) == (1, 1)
    score, _ = compare(gold, {"total": figure(None, "doubtful", "absent")})
    assert (score.missed, score.silent) == (1, 0)


def test_a_number_not_in_the_truth_is_invented_and_a_blank_is_not() -> None:
    score, errors = compare({}, {"total": figure(1), "other": figure(None, state="blank")})
    assert (score.expected, score.invented, score.silent) == (0, 1, 1)
    assert errors[0].path == "applications/new/total"
    assert errors[0].gold_state is None


def test_an_absent_figure_is_neither_right_nor_wrong() -> None:
    score, errors = compare({"other": (None, "absent")}, {"other": figure(None, state="absent")})
    assert (score.expected, score.read.right, errors) == (0, 0, ())


def test_a_figure_that_the_truth_could_not_read_is_left_out() -> None:
    score, errors = compare({"total": (None, "unread")}, {"total": figure(8, "confirmed")})
    assert (score, errors) == (FigureScore(), ())


def test_blank_is_not_zero() -> None:
    score, _ = compare({"total": (None, "blank")}, {"total": figure(0)})
    assert (score.right, score.wrong) == (0, 1)


def test_values_agree_whatever_their_type_and_labels_whatever_their_width() -> None:
    fee = Figure.model_validate(
        {"value": "12.50", "raw": "12.50", "state": "printed", "confidence": 1, "trust": "read"}
    )
    row = ProactiveRow(
        article="第二十条第(八)项", item="行政事业性 收费", figures={"fee_amount": fee}
    )
    read = report({}).model_copy(update={"proactive": ProactiveDisclosure(rows=(row,))})
    path = "proactive/第二十条第（八）项/行政事业性收费/fee_amount"
    gold = {path: GoldFigure.model_validate({"value": 12.5, "state": "printed"})}
    score, errors = compare_figures(gold, list_figures(read))
    assert (score.right, errors) == (1, ())
