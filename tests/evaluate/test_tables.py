"""Tables against each other: TEDS, cells, and which stands for which."""

import builtins
from types import ModuleType
from typing import Any

import pytest

from ocrpipe.document import Table
from ocrpipe.errors import EngineUnavailableError
from ocrpipe.evaluate import teds as teds_module
from ocrpipe.evaluate.gold import GoldTable
from ocrpipe.evaluate.tables import compare_tables, count_tables, match_tables
from ocrpipe.evaluate.teds import create_teds
from tests.evaluate.documents import table

LETTERS = table("t1", (0, 0, "项目"), (0, 1, "数量"), (1, 0, "信件"), (1, 1, "17"))
MISREAD = table("t1", (0, 0, "项目"), (0, 1, "数量"), (1, 0, "信件"), (1, 1, "77"))
SPANNED = table("t1", (0, 0, "信件数量", 1, 2), (1, 0, "信件"), (1, 1, "17"))
SPLIT = table("t1", (0, 0, "信件数量"), (0, 1, ""), (1, 0, "信件"), (1, 1, "17"))


def gold(of: Table) -> GoldTable:
    return GoldTable.model_validate(of)


def no_trust(*_: object) -> None:
    return None


def teds(truth: Table, read: Table) -> tuple[float, float]:
    result = create_teds()(gold(truth), read)
    assert result is not None
    return result


def test_equal_tables_are_alike() -> None:
    assert teds(SPANNED, SPANNED) == (1, 1)


def test_white_space_is_not_compared() -> None:
    spaced = table("t1", (0, 0, "项 目"), (0, 1, "数量\n"), (1, 0, "信件"), (1, 1, "17"))
    assert teds(LETTERS, spaced) == (1, 1)


def test_one_of_two_characters_of_one_cell_costs_half_a_node() -> None:
    # 7 nodes: the table, 2 rows, 4 cells.
    full, structure = teds(LETTERS, MISREAD)
    assert full == pytest.approx(1 - 0.5 / 7)
    assert structure == 1


def test_a_chinese_character_is_one_character() -> None:
    misread = table("t1", (0, 0, "项日"), (0, 1, "数量"), (1, 0, "信件"), (1, 1, "17"))
    assert teds(LETTERS, misread)[0] == pytest.approx(1 - 0.5 / 7)


def test_markup_in_a_cell_is_text() -> None:
    odd = table("t1", (0, 0, "<b>x</b>"), (0, 1, "a"))
    read = table("t1", (0, 0, "<i>x</i>"), (0, 1, "a"))
    # 4 nodes; 2 of 8 characters differ.
    assert teds(odd, read) == (pytest.approx(1 - 0.25 / 4), 1)


def test_a_split_cell_costs_a_rename_and_an_insertion() -> None:
    # 6 nodes against 7.
    assert teds(SPANNED, SPLIT) == (pytest.approx(1 - 2 / 7), pytest.approx(1 - 2 / 7))


def test_a_missing_row_costs_its_nodes() -> None:
    short = table("t1", (0, 0, "项目"), (0, 1, "数量"))
    assert teds(LETTERS, short) == (pytest.approx(1 - 3 / 7), pytest.approx(1 - 3 / 7))


def test_a_table_too_large_is_not_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(teds_module, "MAX_NODES", 6)
    assert create_teds()(gold(LETTERS), MISREAD) is None
    scores = compare_tables([gold(LETTERS)], [MISREAD], create_teds(), no_trust)
    assert (count_tables(scores).measured, count_tables(scores).teds) == (0, None)


def test_the_missing_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    load = builtins.__import__

    def refuse(name: str, *arguments: Any) -> ModuleType:
        if name == "table_recognition_metric":
            raise ModuleNotFoundError(name)
        return load(name, *arguments)

    monkeypatch.setattr(builtins, "__import__", refuse)
    with pytest.raises(EngineUnavailableError, match=r"pip install 'ocrpipe\[evaluate\]'"):
        create_teds()


def test_a_cell_is_right_when_place_spans_and_text_agree() -> None:
    (score,) = compare_tables([gold(SPANNED)], [SPLIT], None, no_trust)
    assert (score.cells.right, score.cells.expected, score.cells.found) == (2, 3, 4)
    assert score.cells.f1 == pytest.approx(4 / 7)
    assert not score.exact
    found = [(cell.kind, cell.col, cell.col_span, cell.gold, cell.read) for cell in score.wrong]
    assert found == [
        ("extra", 0, 1, None, "信件数量"),
        ("missing", 0, 2, "信件数量", None),
        ("extra", 1, 1, None, ""),
    ]


def test_a_misread_cell_shows_both_texts() -> None:
    (score,) = compare_tables([gold(LETTERS)], [MISREAD], None, no_trust)
    (wrong,) = score.wrong
    assert (wrong.kind, wrong.row, wrong.col) == ("text", 1, 1)
    assert (wrong.gold, wrong.read, wrong.confidence) == ("17", "77", 0.9)
    assert score.cells.f1 == 0.75


def test_full_width_is_not_ascii() -> None:
    read = table("t1", (0, 0, "(一)"))
    (score,) = compare_tables([gold(table("t1", (0, 0, "（一）")))], [read], None, no_trust)
    assert score.cells.right == 0


def test_tables_are_matched_by_their_cells_and_not_by_their_order() -> None:
    other = table("t2", (0, 0, "部门"), (0, 1, "金额"), (1, 0, "水务"), (1, 1, "5"))
    assert match_tables([gold(LETTERS), gold(other)], [other, MISREAD]) == ((0, 1), (1, 0))


def test_the_assignment_is_best_for_all_and_not_greedy() -> None:
    # The likeliest pair is (0, 0) with 3 of 4 cells; with it table 1 would have no cell right.
    first = table("a", (0, 0, "甲"), (0, 1, "乙"), (1, 0, "丙"), (1, 1, "丁"))
    second = table("b", (0, 0, "甲"), (0, 1, "乙"), (1, 0, "戊"), (1, 1, "己"))
    shared = table("x", (0, 0, "甲"), (0, 1, "乙"), (1, 0, "丙"), (1, 1, "庚"))
    close = table("y", (0, 0, "辛"), (0, 1, "壬"), (1, 0, "丙"), (1, 1, "丁"))
    pairs = match_tables([gold(first), gold(second)], [shared, close])
    assert pairs == ((0, 1), (1, 0))


def test_missing_tables_and_tables_too_many_count() -> None:
    row = table("r", (0, 0, "甲"), (0, 1, "乙"), (0, 2, "丙"))
    scores = compare_tables([gold(LETTERS), gold(row)], [LETTERS], create_teds(), no_trust)
    assert [(score.gold_id, score.read_id) for score in scores] == [("t1", "t1"), ("r", None)]
    counts = count_tables(scores)
    assert (counts.expected, counts.found, counts.exact, counts.teds) == (2, 1, 1, 0.5)
    reverse = compare_tables([gold(LETTERS)], [LETTERS, row], create_teds(), no_trust)
    assert [(score.gold_id, score.read_id) for score in reverse] == [("t1", "t1"), (None, "r")]
    counts = count_tables(reverse)
    assert (counts.expected, counts.found, counts.exact, counts.teds) == (1, 2, 1, 0.5)


def test_tables_with_nothing_in_common_do_not_match() -> None:
    row = table("r", (0, 0, "甲", 1, 2), (1, 0, "乙", 1, 2))
    assert match_tables([gold(LETTERS)], [row]) == ()
    unread = table("t1", (0, 0, "x"), (0, 1, "x"), (1, 0, "x"), (1, 1, "x"))
    assert match_tables([gold(LETTERS)], [unread]) == ((0, 0),)
