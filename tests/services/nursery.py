"""The process that readers' children come from, kept between tests: it sees no submission, and imports for long."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tonghop.reading.nursery import NURSERY


@pytest.fixture(scope="session")
def nursery() -> Iterator[None]:
    """Hold the nursery for the whole session; the children it forks are each test's own."""
    NURSERY.hold()
    yield
    NURSERY.let_go()
