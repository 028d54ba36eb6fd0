"""Scans made from digital pages."""

import io

import numpy as np
import pymupdf
import pytest
from PIL import Image

from ocrpipe.geometry import rotate_point
from scripts.damage.scan import Damage, apply_damage, bilevel_tiff, scanned_pdf

CLEAN = Damage(noise=0, blur=0, shade=0, specks=0)


def dot(width: int = 200, height: int = 300) -> np.ndarray:
    """A white page with a dark square around (150, 60)."""
    page = np.full((height, width), 255, np.uint8)
    page[56:65, 146:155] = 0
    return page


def center_of_ink(page: np.ndarray) -> tuple[float, float]:
    rows, cols = np.nonzero(page < 128)
    return float(cols.mean()), float(rows.mean())


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
@pytest.mark.parametrize("skew", [0.0, 2.0, -3.5])
def test_the_rotation_puts_the_page_upright(turn: int, skew: float) -> None:
    damage = Damage(noise=0, blur=0, shade=0, specks=0, skew=skew, turn=turn)
    stored = apply_damage(dot(), damage)
    x, y = center_of_ink(stored)
    upright = rotate_point(x + 0.5, y + 0.5, stored.shape[1], stored.shape[0], damage.rotation)
    assert upright == pytest.approx((150.5, 60.5), abs=1.0)


def test_damage_depends_on_its_seed_alone() -> None:
    damage = Damage(seed=7)
    assert np.array_equal(apply_damage(dot(), damage), apply_damage(dot(), damage))
    assert not np.array_equal(apply_damage(dot(), damage), apply_damage(dot(), Damage(seed=8)))


def test_a_clean_scan_is_the_page() -> None:
    assert np.array_equal(apply_damage(dot(), CLEAN), dot())


def test_a_scanned_pdf_has_pictures_only_and_the_same_bytes() -> None:
    source = pymupdf.open()
    for _ in range(2):
        source.new_page(width=100, height=150).insert_text((20, 50), "12")
    damages = [Damage(seed=1), Damage(seed=2, turn=90)]
    data = scanned_pdf(source, damages)
    assert data == scanned_pdf(source, damages)
    with pymupdf.open("pdf", data) as scans:
        assert [page.get_text() for page in scans] == ["", ""]
        assert [tuple(page.rect)[2:] for page in scans] == [(100, 150), (150, 100)]


def test_a_tiff_keeps_its_pages_and_resolution() -> None:
    with Image.open(io.BytesIO(bilevel_tiff([dot(), dot()], 200))) as tiff:
        assert (getattr(tiff, "n_frames", 1), tiff.mode) == (2, "1")
        assert tiff.info["dpi"] == (200, 200)
