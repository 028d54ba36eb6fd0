"""Sections 一 to 六: where they begin, and their paragraphs."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from ocrpipe.disclosure.compare import likeness, plain
from ocrpipe.disclosure.form import SECTION_HEADINGS
from ocrpipe.disclosure.text.body import Passage, is_dated_signature, is_organization
from ocrpipe.disclosure.text.dates import is_date
from ocrpipe.report import Section

_HAN = "一二三四五六"
_HAN_NUMBER = re.compile(rf"^\s*([{_HAN}])\s*[、,，.．。:：;]\s*(?=\S)")
_DIGIT_NUMBER = re.compile(r"^\s*([1-6])\s*[、,，.．]\s*(?=\S)")
_HAN_BARE = re.compile(rf"^\s*([{_HAN}])\s*(?=[^\s{_HAN}])")
"""The number of a heading that is set apart by a space or by nothing."""

_PART_NUMBER = re.compile(rf"^\s*第\s*([{_HAN}])\s*(?:部分|章|节)[、:：.．]?\s*(?=\S)")
_LOWER_NUMBER = re.compile(r"^\s*\(\s*([一二三四五六七八九十\d]{1,3})\s*\)")
_SURE_MARK = 2.0
"""Weight of a heading that has both its number and its words."""

_MAX_HEADING = 40
"""Characters; the longest heading of the form has 25."""

_MAX_CLOSING = 60
"""Letters and digits of a passage behind the last section: a name, a date, who gets a copy."""

_SENTENCE_END = tuple("。！？；：!?;:…”』」）)》")
_CLOSING = tuple("，。、；：！？,.;:!?）)》」』”")
_NUMBERED = re.compile(
    r"^\s*(?:[（(]?\s*[一二三四五六七八九十]{1,3}\s*[）)、.．]|[（(]?\d{1,2}\s*[）)、.．](?!\d)|第[一二三四五六七八九十]+)"
)
_IMPRINT = re.compile(r"^\s*(?:抄\s*送|主题词|附件)|印\s*发\s*$")

_OF_THE_SITE = re.compile(
    r"^\s*(?:分享到|上一[篇条]\s*[:：]|下一[篇条]\s*[:：]|扫一扫|【?\s*(?:打印|关闭)(?:本页|窗口|】)|"
    r"主办(?:单位)?\s*[:：]|版权所有|网站标识码|.{0,6}ICP备)"
)
"""How the lines begin that a web site puts below a text: all that follows is the site's as well."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a section begins: the passage's index, the heading as printed, and text run into it."""

    index: int
    number: int
    heading: str
    rest: str
    weight: float


def find_marks(passages: Sequence[Passage]) -> tuple[Mark, ...]:
    """The headings of the sections, in ascending order of their numbers.

    Of all ascending choices the one whose headings are together the most plausible, and of equal
    ones the last (a table of contents comes before the text).
    """
    marks = [mark for index, passage in enumerate(passages) for mark in _marks(index, passage)]
    if not any(mark.weight >= 1 for mark in marks):
        lower = [mark for index, passage in enumerate(passages) for mark in _lower(index, passage)]
        marks = lower or marks
    if any(mark.weight >= 1 for mark in marks):
        # 1. and 2. count points inside a section wherever 一、 counts the sections.
        marks = [mark for mark in marks if mark.weight >= 1]
    best: list[tuple[float, tuple[Mark, ...]]] = []
    for position, mark in enumerate(marks):
        before: tuple[float, tuple[Mark, ...]] = (0.0, ())
        for earlier in range(position):
            weight, chain = best[earlier]
            goes_on = chain[-1].number < mark.number and chain[-1].index < mark.index
            if goes_on and weight >= before[0]:
                before = (weight, chain)
        best.append((before[0] + mark.weight, (*before[1], mark)))
    if not best:
        return ()
    return max(enumerate(best), key=lambda pair: (round(pair[1][0], 6), pair[0]))[1][1]


def is_first_heading(passage: Passage) -> bool:
    """Whether a passage is the heading of section 一, by its number and its words."""
    return any(mark.number == 1 and mark.weight >= _SURE_MARK for mark in _marks(0, passage))


def _marks(index: int, passage: Passage) -> list[Mark]:
    if passage.block.kind == "letterhead":
        return []
    text = unicodedata.normalize("NFKC", passage.text)
    part, digit = _PART_NUMBER.match(text), _DIGIT_NUMBER.match(text)
    han = part or _HAN_NUMBER.match(text)
    heading, rest = _split(passage.text)
    if len(heading) > _MAX_HEADING or "。" in heading.strip("。"):
        return []
    bonus = 0.5 if passage.block.kind == "heading" and passage.block.level in {None, 1} else 0.0
    if han is not None:
        number = _HAN.index(han[1]) + 1
        alike = likeness(_PART_NUMBER.sub("", heading), SECTION_HEADINGS[number])
        return [Mark(index, number, heading, rest, 1 + bonus + (2 * alike if alike > 0.5 else 0))]
    bare = _HAN_BARE.match(text)
    if bare is not None:
        number = _HAN.index(bare[1]) + 1
        alike = likeness(heading.lstrip()[1:], SECTION_HEADINGS[number])
        if alike >= 0.9:
            return [Mark(index, number, heading, rest, 1 + bonus + 2 * alike)]
    if _LOWER_NUMBER.match(text):
        # （一）主动公开情况 is a point of section 一, though 二 has nearly its name.
        return []
    found = []
    for number, names in SECTION_HEADINGS.items():
        # The number was not read (一 as a dash), or is not printed.
        alike = likeness(heading, names)
        if alike >= 0.85 and (bonus or alike >= 0.95) and digit is None:
            found.append(Mark(index, number, heading, rest, 1 + bonus + alike))
    if digit is not None and not rest:
        found.append(Mark(index, int(digit[1]), heading, "", 0.5 + bonus / 2))
    return found


def _lower(index: int, passage: Passage) -> list[Mark]:
    """（一）总体情况 as the heading of a section, for filings without any 一、总体情况."""
    heading, rest = _split(passage.text)
    match = _LOWER_NUMBER.match(unicodedata.normalize("NFKC", heading))
    if match is None or match[1] not in _HAN or len(heading) > _MAX_HEADING:
        return []
    number = _HAN.index(match[1]) + 1
    alike = likeness(heading, SECTION_HEADINGS[number])
    return [Mark(index, number, heading, rest, 1 + 2 * alike)] if alike >= 0.85 else []


def _split(text: str) -> tuple[str, str]:
    """A heading of the form and the text that follows it in the same block."""
    first, _, rest = text.partition("\n")
    if rest:
        return first.strip(), rest.strip()
    for names in SECTION_HEADINGS.values():
        for name in names:
            at = text.find(name)
            if 0 <= at <= 6 and len(text) > at + len(name) + 20:
                end = at + len(name)
                return text[:end].strip(), text[end:].lstrip(" \u3000。:：").strip()
    return text, ""


def read_sections(
    passages: Sequence[Passage], marks: Sequence[Mark], organization: str | None
) -> tuple[Section, ...]:
    """The sections with their paragraphs; a paragraph that a page break cut is joined."""
    sections = []
    for position, mark in enumerate(marks):
        end = marks[position + 1].index if position + 1 < len(marks) else len(passages)
        body = passages[mark.index + 1 : end]
        if mark is marks[-1]:
            body = body[: signature_start(body, organization)]
        paragraphs = _paragraphs(body)
        if mark.rest:
            paragraphs = [mark.rest, *paragraphs]
        sections.append(
            Section(number=mark.number, heading=mark.heading, paragraphs=tuple(paragraphs))
        )
    return tuple(sections)


def signature_start(passages: Sequence[Passage], organization: str | None) -> int:
    """Index at which signature, date and imprint begin behind the last section's text.

    They are the short passages at the end that start with the organization, a date or 抄送, and
    what the site of a web page puts below them.
    """
    end = next((i for i, p in enumerate(passages) if _OF_THE_SITE.search(p.text)), len(passages))
    for index, passage in enumerate(passages[:end]):
        rest = passages[index:end]
        if any(len(plain(later.text)) > _MAX_CLOSING for later in rest):
            continue
        signed = is_organization(passage.text) and any(is_date(p.text) for p in rest[1:2])
        if signed or _is_closing(passage.text, organization):
            return index
    return end


def _is_closing(text: str, organization: str | None) -> bool:
    named = bool(organization) and plain(text) == plain(organization or "")
    dated = is_date(text) or is_dated_signature(text)
    return named or dated or _IMPRINT.search(text) is not None


def _paragraphs(passages: Sequence[Passage]) -> list[str]:
    paragraphs: list[str] = []
    previous: Passage | None = None
    for passage in passages:
        if not passage.text:
            continue
        if previous is not None and _goes_on(previous, passage):
            paragraphs[-1] += _glue(paragraphs[-1], passage.text) + passage.text
        else:
            paragraphs.append(passage.text)
        previous = passage
    return paragraphs


def _goes_on(previous: Passage, passage: Passage) -> bool:
    """True where `passage` is the rest of the paragraph that `previous` begins."""
    if previous.block.kind != "text" or passage.block.kind != "text":
        return False
    if _NUMBERED.match(passage.text) or previous.text.endswith(_SENTENCE_END):
        return False
    if passage.text.startswith(_CLOSING) or previous.text.endswith(("，", "、", ",")):
        return True
    return passage.page == previous.page + 1


def _glue(left: str, right: str) -> str:
    """A space between two Latin words, nothing next to Chinese."""
    latin = (
        left[-1:].isascii() and left[-1:].isalpha() and right[:1].isascii() and right[:1].isalpha()
    )
    return " " if latin else ""
