import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from ocrpipe.ocr.lines.merging import merged_pieces, neighbours
from ocrpipe.ocr.port import TextQuad


def level(x: float, y: float, width: float, height: float) -> TextQuad:
    corners = [(x, y), (x + width, y), (x + width, y + height), (x, y + height)]
    return TextQuad(np.array(corners, np.float64), 0.9)


def test_two_pieces_of_a_line_are_neighbours_and_become_one() -> None:
    pieces = [level(10, 10, 100, 20), level(115, 11, 80, 20), level(10, 60, 100, 20)]
    assert neighbours(pieces).tolist() == [True, True, False]
    assert [quad.points[1, 0] for quad in merged_pieces(pieces)] == [195, 110]


def test_no_lines_have_no_neighbours() -> None:
    assert neighbours([]).tolist() == []


@given(
    st.lists(
        st.builds(
            level,
            st.integers(0, 300),
            st.sampled_from([0, 3, 6, 30]),
            st.integers(5, 120),
            st.sampled_from([10, 12, 16, 24]),
        ),
        max_size=8,
    )
)
def test_a_line_without_neighbours_is_left_as_it_is(quads: list[TextQuad]) -> None:
    merged = merged_pieces(quads)
    for quad, near in zip(quads, neighbours(quads), strict=True):
        assert near or any(line is quad for line in merged)
