"""A running desk on a small district: held, late, missing and accepted reports, and officers of every role."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from tests.desk.office import Office, fill_once, office_in
from tonghop.desk import passwords


@pytest.fixture(autouse=True)
def held(nursery: None) -> None:
    """Every test here that reads takes its children from one nursery."""


@pytest.fixture(scope="module", autouse=True)
def light_passwords() -> Iterator[None]:
    """Let a hash be argon2's with the least work: logging in is not what most tests here are about.

    ``test_login`` overrides this, and works with the hashes that are shipped.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "_HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        passwords._nobodys.cache_clear()
        yield
    passwords._nobodys.cache_clear()


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
