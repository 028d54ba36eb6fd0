"""Words, names and phrases as they stand on the letterheads and in the texts of public bodies.

The lists lie in vocabulary/, words apart by white space.
"""

from pathlib import Path


def _read(name: str) -> list[str]:
    path = Path(__file__).parent / "vocabulary" / f"{name}.txt"
    return path.read_text(encoding="utf-8").split()


PLACES = _read("places")
BODIES = _read("bodies")
DOCUMENT_WORDS = _read("document")
COMMON_WORDS = _read("common")
PARTICLES = _read("particles")
SANSKRIT_WORDS = _read("sanskrit")
