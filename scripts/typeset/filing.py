"""Lays a filing out on pages: letterhead, title, sections, tables, signature and seal."""

import re

from ocrpipe.geometry import Box
from scripts.typeset.forms import FormTable
from scripts.typeset.page import RED, Flow, PlacedBlock, PlacedLine
from scripts.typeset.source import Filing, SourceSection
from scripts.typeset.stamp import round_seal, tibetan_line
from scripts.typeset.table import TableLayout, set_table

_LEVELS = (
    re.compile(r"[一二三四五六七八九十]+、|[1-9]、"),
    re.compile(r"（[一二三四五六七八九十1-9]+）"),
    re.compile(r"\d+[.．]"),
)
DEFAULT_LAYOUTS = {
    "proactive": TableLayout((1.3, 1, 1, 1)),
    "applications": TableLayout((28, 62, 132, 34, 34, 34, 38, 38, 34, 34)),
    "reviews": TableLayout((1.0,) * 15),
}


def typeset(filing: Filing) -> Flow:
    """The filing on A4 pages, with everything that was drawn noted."""
    flow = Flow(filing.style)
    if filing.letterhead:
        _letterhead(flow, filing)
    title = filing.style.title
    drawn: list[PlacedLine] = []
    for line in filing.title:
        size = filing.style.title_size
        x = (flow.page_size[0] - title.width(line, size)) / 2
        drawn.append(flow.draw_line(x, flow.y, line, title, size))
        flow.y += size * 1.5
    flow.note("title", drawn)
    flow.y += 10
    if filing.addressee:
        flow.paragraph(filing.addressee, indent=0)
    for paragraph in filing.introduction:
        flow.paragraph(paragraph)
    for section in filing.sections:
        _section(flow, filing, section)
    if filing.signature and filing.date_line:
        _signature(flow, filing)
    flow.number_pages()
    flow.blocks.sort(key=lambda block: block.page)
    return flow


def heading_level(text: str) -> int | None:
    """1 for 一、, 2 for （一）, 3 for 1.; None for a paragraph that only begins like one."""
    if "。" in text:
        return None
    return next((n for n, level in enumerate(_LEVELS, start=1) if level.match(text)), None)


def _letterhead(flow: Flow, filing: Filing) -> None:
    for language, text in filing.letterhead:
        if language == "bo":
            picture, width, height = tibetan_line(text, 23)
            x = (flow.page_size[0] - width) / 2
            box = Box(x, flow.y, x + width, flow.y + height)
            flow.document[-1].insert_image(tuple(box), stream=picture)
            flow.note("letterhead", [PlacedLine(text, box)], language)
            flow.y += height + 14
            continue
        size = 33.0
        face = filing.style.title
        room = flow.width + 20
        spacing = min(6.0, (room - face.width(text, size)) / max(1, len(text) - 1))
        x = (flow.page_size[0] - face.width(text, size) - spacing * (len(text) - 1)) / 2
        line = flow.draw_line(x, flow.y, text, face, size, RED, spacing)
        flow.note("letterhead", [line], language)
        flow.y += size + 26
    body, size = filing.style.body, filing.style.size
    if filing.document_number:
        line = flow.draw_line(flow.left + size, flow.y, filing.document_number, body, size)
        flow.note("text", [line])
    if filing.signer:
        text = f"签发人：{filing.signer}"
        x = flow.right - size - body.width(text, size)
        flow.note("text", [flow.draw_line(x, flow.y, text, body, size)])
    flow.y += size + 8
    page = flow.document[-1]
    page.draw_line((flow.left - 8, flow.y), (flow.right + 8, flow.y), color=RED, width=2.2)
    flow.y += 34


def _section(flow: Flow, filing: Filing, section: SourceSection) -> None:
    style = filing.style
    form = filing.table(section.table) if section.table else None
    layout = _layout(filing, form) if form else None
    if layout and layout.new_page:
        flow.new_page(layout.page_size)
    elif form and layout:
        # The heading stays with the first rows of its table.
        flow.break_if_short(style.pitch * 1.6 + style.row_height * (form.header_rows + 2))
    flow.paragraph(section.heading, kind="heading", face=style.heading, level=1)
    for paragraph in section.paragraphs:
        level = heading_level(paragraph)
        if level is None:
            flow.paragraph(paragraph)
        else:
            face = style.heading if level == 2 else style.body
            flow.paragraph(paragraph, kind="heading", face=face, level=level)
    if form and layout:
        flow.y += 6
        set_table(flow, form, layout)
        flow.y += 16
        if layout.page_size and section is not filing.sections[-1]:
            flow.new_page()


def _layout(filing: Filing, form: FormTable) -> TableLayout:
    return (filing.layouts or {}).get(form.name) or DEFAULT_LAYOUTS[form.name]


def _signature(flow: Flow, filing: Filing) -> None:
    style, size = filing.style, filing.style.size
    flow.break_if_short(110)
    flow.y += 48
    lines = (filing.signature or "", filing.date_line or "")
    middle = flow.right - 110
    top = flow.y
    for text in lines:
        x = middle - style.body.width(text, size) / 2
        flow.note("text", [flow.draw_line(x, flow.y, text, style.body, size)])
        flow.y += style.pitch * 1.15
    if filing.seal:
        # A seal rides on the year, month and day (骑年盖月).
        half = 58.0
        y = (top + flow.y) / 2 - 4
        box = Box(middle - half, y - half, middle + half, y + half)
        picture = round_seal(filing.seal, 2 * half)
        # Under the text: red ink over black print leaves black.
        flow.document[-1].insert_image(tuple(box), stream=picture, overlay=False)
        flow.blocks.append(PlacedBlock(flow.page, "seal", box))
    flow.y += 30


def save_pdf(flow: Flow) -> bytes:
    """The pages as a digital PDF with subsetted fonts: the same bytes from run to run."""
    flow.document.subset_fonts()
    flow.document.set_metadata({})
    data: bytes = flow.document.tobytes(garbage=4, deflate=True, no_new_id=True)
    return data
