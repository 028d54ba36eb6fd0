"""Dotted rules between the entries of a table of contents and their page numbers."""

from ocrpipe.geometry import Box
from ocrpipe.page import Ruling
from ocrpipe.tables.unruled.leaders import find_leaders
from tests.tables.typing_marks import text

LINES = [100.0 + 22 * number for number in range(6)]


def entries() -> list[Box]:
    """Titles that end at 120, and page numbers at 524, each on its line."""
    return [box for y in LINES for box in (*text(60, y - 4, 6), Box(518, y - 8, 524, y))]


def test_rules_from_an_entry_to_its_page_are_leaders_though_askew() -> None:
    rules = [Ruling(125 + 10 * (at % 2), y, 516, y - 1.2) for at, y in enumerate(LINES)]

    assert find_leaders(rules, entries()) == tuple(rules)


def test_rules_of_tables_are_none() -> None:
    rules = [Ruling(50, y + 6, 530, y + 6) for y in LINES]
    walls = [Ruling(x, LINES[0], x, LINES[-1]) for x in (125, 516)]
    framed = [Ruling(125, y, 516, y) for y in LINES]

    assert find_leaders(rules, entries()) == ()
    assert find_leaders([*framed, *walls], entries()) == ()
    assert find_leaders(framed[:2], entries()) == ()


def test_rules_with_walls_between_them_are_none() -> None:
    """The outer walls may be lost, or stand further out than the rules begin."""
    rules = [Ruling(125, y, 516, y - 1.2) for y in LINES]
    pieces = [Ruling(320, y - 22, 320, y - 0.6) for y in LINES]

    assert find_leaders([*rules, *pieces], entries()) == ()


def test_rules_below_heads_of_groups_are_none() -> None:
    """Heads over two rows stand in the middle beside them, and not on them."""
    rules = [Ruling(125, y, 516, y) for y in LINES]
    heads = [box for y in LINES for box in (*text(60, y, 6), *text(520, y, 2))]

    assert find_leaders(rules, heads) == ()
