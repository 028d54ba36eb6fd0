import pytest

from ocrpipe.document import Block, Document
from ocrpipe.errors import UnreadableInputError
from ocrpipe.ingest.web.encoding import decode_html
from ocrpipe.ingest.web.source import read_html
from ocrpipe.ingest.web.text import collapse

ARTICLE = """
<p>　　一、总体情况</p>
<p>　　2023年，按照
《政府信息公开条例》的要求，我局认真做好各项工作，主动公开政府信息四十二条，全年没有发生因此引起的争议。<br>
&emsp;&emsp;1.网站情况。备案号:陕ICP备12008651，由我局主办，全年访问三万次，内容更新及时，无安全事故。</p>
<p>二、主动公开政府信息情况</p>
<table><tr><td colspan="2">第二十条第（一）项</td></tr><tr><td>规章</td><td>0</td></tr></table>
<p>（一）存在的问题</p><p>无。</p>
"""


def page(body: str, title: str = "某局2023年政府信息公开工作年度报告-某市人民政府") -> str:
    return f"<html><head><title>{title}</title></head><body>{body}</body></html>"


def read(html: str) -> Document:
    return read_html(html.encode(), "a.html")


def blocks(html: str) -> list[Block]:
    return list(read(html).pages[0].blocks)


def texts(html: str) -> list[str]:
    return [block.text for block in blocks(html) if block.kind != "table"]


def test_a_page_becomes_one_digital_page_without_boxes() -> None:
    document = read(page(ARTICLE))
    assert document.source.media_type == "text/html"
    (only,) = document.pages
    assert (only.number, only.width, only.height, only.origin) == (1, 0, 0, "digital")
    assert {block.bbox for block in only.blocks} == {None}
    assert [block.id for block in only.blocks] == [f"p1-b{n + 1}" for n in range(len(only.blocks))]
    assert Document.model_validate_json(document.model_dump_json()) == document


def test_blocks_stand_in_order_with_kinds_and_levels() -> None:
    found = [(block.kind, block.level, block.text[:6]) for block in blocks(page(ARTICLE))]
    assert found == [
        ("heading", 1, "一、总体情况"),
        ("text", None, "2023年，"),
        ("text", None, "1.网站情况"),
        ("heading", 1, "二、主动公开"),
        ("table", None, ""),
        ("heading", 2, "（一）存在的"),
        ("text", None, "无。"),
    ]


def test_a_table_is_named_by_the_line_above_it() -> None:
    document = read(page(ARTICLE))
    (table,) = document.tables
    assert table.caption == "二、主动公开政府信息情况"
    assert [b.table_id for b in document.pages[0].blocks if b.kind == "table"] == [table.id]


def test_source_line_breaks_leave_no_space_between_chinese() -> None:
    assert texts(page(ARTICLE))[1].startswith("2023年，按照《政府信息公开条例》的要求")


def test_the_title_is_found_though_its_lines_are_broken() -> None:
    (title,) = [b for b in blocks(page(f"<h1>某局<br>2023年政府信息公开工作年度报告</h1>{ARTICLE}"))
                if b.kind == "title"]  # fmt: skip
    assert title.text == "某局2023年政府信息公开工作年度报告"


def test_the_title_is_found_by_the_page_title_without_a_heading_tag() -> None:
    html = page(f"<div>某局2023年政府信息公开工作年度报告</div>{ARTICLE}")
    assert blocks(html)[0].kind == "title"


def test_what_belongs_to_the_site_is_left_out_and_metadata_kept() -> None:
    html = page(f"""
        <ul class="nav"><li><a href="/">首页</a></li><li><a href="/x">政务公开</a></li></ul>
        <div>当前位置：<a href="/">首页</a> &gt; 正文</div>
        <table><tr><td>索引号</td><td>AKT001</td></tr><tr><td>发文单位</td><td>某局</td></tr></table>
        <div>发布时间：2024-01-13 浏览次数：</div><div>【字体：大 中 小】</div>
        <div class="content">{ARTICLE * 3}</div>
        <script>document.write("脚本")</script><p style="display:none">隐藏</p>
        <div class="footer">主办单位：某市人民政府 陕ICP备1号</div><p>版权所有 某市人民政府</p>
    """)
    document = read(html)
    found = " ".join(texts(html))
    for kept in ("发布时间：2024-01-13", "一、总体情况", "陕ICP备12008651"):
        assert kept in found
    for dropped in ("首页", "政务公开", "字体", "脚本", "隐藏", "版权所有", "主办单位"):
        assert dropped not in found
    assert [cell.text for cell in document.tables[0].cells] == [
        "索引号",
        "AKT001",
        "发文单位",
        "某局",
    ]


def test_a_table_that_lays_out_the_page_is_taken_apart() -> None:
    html = page(
        f"<table><tr><td>某局2023年政府信息公开工作年度报告</td></tr>"
        f"<tr><td><table><tr><td>{ARTICLE}</td></tr></table></td></tr></table>"
    )
    document = read(html)
    assert [(table.n_rows, table.n_cols) for table in document.tables] == [(2, 2)]
    assert "一、总体情况" in texts(html)


def test_a_small_table_inside_a_cell_leaves_the_outer_one_a_table() -> None:
    rows = "".join(f"<tr><td>第{n}项内容说明</td><td>{n}</td></tr>" for n in range(8))
    html = page(
        f"<table>{rows}<tr><td><table><tr><td>小计</td></tr></table></td><td>28</td></tr></table>"
    )
    (table,) = read(html).tables
    assert (table.n_rows, table.n_cols) == (9, 2)
    assert "小计" in [cell.text for cell in table.cells]


def test_a_table_with_a_table_around_the_text_of_each_cell_is_one() -> None:
    cell = "<td><table><tr><td>{}</td></tr></table></td>"
    row = "<tr>" + "".join(cell.format(text) for text in ("线路", "首班车", "末班车")) + "</tr>"
    (table,) = read(page(f"<p>时刻表</p><table>{row * 3}</table>")).tables
    assert (table.n_rows, table.n_cols) == (3, 3)
    assert [cell.text for cell in table.cells[:3]] == ["线路", "首班车", "末班车"]


def test_text_between_inline_elements_stays_one_block() -> None:
    assert texts(page("<p>全年<b>公开</b>信息<span>四十二</span>条。</p>")) == [
        "全年公开信息四十二条。"
    ]


def test_paragraphs_inside_a_span_are_blocks() -> None:
    assert texts(page("<span><p>第一段文字。</p><p>第二段文字。</p></span>")) == [
        "第一段文字。",
        "第二段文字。",
    ]


@pytest.mark.parametrize("body", ["", "<script>x</script>", "<div> &nbsp; </div>"])
def test_a_page_without_text_is_refused_with_a_remedy(body: str) -> None:
    with pytest.raises(UnreadableInputError, match=r"a\.html"):
        read(page(body))


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("utf-8", "utf-8"), ("gb2312", "gb18030"), ("GBK", "gb18030"), ("big5", "big5"),
        (None, "gb18030"), (None, "utf-8"), (None, "utf-8-sig"), (None, "utf-16"),
        ("gb2312", "utf-8"), ("utf-8", "gb18030"), ("utf-8", "utf-16-le"), (None, "utf-16-be"),
        ("nonsense", "gb18030"), (None, "big5"),
    ],
)  # fmt: skip
def test_the_encoding_is_found(declared: str | None, encoding: str) -> None:
    text = "主要工作概要，共公布三件。" * 10
    meta = f'<meta charset="{declared}">' if declared else ""
    assert text in decode_html(f"<html>{meta}<p>{text}</p></html>".encode(encoding))


@pytest.mark.parametrize("declared", ["iso-8859-1", "windows-1252", "us-ascii"])
def test_chinese_text_under_a_western_declaration_is_chinese(declared: str) -> None:
    """All figures of a page were lost: the server's header had said better."""
    meta = f'<meta charset="{declared}">'
    assert "信息公开" in decode_html((meta + "信息公开" * 20).encode("gb18030"))
    french = meta + "<p>La santé était tombée à zéro, naïve et forcée, où ça manquait été. É</p>"
    if declared != "us-ascii":
        assert decode_html(french.encode("cp1252")) == french


def test_a_page_cut_off_inside_a_character_keeps_its_encoding() -> None:
    data = ("<p>" + "信息公开" * 100).encode()[:-1]
    assert "信息公开信息公" in decode_html(data)


def test_a_web_archive_is_unpacked() -> None:
    archive = (
        b"From: <Saved by Blink>\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/related; type="text/html"; boundary="XX"\r\n\r\n'
        b"--XX\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
        b"<html><body><p>=E6=80=BB=E4=BD=93=E6=83=85=E5=86=B5</p></body></html>\r\n--XX--\r\n"
    )
    document = read_html(archive, "a.mhtml")
    assert document.pages[0].blocks[0].text == "总体情况"


def test_of_a_web_archive_with_frames_the_page_with_tables_is_read() -> None:
    parts = (
        "<p>2023年年报</p><iframe src=cid:f1></iframe>",
        "<table><tr><td>申请<td>7<tr><td>答复<td>6</table>",
        "<p>广告</p>",
    )
    archive = "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=XX\r\n\r\n"
    for part in parts:
        archive += f"--XX\r\nContent-Type: text/html\r\n\r\n{part}\r\n"
    document = read_html(f"{archive}--XX--\r\n".encode(), "a.mhtml")
    assert [cell.text for cell in document.tables[0].cells] == ["申请", "7", "答复", "6"]


def test_a_page_of_frames_alone_says_which_files_to_convert() -> None:
    with pytest.raises(UnreadableInputError, match="frames"):
        read('<html><head></head><frameset cols="2,8"><frame src="a.html"></frameset></html>')


def test_pictures_that_may_be_tables_are_named() -> None:
    """Nothing said that they were not read."""
    pictures = (
        '<p><img src="a_files/表1.png"><img src="icon.gif" width=16 height=16>'
        '<img src="data:image/png;base64,AAAA" width="100%">'
        '<img src=b.png style="display:none"></p>'
    )
    (issue,) = read(page(ARTICLE + pictures)).issues
    assert (issue.code, issue.severity) == ("picture.unread", "info")
    assert issue.message == "pictures were not read: 2 (表1.png)"
    with pytest.raises(UnreadableInputError, match="convert those"):
        read(page('<img src="a_files/1.png">'))


@pytest.mark.parametrize(
    ("given", "seen"),
    [
        ("  一、\n  总体 ", "一、总体"),
        ("annual \n report", "annual report"),
        ("　　段落", "段落"),
        ("索\u00a0\u00a0引\u00a0\u00a0号", "索 引 号"),
        ("文　　号", "文\u3000号"),
        ("共 42 条", "共42条"),
        ("a\u200bb", "ab"),
        ("1\u206016", "116"),
        ("2\u00ad4", "24"),
        ("\u2060", ""),
    ],
)
def test_white_space_is_what_a_browser_shows(given: str, seen: str) -> None:
    assert collapse(given) == seen


def test_text_behind_ten_million_characters_is_not_lost() -> None:
    assert texts(page(f"<p hidden>{'long' * 2_600_000}</p><p>其后的文字在此</p>")) == [
        "其后的文字在此"
    ]


@pytest.mark.parametrize("tag", ["div", "span", "font"])
def test_what_lies_too_deep_is_refused_and_not_lost(tag: str) -> None:
    assert texts(page(f"<{tag}>" * 150 + "深处的文字在此")) == ["深处的文字在此"]
    with pytest.raises(UnreadableInputError, match="deep"):
        read(page(f"<{tag}>" * 300 + "深处的文字在此"))


def test_a_table_too_large_for_memory_is_left_out_with_an_issue() -> None:
    rows = '<tr><td colspan="1000" rowspan="65534">甲</td></tr>' * 300
    document = read(page(f"<p>表格之前的文字</p><table>{rows}</table>"))
    assert [issue.code for issue in document.issues] == ["table.incomplete"]
    assert document.tables == ()


@pytest.mark.parametrize("charset", ["hex", "idna", "undefined", "punycode", "unicode_escape"])
def test_a_codec_that_is_no_charset_is_not_believed(charset: str) -> None:
    html = f'<html><meta charset="{charset}"><p>其中的文字\\n</p>'.encode("gb18030")
    assert read_html(html, "a.html").pages[0].blocks[0].text == "其中的文字\\n"


def test_a_tag_of_thousands_of_attributes_is_read_without_them() -> None:
    attributes = " ".join(f"a{number}=b" for number in range(20_000))
    assert texts(page(f"<p {attributes}>其中的文字</p>")) == ["其中的文字"]


def test_many_tables_in_one_cell_are_read_in_linear_time() -> None:
    inner = "<table><tr><td>甲</td><td>1</td></tr></table>" * 1000
    assert len(read(page(f"<table><tr><td>{inner}</td><td>2</td></tr></table>")).tables) == 1000
