"""The page is parsed by lxml; what stands on it is compared with the document."""

import base64
import hashlib
import io
import re

import lxml.html
import pytest
from hypothesis import given
from lxml.html import HtmlElement
from PIL import Image

from ocrpipe.document import Document, Table
from ocrpipe.export import no_picture, to_html
from ocrpipe.export.text import printable
from ocrpipe.geometry import Box
from tests.export.conftest import HEIGHT, WIDTH, block, cell, document, make_filing, table
from tests.export.grids import grid_of
from tests.export.strategies import texts, tilings

OWN_TAGS = {
    "html", "head", "meta", "title", "style", "body", "header", "h1", "h2", "h3", "h4", "h5", "h6",
    "p", "span", "ul", "li", "b", "main", "section", "figure", "figcaption", "div", "img", "svg",
    "rect", "small", "a", "dl", "dt", "dd", "table", "caption", "tr", "th", "td", "details",
    "summary", "em", "script", "tbody",
}  # fmt: skip


def picture_of(file_format: str) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (12, 17), "white").save(stream, file_format)
    return stream.getvalue()


def is_handler(attribute: str) -> bool:
    return attribute.lower().startswith("on")


def parsed(doc: Document) -> HtmlElement:
    return lxml.html.document_fromstring(to_html(doc, no_picture))


def by_class(page: HtmlElement, name: str) -> list[HtmlElement]:
    return [one for one in page.iter() if name in (one.get("class") or "").split()]


def grids(page: HtmlElement) -> list[HtmlElement]:
    return [one for one in page.iter("table") if one.get("class") == "grid"]


def with_text(page: HtmlElement, tag: str, text: str) -> HtmlElement:
    return next(one for one in page.iter(tag) if one.text_content() == text)


def boxes(page: HtmlElement, spot: HtmlElement) -> list[HtmlElement]:
    return [page.get_element_by_id(name) for name in (spot.get("data-boxes") or "").split()]


def test_needs_nothing_but_itself(filing: Document) -> None:
    text = to_html(filing, lambda _: picture_of("PNG"))
    page = lxml.html.document_fromstring(text)
    addresses = [one.get(name) for one in page.iter() for name in ("src", "href") if one.get(name)]
    assert addresses
    assert all(address.startswith(("#", "data:image/png;base64,")) for address in addresses)
    assert not list(page.iter("link", "iframe", "object", "embed", "base", "form"))
    assert not re.search(r"url\(|@import|fetch\(|XMLHttp|WebSocket", text)


def test_the_policy_admits_the_own_style_and_script_only(filing: Document) -> None:
    page = parsed(filing)
    policy = next(
        one.get("content", "")
        for one in page.iter("meta")
        if one.get("http-equiv") == "Content-Security-Policy"
    )
    directives = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    assert directives["default-src"] == "'none'"
    for tag, name in (("style", "style-src"), ("script", "script-src")):
        (element,) = page.iter(tag)
        digest = hashlib.sha256((element.text or "").encode()).digest()
        assert directives[name] == f"'sha256-{base64.b64encode(digest).decode()}'"
    # Attributes that the policy would block.
    assert not [one for one in page.iter() if any(map(is_handler, one.attrib))]
    assert not [one for one in page.iter() if one.get("style")]


def test_same_document_same_bytes() -> None:
    assert to_html(make_filing(), no_picture) == to_html(make_filing(), no_picture)


@pytest.mark.parametrize(("file_format", "kind"), [("PNG", "png"), ("JPEG", "jpeg")])
def test_pictures_of_the_pages(filing: Document, file_format: str, kind: str) -> None:
    asked: list[int] = []

    def picture(number: int) -> bytes | None:
        asked.append(number)
        return picture_of(file_format) if number == 2 else None

    page = lxml.html.document_fromstring(to_html(filing, picture))
    assert asked == [1, 2]
    (image,) = page.iter("img")
    head, data = (image.get("src") or "").split(",")
    assert head == f"data:image/{kind};base64"
    assert base64.b64decode(data) == picture_of(file_format)
    assert len(list(page.iter("svg"))) == 2


def test_what_is_no_picture_is_refused(filing: Document) -> None:
    with pytest.raises(ValueError, match="neither PNG nor JPEG"):
        to_html(filing, lambda _: b"GIF89a")


def test_a_cell_leads_to_its_box_in_points_and_back(filing: Document) -> None:
    page = parsed(filing)
    spot = with_text(page, "td", "+15")
    (box,) = boxes(page, spot)
    assert [box.get(name) for name in ("x", "y", "width", "height")] == [
        "120.0", "252.0", "60.0", "24.0",
    ]  # fmt: skip
    assert box.get("data-target") == spot.get("id")
    drawing = box.getparent()
    assert drawing is not None
    assert drawing.get("viewbox") == f"0 0 {WIDTH} {HEIGHT}"
    assert spot.get("tabindex") == "0"
    assert "0.97" in (spot.get("title") or "")


def test_a_cell_over_two_pages_has_a_box_on_each(filing: Document) -> None:
    page = parsed(filing)
    found = boxes(page, with_text(page, "td", "三、本年度办理结果"))
    pages = [next(one.iterancestors("figure")).get("id") for one in found]
    assert pages == ["page-1", "page-2"]


def test_every_id_is_unique_and_every_reference_has_its_target(filing: Document) -> None:
    page = parsed(filing)
    ids = [one.get("id") for one in page.iter() if one.get("id")]
    assert len(ids) == len(set(ids))
    references = [name for one in page.iter() for name in (one.get("data-boxes") or "").split()]
    references += [one.get("data-target") for one in page.iter("rect")]
    references += [(one.get("href") or "")[1:] for one in page.iter("a")]
    assert set(references) <= set(ids)


def test_unread_and_doubtful_are_marked_on_both_sides(filing: Document) -> None:
    page = parsed(filing)
    (unread,) = [one for one in by_class(grids(page)[1], "unread") if one.tag == "td"]
    assert unread.text_content() == "未识别 unread"
    assert [one.get("class") for one in boxes(page, unread)] == ["unread"]
    (doubtful,) = by_class(grids(page)[1], "doubtful")
    assert doubtful.text_content() == "13"
    assert [one.get("class") for one in boxes(page, doubtful)] == ["doubtful"]


def test_failed_checks_stand_first_and_lead_to_the_figures(filing: Document) -> None:
    page = parsed(filing)
    failed = page.get_element_by_id("failed")
    parent = failed.getparent()
    assert parent is not None
    assert parent[0] is failed
    content = " ".join(failed.text_content().split())
    assert "applications.column_sum · column total: 应为 expected 18, 实为 actual 13" in content
    assert "prose.1" in content
    links = {one.text: (one.get("href") or "")[1:] for one in failed.iter("a")}
    assert set(links) == {"applications/total/total", "applications/granted/total"}
    figure = page.get_element_by_id(links["applications/total/total"])
    assert figure.text_content() == "13"
    cell_spot = by_class(grids(page)[1], "doubtful")[0]
    assert figure.get("data-boxes") == cell_spot.get("data-boxes")


def test_figures_show_raw_text_state_and_trust(filing: Document) -> None:
    page = parsed(filing)
    proactive, applications, reviews = (
        one for one in page.iter("table") if one.get("class") == "figures"
    )
    assert [one.text_content() for one in proactive.iter("td")] == ["1,024", "3.50", "—"]
    values = [one.text_content() for one in applications.iter("td")]
    assert values == ["16", "2", "18", "15", "2", "17", "1", "·", "1", "16", "?", "13"]
    css = [one.get("class") for one in applications.iter("td")]
    assert css[0] == "state-printed trust-confirmed"
    assert css[-1] == "state-printed trust-doubtful doubtful"
    assert [one.text_content() for one in reviews.iter("th")] == [
        "", "结果维持", "其他结果", "总计", "行政复议",
    ]  # fmt: skip


def test_issues_lead_to_their_cells(filing: Document) -> None:
    page = parsed(filing)
    link = with_text(page, "a", "a cell could not be read")
    target = page.get_element_by_id((link.get("href") or "")[1:])
    assert target.text_content() == "未识别 unread"
    assert "Tibetan <text>" in page.get_element_by_id("issues").text_content()


def test_a_stitched_table_stands_once(filing: Document) -> None:
    page = parsed(filing)
    assert len(grids(page)) == 2
    assert len(by_class(page, "continued")) == 1


@pytest.mark.parametrize(("width", "vertical"), [(25.0, True), (60.0, False)])
def test_text_of_a_narrow_tall_cell_stands_upright(width: float, vertical: bool) -> None:
    regions = [(1, Box(60, 100, 60 + width, 400))]
    page = parsed(
        document(tables=[table("t1", [cell(0, 0, "三、本年度办理结果", regions=regions)])])
    )
    (spot,) = grids(page)[0].iter("td")
    assert spot.text_content() == "三、本年度办理结果"
    assert bool(by_class(page, "vertical")) == vertical


def test_a_web_page_has_no_paper_side(web_page: Document) -> None:
    page = parsed(web_page)
    assert not list(page.iter("svg", "rect", "img"))
    assert [one.text_content() for one in grids(page)[0].iter("td")] == ["数量", "5"]


def test_a_table_that_no_block_shows_is_not_lost() -> None:
    page = parsed(document(tables=[table("t1", [cell(0, 0, "5")])]))
    assert [one.text_content() for one in grids(page)[0].iter("td")] == ["5"]


@given(texts)
def test_no_text_of_the_document_becomes_live(text: str) -> None:
    cells = [cell(0, 0, text), cell(0, 1, text, state="unread")]
    blocks = [block("p1-b1", "text", text, language=text), block("p1-b2", "title", text)]
    page = parsed(document(blocks, [table("t1", cells, text)]))
    assert {str(one.tag) for one in page.iter()} <= OWN_TAGS
    assert len(list(page.iter("script"))) == 1
    assert not list(page.iter("img"))
    assert not [one for one in page.iter() if any(map(is_handler, one.attrib))]
    assert grid_of(grids(page)[0])[0, 0].text_content() == printable(text)
    if text.strip():
        assert by_class(page, "title")[0].text_content() == printable(text)


@given(tilings())
def test_tables_come_back_with_their_spans_and_texts(random: Table) -> None:
    page = parsed(document([block("p1-b1", "table", table_id="t1")], [random]))
    grid = grid_of(grids(page)[0])
    assert {at: one.text_content() for at, one in grid.items()} == {
        (one.row + y, one.col + x): printable(one.text)
        for one in random.cells
        for y in range(one.row_span)
        for x in range(one.col_span)
    }
