"""Characters of a text layer: where they stand."""

from ocrpipe.ingest.pdf.text_runs import read_runs


def _raw(
    *chars: tuple[str, float, tuple[float, float, float, float]], along: float = 1.0
) -> dict[str, object]:
    """A page with one line; characters are their text, their baseline and their box."""
    spans = [
        {
            "size": 10.5,
            "font": "Type3 (31 0 R)",
            "color": 0,
            "alpha": 255,
            "char_flags": 16,
            "chars": [{"c": text, "origin": (box[0], baseline), "bbox": box}],
        }
        for text, baseline, box in chars
    ]
    return {"blocks": [{"lines": [{"wmode": 0, "dir": (along, 0.0), "spans": spans}]}]}


def test_a_box_that_ends_far_above_its_baseline_is_not_believed() -> None:
    """A Type 3 font that draws quotation marks alone has a descender of +0.43."""
    raw = _raw(
        ("县", 157.5, (112.1, 148.3, 122.6, 158.8)),
        ("“", 157.5, (122.6, 128.3, 127.2, 138.8)),
    )

    (run,) = read_runs(raw, 595, 842)

    word, mark = (char.box for char in run.chars)
    assert abs(mark.center[1] - word.center[1]) < 1
    assert (mark.x0, mark.x1) == (122.6, 127.2)


def test_zero_width_characters_of_a_web_editor_are_not_printed() -> None:
    """Beside a 0 of a printed web page they made the cell unreadable."""
    raw = _raw(
        ("\u200b", 157.5, (107.0, 148.3, 112.1, 158.8)),
        ("0", 157.5, (112.1, 148.3, 117.3, 158.8)),
        ("\ufeff", 157.5, (117.3, 148.3, 122.6, 158.8)),
    )

    (run,) = read_runs(raw, 595, 842)

    assert [char.text for char in run.chars if not char.is_space] == ["0"]


def test_characters_upside_down_hang_from_their_baseline() -> None:
    """Every figure of such a page was taken for one that is not drawn, and its cell for blank."""
    raw = _raw(
        ("7", 640.8, (303.1, 631.6, 308.3, 642.1)),  # of a font that is less than an em high
        ("0", 640.8, (297.8, 637.7, 303.1, 652.1)),
        along=-1.0,
    )

    (run,) = read_runs(raw, 595, 842)

    assert run.quarters == 2
    assert [(round(char.box.y0, 1), round(char.box.y1, 1)) for char in run.chars] == [
        (639.5, 650.0),
        (637.7, 652.1),
    ]
