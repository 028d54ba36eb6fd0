"""Things of which some belong together, in groups."""

from collections.abc import Iterable


def groups_of(count: int, pairs: Iterable[tuple[int, int]]) -> list[list[int]]:
    """The numbers from 0 to `count` - 1 in groups within which `pairs` lead from each to each.

    Groups stand in the order of their first numbers, and are ascending themselves.
    """
    parent = list(range(count))

    def root(item: int) -> int:
        while parent[item] != item:
            # Halve the way for the next who goes it.
            parent[item] = parent[parent[item]]
            item = parent[item]
        return item

    for one, other in pairs:
        parent[root(one)] = root(other)
    groups: dict[int, list[int]] = {}
    for item in range(count):
        groups.setdefault(root(item), []).append(item)
    return list(groups.values())
