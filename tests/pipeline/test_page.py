"""What the pipeline decides between the stages."""

from ocrpipe.geometry import Box
from ocrpipe.page import Region, Ruling
from ocrpipe.pipeline.page import _outside_seals


def test_pieces_of_a_seals_ring_are_no_rulings_and_rulings_under_a_seal_are() -> None:
    seal = Region("seal", Box(100, 100, 220, 220), 1.0)
    ring, rule = Ruling(110, 120, 110, 180), Ruling(50, 150, 400, 150)
    assert _outside_seals([ring, rule], [seal]) == [rule]
