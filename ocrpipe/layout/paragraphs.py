"""Lines of one flow made paragraphs."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from ocrpipe.geometry import Box, union
from ocrpipe.layout.headings import heading_level, number_level
from ocrpipe.layout.text import em_count, first_word_ems, join_two
from ocrpipe.page import TextLine

_APART = 2.0
"""Blank space in one row, in characters, from which on its parts are separate blocks."""

_OTHER_SIZE = 1.25
"""Ratio of the sizes of two lines above which they are of two paragraphs."""

_OTHER_PITCH = 1.4
"""Distance of two lines, in the usual one, above which a paragraph ends between them."""

_LARGE, _BANNER = 1.12, 1.2
"""Sizes of characters in that of the body, above which they are those of headings and titles, and
of lines that may reach over the margins."""

_SAME_SIZE, _COMMON = 0.06, 0.25
"""Share by which the sizes of lines in one size differ, at most; and share of a page's text that
makes a size one of those in which it is set."""

_LARGEST_BODY = 18.0
"""Points; GB/T 9704-2012 sets the body at 16. All of a cover page is larger than that."""

_WRAPPED = 0.7
"""Share of a column's width from which on a centred line may go on in the next one."""

_DEEPEST_INDENT, _CENTERED = 3.0, 1.5
"""Characters: first lines are indented by less, centred lines have their middles nearer."""

_SECTIONS = (1, 2)
"""Levels of headings (一、 and （一）) that no title goes on with."""

_HEADING_ROOM = 4.0
"""Characters that would fit behind a heading: other last lines are as short only by chance."""

_UNFINISHED = (
    "，",
    "、",
    "；",
    "：",
    "第",
    "（",
    "(",
    "“",
    "《",
    "—",
    "-",
    "和",
    "及",
    "与",
    "至",
    "到",
)
"""Before them 一、 goes on with a sentence: 第一、二产业, 表一、表二."""

_SENTENCE_END = ("。", "：", "；", "！", "？", ".", ":", ";")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that belong together, from top to bottom. `size` is that of a character, in points."""

    lines: tuple[TextLine, ...]
    size: float
    centered: bool

    @property
    def box(self) -> Box:
        return union(line.box for line in self.lines)


@dataclass(frozen=True, slots=True)
class Typography:
    """Sizes of one page, in points.

    `ratio` is the size of a character to the height of a line's box, which text detection and
    fonts make higher than the character; `body` is the size of the text: of the sizes in which a
    good part of the page is set the largest, since notes may take more of it than the text.
    """

    ratio: float
    body: float

    @classmethod
    def of(cls, lines: Sequence[TextLine]) -> "Typography":
        """Measured from the widths of lines that have enough characters."""
        ratios = [_size_by_width(line) / line.box.height for line in lines if _measurable(line)]
        ratio = min(1.1, max(0.6, median(ratios))) if ratios else 0.85
        draft = cls(ratio, 1.0)
        weighted = [(draft.size(line), em_count(line.text)) for line in lines]
        total = sum(weight for _, weight in weighted)
        common = [
            size
            for size, _ in weighted
            if sum(other for near, other in weighted if abs(near - size) <= _SAME_SIZE * size)
            >= _COMMON * total
        ]
        sizes = common or [size for size, _ in weighted]
        body = (max if common else median)(sizes) if sizes else 12.0
        return cls(ratio, min(max(1.0, body), _LARGEST_BODY))

    def size(self, line: TextLine) -> float:
        """The size of a line's characters; wide letter-spacing does not enlarge it."""
        by_height = line.box.height * self.ratio
        if not _measurable(line):
            return by_height
        by_width = _size_by_width(line)
        return by_width if by_width < 1.35 * by_height else by_height


def _measurable(line: TextLine) -> bool:
    if "\u3000" in line.text.strip():  # a gap of unknown width: 某政〔2024〕3号　签发人：某人
        return False
    # Latin letters differ in width; half a character each is only true of digits.
    full_width = sum(1 for character in line.text if em_count(character) == 1.0)
    return not line.vertical and full_width >= 4 and full_width >= 0.6 * len(line.text)


def _size_by_width(line: TextLine) -> float:
    return line.box.width / max(1.0, em_count(line.text))


@dataclass(frozen=True, slots=True)
class Column:
    """The margins of a column of text, in points."""

    left: float
    right: float

    @classmethod
    def of(cls, lines: Sequence[TextLine], sizes: Typography, page_width: float | None) -> "Column":
        """From its longest lines; `page_width` is None for a column beside others.

        Titles may be wider than the text and do not count. Where no two lines end at the same
        right margin, the page's margins are taken as equal.
        """
        plain = [line for line in lines if sizes.size(line) <= _LARGE * sizes.body]
        boxes = [line.box for line in plain or lines]
        widest = max(box.width for box in boxes)
        long = [box for box in boxes if box.width >= 0.6 * widest]
        left = -_margin([-box.x0 for box in long], sizes.body)
        right = _margin([box.x1 for box in long], sizes.body)
        if page_width is None:
            return cls(left, right)
        ends = [box for box in long if right - box.x1 < sizes.body and box.width > 0.5 * page_width]
        if len(ends) < 2:
            margin = max(0.0, min(left, page_width - right))
            left, right = margin, page_width - margin
        return cls(left, right)

    def centers(self, line: TextLine, size: float, sizes: Typography) -> bool:
        """Whether a line with characters of `size` points is centred in the column."""
        before, after = line.box.x0 - self.left, self.right - line.box.x1
        inset = min(before, after)
        tolerance = max(0.8 * size, 0.025 * (self.right - self.left))
        if abs(before - after) / 2 > tolerance:
            return False
        if size > _BANNER * sizes.body:
            # Letterheads and titles may reach over the margins.
            return True
        return inset > (0.4 if size > _LARGE * sizes.body else 3.0) * size


def _margin(ends: Sequence[float], em: float) -> float:
    """The right margin: the farthest end near which a good part of the lines end.

    A single line may run into the margin, with a note in it or a comma that hangs.
    """
    needed = 1 if len(ends) < 3 else max(2, round(0.15 * len(ends)))
    for end in sorted(ends, reverse=True):
        if sum(end - em <= other <= end for other in ends) >= needed:
            return end
    return max(ends)


def joined_row(row: Sequence[TextLine], size: float) -> list[TextLine]:
    """The lines of one row, from left to right, with those that are close made one."""
    merged: list[TextLine] = []
    for line in row:
        last = merged[-1] if merged else None
        if last is None or line.box.x0 - last.box.x1 >= _APART * size or _differ(last, line):
            merged.append(line)
        else:
            merged[-1] = _one_line(last, line, size)
    return merged


def _differ(first: TextLine, second: TextLine) -> bool:
    return (first.language == "bo") != (second.language == "bo") or (
        first.vertical or second.vertical
    )


def _one_line(first: TextLine, second: TextLine, size: float) -> TextLine:
    """Two parts of a row as one line, with a space where there is one as wide as a character.

    Single characters that stand apart are letter-spaced.
    """
    spaced = second.box.x0 - first.box.x1 >= size and min(len(first.text), len(second.text)) > 2
    text = f"{first.text} {second.text}" if spaced else join_two(first.text, second.text)
    lengths = [max(1, len(line.text)) for line in (first, second)]
    total = first.confidence * lengths[0] + second.confidence * lengths[1]
    return TextLine(
        text,
        union([first.box, second.box]),
        total / sum(lengths),
        first.language if first.language == second.language else "zh-Hans",
    )


def paragraphs(
    rows: Sequence[Sequence[TextLine]], column: Column, sizes: Typography
) -> list[Paragraph]:
    """The paragraphs of a flow, whose rows are given from top to bottom.

    A paragraph ends where the next line is indented, where a line stops short of the right
    margin although the next word would have fitted, where a numbered line begins, and where
    size, centring or the distance of the lines change. Parts of one row that stand far apart are
    paragraphs of their own (a document number and its signer).
    """
    joined = [joined_row(row, sizes.body) for row in rows]
    pitch = _pitch(joined)
    found: list[list[TextLine]] = []
    open_paragraph = False
    for row in joined:
        if len(row) > 1 or row[0].vertical:
            found += [[line] for line in row]
            open_paragraph = False
            continue
        line = row[0]
        if open_paragraph and not _begins(found[-1], line, column, sizes, pitch):
            found[-1].append(line)
        else:
            found.append([line])
        open_paragraph = True
    return [_paragraph(lines, column, sizes) for lines in found]


def _paragraph(lines: list[TextLine], column: Column, sizes: Typography) -> Paragraph:
    size = median(sizes.size(line) for line in lines)
    centered = all(column.centers(line, size, sizes) for line in lines)
    return Paragraph(tuple(lines), size, centered)


def _pitch(rows: Sequence[Sequence[TextLine]]) -> float:
    """The usual distance of consecutive rows, from centre to centre."""
    centers = [row[0].box.center[1] for row in rows]
    steps = [below - above for above, below in pairwise(centers)]
    return median(steps) if steps else 0.0


def _begins(
    paragraph: Sequence[TextLine], line: TextLine, column: Column, sizes: Typography, pitch: float
) -> bool:
    """Whether `line` begins a new paragraph after `paragraph`."""
    last = paragraph[-1]
    size, last_size = sizes.size(line), sizes.size(last)
    if _differ(last, line) or max(size, last_size) > _OTHER_SIZE * min(size, last_size):
        return True
    large = min(size, last_size) > _LARGE * sizes.body
    distance = line.box.center[1] - last.box.center[1]
    usual = max(pitch, 1.2 * max(size, last_size))
    if distance > (2.2 * max(size, last_size) if large else _OTHER_PITCH * usual):
        return True
    if _is_outdented(last, line, max(size, last_size)):
        return True
    centered = column.centers(line, size, sizes)
    if column.centers(last, last_size, sizes):
        if heading_level(line.text) in _SECTIONS:
            return True
        wrapped = last.box.width > _WRAPPED * (column.right - column.left)
        return not (centered and (large or (wrapped and not last.text.endswith(_SENTENCE_END))))
    return (
        centered
        or _stops_short(last, line, column, sizes)
        or _is_first(paragraph, line, column, sizes)
        or _is_heading(last, line, column, sizes)
    )


def _is_heading(last: TextLine, line: TextLine, column: Column, sizes: Typography) -> bool:
    """Whether a line by itself is 一、总体情况 below one that happens to reach the margin, such as
    the date and source of a web page: neither goes on in the next line."""
    alone = column.right - line.box.x1 > _HEADING_ROOM * sizes.body
    return alone and heading_level(line.text) == 1 and not last.text.endswith(_UNFINISHED)


def _is_outdented(last: TextLine, line: TextLine, em: float) -> bool:
    """Whether a line begins left of the last one by more than any first line is indented, and is
    not centred with it."""
    aside = abs(line.box.center[0] - last.box.center[0])
    return last.box.x0 - line.box.x0 > _DEEPEST_INDENT * em and aside > _CENTERED * em


def _stops_short(last: TextLine, line: TextLine, column: Column, sizes: Typography) -> bool:
    room = column.right - last.box.x1
    return room > (first_word_ems(line.text) + 0.7) * sizes.size(last)


def _is_first(
    paragraph: Sequence[TextLine], line: TextLine, column: Column, sizes: Typography
) -> bool:
    """Whether the place of a line, after one that reaches the margin, is that of a first line."""
    last = paragraph[-1]
    em = sizes.body
    indent, last_indent = line.box.x0 - column.left, last.box.x0 - column.left
    numbered = number_level(line.text) is not None
    if numbered and (indent > 0.8 * em or last.text.endswith(_SENTENCE_END)):
        return True
    if indent < 1.2 * em:
        return last_indent > 6 * em
    if abs(indent - last_indent) <= 0.6 * em:
        # Under a hanging indent all lines but the first have the same indent.
        return len(paragraph) == 1
    hanging = number_level(last.text) is not None and not last.text.endswith(_SENTENCE_END)
    return not (hanging and 0 < indent - last_indent < 4 * em)
