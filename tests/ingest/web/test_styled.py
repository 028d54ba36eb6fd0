"""Numbers of a web page as its style sheets show them."""

import time

import pytest

from ocrpipe.ingest.web.source import read_html

ROWS = "".join(f"<tr><td>第{row}项</td><td>{row}</td></tr>" for row in range(3, 9))


def figure(cell: str, css: str, media: str = "") -> tuple[str, str]:
    """The text and state of a table's cell on a page with a style sheet."""
    page = (
        f"<html><head><style {media}>{css}</style></head><body><p>各项数量如下。</p>"
        f"<table><tr><td>信件</td><td>{cell}</td></tr>{ROWS}</table></body></html>"
    )
    found = read_html(page.encode(), "page.html").tables[0].cells[1]
    return found.text, found.state


@pytest.mark.parametrize(
    ("cell", "css"),
    [
        ('<span class="no">9</span>5', ".no{display:none}"),
        ('5<i class="a no">9</i>', "td i.no , b { color:red; visibility : hidden }"),
        ('5<i class="no">9</i>', "table .no{display:block} tr > td .no{display:none}"),
        ('5<i id="x" class="no">9</i>', "#x{display:none} .no{display:block}"),
        ('5<i class="no">9</i>', ".no{display:none!important} i.no{display:inline}"),
        ('5<i data-k="2">9</i>', '[data-k="2"]{font-size:0}'),
        ("<i>9</i><b>5</b>", "td i:first-child{opacity:0}"),
        ('5<i class="no">9</i>', ".no{position:absolute;left:-9999px}"),
        ('5<i class="no">9</i>', "@media screen{.no{display:none}}"),
        ('<span class="no">9</span>5', ".no{text-decoration:line-through red}"),
        ('5<span style="color:#FFF">9</span>', ""),
        ("5<b></b><i>9</i>", "b + i{display:none}"),
        ("5<b></b><s></s><i>9</i>", "b ~ i{display:none}"),
        ('5<i class="no-print">9</i>', "td [class^='no']{display:none}"),
        ("5<i>9</i>", "i:not(.yes){display:none}"),
        ("<b></b>5<i>9</i>", "td > :nth-child(2n+2):last-child{display:none}"),
    ],
)
def test_what_a_sheet_hides_or_strikes_is_no_part_of_a_number(cell: str, css: str) -> None:
    assert figure(cell, css) == ("5", "printed")


@pytest.mark.parametrize(
    ("cell", "css"),
    [
        ('1<i class="no">5</i>', "@media print{.no{display:none}}"),
        ('1<i class="no">5</i>', "@media (max-width: 600px){.no{display:none}}"),
        ('1<i class="no">5</i>', ".no:hover{display:none}"),
        ('1<i class="no">5</i>', ".other .no{display:none}"),
        ('1<i class="no" style="display:inline">5</i>', ".no{display:none}"),
        ('1<i class="no">5</i>', ".no{display:none} td .no{display:inline}"),
        ('<p class="no"><span style="font-size:12px">15</span></p>', ".no{font-size:0}"),
        ('<b class="n1"></b>5', ".n1::before{content:'1'}"),
        ('1<b class="n5"></b>', '.n5:after{content:"\\35"}'),
        ('<b class="v" data-v="15"></b>', ".v::after{content:attr(data-v)}"),
        ('15<b class="v"></b>', ".v::after{content:'.';visibility:hidden;height:0}"),
        ("<textarea>15</textarea>", ""),
        ('1<i class="no">5</i>', "i:not(.no){display:none} i::selection{display:none}"),
        ('1<i class="no">5</i>', ".no:unheard-of{display:none} .no:is({display:none}"),
        ('1<i class="no">5</i>', "/* .no{display:none} */ .a{content:'} .no{display:none}'}"),
        ('<span class="no">15</span>', ".no{color:white}"),
        ('1<b class="no">5</b>', ".no{color:white} td{background:navy}"),
    ],
)
def test_what_a_sheet_shows_or_writes_is_read(cell: str, css: str) -> None:
    assert figure(cell, css) == ("15", "printed")


def test_control_characters_are_left_out() -> None:
    assert figure('1<b class="v">\x01</b>', ".v:after{content:'\\35\\1 '}") == ("15", "printed")


def test_a_sheet_for_printers_hides_nothing() -> None:
    assert figure('1<i class="no">5</i>', ".no{display:none}", 'media="print"')[0] == "15"


@pytest.mark.parametrize(
    ("cell", "css"),
    [
        ("<svg><text>5</text></svg>", ""),
        ("<canvas></canvas>", ""),
        ("<select><option>4<option selected>5</select>", ""),
        ('<i class="n5"></i>', ".n5{background:url(n5.png)}"),
        ('<i style="background-image:url(n5.png)"></i>', ""),
        ('<i class="n5"></i>', ".n5:before{content:url(n5.png)}"),
    ],
)
def test_a_cell_that_may_show_a_number_as_a_picture_is_not_blank(cell: str, css: str) -> None:
    assert figure(cell, css) == ("", "unread")


def test_a_page_that_a_script_shows_is_read_all_the_same() -> None:
    assert figure("5", "body{visibility:hidden} table{display:none}") == ("5", "printed")


def test_a_part_of_a_page_that_is_hidden_is_left_out() -> None:
    page = (
        "<html><head><style>.tab{display:none}.tab.on{display:block}</style></head><body>"
        f'<div class="tab on"><p>本年的数量。</p><table>{ROWS}</table></div>'
        f'<div class="tab"><p>去年的数量。</p><table>{ROWS}</table></div></body></html>'
    )
    document = read_html(page.encode(), "page.html")
    assert len(document.tables) == 1
    assert document.pages[0].blocks[0].text == "本年的数量。"


def test_sheets_without_end_take_no_time() -> None:
    css = "a,.b{display:none}\"';" * 20_000 + "*{display:block}" * 5_000 + "{" * 20_000
    start = time.process_time()
    assert figure("<i></i>" * 2_000 + "5", css) == ("5", "printed")
    assert time.process_time() - start < 30


@pytest.mark.parametrize(
    "css",
    [
        ":not(" * 5_000 + "i" + ")" * 5_000 + "{display:none}",
        "i " * 5_000 + "{display:none}",
        "i{content:" + "(" * 2_000 + "}",
        "i ~ i{display:none}" * 200,
    ],
)
def test_sheets_that_ask_too_much_say_nothing(css: str) -> None:
    start = time.process_time()
    assert figure("<i></i>" * 4_000 + "5", css) == ("5", "printed")
    assert time.process_time() - start < 30
