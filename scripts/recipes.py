"""What is made of each filing: as digital document, as scan, as web page, and as pictures."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pymupdf

from scripts.damage.scan import Damage, add_scan, bilevel_tiff, encode, scan_page, scanned_pdf
from scripts.typeset.filing import save_pdf, typeset
from scripts.typeset.page import Flow
from scripts.typeset.source import Filing, load_filing
from scripts.typeset.truth import Truth, pages_truth, report_truth, tables_truth
from scripts.typeset.web import web_page

SOURCES = Path(__file__).parent.parent / "fixtures" / "sources"
Fixture = tuple[bytes, Truth]


def document_truth(
    flow: Flow, filing: Filing, origins: Sequence[str], rotations: Sequence[float]
) -> Truth:
    """The truth of a document on paper."""
    return {
        "pages": pages_truth(flow, origins, rotations),
        "tables": tables_truth(flow.tables, origins),
        "report": report_truth(filing),
    }


def page_damages(
    pages: int, damage: Damage, skews: Sequence[float], turns: Sequence[int] = (0,)
) -> list[Damage]:
    """One damage a page; `skews` and `turns` are taken in turn."""
    return [
        replace(
            damage,
            skew=skews[page % len(skews)],
            turn=turns[page % len(turns)],
            seed=damage.seed + page,
        )
        for page in range(pages)
    ]


def _setting(name: str) -> tuple[Filing, Flow]:
    filing = load_filing(SOURCES / f"{name}.toml")
    return filing, typeset(filing)


def digital(name: str) -> Fixture:
    """A digital PDF."""
    filing, flow = _setting(name)
    truth = document_truth(flow, filing, ["digital"] * flow.page, [0.0] * flow.page)
    return save_pdf(flow), truth


def scan(name: str, damage: Damage, skews: Sequence[float], turns: Sequence[int] = (0,)) -> Fixture:
    """A PDF of scanned pages."""
    filing, flow = _setting(name)
    damages = page_damages(flow.page, damage, skews, turns)
    rotations = [entry.rotation for entry in damages]
    truth = document_truth(flow, filing, ["scanned"] * flow.page, rotations)
    return scanned_pdf(flow.document, damages), truth


def mixed(name: str, damage: Damage, scanned: Sequence[int]) -> Fixture:
    """A PDF whose pages `scanned` (from 1) are scans and the others digital."""
    filing, flow = _setting(name)
    pages = range(1, flow.page + 1)
    origins = ["scanned" if page in scanned else "digital" for page in pages]
    rotations = [damage.rotation if page in scanned else 0.0 for page in pages]
    truth = document_truth(flow, filing, origins, rotations)
    source = pymupdf.open("pdf", save_pdf(flow))
    result = pymupdf.open()
    for page in pages:
        if page in scanned:
            add_scan(result, source[page - 1], damage)
        else:
            result.insert_pdf(source, from_page=page - 1, to_page=page - 1)
    result.set_metadata({})
    return result.tobytes(garbage=4, deflate=True, no_new_id=True), truth


def garbled(name: str, damage: Damage) -> Fixture:
    """A scan of one page that carries an invisible text layer of nonsense."""
    filing, flow = _setting(name)
    truth = document_truth(flow, filing, ["scanned"], [damage.rotation])
    result = pymupdf.open()
    add_scan(result, flow.document[0], damage)
    page = result[0]
    for line in range(12):
        # What a Latin-only recogniser makes of Chinese.
        page.insert_text((70, 90 + 40 * line), "1F5iti X #iE 3m~ Jlll ;i:! 2f6'", render_mode=3)
    result.set_metadata({})
    return result.tobytes(garbage=4, deflate=True, no_new_id=True), truth


def picture(name: str, damage: Damage) -> Fixture:
    """A picture of a document of one page."""
    filing, flow = _setting(name)
    truth = document_truth(flow, filing, ["scanned"], [damage.rotation])
    return encode(scan_page(flow.document[0], damage), damage), truth


def tiff(name: str, damage: Damage, skews: Sequence[float]) -> Fixture:
    """A black and white TIFF of several pages."""
    filing, flow = _setting(name)
    damages = page_damages(flow.page, damage, skews)
    truth = document_truth(
        flow, filing, ["scanned"] * flow.page, [entry.rotation for entry in damages]
    )
    scans = [scan_page(page, entry) for page, entry in zip(flow.document, damages, strict=True)]
    return bilevel_tiff(scans, damage.dpi), truth


def web(name: str) -> Fixture:
    """A saved web page."""
    return web_page(load_filing(SOURCES / f"{name}.toml"))


FIXTURES: dict[str, Callable[[], Fixture]] = {
    "gannan-2019.pdf": lambda: scan(
        "gannan-2019",
        Damage(dpi=150, color=True, noise=4, blur=0.6, quality=50, seed=20),
        skews=(0.7, -0.4, 1.3, -0.9, 0.3, 1.5, -1.2, 0.6),
    ),
    "chuxiong-2019.pdf": lambda: digital("chuxiong-2019"),
    "chuxiong-2019-scan.pdf": lambda: scan(
        "chuxiong-2019",
        Damage(dpi=150, noise=3.5, blur=0.7, quality=45, seed=40),
        skews=(-2.1, -1.6),
    ),
    "chuxiong-2019.tiff": lambda: tiff(
        "chuxiong-2019", Damage(dpi=200, noise=10, specks=60, seed=60), skews=(0.4, -0.6)
    ),
    "aketao-2020.html": lambda: web("aketao-2020"),
    "aketao-2020.pdf": lambda: digital("aketao-2020"),
    "baoji-2019.html": lambda: web("baoji-2019"),
    "baoji-2019-scan.pdf": lambda: scan(
        "baoji-2019", Damage(dpi=150, noise=3, quality=40, seed=80), skews=(0.9, -0.7, 0.2)
    ),
    "chunan-2019.pdf": lambda: digital("chunan-2019"),
    "qinghe-2022.pdf": lambda: digital("qinghe-2022"),
    "qinghe-2022-scan.pdf": lambda: scan(
        "qinghe-2022",
        Damage(dpi=200, noise=12, specks=80, compression="ccitt", seed=100),
        skews=(-0.8, 1.1, 0.3),
    ),
    "qinghe-2022-mixed.pdf": lambda: mixed(
        "qinghe-2022", Damage(dpi=150, color=True, skew=0.6, quality=50, seed=120), scanned=(2, 4)
    ),
    "qinghe-2022-turned.pdf": lambda: scan(
        "qinghe-2022",
        Damage(dpi=150, noise=3, quality=45, seed=140),
        skews=(0.5, -0.6),
        turns=(0, 90, 270, 180),
    ),
    "budget-2024.png": lambda: picture(
        "budget-2024",
        Damage(dpi=120, noise=0, blur=0.4, shade=0, skew=-0.5, compression="png", seed=160),
    ),
    "budget-2024-garbled.pdf": lambda: garbled(
        "budget-2024", Damage(dpi=150, skew=0.4, quality=50, seed=180)
    ),
}
