import unicodedata
from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from ocrpipe.ocr.tibetan.recognizer import LINE_HEIGHT, Look, TibetanRecognizer, padded, prepare

LINES = Path(__file__).parent / "tibetan_lines"
TRUTH = dict(
    line.split("\t") for line in (LINES / "truth.tsv").read_text(encoding="utf-8").splitlines()
)


@pytest.fixture(scope="module")
def recognizer() -> TibetanRecognizer:
    return TibetanRecognizer()


def picture(name: str) -> NDArray[np.uint8]:
    found = cv2.imread(str(LINES / f"{name}.png"))
    assert found is not None
    return np.asarray(found, dtype=np.uint8)


@pytest.mark.parametrize("name", TRUTH)
def test_a_scanned_line_is_read_without_an_error(recognizer: TibetanRecognizer, name: str) -> None:
    (reading,) = recognizer.recognize([picture(name)])
    assert reading.text == TRUTH[name]
    assert reading.confidence > 0.9
    assert len(reading.character_confidences) == len(reading.text)


def stamped(line: NDArray[np.uint8], shade: float) -> NDArray[np.uint8]:
    """A line with the ring of a stamp over its middle, as dark as its print or darker."""
    height, width = line.shape[:2]
    ring = np.ones((height, width, 1), dtype=np.float32)
    centre = (width // 2, round(1.6 * height))
    cv2.circle(ring, centre, round(1.5 * height), (shade,), height // 9, cv2.LINE_AA)
    soft = cv2.GaussianBlur(ring, (0, 0), 0.8).reshape(height, width, 1)
    return np.asarray(line * soft, dtype=np.uint8)


@pytest.mark.parametrize("shade", [0.35, 0.5])
@pytest.mark.parametrize("name", TRUTH)
def test_a_line_below_a_dark_stamp_is_read_without_an_error(
    recognizer: TibetanRecognizer, name: str, shade: float
) -> None:
    (reading,) = recognizer.recognize([stamped(picture(name), shade)])
    assert reading.text == TRUTH[name]


def test_an_answer_does_not_depend_on_the_company(recognizer: TibetanRecognizer) -> None:
    crops = [picture(name) for name in TRUTH]
    together = recognizer.recognize(crops)
    assert together == tuple(recognizer.recognize([crop])[0] for crop in crops)
    assert recognizer.recognize(crops[::-1]) == together[::-1]


def test_texts_are_nfc_and_keep_their_tsheg(recognizer: TibetanRecognizer) -> None:
    for reading in recognizer.recognize([picture(name) for name in TRUTH]):
        assert unicodedata.normalize("NFC", reading.text) == reading.text
        assert "་" in reading.text


def test_grey_and_colour_pictures_of_black_print_read_alike(
    recognizer: TibetanRecognizer,
) -> None:
    colour = picture("ddc")
    grey = np.asarray(cv2.cvtColor(colour, cv2.COLOR_BGR2GRAY), dtype=np.uint8)
    assert recognizer.recognize([grey]) == recognizer.recognize([colour])


@pytest.mark.parametrize("shape", [(0, 0), (0, 40), (40, 0), (1, 1), (1, 900), (900, 1), (3, 3)])
def test_crops_of_any_shape_are_answered(
    recognizer: TibetanRecognizer, shape: tuple[int, int]
) -> None:
    (reading,) = recognizer.recognize([np.full(shape, 255, dtype=np.uint8)])
    assert reading.text == ""


def test_paper_without_ink_is_unread(recognizer: TibetanRecognizer) -> None:
    generator = np.random.default_rng(0)
    paper = generator.integers(236, 250, (60, 500), dtype=np.uint8)
    (reading,) = recognizer.recognize([paper])
    assert reading.text == ""


def test_a_line_past_reading_is_unread_rather_than_wrong(recognizer: TibetanRecognizer) -> None:
    line = picture("monlam")
    tiny = cv2.resize(
        line, (line.shape[1] // 14, line.shape[0] // 14), interpolation=cv2.INTER_AREA
    )
    blurred = np.asarray(cv2.resize(tiny, (line.shape[1], line.shape[0])), dtype=np.uint8)
    (reading,) = recognizer.recognize([blurred])
    assert reading.text == ""
    assert reading.confidence < 0.9


def test_a_refused_line_can_be_had(recognizer: TibetanRecognizer) -> None:
    cautious, bold = TibetanRecognizer(unread_below=1.01), TibetanRecognizer(unread_below=0.0)
    crop = picture("machine")
    (refused,), (given,) = cautious.recognize([crop]), bold.recognize([crop])
    assert (refused.text, refused.confidence) == ("", given.confidence)
    assert given == recognizer.recognize([crop])[0]


@pytest.mark.parametrize("name", TRUTH)
def test_paper_above_and_below_does_not_matter(recognizer: TibetanRecognizer, name: str) -> None:
    line = picture(name)
    rows = line.shape[0] // 2
    wide = cv2.copyMakeBorder(line, rows, rows, 0, 0, cv2.BORDER_REFLECT_101)
    paper = int(np.percentile(line, 90))
    wide[:rows], wide[-rows:] = paper, paper
    (reading,) = recognizer.recognize([np.asarray(wide, dtype=np.uint8)])
    assert reading.text == TRUTH[name]


def test_margins_are_cut_but_ink_is_not() -> None:
    crop = np.full((120, 400), 250, dtype=np.uint8)
    crop[40:80, 20:380] = 10
    crop[80:95, 200:212] = 10  # one deep stack in a long line
    line = prepare(crop)
    inked = np.flatnonzero(line.max(axis=1) > 0.5)
    assert inked[0] < 6
    assert inked[-1] >= LINE_HEIGHT - 6
    stack = np.flatnonzero(line[-8] > 0.5)
    assert 0 < stack.size < 40


def test_a_second_look_is_wider_and_closer() -> None:
    crop = np.full((100, 300), 250, dtype=np.uint8)
    crop[30:70, [x for x in range(20, 280) if x % 10 < 4]] = 10
    first, second = prepare(crop), prepare(crop, Look(margin=0.0, stretch=1.2))
    assert second.shape[1] > 1.2 * first.shape[1]
    # As many rows hold ink as 48 can, but for what a crop of whole pixels leaves over.
    inked = [int((line.max(axis=1) > 0.2).sum()) for line in (first, second)]
    assert inked[0] < inked[1]
    assert inked[1] >= LINE_HEIGHT - 3


def test_ink_is_one_and_paper_is_zero_whatever_their_shades() -> None:
    dark = np.full((96, 200), 250, dtype=np.uint8)
    dark[30:60, 20:180:20] = 10
    faint = np.full((96, 200), 200, dtype=np.uint8)
    faint[30:60, 20:180:20] = 120
    for crop in (dark, faint):
        line = prepare(crop)
        assert line.shape == (LINE_HEIGHT, 100)
        assert line[2, 2] == pytest.approx(0.0, abs=0.02)
        assert line.max() == pytest.approx(1.0, abs=0.1)


def test_lines_are_padded_with_paper() -> None:
    line = np.ones((LINE_HEIGHT, 70), dtype=np.float32)
    picture_ = padded(line)
    assert picture_.shape == (1, 1, LINE_HEIGHT, 96)
    assert picture_[..., :70].min() == 1
    assert picture_[..., 70:].max() == 0


@pytest.mark.parametrize(("left", "right"), [(0, 0), (30, 5), (300, 120)])
def test_paper_beside_a_line_is_cut_off_but_for_a_margin(left: int, right: int) -> None:
    line = np.full((48, 400), 255, dtype=np.uint8)
    line[4:44, 2:398:20] = 0
    line[4:8, 2:398] = 0
    wide = cv2.copyMakeBorder(line, 0, 0, left, right, cv2.BORDER_CONSTANT, value=(255,))
    found = prepare(np.asarray(wide, dtype=np.uint8))
    assert found.shape[1] < 1.3 * 400
    inked = np.flatnonzero(found.max(axis=0) > 0.5)
    assert inked[0] < 16
    assert inked[-1] > found.shape[1] - 16
