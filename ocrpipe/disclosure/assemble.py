"""Figures by path, and from judged figures back to the report's sections."""

from collections.abc import Mapping

from ocrpipe.disclosure.applications.read import ReadApplications
from ocrpipe.disclosure.figures import PlacedFigure
from ocrpipe.disclosure.form import REVIEW_KINDS, ReviewKind
from ocrpipe.disclosure.proactive.items import ReadItem
from ocrpipe.disclosure.proactive.read import ReadProactive
from ocrpipe.report import (
    ApplicationRow,
    Applications,
    Figure,
    ProactiveDisclosure,
    ProactiveRow,
    Reviews,
)

ReadReviews = Mapping[ReviewKind, Mapping[str, PlacedFigure]]


def figures_by_path(
    disclosed: ReadProactive, read: ReadApplications, decided: ReadReviews
) -> dict[str, PlacedFigure]:
    """Every figure under its path, for instance applications/refused.state_secret/total."""
    paths: dict[str, PlacedFigure] = {}
    for item in disclosed.rows:
        paths |= {_item_path(item, key): figure for key, figure in item.figures.items()}
    for row in read.rows:
        paths |= {f"applications/{row.key}/{key}": value for key, value in row.figures.items()}
    for kind, outcomes in decided.items():
        paths |= {f"reviews/{kind}/{key}": figure for key, figure in outcomes.items()}
    return paths


def _item_path(item: ReadItem, key: str) -> str:
    return f"proactive/{item.article}/{item.item}/{key}"


def proactive_of(disclosed: ReadProactive, figures: Mapping[str, Figure]) -> ProactiveDisclosure:
    return ProactiveDisclosure(
        rows=tuple(
            ProactiveRow(
                article=item.article,
                item=item.item,
                figures={key: figures[_item_path(item, key)] for key in item.figures},
            )
            for item in disclosed.rows
        )
    )


def applications_of(read: ReadApplications, figures: Mapping[str, Figure]) -> Applications:
    return Applications(
        rows=tuple(
            ApplicationRow(
                key=row.key,
                label=row.label,
                figures={key: figures[f"applications/{row.key}/{key}"] for key in row.figures},
            )
            for row in read.rows
        )
    )


def reviews_of(decided: ReadReviews, figures: Mapping[str, Figure]) -> Reviews:
    kinds = {
        kind: {key: figures[f"reviews/{kind}/{key}"] for key in decided[kind]}
        for kind in REVIEW_KINDS
    }
    return Reviews(**kinds)
