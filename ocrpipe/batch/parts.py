"""Parts of long documents on their way from the workers that convert them to the one that joins."""

import pickle
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from ocrpipe.files import write_atomically

if TYPE_CHECKING:
    from ocrpipe.pipeline import ConvertedPages

PARTS = "parts"


class PartStore:
    """Pickles in a local folder of one run, which only its own workers write to and read."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def save(self, name: str, number: int, part: "ConvertedPages") -> None:
        write_atomically(self._path(name, number), pickle.dumps(part))

    def load(self, name: str, number: int) -> "ConvertedPages":
        part: ConvertedPages = pickle.loads(self._path(name, number).read_bytes())
        return part

    def remove(self, name: str) -> None:
        """Forget the parts of one document."""
        shutil.rmtree(self._folder / name, ignore_errors=True)

    def clear(self) -> None:
        """Forget all parts, those of an earlier run."""
        shutil.rmtree(self._folder, ignore_errors=True)

    def _path(self, name: str, number: int) -> Path:
        return self._folder / name / f"{number}.pickle"
