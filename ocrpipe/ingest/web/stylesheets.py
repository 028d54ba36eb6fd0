"""What the style sheets of a web page say of its elements, as far as text and tables need it.

The cascade of CSS 2.1 (6.4); tinycss2 reads the sheets and cssselect their selectors, which lxml
looks for in the page. A selector that these do not know matches nothing, and neither does a rule
for printers or small screens.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Literal

import cssselect
import tinycss2
from cssselect.parser import (
    Class,
    CombinedSelector,
    Element,
    Function,
    Hash,
    Pseudo,
    Selector,
    Tree,
)
from lxml import etree
from lxml.html import HtmlElement

from ocrpipe.ingest.web.companions import Find, nothing, seen_from
from ocrpipe.ingest.web.encoding import decode_html

Part = Literal["element", "before", "after"]

_PROPERTIES = frozenset((
    "display", "visibility", "opacity", "font-size", "text-decoration", "text-decoration-line",
    "position", "left", "top", "text-indent", "clip", "height", "content", "color",
    "background", "background-color", "background-image", "grid-template-columns", "grid-area",
    "grid-row", "grid-column", "grid-row-start", "grid-row-end", "grid-column-start",
    "grid-column-end",
))  # fmt: skip

_LONGEST = 3_000_000
"""Characters of style sheets; the largest frameworks have a tenth of it."""

_MOST_SHEETS = 500
"""Elements that hold or name one: saved pages have up to a few dozen."""

_LONGEST_BLOCK = 5_000
"""Characters of the declarations of a rule."""

_MOST_RULES = 20_000

_MOST_WORK = 5_000_000.0
"""Elements that all selectors together look at, some seconds' worth; a long page with a framework's
sheets in it takes a tenth. A selector that would need more matches nothing."""

_BESIDE = {"~": 1.0, "+": 0.12}
_PLACE = 0.005
"""What a sibling costs that is looked at for another one, or for its place among all of them: a
list of 4000 took 15 and 2 seconds, and 0.06."""

_DEEPEST_IMPORT, _MOST_IMPORTS = 2, 10
"""Sheets that import others, and how many each; pages have one such sheet, with a handful."""

_IMPORT = re.compile(
    r"""@import\s+(?:url\(\s*)?["']?([^"')\s;]+)["']?\s*\)?([^;]*);""", re.IGNORECASE
)
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_SCREEN = re.compile(r"(?:only\s+)?(?:all|screen)?\s*", re.IGNORECASE)
_PARTS: Mapping[str | None, Part] = {None: "element", "before": "before", "after": "after"}
_TRANSLATOR = cssselect.HTMLTranslator()

_Declarations = Mapping[str, tuple[str, bool]]
"""Values by property, each with whether it is important."""

_Weight = tuple[bool, bool, tuple[int, int, int, int]]
"""Which declaration wins: whether it is important, whether it is an attribute of the element, and
the specificity of its selector with its place in the sheet."""


@dataclass(frozen=True, slots=True)
class _Rule:
    part: Part
    weight: tuple[int, int, int, int]
    declarations: _Declarations


class StyleSheets:
    """The style sheets of a page, those in it and those that `find` finds, for its elements as
    they are now."""

    def __init__(self, root: HtmlElement, find: Find = nothing) -> None:
        self._rules: dict[HtmlElement, list[_Rule]] = defaultdict(list)
        sheets = [
            _sheet(element, find)
            for element in islice(root.iter("style", "link"), _MOST_SHEETS)
            if _SCREEN.fullmatch(element.get("media") or "")
        ]
        if any(sheets):
            self._match(root, "\n".join(sheets)[:_LONGEST])

    def _match(self, root: HtmlElement, css: str) -> None:
        page, left = _Page(root), _MOST_WORK
        rules = tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
        for order, (selector, declarations) in enumerate(_selectors(rules)):
            if order >= _MOST_RULES:
                return
            part = _PARTS.get(selector.pseudo_element)  # type: ignore[arg-type]
            work = page.work(selector.parsed_tree)
            if part is None or not work or work > left:
                continue
            left -= work
            for element, weight in _elements(selector, root):
                self._rules[element].append(_Rule(part, (*weight, order), declarations))

    def of(self, element: HtmlElement, part: Part = "element") -> dict[str, str]:
        """The declarations for an element, or for what is generated before or after its text."""
        found: dict[str, tuple[_Weight, str]] = {}
        for rule in self._rules.get(element, ()):
            if rule.part == part:
                for name, (value, important) in rule.declarations.items():
                    _take(found, name, value, (important, False, rule.weight))
        if part == "element" and (style := element.get("style")):
            for name, (value, important) in _declarations(style).items():
                _take(found, name, value, (important, True, (0, 0, 0, 0)))
        return {name: value for name, (_, value) in found.items()}


def _sheet(element: HtmlElement, find: Find) -> str:
    """The style sheet in an element, or that a link leads to; empty where it is not at hand."""
    if element.tag == "style":
        return _with_imports(element.text or "", find)
    kinds = (element.get("rel") or "").lower().split()
    if "stylesheet" not in kinds or "alternate" in kinds:
        return ""
    return _at(element.get("href") or "", find)


def _at(reference: str, find: Find, above: tuple[bytes, ...] = ()) -> str:
    """The style sheet at an address, if it is at hand and not among those that import it."""
    data = find(reference)
    if data is None or data in above or len(above) > _DEEPEST_IMPORT:
        return ""
    css = decode_html(data[:_LONGEST])
    return _with_imports(css, seen_from(find, reference), (*above, data))


def _with_imports(css: str, find: Find, above: tuple[bytes, ...] = ()) -> str:
    """A style sheet after those that it imports, which stand before its rules (CSS 2.1, 6.3)."""
    if "@import" not in css[:_LONGEST_BLOCK].lower():
        return css
    head = _COMMENT.sub(" ", css[:_LONGEST_BLOCK]).partition("{")[0]
    imported = [
        _at(match[1], find, above)
        for match in islice(_IMPORT.finditer(head), _MOST_IMPORTS)
        if any(_SCREEN.fullmatch(query.strip()) for query in match[2].split(","))
    ]
    return "\n".join([*imported, css])[-_LONGEST:]


def _take(found: dict[str, tuple[_Weight, str]], name: str, value: str, weight: _Weight) -> None:
    if name not in found or found[name][0] <= weight:
        found[name] = weight, value


class _Page:
    """What a selector must name to match anything in a page, and what looking for it costs."""

    def __init__(self, root: HtmlElement) -> None:
        elements = [element for element in root.iter() if isinstance(element.tag, str)]
        self._tags = {element.tag for element in elements}
        self._ids = {element.get("id") for element in elements}
        self._classes = {
            name for element in elements for name in (element.get("class") or "").split()
        }
        self._count = len(elements)
        self._widest = max(map(len, elements), default=0)

    def work(self, tree: Tree) -> float:
        """How many elements are looked at for a selector; 0 where none can match."""
        steps = 1.0
        node: Any = tree
        pending: list[Any] = []
        while node is not None:
            if isinstance(node, CombinedSelector):
                pending.append(node.subselector)
                steps += 1 + _BESIDE.get(node.combinator, 0) * self._widest
            elif isinstance(node, Function | Pseudo):
                steps += _PLACE * self._widest
            elif not self._has(node):
                return 0
            node = getattr(node, "selector", None) or (pending.pop() if pending else None)
        return steps * self._count

    def _has(self, node: Tree) -> bool:
        if isinstance(node, Class):
            return node.class_name in self._classes
        if isinstance(node, Hash):
            return node.id in self._ids
        return not isinstance(node, Element) or (node.element or "").lower() in {"", *self._tags}


def _selectors(rules: Sequence[Any]) -> Iterator[tuple[Selector, _Declarations]]:
    """The selectors of the rules that hold and have one of `_PROPERTIES`, in their order."""
    pending = list(reversed(rules))
    while pending:
        rule = pending.pop()
        if rule.type == "at-rule" and rule.content is not None and _holds(rule):
            inner = tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
            pending.extend(reversed(inner))
        elif rule.type == "qualified-rule":
            declarations = _declarations(rule.content)
            prelude = _written(rule.prelude) if declarations else ""
            yield from ((selector, declarations) for selector in _parsed(prelude))


def _parsed(prelude: str) -> Sequence[Selector]:
    try:
        return cssselect.parse(prelude) if prelude else ()
    except (cssselect.SelectorError, RecursionError):
        return ()


def _holds(rule: Any) -> bool:
    """Whether what stands in a block of this kind is for an ordinary screen."""
    if rule.lower_at_keyword == "media":
        return any(_SCREEN.fullmatch(query.strip()) for query in _written(rule.prelude).split(","))
    return rule.lower_at_keyword in ("supports", "layer")


def _declarations(text: str | Sequence[Any]) -> _Declarations:
    """The declarations of a block, or of an attribute, for `_PROPERTIES`."""
    found = {}
    for declaration in tinycss2.parse_declaration_list(
        text[:_LONGEST_BLOCK], skip_comments=True, skip_whitespace=True
    ):
        if declaration.type == "declaration" and declaration.lower_name in _PROPERTIES:
            value = _written(declaration.value)
            found[declaration.lower_name] = value, bool(declaration.important)
    return found


def _written(tokens: Sequence[Any]) -> str:
    try:
        return str(tinycss2.serialize(tokens)).strip()
    except RecursionError:
        # Hundreds of brackets in each other: nobody's style.
        return ""


def _elements(
    selector: Selector, root: HtmlElement
) -> Iterator[tuple[HtmlElement, tuple[int, int, int]]]:
    """What a selector matches, with its specificity."""
    try:
        weight = selector.specificity()
        path = _TRANSLATOR.selector_to_xpath(selector, prefix="descendant-or-self::")
        found: Any = etree.XPath(path)(root)
    except (cssselect.SelectorError, etree.XPathError, RecursionError):
        return
    yield from ((element, weight) for element in found if isinstance(element, HtmlElement))
