"""Numbers that the text states beside the tables."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from ocrpipe.disclosure.form import PROSE_RULES, ProseRule

_CLAUSE_END = re.compile(r"[。；;！？]")
_YEAR = re.compile(r"((?:19|20)\d{2})年")


@dataclass(frozen=True, slots=True)
class Statement:
    """A count in the text: which rule found it, the words, the number, and the figure's path."""

    rule: str
    words: str
    value: int
    path: str


def find_statements(paragraphs: Sequence[str], year: int | None) -> tuple[Statement, ...]:
    """Counts that the text states without ambiguity.

    Left out: what a clause counts more narrowly (其中, 网上, ...) or for another year, and whatever
    the text states in two ways.
    """
    found: dict[str, dict[int, Statement]] = {}
    for paragraph in paragraphs:
        text = unicodedata.normalize("NFKC", paragraph)
        for sentence in _CLAUSE_END.split(text):
            for rule in PROSE_RULES:
                for statement in _in_sentence(rule, sentence, year):
                    found.setdefault(rule.rule, {}).setdefault(statement.value, statement)
    return tuple(
        statement
        for statements in found.values()
        if len(statements) == 1
        for statement in statements.values()
    )


def _in_sentence(rule: ProseRule, sentence: str, year: int | None) -> list[Statement]:
    statements = []
    for match in re.finditer(rule.pattern, sentence):
        before = sentence[: match.start()]
        clause = before.rsplit(",", 1)[-1]
        years = {int(number) for number in _YEAR.findall(before)}
        if any(word in clause for word in rule.unless) or (years and years != {year}):
            continue
        statements.append(Statement(rule.rule, match[0], int(match[1]), rule.path))
    return statements
