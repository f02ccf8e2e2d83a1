"""A running desk on a small district: held, late, missing and accepted reports, and officers of every role."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desk.office import Office, office_in


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Office]:
    """Return the district's desk, served over real HTTP on a port of its own."""
    with office_in(tmp_path / "tan-chau") as office:
        yield office
