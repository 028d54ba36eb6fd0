import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocrpipe.errors import UsageError
from ocrpipe.ingest.page_range import parse_page_range


@pytest.mark.parametrize(
    ("text", "pages"),
    [
        (None, (1, 2, 3, 4, 5, 6, 7, 8)),
        ("3", (3,)),
        ("2-4,7", (2, 3, 4, 7)),
        (" 7 , 2 - 4 ", (2, 3, 4, 7)),
        ("6-", (6, 7, 8)),
        ("-3", (1, 2, 3)),
        ("3,3,2-3", (2, 3)),
        ("２－４，７", (2, 3, 4, 7)),
        ("2—4、7", (2, 3, 4, 7)),
        ("2–4,", (2, 3, 4)),
    ],
)
def test_reads_what_users_write(text: str | None, pages: tuple[int, ...]) -> None:
    assert parse_page_range(text, 8) == pages


@pytest.mark.parametrize("text", ["", ",", "-", "a", "2-b", "1.5", "2--4", "4-2", "1-2-3"])
def test_nonsense_is_a_usage_error_with_a_remedy(text: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_page_range(text, 8, "report.pdf")
    assert "report.pdf" in str(caught.value)
    assert caught.value.remedy


@pytest.mark.parametrize("text", ["0", "9", "2-9", "9-", "0-3", "-9"])
def test_a_page_outside_the_file_names_how_many_there_are(text: str) -> None:
    with pytest.raises(UsageError, match="8 pages"):
        parse_page_range(text, 8)


@given(st.sets(st.integers(1, 40), min_size=1))
def test_any_choice_of_single_pages_comes_back_sorted(pages: set[int]) -> None:
    assert parse_page_range(",".join(map(str, pages)), 40) == tuple(sorted(pages))
