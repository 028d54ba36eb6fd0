"""Trust against truth, counted by damage and by confidence."""

from ocrpipe.disclosure import read_report
from ocrpipe.document import Document, Source
from ocrpipe.evaluate.gold import Gold, GoldFigure
from scripts.measure_trust import by_confidence, by_damage, judged, silent
from tests.disclosure import forms


def document() -> Document:
    """Section 四: a total that its sum exceeds, in one kind of case beside an unread figure."""
    rows = forms.reviews_rows(["6", "7", "0", "0", "12", *["0"] * 10])
    rows[-1][5] = forms.C("", state="unread")
    rows[-1][6] = forms.C("8", confidence=0.96)
    report, issues = read_report(forms.TITLE_PAGE, [forms.make_table(rows)])
    source = Source(name="a.pdf", sha256="0", media_type="application/pdf", page_count=1)
    return Document(source=source, pages=(), tables=(), issues=issues, report=report)


def truth() -> Gold:
    texts = [5, 7, 0, 0, 12, 1, 3, *[0] * 8]
    places = [(kind, outcome) for kind in forms.KINDS for outcome in forms.OUTCOMES]
    figures = {
        f"reviews/{kind}/{outcome}": GoldFigure(value=value, raw=str(value), state="printed")
        for (kind, outcome), value in zip(places, texts, strict=True)
    }
    return Gold(file="a.pdf", damage="faint", figures=figures)


def test_figures_are_counted_by_trust_and_truth() -> None:
    found = list(judged(document(), truth()))

    assert len(found) == 14  # the unread figure claims nothing
    assert list(by_damage(found))[2:] == [
        "| faint | 5 | 0 | 0 | 0 | 7 | 2 |",
        "| all | 5 | 0 | 0 | 0 | 7 | 2 |",
    ]
    assert list(silent(found)) == ["0 silent errors in 14 figures"]


def test_a_wrong_figure_that_is_not_doubtful_is_named() -> None:
    given = document()
    assert given.report is not None
    reviews = given.report.reviews
    misread = reviews.direct_litigation["corrected"].model_copy(update={"trust": "read"})
    changed = reviews.model_copy(
        update={"direct_litigation": {**reviews.direct_litigation, "corrected": misread}}
    )
    report = given.report.model_copy(update={"reviews": changed})
    found = list(judged(given.model_copy(update={"report": report}), truth()))

    count, line = silent(found)
    assert count == "1 silent errors in 14 figures"
    assert "a.pdf: reviews/direct_litigation/corrected: '8' (printed, read, 0.96)" in line
    (row,) = (line for line in by_confidence(found) if line.startswith("| 0.950"))
    assert row == "| 0.950 to 0.970 | 1 | 1 | 0 | 0 | 0 | 0 |"
