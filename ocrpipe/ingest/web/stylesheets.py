"""What the style sheets of a web page say of its elements, as far as text and tables need it.

The cascade of CSS 2.1 (6.4) for the selectors that pages use for it: names, classes, ids,
attributes and places among siblings, inside each other. A rule with any other selector is passed
over, and so is one for printers or small screens.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from lxml.html import HtmlElement

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

_LONGEST_BLOCK = 5_000
_MOST_RULES = 20_000

_MOST_MATCHES = 3_000_000
"""Rules times elements that are compared, about ten seconds' worth; a long page with a framework's
sheets in it takes a hundredth. The sheets say nothing of the elements after them."""

_COMMENT = re.compile(r"/\*.*?\*/|<!--|-->", re.DOTALL)
_DECLARATION = re.compile(r"""(?:[^;"']|"[^"]*"|'[^']*')+""")
_BRACE = re.compile(r"[{}]")
_STEP = re.compile(
    r"\s*(?P<child>>)?\s*(?P<compound>(?:[\w-]+|\*)?"
    r"(?:[.#][\w-]+|\[[^\]]*\]|::?[\w-]+(?:\([^()]*\))?)*)"
)
_PIECE = re.compile(r"([.#])([\w-]+)|\[([^\]]*)\]|(::?)([\w-]+)(?:\(([^()]*)\))?")
_ATTRIBUTE = re.compile(r"""\s*([\w-]+)\s*(?:=\s*["']?([^"']*)["']?\s*)?$""")
_SCREEN = re.compile(r"(?:@media)?\s*(?:only\s+)?(?:all|screen)?\s*", re.IGNORECASE)

_Weight = tuple[bool, bool, tuple[int, int, int, int]]
"""Which declaration wins: whether it is important, whether it is an attribute of the element, and
the specificity of its selector with its place in the sheet."""


@dataclass(frozen=True, slots=True)
class _Compound:
    """One element of a selector; `child`: it is a child of the one before it."""

    tag: str
    ids: tuple[str, ...]
    classes: tuple[str, ...]
    attributes: tuple[tuple[str, str | None], ...]
    places: tuple[tuple[str, str], ...]
    child: bool

    def matches(self, element: HtmlElement) -> bool:
        if self.tag not in ("", "*", element.tag):
            return False
        classes = (element.get("class") or "").split()
        return (
            all(name == element.get("id") for name in self.ids)
            and all(name in classes for name in self.classes)
            and all(
                element.get(name) is not None and value in (None, element.get(name))
                for name, value in self.attributes
            )
            and all(_stands(element, *place) for place in self.places)
        )


@dataclass(frozen=True, slots=True)
class _Rule:
    compounds: tuple[_Compound, ...]
    part: Part
    weight: tuple[int, int, int, int]
    declarations: Mapping[str, tuple[str, bool]]

    def matches(self, element: HtmlElement) -> bool:
        return _matches(self.compounds, element)


class StyleSheets:
    """The style sheets in a page. Those in files beside it are not known."""

    def __init__(self, root: HtmlElement) -> None:
        self._rules: dict[str, list[_Rule]] = defaultdict(list)
        self._parts: set[Part] = set()
        self._left = _MOST_MATCHES
        sheets = (
            element.text or ""
            for element in root.iter("style")
            if _SCREEN.fullmatch(element.get("media") or "")
        )
        css = _COMMENT.sub(" ", "\n".join(sheets)[:_LONGEST])
        for rule in _read(css):
            last = rule.compounds[-1]
            key = next((f"#{name}" for name in last.ids), "") or next(
                (f".{name}" for name in last.classes), last.tag or "*"
            )
            self._rules[key].append(rule)
            self._parts.add(rule.part)

    def of(self, element: HtmlElement, part: Part = "element") -> dict[str, str]:
        """The declarations for an element, or for what is generated before or after its text."""
        found: dict[str, tuple[_Weight, str]] = {}
        for rule in self._candidates(element) if part in self._parts else ():
            if rule.part == part and rule.matches(element):
                for name, (value, important) in rule.declarations.items():
                    _take(found, name, value, (important, False, rule.weight))
        if part == "element":
            for name, (value, important) in _declarations(element.get("style") or "").items():
                _take(found, name, value, (important, True, (0, 0, 0, 0)))
        return {name: value for name, (_, value) in found.items()}

    def _candidates(self, element: HtmlElement) -> Iterator[_Rule]:
        names = [f".{name}" for name in set((element.get("class") or "").split())]
        for key in (f"#{element.get('id')}", *names, element.tag, "*"):
            found = self._rules.get(key, ())
            self._left -= len(found)
            if self._left >= 0:
                yield from found


def _take(found: dict[str, tuple[_Weight, str]], name: str, value: str, weight: _Weight) -> None:
    if name not in found or found[name][0] <= weight:
        found[name] = weight, value


def _read(css: str) -> Iterator[_Rule]:
    """The rules of a sheet that hold, with one of `_PROPERTIES`."""
    opened: list[tuple[str, int]] = []
    start = count = 0
    for brace in _BRACE.finditer(css):
        if brace.group() == "{":
            opened.append((css[start : brace.start()].rpartition(";")[2].strip(), brace.end()))
        elif opened:
            prelude, begin = opened.pop()
            if not prelude.startswith("@") and all(_holds(outer) for outer, _ in opened):
                declarations = _declarations(css[begin : brace.start()])
                for selector in prelude.split(",") if declarations else ():
                    rule = _rule(selector, count, declarations)
                    if rule is not None:
                        yield rule
                        count += 1
        start = brace.end()
        if count >= _MOST_RULES:
            return


def _holds(prelude: str) -> bool:
    """Whether what stands in a block of this kind is for an ordinary screen."""
    if prelude.lower().startswith("@media"):
        return any(_SCREEN.fullmatch(query) for query in prelude.split(","))
    return prelude.lower().startswith(("@supports", "@layer"))


def _declarations(text: str) -> dict[str, tuple[str, bool]]:
    """Values by property, each with whether it is important."""
    found = {}
    for declaration in _DECLARATION.finditer(text[:_LONGEST_BLOCK]):
        name, colon, value = declaration.group().partition(":")
        name = name.strip().lower()
        if colon and name in _PROPERTIES:
            value, mark, _ = value.partition("!")
            found[name] = value.strip(), bool(mark)
    return found


def _rule(selector: str, order: int, declarations: Mapping[str, tuple[str, bool]]) -> _Rule | None:
    """None for a selector that is not understood."""
    compounds: list[_Compound] = []
    part: Part = "element"
    end, selector = 0, selector.strip()
    while end < len(selector):
        step = _STEP.match(selector, end)
        if step is None or not step["compound"] or part != "element":
            return None
        found = _compound(step["compound"], child=step["child"] is not None)
        if found is None:
            return None
        compound, part = found
        compounds.append(compound)
        end = step.end()
    if not compounds:
        return None
    ids = sum(len(one.ids) for one in compounds)
    classes = sum(len(one.classes) + len(one.attributes) + len(one.places) for one in compounds)
    tags = sum(one.tag not in ("", "*") for one in compounds)
    return _Rule(tuple(compounds), part, (ids, classes, tags, order), declarations)


def _compound(text: str, *, child: bool) -> tuple[_Compound, Part] | None:
    name = re.match(r"[\w-]*|\*", text)
    tag = name.group().lower() if name else ""
    names: dict[str, list[str]] = {".": [], "#": []}
    attributes: list[tuple[str, str | None]] = []
    places: list[tuple[str, str]] = []
    part: Part = "element"
    for piece in _PIECE.finditer(text):
        mark, own, attribute, _, pseudo, argument = piece.groups()
        if mark:
            names[mark].append(own)
        elif attribute is not None:
            read = _ATTRIBUTE.match(attribute)
            if read is None:
                return None
            attributes.append((read[1].lower(), read[2]))
        elif pseudo == "before":
            part = "before"
        elif pseudo == "after":
            part = "after"
        elif pseudo in ("first-child", "last-child", "nth-child"):
            places.append((pseudo, (argument or "").strip().lower()))
        else:
            return None
    values = tuple(names["#"]), tuple(names["."]), tuple(attributes), tuple(places)
    return _Compound(tag, *values, child), part


def _stands(element: HtmlElement, pseudo: str, argument: str) -> bool:
    parent = element.getparent()
    if parent is None:
        return False
    siblings = [one for one in parent if isinstance(one.tag, str)]
    place = siblings.index(element) + 1
    if pseudo != "nth-child":
        return place == (1 if pseudo == "first-child" else len(siblings))
    if argument in ("odd", "even"):
        return place % 2 == (argument == "odd")
    return argument.isdigit() and place == int(argument)


def _matches(compounds: tuple[_Compound, ...], element: HtmlElement) -> bool:
    *outer, last = compounds
    if not last.matches(element):
        return False
    if not outer:
        return True
    parent = element.getparent()
    while parent is not None:
        if _matches(tuple(outer), parent):
            return True
        parent = None if last.child else parent.getparent()
    return False
