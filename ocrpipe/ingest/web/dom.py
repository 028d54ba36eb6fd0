"""What of a web page is seen, and what belongs to the site rather than to the document."""

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from ocrpipe.ingest.web.text import collapse, flowed, join_lines
from ocrpipe.page import RAISED_DIGITS

BLOCK_TAGS = frozenset((
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details",
    "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3",
    "h4", "h5", "h6", "header", "hr", "html", "li", "main", "nav", "ol", "p", "pre", "section",
    "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
))  # fmt: skip
_UNSEEN_TAGS = frozenset((
    "script", "style", "noscript", "template", "head", "title", "meta", "link", "iframe", "object",
    "embed", "svg", "canvas", "audio", "video", "button", "select", "textarea", "datalist", "map",
))  # fmt: skip
_PICTURE_TAGS = frozenset(("canvas", "svg", "object", "embed", "iframe", "select", "button"))
"""What may show a number in a cell, and is not read."""

UNREAD_MARK = "data-ocrpipe-unread"
"""Attribute of an element in which a style sheet paints what may be print."""

_STRUCK_TAGS = frozenset(("del", "s", "strike"))
_STRUCK_STYLE = re.compile(r"text-decoration[\w-]*\s*:[^;]*line-through", re.IGNORECASE)
_SITE_TAGS = frozenset(("nav", "footer", "aside"))

_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_SITE_NAME = re.compile(
    r"(?:^|[\s_-])(?:nav\w*|menu\w*|foot(?:er)?\w*|crumbs?|breadcrumbs?|copyright|sidebar|side|"
    r"share\w*|toolbar|search\w*|banner|pagination|pager|related|login|qrcode|weizhi|dqwz)"
    r"(?=$|[\s_-])",
    re.IGNORECASE,
)
_SITE_LINE = re.compile(
    r"^(?:您?(?:的|现在|当前)?(?:所在|当前|现在)?的?位置|首页\s*[>＞»]|版权所有|主办单位?[:：]|"
    r"承办单位?[:：]|技术支持|网站标识码|建议使用|上一篇|下一篇|上一条|下一条|分享到|分享[:：]?$|"
    r"扫一扫|相关(?:链接|附件|文章|新闻|信息)|网站地图|联系我们|设为首页|加入收藏|无障碍|"
    r"[【\[（(]?(?:打印|关闭|字体|字号|我要纠错|返回顶部)).{0,60}$"
)
_SITE_MARK = re.compile(r"ICP备|公网安备|网站标识码|版权所有|Copyright\s*[©(]", re.IGNORECASE)
_SMALLEST = 5
"""Pixels; a digit has at least as many."""

_SMALLEST_TABLE = 100
"""Pixels of a side; four rows of print take as many. Icons and buttons have less."""

_SHORT = 120
"""Characters of a line of the site at most: half or twice as many change neither fixture."""


def tag_of(element: HtmlElement) -> str:
    """Lower-case tag; empty for comments and processing instructions."""
    return element.tag.lower() if isinstance(element.tag, str) else ""


def is_hidden(element: HtmlElement) -> bool:
    """Whether a browser shows nothing of the element."""
    tag = tag_of(element)
    if not tag or tag in _UNSEEN_TAGS or element.get("hidden") is not None:
        return True
    return is_hidden_by_style(element)


def is_hidden_by_style(element: HtmlElement) -> bool:
    """Whether the style of an element hides it."""
    return bool(_HIDDEN_STYLE.search(element.get("style") or ""))


def _is_struck(element: HtmlElement) -> bool:
    """Whether the text of an element is struck out: 8 so before 0 is no 80."""
    tag = tag_of(element)
    styled = tag not in BLOCK_TAGS and _STRUCK_STYLE.search(element.get("style") or "")
    return tag in _STRUCK_TAGS or bool(styled)


def is_unread(element: HtmlElement) -> bool:
    """Whether a browser may show something in an element that is no text of it: a picture, a
    button, what a script writes, or a number that is struck out."""
    if any((script.text or "").find("document.write") >= 0 for script in element.iter("script")):
        return True
    return any(
        one.get(UNREAD_MARK) is not None
        or (tag_of(one) == "img" and not is_hidden(one) and _is_large(one))
        or (tag_of(one) in _PICTURE_TAGS and one.get("hidden") is None)
        or (_is_struck(one) and not is_hidden(one) and any(map(str.isdecimal, one.text_content())))
        for one in element.iter()
    )


def _is_large(picture: HtmlElement) -> bool:
    """Whether a picture may show a digit; what keeps a place free is a few pixels in size."""
    return _is_as_large_as(picture, _SMALLEST)


def may_hold_table(picture: HtmlElement) -> bool:
    """Whether a picture is large enough for a table, or of a size that the page does not say."""
    return _is_as_large_as(picture, _SMALLEST_TABLE)


def _is_as_large_as(picture: HtmlElement, pixels: int) -> bool:
    sizes = [re.match(r"\s*(\d+)(?!\s*%|\d)", picture.get(at) or "") for at in ("width", "height")]
    return all(size is None or int(size[1]) >= pixels for size in sizes)


def seen_pieces(element: HtmlElement) -> Iterator[str]:
    """The text in an element as a browser flows it, with "\\n" where a line ends."""
    tag = tag_of(element)
    if tag == "textarea" and element.get("hidden") is None:
        yield element.text or ""
        return
    if is_hidden(element) or _is_struck(element):
        return
    if tag == "br":
        yield "\n"
        return
    if tag == "input":
        if (element.get("type") or "text").lower() in ("text", "number"):
            yield element.get("value") or ""
        return
    if tag == "sup" and _text_before(element)[-1:].isdigit():
        # 12 with a raised 1 behind it is not 121.
        yield element.text_content().strip().translate(RAISED_DIGITS)
        return
    block = tag in BLOCK_TAGS
    if block:
        yield "\n"
    yield flowed(element.text)
    for child in element:
        yield from seen_pieces(child)
        yield flowed(child.tail)
    if block:
        yield "\n"


def _text_before(element: HtmlElement) -> str:
    """The text right before an element, in its parent."""
    previous, parent = element.getprevious(), element.getparent()
    if previous is not None:
        return (previous.tail or str(previous.text_content())).strip()
    return (parent.text or "").strip() if parent is not None else ""


def seen_lines(element: HtmlElement) -> list[str]:
    """Lines of an element's text, collapsed, without empty ones."""
    lines = map(collapse, "".join(seen_pieces(element)).split("\n"))
    return [line for line in lines if line]


def cell_text(element: HtmlElement) -> str:
    """The text of a table cell: its lines joined, with no space between Chinese characters."""
    return join_lines(seen_lines(element))


class Weights:
    """Lengths of the visible text in elements, all of it and that in links."""

    def __init__(self, root: HtmlElement) -> None:
        self._lengths: dict[HtmlElement, tuple[int, int]] = {}
        self._measure(root, in_link=False)

    def _measure(self, element: HtmlElement, in_link: bool) -> tuple[int, int]:
        total = linked = 0
        if not is_hidden(element):
            in_link = in_link or (tag_of(element) == "a" and element.get("href") is not None)
            total = _length(element.text)
            linked = total if in_link else 0
            for child in element:
                inside, inside_links = self._measure(child, in_link)
                after = _length(child.tail)
                total += inside + after
                linked += inside_links + (after if in_link else 0)
        self._lengths[element] = total, linked
        return total, linked

    def text(self, element: HtmlElement) -> int:
        """Characters of visible text outside links."""
        total, linked = self._lengths.get(element, (0, 0))
        return total - linked

    def link_share(self, element: HtmlElement) -> float:
        total, linked = self._lengths.get(element, (0, 0))
        return linked / total if total else 0.0


def main_element(body: HtmlElement, weights: Weights) -> HtmlElement:
    """The smallest element that holds most of the page's own text: the document itself."""
    needed = 0.8 * weights.text(body)
    element = body
    while needed > 0:
        inner = next((child for child in element if weights.text(child) >= needed), None)
        # A cell or row by itself is no document, but what lies inside it may be.
        if inner is None:
            break
        element = inner
    while tag_of(element) not in BLOCK_TAGS or tag_of(element) in ("tr", "tbody", "thead", "table"):
        parent = element.getparent()
        if parent is None or element is body:
            break
        element = parent
    return element


def is_site_part(element: HtmlElement, weights: Weights, total: int) -> bool:
    """Whether an element is navigation, a footer or the like: no part of the document."""
    if weights.text(element) > 0.25 * total:
        return False
    if tag_of(element) in _SITE_TAGS or (element.get("role") or "") in ("navigation", "search"):
        return True
    if _SITE_NAME.search(f"{element.get('class') or ''} {element.get('id') or ''}"):
        return element.find(".//h1") is None and element.find(".//td") is None
    return tag_of(element) in ("ul", "ol") and weights.link_share(element) > 0.7


def is_site_line(text: str, inside_main: bool) -> bool:
    """Whether a line of text belongs to the site: where one stands, print, close, copyright."""
    if len(text) > _SHORT:
        return False
    if _SITE_LINE.match(text):
        return not inside_main or len(text) <= 40
    return not inside_main and bool(_SITE_MARK.search(text))


def _length(text: str | None) -> int:
    return sum(not char.isspace() for char in text) if text else 0
