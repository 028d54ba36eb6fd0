"""A filing as a saved web page, as the content systems of government sites serve them.

What an editor pasted from Word stands nested in spans and divisions, figures in spans of another
language; around it are navigation, scripts and links that are no part of the filing.
"""

import re
from collections.abc import Iterator
from html import escape

from scripts.typeset.filing import heading_level
from scripts.typeset.forms import FormCell, FormTable
from scripts.typeset.plain_table import plain_table
from scripts.typeset.source import Filing
from scripts.typeset.truth import Truth, report_truth, table_truth

_LATIN = re.compile(r"[0-9A-Za-z][0-9A-Za-z.+%/-]*")

_PAGE = """<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN"
 "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml">
<head>
<meta http-equiv="Content-Type" content="text/html; charset=utf-8" />
<title>{title}</title>
<meta name="SiteName" content="政务公开" />
<link rel="stylesheet" type="text/css" href="css/common.css" />
<style type="text/css">
.TRS_Editor p {{ margin: 0; line-height: 2em; }}
</style>
<script type="text/javascript">
var columnName = "政府信息公开年报"; document.write("<table><tr><td>脚本里的表</td></tr></table>");
</script>
</head>
<body>
<div class="header"><div class="nav"><ul>
<li><a href="../">首页</a></li><li><a href="../zwgk/">政务公开</a></li>
<li><a href="../gknb/">公开年报</a></li></ul></div></div>
<div class="position">当前位置：<a href="../">首页</a> &gt; <a href="../zwgk/">政务公开</a> &gt;
<a href="../gknb/">公开年报</a> &gt; 正文</div>
<div class="main"><div class="article">
{metadata}<h1 class="title">{title}</h1>
<div class="content"><div id="zoom" class="TRS_Editor">
{body}
</div></div>
</div>
<div class="share"><a href="javascript:window.print()">打印</a>
<a href="javascript:window.close()">关闭</a></div>
</div>
<div class="footer"><p>主办单位：政府信息公开办公室</p><p>技术支持：信息中心</p></div>
<script type="text/javascript" src="js/jquery.min.js"></script>
</body>
</html>
"""


def web_page(filing: Filing) -> tuple[bytes, Truth]:
    """The page and its ground truth, in which nothing has a place."""
    body: list[str] = []
    blocks: list[Truth] = []
    tables: list[Truth] = []

    def table(form: FormTable) -> str:
        tables.append(table_truth(f"t{len(tables) + 1}", form, {}, {}))
        blocks.append(_block("table", "", table_id=str(tables[-1]["id"])))
        return "\n".join(_table(form))

    def text(kind: str, printed: str, level: int | None = None) -> None:
        blocks.append(_block(kind, printed, level))
        if kind != "title":
            body.append(_paragraph(printed, bold=level == 1))

    metadata = table(plain_table("metadata", filing.metadata, 0)) + "\n" if filing.metadata else ""
    text("title", "".join(filing.title))
    for paragraph in filing.introduction:
        text("text", paragraph)
    for section in filing.sections:
        text("heading", section.heading, 1)
        for paragraph in section.paragraphs:
            level = heading_level(paragraph)
            text("heading" if level else "text", paragraph, level)
        if section.table:
            body.append(f'<div align="center">\n{table(filing.table(section.table))}\n</div>')
            body.append("<p>&nbsp;</p>")
    for line in (filing.signature, filing.date_line):
        if line:
            text("text", line)
    page = _PAGE.format(
        title=escape("".join(filing.title)), metadata=metadata, body="\n".join(body)
    )
    pages = [
        {"number": 1, "width": 0.0, "height": 0.0, "rotation": 0.0, "origin": "digital",
         "blocks": blocks}
    ]  # fmt: skip
    return page.encode(), {"pages": pages, "tables": tables, "report": report_truth(filing)}


def _block(kind: str, text: str, level: int | None = None, table_id: str | None = None) -> Truth:
    language = "zh-Hans" if text else None
    return {
        "kind": kind, "bbox": None, "text": text, "language": language, "level": level,
        "table_id": table_id, "lines": [],
    }  # fmt: skip


def _paragraph(text: str, *, bold: bool = False) -> str:
    inner = _spans(text)
    if bold:
        inner = f"<strong>{inner}</strong>"
    style = "text-indent: 32.0pt; mso-char-indent-count: 2.0000"
    return (
        f'<p class="MsoNormal" style="{style}"><span style="font-family: 仿宋">{inner}</span></p>'
    )


def _spans(text: str) -> str:
    """Latin letters and figures in a span of their own, as Word writes them."""
    pieces: list[str] = []
    at = 0
    for match in _LATIN.finditer(text):
        pieces += [
            escape(text[at : match.start()]),
            f'<span lang="EN-US">{escape(match.group())}</span>',
        ]
        at = match.end()
    return "".join([*pieces, escape(text[at:])])


def _table(form: FormTable) -> Iterator[str]:
    yield '<table class="MsoNormalTable" border="1" cellspacing="0" cellpadding="0"><tbody>'
    for row in range(form.n_rows):
        yield "<tr>"
        for cell in sorted(form.cells, key=lambda cell: cell.col):
            if cell.row == row:
                yield _cell(cell)
        yield "</tr>"
    yield "</tbody></table>"


def _cell(cell: FormCell) -> str:
    spans = f' rowspan="{cell.row_span}"' if cell.row_span > 1 else ""
    spans += f' colspan="{cell.col_span}"' if cell.col_span > 1 else ""
    if cell.row_span > 9:
        # The vertical label is set two characters a line.
        parts = [cell.text[at : at + 2] for at in range(0, len(cell.text), 2)]
        inner = "".join(f'<p align="center">{escape(part)}</p>' for part in parts)
    elif cell.text:
        inner = f'<p align="center"><span style="font-size: 12px">{_spans(cell.text)}</span></p>'
    else:
        inner = "<p>&nbsp;</p>"
    return f'<td width="60"{spans} valign="middle">{inner}</td>'
