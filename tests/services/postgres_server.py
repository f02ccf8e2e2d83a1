"""A private PostgreSQL of the test run: its own cluster on loopback, a fresh database for each test."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import psycopg
import pytest

from tests.services.need import program


@dataclass
class PostgresServer:
    """A running server that only this test run talks to."""

    port: int
    user: str = "tonghop"
    password: str = "b!m-mat/@"
    _numbers: Iterator[int] = field(default_factory=count)

    def url(self, database: str) -> str:
        return f"postgresql://{self.user}:b%21m-mat%2F%40@127.0.0.1:{self.port}/{database}"

    def new_database(self, like: str | None = None) -> str:
        """Make a database, empty or like the one at another URL, and return its URL."""
        name, template = f"test_{os.getpid()}_{next(self._numbers)}", _name_of(like) if like else "template0"
        self.run(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        return self.url(name)

    def drop_database(self, url: str) -> None:
        self.run(f'DROP DATABASE IF EXISTS "{_name_of(url)}" WITH (FORCE)')

    def run(self, statement: str) -> None:
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(statement)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    initdb, postgres = program("initdb"), program("postgres")
    # Not pytest's own folder: as root, the server runs as another user, who may not enter it.
    folder = Path(tempfile.mkdtemp(prefix="tonghop-postgres-"))
    server = PostgresServer(_free_port())
    (folder / "password").write_text(server.password)
    as_user = _as_unprivileged(folder)
    subprocess.run(
        [
            *as_user, initdb, "-D", str(folder / "data"), "-U", server.user, "-A", "scram-sha-256",
            f"--pwfile={folder / 'password'}", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync",
        ],
        check=True,
        capture_output=True,
    )  # fmt: skip
    settings = ["-h", "127.0.0.1", "-p", str(server.port), "-k", "", "-c", "max_connections=60", "-F"]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [*as_user, postgres, "-D", str(folder / "data"), *settings], stdout=log, stderr=log, cwd="/"
        )
    try:
        _wait_until_it_answers(server, process, folder / "log")
        yield server
    finally:
        process.terminate()
        process.wait(timeout=60)
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def postgres_url(postgres_server: PostgresServer) -> Iterator[str]:
    """An empty database for one test."""
    url = postgres_server.new_database()
    yield url
    postgres_server.drop_database(url)


def _name_of(url: str) -> str:
    return url.rsplit("/", 1)[1]


def _as_unprivileged(folder: Path) -> list[str]:
    if os.geteuid() != 0:
        return []
    user = next(name for name in ("postgres", "nobody") if _exists(name))
    record = pwd.getpwnam(user)
    os.chown(folder, record.pw_uid, record.pw_gid)
    os.chown(folder / "password", record.pw_uid, record.pw_gid)
    return [program("setpriv"), f"--reuid={record.pw_uid}", f"--regid={record.pw_gid}", "--clear-groups"]


def _exists(user: str) -> bool:
    try:
        pwd.getpwnam(user)
    except KeyError:
        return False
    return True


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_until_it_answers(server: PostgresServer, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + 60
    while True:
        try:
            psycopg.connect(server.url("postgres"), connect_timeout=2).close()
        except psycopg.OperationalError:
            if process.poll() is not None or time.monotonic() > until:
                raise RuntimeError(f"postgres did not start:\n{log.read_text(errors='replace')}") from None
            time.sleep(0.05)
        else:
            return
