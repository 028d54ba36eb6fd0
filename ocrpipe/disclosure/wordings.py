"""What the form prints in the cells of its tables, for readers of worn print."""

from collections.abc import Iterator

from ocrpipe.disclosure.form import (
    APPLICATION_COLUMNS,
    APPLICATION_GROUPS,
    APPLICATION_ROWS,
    ARTICLES,
    ITEM_HEADING,
    REVIEW_GROUPS,
    REVIEW_OUTCOMES,
    Entry,
)

_HEADS = (
    "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）",
    "申请人情况",
    "法人或其他组织",
    "行政诉讼",
)


def _printed() -> Iterator[str]:
    entries: list[Entry] = [
        *APPLICATION_COLUMNS,
        *APPLICATION_ROWS,
        *REVIEW_GROUPS,
        *REVIEW_OUTCOMES,
    ]
    yield from (*_HEADS, *APPLICATION_GROUPS, ITEM_HEADING)
    for article in ARTICLES:
        yield article.name
        entries += [*article.items, *article.columns]
    for entry in entries:
        yield from entry.names


WORDINGS: frozenset[str] = frozenset(_printed())
"""Every label of the tables of both editions, and the other wordings that filings print instead."""
