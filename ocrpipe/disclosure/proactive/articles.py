"""Which article of 第二十条 a cell names."""

import re

from ocrpipe.disclosure.compare import best_entry, plain
from ocrpipe.disclosure.form import ARTICLES, Article

_ARTICLE = re.compile(r"第?二十条第?(?P<number>[一五六八九])项?")
_ANY_ARTICLE = re.compile(r"第?二十条第.{0,2}项")
"""An article whose number was not read; what stands under it tells which it is."""

SURE_LIKENESS = 0.85
"""Of a label to the form's wording where nothing else says that it is one."""


def named_article(text: str) -> Article | None:
    """The article that `text` is the name of."""
    match = _ARTICLE.fullmatch(plain(text))
    if match is None:
        return None
    return next((known for known in ARTICLES if known.number == match["number"]), None)


def is_any_article(text: str) -> bool:
    """Whether `text` names an article, whose number may be misread."""
    return _ANY_ARTICLE.fullmatch(plain(text)) is not None


def article_of_item(label: str) -> Article | None:
    """The article that has an item of this name."""
    for article in ARTICLES:
        if best_entry(label, article.items, SURE_LIKENESS) is not None:
            return article
    return None
