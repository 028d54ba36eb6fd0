"""Hostile web pages by name, each made when it is asked for."""

from collections.abc import Callable

TEXT = "<p>某某局2023年政府信息公开工作年度报告，本年共收到申请12件。</p>"
FRAME = "<tr><td>甲</td><td>12</td></tr><tr><td>乙</td><td>7</td></tr>"


def page(body: str, head: str = "") -> bytes:
    return f"<!DOCTYPE html><html><head>{head}</head><body>{TEXT}{body}</body></html>".encode()


def nested(tag: str, depth: int) -> bytes:
    return page(f"<{tag}>" * depth + "深处" + f"</{tag}>" * depth)


def tables(depth: int) -> bytes:
    return page("<table><tr><td>a</td><td>" * depth + "b" + "</td></tr></table>" * depth)


def archive(content_type: str, body: bytes) -> bytes:
    head = b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\n"
    return head + content_type.encode() + b"\r\n\r\n" + body + b"\r\n--b--\r\n"


def nested_archive(depth: int) -> bytes:
    parts = "".join(
        f"--b{level}\r\nContent-Type: multipart/related; boundary=b{level + 1}\r\n\r\n"
        for level in range(depth)
    )
    head = "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b0\r\n\r\n"
    return (head + parts).encode()


ENTITIES = "".join(
    f'<!ENTITY a{level} "{f"&a{level - 1};" * 10 if level else "lol"}">' for level in range(10)
)
OUTSIDE = (
    '<link rel="stylesheet" href="http://127.0.0.1:00009/a.css"><img src="http://127.0.0.1:00009/a.png">'
    '<img src="file:///etc/passwd"><iframe src="file:///etc/passwd"></iframe>'
    '<object data="http://127.0.0.1:00009/"></object><base href="http://127.0.0.1:00009/">'
    '<script src="http://127.0.0.1:00009/a.js"></script>'
    '<meta http-equiv="refresh" content="0;url=//x">'
    '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd"/>'
)

WEB_PAGES: dict[str, Callable[[], bytes]] = {
    "deep-div": lambda: nested("div", 10_000),
    "deep-span": lambda: nested("span", 10_000),
    "deep-font": lambda: nested("font", 3_000),
    "deep-list": lambda: nested("ul><li", 3_000),
    "deep-unclosed": lambda: page("<div>" * 100_000 + "深"),
    "deep-paragraphs": lambda: page("<b><p>" * 5_000 + "深"),
    "tables-in-tables": lambda: tables(40),
    "tables-in-tables-deep": lambda: tables(2_000),
    "span-of-rows": lambda: page(f'<table><tr><td rowspan="1000000000">a</td></tr>{FRAME}</table>'),
    "span-of-columns": lambda: page(
        f'<table><tr><td colspan="1000000000">a</td></tr>{FRAME}</table>'
    ),
    "spans-of-both": lambda: page(
        "<table>" + '<tr><td colspan="1000" rowspan="65534">a</td></tr>' * 300 + "</table>"
    ),
    "spans-of-many": lambda: page(
        "<table>" + '<tr><td colspan="1000">a</td><td>b</td></tr>' * 5_000 + "</table>"
    ),
    "span-odd": lambda: page(
        '<table><tr><td colspan="-1" rowspan="１２">a</td>'
        f'<td colspan="٣">b</td></tr>{FRAME}</table>'
    ),
    "span-digits": lambda: page(
        f'<table><tr><td colspan="{"9" * 50_000}">a</td></tr>{FRAME}</table>'
    ),
    "rows-many": lambda: page("<table>" + "<tr><td>a</td><td>1</td></tr>" * 5_000 + "</table>"),
    "cells-many": lambda: page("<table><tr>" + "<td>1</td>" * 17_000 + "</tr></table>"),
    "tables-many": lambda: page(f"<table>{FRAME}</table>" * 500),
    "tables-in-one-many": lambda: page(
        "<table><tr><td>" + f"<table>{FRAME}</table>" * 2_000 + "</td><td>b</td></tr></table>"
    ),
    "elements-many": lambda: page("<i>a</i>" * 100_000),
    "paragraphs-many": lambda: page("<p>a段落</p>" * 5_000),
    "attributes-many": lambda: page(
        "<p " + " ".join(f"a{number}=b" for number in range(50_000)) + ">长</p>"
    ),
    "attribute-long": lambda: page(f'<p class="{"nav " * 500_000}">长</p>'),
    "text-long": lambda: page(f"<p hidden>{'long' * 2_600_000}</p>{TEXT}"),
    "spaces-long": lambda: page("<p>a" + " \u3000" * 1_000_000 + "b</p>"),
    "style-long": lambda: page(f'<p style="{"display : " * 100_000}">长</p>'),
    "tag-unclosed": lambda: page("<" * 200_000),
    "comment-unclosed": lambda: page("<!--" * 50_000),
    "entities": (
        f"<!DOCTYPE html [{ENTITIES}]><html><body>{TEXT}&a9;</body></html>"
    ).encode,
    "entities-of-xml": (
        f'<?xml version="1.0"?><!DOCTYPE html [{ENTITIES}]><html>'
        f"<body>{TEXT}<p>&a9;</p></body></html>"
    ).encode,
    "entity-of-file": (
        '<?xml version="1.0"?><!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
        f"<html><body>{TEXT}<p>&x;</p></body></html>"
    ).encode,
    "entity-of-address": (
        '<?xml version="1.0"?><!DOCTYPE html SYSTEM "http://127.0.0.1:00009/x.dtd" '
        '[<!ENTITY % x SYSTEM "http://127.0.0.1:00009/y.dtd">%x;]>'
        f"<html><body>{TEXT}</body></html>"
    ).encode,
    "references": lambda: page(
        "<p>&#0;&#xD800;&#x110000;&#99999999999;&#xFFFE;&nosuch;&#x202E;</p>"
    ),
    "outside": lambda: page(OUTSIDE, OUTSIDE),
    **{
        f"charset-{name}": lambda name=name: page("", f'<meta charset="{name}">') + b"\xff\xfe\x81"
        for name in (
            "hex", "base64", "zlib", "rot13", "idna", "punycode", "undefined", "unicode_escape",
            "utf-7", "mbcs", "utf-16", "a" * 60, "..", "utf-32",
        )
    },
    "marks-of-utf-16": lambda: b"\xff\xfe<\0h\0t\0m\0l\0>\0" + b"\xd8" * 999,
    "archive-empty": lambda: archive("Content-Type: text/html", b""),
    "archive-code": lambda: archive(
        "Content-Type: text/html\r\nContent-Transfer-Encoding: base64", b"####" * 999
    ),
    "archive-strange": lambda: archive(
        "Content-Type: text/html; charset=\xff\r\nContent-Transfer-Encoding: x-uuencode", page("")
    ),
    "archive-deep": lambda: nested_archive(2_000),
    "archive-header-long": lambda: archive(
        "Content-Type: text/html; " + "a=b; " * 20_000, page("")
    ),
    "empty-body": lambda: b"<html><body></body></html>",
    "only-scripts": lambda: b"<html><body><script>document.write('a')</script></body></html>",
}  # fmt: skip
