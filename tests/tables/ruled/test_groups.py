from ocrpipe.tables.ruled.groups import groups_of


def test_pairs_lead_from_each_of_a_group_to_each() -> None:
    assert groups_of(7, [(4, 1), (6, 4), (2, 5), (5, 2)]) == [[0], [1, 4, 6], [2, 5], [3]]


def test_without_pairs_each_is_alone() -> None:
    assert groups_of(2, []) == [[0], [1]]
    assert groups_of(0, []) == []
