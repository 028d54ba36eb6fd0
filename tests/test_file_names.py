"""Names of results: they do not collide, and every file system takes them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocrpipe.file_names import safe_stem, unique_output_names

ANY_TEXT = st.text(st.characters(codec=None), max_size=120)


@pytest.mark.parametrize(
    ("sources", "names"),
    [
        (["report.pdf"], ("report",)),
        (["a/report.pdf", "b/report.pdf", "report.png"], ("report", "report-2", "report-3")),
        (["a/report.pdf", "b/report.pdf", "report-2.pdf"], ("report", "report-3", "report-2")),
        (["Report.pdf", "report.PDF"], ("Report", "report-2")),
        (["café.pdf", "cafe\u0301.pdf"], ("café", "cafe\u0301-2")),
        (["年报.pdf", "年报.tiff"], ("年报", "年报-2")),
        ([], ()),
    ],
)
def test_names_of_several_sources(sources: list[str], names: tuple[str, ...]) -> None:
    assert unique_output_names(sources) == names


def test_reserved_names_are_not_given_out() -> None:
    assert unique_output_names(["a/page.html", "b/page.html"], reserved=["PAGE"]) == (
        "page-2",
        "page-3",
    )


@pytest.mark.parametrize(
    ("source", "stem"),
    [
        ("report.v1.pdf", "report.v1"),
        ("/data/x/年报 2019.pdf", "年报 2019"),
        (r"C:\filings\年报.pdf", "年报"),
        ("", "document"),
        ("..", "document"),
        ("a/..", "document"),
        ("folder/", "document"),
        (".pdf", "pdf"),
        ("...pdf", "document"),
        ("con.pdf", "_con"),
        ("LPT1.old.pdf", "_LPT1.old"),
        ("console.pdf", "console"),
        ("a\0b\n.pdf", "a_b_"),
        ("a\u202efdp.exe", "a_fdp"),
        ("what?*.pdf", "what__"),
        ("bad\udcff.pdf", "bad_"),
        ("end. .pdf", "end"),
    ],
)
def test_safe_stem(source: str, stem: str) -> None:
    assert safe_stem(source) == stem


def test_a_long_name_is_cut_between_characters() -> None:
    stem = safe_stem("政" * 100 + ".pdf")
    assert stem == "政" * 66
    first, second = unique_output_names(["政" * 100 + ".pdf", "政" * 120 + ".png"])
    assert (first, second) == ("政" * 66, "政" * 66 + "-2")


@given(st.lists(ANY_TEXT | st.sampled_from(["a/r.pdf", "R.png", "r-2.pdf", "NUL", "x" * 300])))
def test_names_are_safe_and_distinct(sources: list[str]) -> None:
    names = unique_output_names(sources)
    assert len(names) == len(sources)
    assert len({name.casefold() for name in names}) == len(sources)
    assert names == unique_output_names(list(sources))
    for name in names:
        assert 0 < len(name.encode("utf-8")) <= 205
        assert not set(name) & set('<>:"/\\|?*\0\n\r\t')
        assert name.strip(". ") == name
