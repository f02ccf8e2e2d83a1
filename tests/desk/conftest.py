"""A running desk on a small district: held, late, missing and accepted reports, and officers of every role."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desk.office import Office, fill_once, office_in


@pytest.fixture(scope="session")
def morning(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an office's folder filled once; each test works on a copy of its own."""
    home = tmp_path_factory.mktemp("morning") / "tan-chau"
    fill_once(home)
    return home


@pytest.fixture
def desk(tmp_path: Path, morning: Path) -> Iterator[Office]:
    """Return the province's desk, served over real HTTP on a port of its own."""
    home = tmp_path / "tan-chau"
    shutil.copytree(morning, home)
    with office_in(home, is_filled=True) as office:
        yield office
