"""The figures of a report against the paper, and what their trust was worth."""

from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Literal, get_args

from ocrpipe.evaluate.gold import GoldFigure
from ocrpipe.evaluate.scores import FigureScore, TrustScore, WrongFigure
from ocrpipe.evaluate.text import fold_path
from ocrpipe.export import FigureEntry
from ocrpipe.report import Figure, Trust

ErrorKind = Literal["wrong", "missed", "invented"]


def compare_figures(
    gold: Mapping[str, GoldFigure], read: Sequence[FigureEntry]
) -> tuple[FigureScore, tuple[WrongFigure, ...]]:
    """The counts, and the figures that differ in the order of the truth, invented ones last.

    What counts is the state and the value: "1,024" for 1024 is right. A figure of the truth that
    is itself unread is left out, as nobody knows what stands there.
    """
    expected = {fold_path(path): (path, figure) for path, figure in gold.items()}
    given = {fold_path(entry.path): entry for entry in read}
    outcomes: Counter[str] = Counter()
    trusted: Counter[tuple[Trust, bool]] = Counter()
    errors = []
    for key in (*expected, *(key for key in given if key not in expected)):
        path, truth = expected.get(key) or (given[key].path, None)
        figure = given[key].figure if key in given else None
        if (truth is not None and truth.state == "unread") or not _judged(truth, figure):
            continue
        kind = _error(truth, figure)
        outcomes[kind or "right"] += 1
        if figure is not None:
            trusted[figure.trust, kind is None] += 1
        if kind is not None:
            errors.append(_wrong_figure(path, kind, truth, figure))
    score = FigureScore(
        expected=outcomes["right"] + outcomes["wrong"] + outcomes["missed"],
        right=outcomes["right"],
        wrong=outcomes["wrong"],
        missed=outcomes["missed"],
        invented=outcomes["invented"],
        silent=sum(error.silent for error in errors),
        **{
            trust: TrustScore(right=trusted[trust, True], wrong=trusted[trust, False])
            for trust in get_args(Trust)
        },
    )
    return score, tuple(errors)


def _judged(gold: GoldFigure | None, read: Figure | None) -> bool:
    """Whether a figure stands on the paper, or a number is given that does not."""
    on_paper = gold is not None and gold.state != "absent"
    return on_paper or (read is not None and read.state == "printed")


def _error(gold: GoldFigure | None, read: Figure | None) -> ErrorKind | None:
    if gold is None or gold.state == "absent":
        return "invented"
    if read is None or read.state in ("absent", "unread"):
        return "missed"
    same = read.state == gold.state and _number(read.value) == _number(gold.value)
    return None if same else "wrong"


def _number(value: int | Decimal | None) -> Decimal | None:
    return None if value is None else Decimal(value)


def _wrong_figure(
    path: str, kind: ErrorKind, gold: GoldFigure | None, read: Figure | None
) -> WrongFigure:
    return WrongFigure(
        path=path,
        kind=kind,
        silent=read is not None and read.trust != "doubtful",
        gold_state=gold.state if gold else None,
        gold_value=gold.value if gold else None,
        gold_raw=gold.raw if gold else "",
        state=read.state if read else None,
        value=read.value if read else None,
        raw=read.raw if read else "",
        confidence=read.confidence if read else None,
        trust=read.trust if read else None,
        page=read.page if read else None,
        bbox=read.bbox if read else None,
    )
