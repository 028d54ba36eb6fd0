"""The Uchen (block letter) typefaces to draw with, and the Debian packages that carry them."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from PIL import features

FOLDERS = (
    Path("/usr/share/fonts/truetype"),
    Path("/usr/local/share/fonts"),
    Path.home() / ".local/share/fonts",
)


@dataclass(frozen=True, slots=True)
class Typeface:
    """`file` is looked for by name below FOLDERS (and folders named on the command line)."""

    name: str
    file: str
    package: str
    held_out: bool = False


TYPEFACES = (
    Typeface("Noto Serif Tibetan", "NotoSerifTibetan-Regular.ttf", "fonts-noto-core"),
    Typeface("Noto Serif Tibetan Bold", "NotoSerifTibetan-Bold.ttf", "fonts-noto-core"),
    Typeface("DDC Uchen", "DDC_Uchen.ttf", "fonts-ddc-uchen"),
    Typeface("Jomolhari", "Jomolhari-alpha3c-0605331.ttf", "fonts-dzongkha"),
    Typeface("Monlam OuChan 1", "Monlam Uni OuChan1.ttf", "fonts-monlam"),
    Typeface("Monlam OuChan 2", "Monlam Uni OuChan2.ttf", "fonts-monlam"),
    Typeface("Monlam OuChan 3", "Monlam Uni OuChan3.ttf", "fonts-monlam"),
    Typeface("Monlam OuChan 4", "Monlam Uni OuChan4.ttf", "fonts-monlam"),
    Typeface("Monlam OuChan 5", "Monlam Uni OuChan5.ttf", "fonts-monlam"),
    Typeface("Monlam Sans Serif", "Monlam Uni Sans Serif.ttf", "fonts-monlam"),
    # Drawn independently of all the others, so it shows what a new typeface costs.
    Typeface("Tibetan Machine Uni", "TibetanMachineUni.ttf", "fonts-tibetan-machine", True),
)
TRAINED = tuple(face for face in TYPEFACES if not face.held_out)
HELD_OUT = tuple(face for face in TYPEFACES if face.held_out)
# Carries the Latin digits and the punctuation that Noto Serif Tibetan lacks.
FALLBACK = next(face for face in TYPEFACES if face.name == "Jomolhari")


@cache
def find(face: Typeface, folders: tuple[Path, ...] = FOLDERS) -> Path:
    """The path of a typeface's file.

    Raises:
        FileNotFoundError: it is not installed; the message names the Debian package.
    """
    for folder in folders:
        for path in sorted(folder.rglob(face.file)):
            return path
    raise FileNotFoundError(f"{face.file} ({face.name}): install the package {face.package}")


def check_shaping() -> None:
    """Raises RuntimeError where Pillow cannot shape with HarfBuzz: stacks would come apart."""
    if not features.check("raqm"):
        raise RuntimeError("Pillow lacks Raqm: install libraqm, or a Pillow wheel that has it")
