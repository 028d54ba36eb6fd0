"""A worker for inputs that may crash, hang or take all the memory there is."""

from collections.abc import Iterator

import pytest

from scripts.limited_worker import LimitedWorker

SECONDS, MEMORY = 120.0, 3000
"""For one input; MiB. Both are generous, as the machine may be busy with other things."""


@pytest.fixture(scope="package")
def worker() -> Iterator[LimitedWorker]:
    with LimitedWorker(SECONDS, MEMORY) as made:
        yield made
