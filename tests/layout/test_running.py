from ocrpipe.document import Block, BlockKind, Page
from ocrpipe.geometry import Box
from ocrpipe.layout.running import mark_running


def page(number: int, *blocks: tuple[BlockKind, str, float]) -> Page:
    return Page(
        number=number, width=595, height=842, rotation=0, origin="scanned",
        blocks=tuple(
            Block(
                id=f"p{number}-b{count}", kind=kind, bbox=Box(80, y, 500, y + 12), text=text,
                language="zh-Hans", confidence=1,
            )
            for count, (kind, text, y) in enumerate(blocks, start=1)
        ),
    )  # fmt: skip


def kinds(pages: tuple[Page, ...]) -> list[list[str]]:
    return [[block.kind for block in one.blocks] for one in pages]


def test_lines_that_repeat_at_the_edge_are_headers_and_footers() -> None:
    pages = [
        page(number, ("text", "某某公司 年度报告", 60), ("text", f"正文{number}", 300),
             ("text", f"内部资料 第{number}版", 780))
        for number in (1, 2, 3)
    ]  # fmt: skip
    assert kinds(mark_running(pages)) == [["header", "text", "footer"]] * 3


def test_numbers_that_count_up_are_page_numbers() -> None:
    pages = [page(number, ("text", "正文", 300), ("text", f"{number + 4}", 750))
             for number in (1, 2, 3)]  # fmt: skip
    assert kinds(mark_running(pages)) == [["text", "page_number"]] * 3


def test_a_mark_at_the_place_of_the_other_numbers_is_a_misread_one() -> None:
    pages = [page(number, ("text", "正文", 300), ("text", text, 760))
             for number, text in enumerate(("!", "2", "3"), 1)]  # fmt: skip
    assert kinds(mark_running(pages)) == [["text", "page_number"]] * 3


def test_a_line_that_was_not_read_at_the_place_of_the_other_numbers_is_one() -> None:
    pages = [page(number, ("text", "正文", 300), ("text", text, 760))
             for number, text in enumerate(("—1—", "", "—3—"), 1)]  # fmt: skip
    assert kinds(mark_running(pages)) == [["text", "page_number"]] * 3


def test_what_reads_like_the_number_that_is_due_is_a_misread_one() -> None:
    for misread in ("第1页1", "弟1页", "第l页"):
        pages = [page(1, ("text", "正文", 300), ("text", misread, 760)),
                 page(2, ("text", "正文", 300), ("page_number", "第2页", 760))]  # fmt: skip
        assert kinds(mark_running(pages)) == [["text", "page_number"]] * 2


def test_a_line_that_was_not_read_is_left_where_no_page_is_numbered() -> None:
    pages = [page(number, ("text", "正文", 300), ("text", "", 760)) for number in (1, 2, 3)]
    assert kinds(mark_running(pages)) == [["text", "text"]] * 3


def test_a_word_at_the_place_of_the_other_numbers_is_left() -> None:
    pages = [page(number, ("text", "正文", 300), ("text", text, 760))
             for number, text in enumerate(("完", "2", "3"), 1)]  # fmt: skip
    assert kinds(mark_running(pages))[0] == ["text", "text"]


def test_numbers_that_do_not_count_up_are_left() -> None:
    pages = [page(number, ("text", "正文", 300), ("text", text, 750))
             for number, text in ((1, "14"), (2, "3"))]  # fmt: skip
    assert kinds(mark_running(pages)) == [["text", "text"]] * 2


def test_numbers_between_dashes_count_up_at_any_height_below_the_rest() -> None:
    pages = [page(number, ("text", "正文", 300), ("title", f"- {number} -", y))
             for number, y in ((1, 790), (2, 720), (3, 640))]  # fmt: skip
    assert kinds(mark_running(pages)) == [["text", "page_number"]] * 3


def test_bare_numbers_that_count_up_at_other_heights_are_left() -> None:
    pages = [page(number, ("text", "正文", 300), ("text", text, y))
             for number, text, y in ((1, "1", 790), (2, "2", 640))]  # fmt: skip
    assert kinds(mark_running(pages)) == [["text", "text"]] * 2


def test_numbers_between_dashes_that_text_follows_are_left() -> None:
    pages = [page(number, ("text", f"- {number} -", 640), ("text", text, 700))
             for number, text in ((1, "甲"), (2, "正文"))]  # fmt: skip
    assert kinds(mark_running(pages)) == [["text", "text"]] * 2


def test_what_repeats_further_in_is_left() -> None:
    pages = [
        page(number, ("text", f"表{name}", 74), ("text", "单位：万元", 90), ("text", "注", 300))
        for number, name in ((1, "甲"), (2, "乙"))
    ]
    assert kinds(mark_running(pages)) == [["text", "text", "text"]] * 2


def test_a_single_page_and_a_page_without_paper_are_left() -> None:
    alone = (page(1, ("text", "某某公司", 60)),)
    assert mark_running(alone) == alone
    web = Page(number=1, width=0, height=0, rotation=0, origin="digital", blocks=())
    assert mark_running([web, web]) == (web, web)
