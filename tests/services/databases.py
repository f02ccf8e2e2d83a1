"""The store on both databases: an empty one for a test, or one with the schema, a copy of what was built once."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.services.postgres_server import PostgresServer
from tonghop.store import Store, open_store, upgrade


@pytest.fixture(params=["sqlite", "postgres"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an empty database."""
    if request.param == "sqlite":
        return _sqlite_in(tmp_path)
    found: str = request.getfixturevalue("postgres_url")
    return found


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a database with the schema and nothing in it."""
    if request.param == "sqlite":
        copy = Path(_sqlite_in(tmp_path).removeprefix("sqlite:///"))
        copy.parent.mkdir()
        shutil.copy(request.getfixturevalue("built_sqlite"), copy)
        yield _sqlite_in(tmp_path)
        return
    server: PostgresServer = request.getfixturevalue("postgres_server")
    found = server.new_database(like=request.getfixturevalue("built_postgres"))
    yield found
    server.drop_database(found)


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    """An open store."""
    with open_store(database_url) as opened:
        yield opened


@pytest.fixture(scope="session")
def built_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("built") / "tonghop.sqlite"
    upgrade(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def built_postgres(postgres_server: PostgresServer) -> str:
    found = postgres_server.new_database()
    upgrade(found)
    return found


def _sqlite_in(folder: Path) -> str:
    return f"sqlite:///{folder / 'kho dữ liệu' / 'tonghop.sqlite'}"
