"""Engines are slow to make, so every test of this folder shares them."""

import os
from pathlib import Path

import pytest

from ocrpipe.ocr import create_engine
from ocrpipe.ocr.port import OcrEngine
from ocrpipe.options import EngineName, OcrOptions


@pytest.fixture(scope="session")
def engine() -> OcrEngine:
    return create_engine(OcrOptions(threads=1))


@pytest.fixture(scope="session", params=list(EngineName))
def any_engine(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> OcrEngine:
    folder: Path = tmp_path_factory.mktemp("cache")
    before = os.environ.get("OCRPIPE_CACHE")
    os.environ["OCRPIPE_CACHE"] = str(folder)
    try:
        return create_engine(OcrOptions(engine=request.param, threads=1))
    finally:
        if before is None:
            del os.environ["OCRPIPE_CACHE"]
        else:
            os.environ["OCRPIPE_CACHE"] = before
