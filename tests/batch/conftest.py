"""What the tests of runs share."""

from pathlib import Path

import pytest


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """An empty folder for the documents of a run."""
    folder = tmp_path / "filings"
    folder.mkdir()
    return folder
