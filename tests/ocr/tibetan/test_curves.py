import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocrpipe.ocr.tibetan.curves import curves_through, points_of, refined


@given(
    st.tuples(st.floats(0, 400), st.floats(0, 90)),
    st.tuples(st.floats(0, 400), st.floats(0, 90)),
    st.floats(-1.7, 1.7),
)
def test_a_curve_runs_on_a_circle_from_end_to_end(
    start: tuple[float, float], end: tuple[float, float], half: float
) -> None:
    chord = float(np.hypot(end[0] - start[0], end[1] - start[1]))
    if chord < 1 or abs(half) < 0.01:
        return
    points = points_of(np.array([[*start, *end, half]]))[0]
    assert np.allclose(points[0], start, atol=1e-6)
    assert np.allclose(points[-1], end, atol=1e-6)
    radius = chord / 2 / np.sin(abs(half))
    steps = np.hypot(*np.diff(points, axis=0).T)
    assert np.allclose(steps, steps[0], atol=1e-6)
    assert np.isclose(steps.sum(), 2 * radius * abs(half), rtol=0.01)


@pytest.mark.parametrize(
    ("centre", "radius", "found"),
    [((200, 140), 100, 1), ((200, 40), 150, 2), ((200, -30), 90, 1), ((10, 40), 80, 1)],
)
def test_the_arcs_of_a_circle_are_found(centre: tuple[int, int], radius: int, found: int) -> None:
    dark = np.zeros((80, 400), np.float32)
    cv2.circle(dark, centre, radius, (1.0,), 6, cv2.LINE_AA)
    curves = [refined(dark, curve) for curve in curves_through(dark)]
    assert len(curves) >= found
    for curve in curves[:found]:
        points = points_of(curve[None])[0]
        away = np.hypot(*(points - centre).T) - radius
        assert np.abs(away).max() < 2.5


def test_through_gaps_no_curve_runs() -> None:
    dark = np.zeros((80, 400), np.float32)
    cv2.line(dark, (200, 0), (210, 79), (1.0,), 6)
    dark[40:52] = 0.0
    assert curves_through(dark) == []
