from pathlib import Path

import numpy as np
import pytest
from fontTools.feaLib.builder import addOpenTypeFeaturesFromString
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

from scripts.tibetan import render
from scripts.tibetan.render import Style, draw
from scripts.tibetan.typefaces import Typeface


def make_font(path: Path, characters: str, marks: str = "") -> None:
    """A typeface whose characters are all the same bar, half an em wide; `marks` are declared to
    be marks."""
    names = {ord(character): f"c{ord(character):04x}" for character in characters}
    pen = TTGlyphPen(None)
    for i, corner in enumerate([(50, 0), (50, 700), (450, 700), (450, 0)]):
        (pen.lineTo if i else pen.moveTo)(corner)
    pen.closePath()
    bar, order = pen.glyph(), [".notdef", *names.values()]
    builder = FontBuilder(1000)
    builder.setupGlyphOrder(order)
    builder.setupCharacterMap(names)
    builder.setupGlyf(dict.fromkeys(order, bar))
    builder.setupHorizontalMetrics(dict.fromkeys(order, (500, 50)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": path.stem, "styleName": "Regular"})
    builder.setupOS2()
    builder.setupPost()
    if marks:
        listed = " ".join(names[ord(mark)] for mark in marks)
        classes = f"table GDEF {{ GlyphClassDef , , [{listed}], ; }} GDEF;"
        addOpenTypeFeaturesFromString(builder.font, classes)
    builder.save(path)


@pytest.fixture
def faces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Typeface, Typeface]:
    """A typeface that declares 《 a mark and lacks 》, and the one to fall back to."""
    make_font(tmp_path / "own.ttf", "ab《", marks="《")
    make_font(tmp_path / "other.ttf", "a《》")
    own, other = (Typeface(str(tmp_path), f"{name}.ttf", "") for name in ("own", "other"))
    monkeypatch.setattr(render, "find", lambda face: tmp_path / face.file)
    monkeypatch.setattr(render, "FALLBACK", other)
    return own, other


def bars(ink: np.ndarray) -> int:
    return int((np.diff((ink.max(axis=0) > 128).astype(int), prepend=0) == 1).sum())


def test_brackets_without_a_width_come_from_another_typeface(
    faces: tuple[Typeface, Typeface],
) -> None:
    own, _ = faces
    assert bars(draw("aba", Style(own, 40))) == 3
    assert bars(draw("a《b》a", Style(own, 40))) == 5


def test_nothing_printed_is_refused(faces: tuple[Typeface, Typeface]) -> None:
    with pytest.raises(ValueError, match="nothing"):
        draw("", Style(faces[0], 40))
