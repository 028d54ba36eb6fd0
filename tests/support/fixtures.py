"""The fixtures and the ground truth beside them."""

import json
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent.parent.parent / "fixtures"


def fixture_names() -> tuple[str, ...]:
    """The names of all fixtures, for instance "gannan-2019.pdf"."""
    return tuple(
        sorted(path.name.removesuffix(".truth.json") for path in FOLDER.glob("*.truth.json"))
    )


def fixture_path(name: str) -> Path:
    """The file of a fixture."""
    return FOLDER / name


def load_truth(name: str) -> dict[str, Any]:
    """The ground truth of a fixture; see fixtures/README.md for its shape."""
    truth: dict[str, Any] = json.loads((FOLDER / f"{name}.truth.json").read_text("utf-8"))
    return truth
