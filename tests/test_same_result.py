"""The result of a file does not depend on the company it is converted in, nor on threads."""

import random

import pytest

from ocrpipe import Converter, Document, Options
from tests.support.fixtures import fixture_path

FILES = ("gannan-2019.pdf", "budget-2024.png", "chuxiong-2019.pdf")
PAGES = {"gannan-2019.pdf": "1,6"}


def converted(converter_threads: int, files: tuple[str, ...]) -> dict[str, Document]:
    """Each file on two of its pages at most, by converters that share nothing but their order."""
    results = {}
    converters: dict[str | None, Converter] = {}
    for name in files:
        pages = PAGES.get(name)
        if pages not in converters:
            options = {"ingest": {"pages": pages}, "ocr": {"threads": converter_threads}}
            converters[pages] = Converter(Options.model_validate(options))
        results[name] = converters[pages].convert(fixture_path(name))
    return results


@pytest.fixture(scope="module")
def alone() -> dict[str, Document]:
    return {name: converted(1, (name,))[name] for name in FILES}


@pytest.mark.parametrize(("threads", "seed"), [(1, 1), (2, 2), (3, 3)])
def test_order_company_and_threads_change_nothing(
    alone: dict[str, Document], threads: int, seed: int
) -> None:
    order = [name for name in FILES for _ in range(2)]
    random.Random(seed).shuffle(order)
    assert converted(threads, tuple(order)) == alone
