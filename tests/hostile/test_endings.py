"""Every input ends in a result or in one clear error, within its limits."""

from collections.abc import Callable
from pathlib import Path

import pytest

from scripts.limited_worker import GOOD, LimitedWorker
from tests.hostile.conftest import MEMORY
from tests.hostile.pdfs import ENDLESS, PDFS
from tests.hostile.pictures import PICTURES
from tests.hostile.web_pages import WEB_PAGES

FILES: dict[str, Callable[[], bytes]] = {
    **{f"{name}.pdf": make for name, make in PDFS.items()},
    **PICTURES,
    **{f"{name}.html": make for name, make in WEB_PAGES.items()},
}

REFUSED = {
    **{f"truncated-{share}.pdf": "input.unreadable" for share in (1, 10, 40, 70, 90, 98)},
    "locked-user.pdf": "input.encrypted",
    "no-pages.pdf": "input.unreadable",
    "tree-of-itself.pdf": "input.unreadable",
    "box-wide.pdf": "page.too_large",
    "unit-huge.pdf": "page.too_large",
    "contents-bomb.pdf": "input.unreadable",
    "contents-bomb-twice.pdf": "input.unreadable",
    "contents-as-picture.pdf": "input.unreadable",
    "contents-as-picture-far.pdf": "input.unreadable",
    "bomb.png": "page.too_large",
    "huge.jpg": "page.too_large",
    "cut.jpg": "input.unreadable",
    "picture-named.pdf": "input.unreadable",
    "empty.pdf": "input.unreadable",
    "deep-div.html": "input.unreadable",
    "only-scripts.html": "input.unreadable",
}
READ = (
    "locked-owner.pdf", "box-reversed.pdf", "form-of-itself.pdf", "actions.pdf", "lines-many.pdf",
    "annotations-many.pdf", "16-bit.png", "cmyk.jpg", "broken-frame.tiff", "specks.png",
    "span-of-rows.html", "entities.html", "outside.html", "charset-hex.html", "text-long.html",
)  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_an_input_ends_in_a_result_or_one_clear_error(
    name: str, worker: LimitedWorker, tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_bytes(FILES[name]())
    outcome = worker.convert(path)
    assert outcome.ending in GOOD, outcome
    if outcome.ending == "clear error":
        assert str(path) in outcome.detail or path.name in outcome.detail
        assert "\n" not in outcome.detail
    if name in REFUSED:
        assert (outcome.ending, outcome.code) == ("clear error", REFUSED[name])
    if name in READ:
        assert outcome.ending == "result", outcome
    assert [*tmp_path.iterdir()] == [path]


@pytest.mark.parametrize("name", ENDLESS)
def test_what_never_ends_is_ended_from_outside(name: str, tmp_path: Path) -> None:
    endless = tmp_path / f"{name}.pdf"
    endless.write_bytes(ENDLESS[name]())
    with LimitedWorker(1.0, MEMORY) as worker:
        assert worker.convert(endless).ending == "hang"
