"""The typefaces of the fixtures: an explicit list of files, so that a page looks alike anywhere."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pymupdf

_FONTS = Path("/usr/share/fonts")


class FontMissingError(RuntimeError):
    """A typeface of the fixtures is not installed; the message names the Debian package."""


@dataclass(frozen=True, slots=True)
class FontFile:
    """One face of a font file: `index` chooses it in a collection (.ttc)."""

    path: str
    package: str
    index: int = 0


FONT_FILES = {
    "song": FontFile("truetype/arphic-gbsn00lp/gbsn00lp.ttf", "fonts-arphic-gbsn00lp"),
    "kai": FontFile("truetype/arphic-gkai00mp/gkai00mp.ttf", "fonts-arphic-gkai00mp"),
    "hei": FontFile("truetype/wqy/wqy-zenhei.ttc", "fonts-wqy-zenhei"),
    # Noto's outlines are CFF, which PyMuPDF cannot subset: these are for scans only.
    "serif": FontFile("opentype/noto/NotoSerifCJK-Regular.ttc", "fonts-noto-cjk", 2),
    "serif-bold": FontFile("opentype/noto/NotoSerifCJK-Bold.ttc", "fonts-noto-cjk", 2),
    "sans": FontFile("opentype/noto/NotoSansCJK-Regular.ttc", "fonts-noto-cjk", 2),
    "serif-light": FontFile("opentype/noto/NotoSerifCJK-Light.ttc", "fonts-noto-cjk-extra", 2),
    "uming": FontFile("truetype/arphic/uming.ttc", "fonts-arphic-uming"),
    "ukai": FontFile("truetype/arphic/ukai.ttc", "fonts-arphic-ukai"),
    "microhei": FontFile("truetype/wqy/wqy-microhei.ttc", "fonts-wqy-microhei"),
    "tibetan": FontFile("truetype/noto/NotoSerifTibetan-Regular.ttf", "fonts-noto-core"),
}
# What PyMuPDF carries itself: Times and Helvetica, as every PDF reader has them, and Droid Sans
# Fallback.
BUILT_IN = {"times": "tiro", "helvetica": "helv", "droid": "china-s"}


def font_path(name: str) -> Path:
    """The file of a typeface.

    Raises:
        FontMissingError: it is not installed.
    """
    file = FONT_FILES[name]
    path = _FONTS / file.path
    if not path.is_file():
        packages = " ".join(sorted({entry.package for entry in FONT_FILES.values()}))
        raise FontMissingError(
            f"{path} is missing (package {file.package}). "
            f"On Debian or Ubuntu: apt-get install {packages}"
        )
    return path


@cache
def load_font(name: str) -> pymupdf.Font:
    """A typeface by its name here.

    Raises:
        FontMissingError: it is not installed.
    """
    if name in BUILT_IN:
        return pymupdf.Font(BUILT_IN[name])
    path = font_path(name)
    font = pymupdf.Font("tiro")
    # pymupdf.Font opens the first face of a collection only; MuPDF itself takes an index.
    font.this = pymupdf.mupdf.fz_new_font_from_file(None, str(path), FONT_FILES[name].index, 0)
    return font
