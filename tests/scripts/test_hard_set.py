"""The hard set: lawful figures, rules as asked for, and damage that keeps the page's shape."""

from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocrpipe.document import Table
from ocrpipe.geometry import Box
from scripts.damage import paper
from scripts.damage.fax import RESOLUTION, FaxMode, fax_page
from scripts.damage.photo import Photo, photograph
from scripts.hard_set.cases import CASES, FIXTURE_KINDS
from scripts.hard_set.figures import Printing, application_figures, break_sums, review_figures
from scripts.hard_set.filings import FIVE_COLUMNS
from scripts.hard_set.plain import random_table
from scripts.make_hard_set import kinds
from scripts.typeset.forms import APPLICANTS, OUTCOMES, REVIEW_KINDS, Edition, application_keys
from scripts.typeset.rules import RuleStyle, rule_segments
from scripts.typeset.truth import figure_truth, table_truth

PAGE = np.full((420, 300, 3), 255, np.uint8)


def value(printed: str) -> int:
    return int(figure_truth(printed)["value"] or 0)


@given(st.integers(), st.sampled_from(("2019", "2021")), st.sampled_from(("0", "", "/", "—")))
def test_figures_are_lawful(seed: int, edition: Edition, zero: str) -> None:
    random = Random(seed)
    columns = random.choice((tuple(APPLICANTS), FIVE_COLUMNS))
    printing = Printing(zero, random.random() < 0.5, random.randint(1, 4))
    figures = application_figures(random, edition, columns, printing)
    keys = application_keys(edition)

    def of(key: str, column: str) -> int:
        return value(figures[f"applications/{key}/{column}"])

    for column in columns:
        assert of("new", column) + of("carried_over", column) == of("total", column) + of(
            "carried_forward", column
        )
        assert sum(of(key, column) for key in keys[2:-2]) == of("total", column)
    for key in keys:
        assert sum(of(key, column) for column in columns[:-1]) == of(key, "total")
        assert all(of(key, column) >= 0 for column in columns)


def test_outcomes_make_their_total() -> None:
    figures = review_figures(Random(1), Printing())
    for kind in REVIEW_KINDS:
        *outcomes, total = (value(figures[f"reviews/{kind}/{key}"]) for key in OUTCOMES)
        assert sum(outcomes) == total


def test_broken_sums_change_one_to_three_figures() -> None:
    figures = review_figures(Random(1), Printing())
    for seed in range(20):
        changed = break_sums(Random(seed), figures, figures)
        assert 1 <= sum(changed[path] != figures[path] for path in figures) <= 3


def test_a_stroke_states_no_number_and_a_sign_is_part_of_what_is_printed() -> None:
    assert figure_truth("/") == {"value": None, "raw": "/", "state": "blank"}
    assert figure_truth("＋1,286") == {"value": 1286, "raw": "＋1,286", "state": "printed"}


@given(st.integers(), st.integers(3, 20), st.integers(1, 3), st.booleans())
def test_random_tables_tile_their_grid(seed: int, rows: int, heads: int, merge: bool) -> None:
    form = random_table(Random(seed), "p", rows, heads, merge=merge)
    Table.model_validate(table_truth("t1", form, {}, {}))


def test_each_stretch_of_a_rule_is_drawn_once() -> None:
    boxes = [Box(0, 0, 10, 10), Box(10, 0, 20, 10), Box(0, 10, 20, 20)]
    plain = set(rule_segments(boxes, RuleStyle()))
    assert plain == {
        (0, 0, 20, 0), (0, 10, 20, 10), (0, 20, 20, 20), (0, 0, 0, 20), (10, 0, 10, 10),
        (20, 0, 20, 20),
    }  # fmt: skip
    assert set(rule_segments(boxes, RuleStyle(sides=False))) == plain - {
        (0, 0, 0, 20), (20, 0, 20, 20)
    }  # fmt: skip
    assert all(y0 == y1 for _, y0, _, y1 in rule_segments(boxes, RuleStyle(vertical=False)))
    assert len(list(rule_segments(boxes, RuleStyle(doubled="frame")))) == 6 + 4


def test_dust_lies_inside_cells_and_gaps_on_rules() -> None:
    random = np.random.default_rng(1)
    cell = Box(100, 100, 200, 200)
    dark = np.argwhere(paper.dust_in_cells(PAGE, [cell], 1, 2, random)[:, :, 0] < 200)
    assert len(dark)
    assert dark.min() >= 100
    assert dark.max() <= 200
    black = np.zeros_like(PAGE)
    gaps = np.argwhere(paper.break_rules(black, [cell], 0.4, 2, random)[:, :, 0] == 255)
    assert len(gaps)
    near = np.minimum(np.abs(gaps - 100), np.abs(gaps - 200)).min(axis=1)
    assert near.max() <= 3


def test_faint_ink_is_lighter_and_paper_stays() -> None:
    page = PAGE.copy()
    page[100:120] = 0
    pale = paper.faint(page, 0.3, np.random.default_rng(1))
    assert pale[100:120].min() > 120
    assert pale[0, 0].tolist() == [255, 255, 255]


def test_a_photo_shows_the_whole_page_on_a_dark_desk() -> None:
    picture = photograph(PAGE, Photo(height=800, noise=0, curl=0, seed=3))
    assert picture.shape[0] == 800
    assert picture[:8].mean() < 100
    assert picture[380:420, 250:350].min() > 130


@pytest.mark.parametrize("mode", ["fine", "standard"])
def test_a_fax_has_its_own_resolution_each_way(mode: FaxMode) -> None:
    across, down = RESOLUTION[mode]
    image = fax_page(PAGE[:, :, 0], 72, 144, mode, seed=1)
    assert image.size == (across, 2 * down)
    assert image.mode == "1"


def test_sixty_documents_hold_every_kind() -> None:
    drawn = [kind for kind, _ in zip(kinds(), range(60), strict=False)]
    assert set(drawn) == set(CASES)
    assert set(FIXTURE_KINDS) <= set(CASES)
