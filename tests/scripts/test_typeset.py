"""The typesetter, with the typefaces that PyMuPDF carries itself."""

from pathlib import Path

import pymupdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocrpipe.document import Table
from scripts.typeset import fonts
from scripts.typeset.filing import save_pdf, typeset
from scripts.typeset.fonts import FontFile, FontMissingError, font_path
from scripts.typeset.forms import (
    APPLICANTS,
    OUTCOMES,
    PROACTIVE,
    REVIEW_KINDS,
    Edition,
    FormTable,
    application_keys,
    applications_table,
    proactive_table,
    reviews_table,
)
from scripts.typeset.page import PAGE_HEIGHT, Flow, Style, join_lines
from scripts.typeset.plain_json import dumps
from scripts.typeset.plain_table import plain_table
from scripts.typeset.source import Filing, SourceSection
from scripts.typeset.table import TableLayout, set_table
from scripts.typeset.text import NO_LINE_END, NO_LINE_START, Face, wrap
from scripts.typeset.truth import figure_truth, table_truth

FACE = Face("droid")
STYLE = Style(body=FACE, heading=FACE, title=FACE, row_height=40)
EDITIONS: tuple[Edition, ...] = ("2019", "2021")


def figures(edition: Edition) -> dict[str, str]:
    paths = [
        f"proactive/{article.label}/{item}/{key}"
        for article in PROACTIVE[edition]
        for item in article.items
        for key, _ in article.heads
    ]
    paths += [
        f"applications/{row}/{col}" for row in application_keys(edition) for col in APPLICANTS
    ]
    paths += [f"reviews/{kind}/{outcome}" for kind in REVIEW_KINDS for outcome in OUTCOMES]
    return {path: str(index) for index, path in enumerate(paths)}


def tables(edition: Edition) -> tuple[FormTable, ...]:
    values = figures(edition)
    return (
        proactive_table(edition, values, {}),
        applications_table(edition, values, {}),
        reviews_table(values),
    )


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_form_tiles_its_grid(edition: Edition) -> None:
    for form in tables(edition):
        Table.model_validate(table_truth("t1", form, {}, {}))


@pytest.mark.parametrize(("edition", "rows", "span"), [("2019", 23, 20), ("2021", 25, 22)])
def test_section_three_has_the_rows_of_its_edition(edition: Edition, rows: int, span: int) -> None:
    form = tables(edition)[1]
    assert (form.n_rows, form.n_cols) == (3 + rows, 10)
    label = next(cell for cell in form.cells if cell.text == "三、本年度办理结果")
    assert (label.row_span, label.col_span) == (span, 1)
    assert sum(1 for cell in form.cells if cell.role == "figure") == 7 * rows


def test_every_figure_has_one_cell() -> None:
    for edition in EDITIONS:
        paths = [cell.path for form in tables(edition) for cell in form.cells if cell.path]
        assert sorted(paths) == sorted(figures(edition))


def test_columns_can_be_left_out() -> None:
    columns = ("natural_person", "company", "total")
    form = applications_table("2019", figures("2019"), {}, columns)
    Table.model_validate(table_truth("t1", form, {}, {}))
    assert form.n_cols == 6
    assert "法律服务机构" not in [cell.text for cell in form.cells]


@given(
    st.text(st.sampled_from("政府信息公开，。、（）《》“”2019 abc"), max_size=80),
    st.floats(40, 200),
    st.booleans(),
)
def test_wrapping_loses_nothing_and_keeps_the_width(text: str, width: float, strict: bool) -> None:
    lines = wrap(text, FACE, 10, width, strict=strict)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    for line in lines:
        assert FACE.width(line, 10) <= width + 0.02 or len(line) == 1


def test_punctuation_keeps_to_its_side_of_a_break() -> None:
    text = "按照“谁主管、谁负责”的原则，（一）公开《条例》，办理申请。" * 4
    for width in range(60, 160, 7):
        lines = wrap(text, FACE, 10, width)
        assert not any(line[0] in NO_LINE_START for line in lines)
        assert not any(line[-1] in NO_LINE_END for line in lines)


def test_a_number_is_not_broken() -> None:
    assert any("123456" in line for line in wrap("共计123456件", FACE, 10, 45))


def test_lines_are_joined_with_a_space_only_between_latin_words() -> None:
    assert join_lines(["政府信息", "公开open", "data条例"]) == "政府信息公开open data条例"


def test_a_table_over_pages_keeps_each_cells_places() -> None:
    flow = Flow(STYLE)
    form = tables("2019")[1]
    layout = TableLayout((1, 2, 4, *(1,) * 7), break_after=(9,), repeat_header=True)
    placed = set_table(flow, form, layout)
    assert flow.page >= 2
    by_text = {cell.text: places for cell, places in placed.places.items()}
    assert [page for page, _ in by_text["三、本年度办理结果"]] == list(range(1, flow.page + 1))
    assert [
        page for page, _ in by_text["（二）部分公开（区分处理的，只计这一情形，不计其他情形）"]
    ] == [1]
    # The header that is printed again is not a second place of the header's cells.
    assert [page for page, _ in by_text["申请人情况"]] == [1]
    for places in placed.places.values():
        assert all(box.y1 <= PAGE_HEIGHT - STYLE.margins[3] + 0.02 for _, box in places)


def test_a_label_is_split_over_a_break() -> None:
    flow = Flow(STYLE)
    form = plain_table("p", [["甲乙", "1"], ["^", "2"]], 0)
    set_table(flow, form, TableLayout((1, 1), break_after=(0,), split_labels={"": 1}))
    texts = [page.get_text().split() for page in flow.document]
    assert texts == [["甲", "1"], ["乙", "2"]]


def test_text_that_does_not_fit_the_typeface_is_an_error() -> None:
    with pytest.raises(ValueError, match="lacks"):
        Flow(STYLE).draw_line(0, 0, "ཀ", FACE, 10)


def test_a_filing_is_the_same_bytes_every_time() -> None:
    filing = Filing(
        name="a", title=("某局2022年报告",), organization="某局", year=2022, edition="2021",
        sections=(SourceSection("一、", ("正文。",)), SourceSection("二、", (), "proactive")),
        style=STYLE, figures=figures("2021"), signature="某局", date_line="2023年1月1日",
    )  # fmt: skip
    data = save_pdf(typeset(filing))
    assert data == save_pdf(typeset(filing))
    with pymupdf.open("pdf", data) as document:
        assert "本年收费金额" in document[0].get_text()


def test_a_missing_typeface_names_its_package(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(fonts, "_FONTS", tmp_path)
    monkeypatch.setitem(fonts.FONT_FILES, "song", FontFile("song.ttf", "fonts-song"))
    with pytest.raises(FontMissingError, match=r"apt-get install .*fonts-song"):
        font_path("song")


def test_plain_tables_must_be_rectangles() -> None:
    assert len(plain_table("p", [["a", "<"], ["b", "c"]], 1).cells) == 3
    with pytest.raises(ValueError, match="unequal"):
        plain_table("p", [["a"], ["b", "c"]], 0)
    with pytest.raises(ValueError, match="rectangles"):
        plain_table("p", [["a", "b"], ["<", "c"]], 0)


def test_figures_are_read_as_printed() -> None:
    assert figure_truth("+15") == {"value": 15, "raw": "+15", "state": "printed"}
    assert figure_truth("1284.56")["value"] == 1284.56
    assert figure_truth("") == {"value": None, "raw": "", "state": "blank"}


def test_json_puts_what_fits_on_a_line() -> None:
    assert dumps({"a": [1, 2]}) == '{"a": [1, 2]}'
    long = dumps({"a": ["x" * 100, "y" * 100]})
    assert len(long.splitlines()) == 6
