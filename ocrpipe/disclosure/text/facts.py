"""What stands around the sections: letterhead, document number, signer, title, dates."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import takewhile

from ocrpipe.disclosure.compare import plain, without_spaces
from ocrpipe.disclosure.text.body import Passage, is_dated_signature, is_organization
from ocrpipe.disclosure.text.dates import before_date, find_date, find_year, is_date
from ocrpipe.document import Table
from ocrpipe.report import LetterheadLine

_OPEN, _CLOSE = r"[〔﹝\[［【(（{｛〈<《「]", r"[〕﹞\]］】)）}｝〉>》」]"
_DOCUMENT_NUMBER = re.compile(
    rf"[\u4e00-\u9fffA-Za-z]{{1,15}}\s*{_OPEN}?\s*(?:19|20)\d{{2}}\s*{_CLOSE}?\s*第?\s*\d{{1,5}}\s*号"
)
_BRACKET = re.compile(f"{_OPEN}|{_CLOSE}")
_SIGNER = re.compile(r"签\s*发\s*人?\s*[:：]\s*(?P<name>[\u4e00-\u9fff·•．.\s]{2,24})")
_TITLE = re.compile(
    r"[^。；;>|]{0,60}(?:政府?信息公开|政务公开|信息公开)[^。；;>|]{0,14}(?:报告|年报)"
    r"(?:[（(][^）)]{0,20}[）)])?"
)
_TITLE_SUBJECT = re.compile(r"(?:政府|政务)?信息公开|政务公开")
_TITLE_YEAR = re.compile(
    r"20\d{2}\s*[-—－–~～至]+\s*(?:20)?\d{2}\s*学年(?:度)?|"
    r"(?:[12][\d]{3}|[一二][〇零○Oo一二三四五六七八九]{3})年(?:度)?"
)
"""Universities report on a school year, 2021—2022学年, which is no calendar year."""

_PERIOD = re.compile(r"自?((?:19|20)\d{2})年1月1日[起]?(?:至|到|—|-|~)+")

METADATA = {
    "issuer": ("发文单位", "发布机构", "发文机关", "发布单位", "制发机关", "发布机关"),
    "number": ("文号", "发文字号", "发布文号"),
    "written": ("成文日期", "生成日期", "发文日期", "成文时间", "生成时间"),
    "published": ("发布日期", "发布时间", "公开日期", "公开时间"),
    "name": ("名称", "信息名称", "标题"),
}
"""Labels of the head that web pages put over a filing."""


@dataclass(frozen=True, slots=True)
class Facts:
    letterhead: tuple[LetterheadLine, ...]
    organization: str | None
    document_number: str | None
    signer: str | None
    title: str | None
    titled: bool
    year: int | None
    issue_date: date | None


def read_facts(front: Sequence[Passage], back: Sequence[Passage], tables: Sequence[Table]) -> Facts:
    """Read what stands before the sections, behind them, and in a web page's head.

    `front`: passages before the first section; `back`: those of the last section (its text comes
    before the signature); `tables`: the tables that are no part of the form.
    """
    letterhead = _letterhead(front)
    metadata = _metadata(front, tables)
    title_passages = _title(front)
    title = without_spaces("".join(passage.text for passage in title_passages)) or None
    return Facts(
        letterhead=letterhead,
        organization=_organization(letterhead, metadata, title, back),
        document_number=_document_number(front) or _metadata_number(metadata),
        signer=_signer(front),
        title=title,
        titled=any(passage.block.kind == "title" for passage in title_passages),
        year=_year(title, metadata, front, back),
        issue_date=_issue_date(front, back, metadata),
    )


# Letterhead


def _letterhead(front: Sequence[Passage]) -> tuple[LetterheadLine, ...]:
    lines = [passage for passage in front if passage.block.kind == "letterhead"]
    if not lines:
        lines = [passage for passage in front if _heads_a_document(passage.text)][:1]
    return tuple(
        LetterheadLine(
            text=passage.text,
            language=passage.block.language or "zh-Hans",
            page=passage.page,
            bbox=passage.block.bbox,
            confidence=passage.block.confidence,
        )
        for passage in lines
        if not _numbers_only(passage.text)
    )


def _heads_a_document(text: str) -> bool:
    squeezed = without_spaces(text)
    return squeezed.endswith("文件") and is_organization(squeezed[:-2])


def _numbers_only(text: str) -> bool:
    """A line with the document's number or its signer, and nothing else."""
    rest = _SIGNER.sub("", _DOCUMENT_NUMBER.sub("", text))
    return bool(text.strip()) and not plain(rest)


def _document_number(front: Sequence[Passage]) -> str | None:
    for passage in front:
        match = _DOCUMENT_NUMBER.search(passage.text)
        if match is None or not _BRACKET.search(match[0]):
            continue
        rest = _SIGNER.sub("", passage.text.replace(match[0], ""))
        # A number in running text is another document's.
        if passage.block.kind in {"letterhead", "title"} or len(plain(rest)) <= 4:
            return match[0].strip()
    return None


def _signer(front: Sequence[Passage]) -> str | None:
    for passage in front:
        match = _SIGNER.search(passage.text)
        if match is not None:
            names = match["name"].split()
            # 李 明 is one name set wide; 张三 李四 are two.
            joined = "".join(names) if any(len(name) < 2 for name in names) else " ".join(names)
            return joined or None
    return None


# Title and year


def _title(front: Sequence[Passage]) -> tuple[Passage, ...]:
    """The passages that together make up the title; empty where there is none."""
    lines = [
        passage
        for passage in front
        if passage.text
        and passage.block.kind != "letterhead"
        and not _numbers_only(passage.text)
        and not _heads_a_document(passage.text)
    ]
    windows = [
        (start, end)
        for start in range(len(lines))
        for end in range(start + 1, min(start + 5, len(lines)) + 1)
        if is_title(lines[start:end])
    ]
    if not windows:
        return ()
    start, end = max(windows, key=lambda window: _title_rank(lines, *window))
    if any(line.block.kind == "title" for line in lines[start:end]):
        start -= len(list(takewhile(_is_title_line, reversed(lines[:start]))))
    if start > 0 and is_organization(lines[start - 1].text) and _names_nobody(lines[start:end]):
        start -= 1
    return tuple(lines[start:end])


def _names_nobody(lines: Sequence[Passage]) -> bool:
    """Whether a title lacks the organization, which may stand in the line above it."""
    return _title_organization(without_spaces("".join(line.text for line in lines))) is None


def _is_title_line(passage: Passage) -> bool:
    return passage.block.kind == "title"


def is_title(lines: Sequence[Passage]) -> bool:
    """Whether lines are together the title of a filing."""
    text = without_spaces("".join(line.text for line in lines))
    return len(text) <= 90 and _TITLE.fullmatch(text) is not None


def _title_rank(lines: Sequence[Passage], start: int, end: int) -> tuple[int, int, int, int]:
    window = lines[start:end]
    titled = sum(1 for line in window if line.block.kind == "title")
    dated = find_year("".join(line.text for line in window)) is not None
    return (int(titled > 0), int(dated), start - end, -start)


def _year(
    title: str | None,
    metadata: dict[str, str],
    front: Sequence[Passage],
    back: Sequence[Passage],
) -> int | None:
    for text in (title, metadata.get("name")):
        year = find_year(text) if text else None
        if year is not None:
            return year
    for passage in (*front, *back):
        match = _PERIOD.search(without_spaces(unicodedata.normalize("NFKC", passage.text)))
        if match is not None:
            return int(match[1])
    return None


# Organization


def _organization(
    letterhead: Sequence[LetterheadLine],
    metadata: dict[str, str],
    title: str | None,
    back: Sequence[Passage],
) -> str | None:
    for line in letterhead:
        if without_spaces(line.text).endswith("文件"):
            return without_spaces(line.text)[:-2] or None
    return metadata.get("issuer") or _title_organization(title) or _signature(back)


def _title_organization(title: str | None) -> str | None:
    if title is None:
        return None
    subject = _TITLE_SUBJECT.search(title)
    name = title[: subject.start()] if subject else title
    name = _TITLE_YEAR.sub("", name).removeprefix("关于").strip("-—－ 　:：")
    return name if len(name) > 1 else None


def _signature(back: Sequence[Passage]) -> str | None:
    """The organization that signs: a line of its own, last but for the date."""
    for passage in reversed(back[-6:]):
        text = before_date(passage.text) or passage.text
        if is_organization(text):
            return without_spaces(text)
    return None


# Dates and the head of a web page


def _issue_date(
    front: Sequence[Passage], back: Sequence[Passage], metadata: dict[str, str]
) -> date | None:
    signed = next((p.text for p in reversed(back) if _ends_with_date(p.text)), None)
    below_title = next((p.text for p in front if is_date(p.text)), None)
    candidates = (signed, metadata.get("written"), below_title, metadata.get("published"))
    dates = (find_date(text) for text in candidates if text)
    return next((found for found in dates if found is not None), None)


def _ends_with_date(text: str) -> bool:
    return is_date(text) or is_dated_signature(text)


def _metadata(front: Sequence[Passage], tables: Sequence[Table]) -> dict[str, str]:
    found: dict[str, str] = {}
    for text, following in _labelled(front, tables):
        for key, labels in METADATA.items():
            value = _value(text, following, labels)
            if value:
                found.setdefault(key, value)
    return found


def _labelled(front: Sequence[Passage], tables: Sequence[Table]) -> Iterator[tuple[str, str]]:
    for table in tables:
        cells = sorted(table.cells, key=lambda cell: (cell.row, cell.col))
        for cell, after in zip(cells, [*cells[1:], None], strict=True):
            same_row = after is not None and after.row == cell.row
            yield cell.text, after.text if after is not None and same_row else ""
    for passage in front:
        if len(passage.text) <= 120 and re.search(r"[:：]", passage.text):
            yield passage.text, ""


def _value(text: str, following: str, labels: Sequence[str]) -> str | None:
    for label in labels:
        if plain(text) == label:
            return following.strip() or None
        spaced = r"\s*".join(label)
        match = re.search(rf"(?:^|[\s　]){spaced}\s*[:：\s]\s*(\S+)", text)
        if match is not None:
            return match[1]
    return None


def _metadata_number(metadata: dict[str, str]) -> str | None:
    match = _DOCUMENT_NUMBER.search(metadata.get("number", ""))
    return match[0] if match is not None else None
