"""Damaged filings through the whole pipeline: every figure right, or marked as one to doubt."""

from functools import cache

import pytest

from ocrpipe import Converter
from ocrpipe.evaluate import DocumentScore, compare_documents, load_gold
from tests.support.fixtures import FOLDER

HARD = FOLDER / "hard"
LEAST_RIGHT = {"broken-rules.jpg": 0.95, "dust.pdf": 0.97, "photo.jpg": 0.98, "seal.pdf": 0.97}
"""Share of the figures that must be right where something of the print is gone or covered."""


@cache
def converter() -> Converter:
    return Converter()


@cache
def measured(name: str) -> DocumentScore:
    gold = load_gold(HARD / f"{name}.truth.json")
    return compare_documents(converter().convert(HARD / name), gold, teds=False)


NAMES = sorted(path.name.removesuffix(".truth.json") for path in HARD.glob("*.truth.json"))


@pytest.mark.parametrize("name", NAMES)
def test_no_figure_differs_from_the_paper_without_a_doubt(name: str) -> None:
    assert [error.path for error in measured(name).wrong_figures if error.silent] == []


@pytest.mark.parametrize("name", NAMES)
def test_figures_are_right(name: str) -> None:
    figures = measured(name).score.figures
    assert figures.expected > 100
    assert figures.right >= LEAST_RIGHT.get(name, 1.0) * figures.expected


@pytest.mark.parametrize("name", NAMES)
def test_cells_are_right(name: str) -> None:
    assert (measured(name).score.cells.f1 or 0.0) >= LEAST_RIGHT.get(name, 0.98)
