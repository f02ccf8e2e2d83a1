"""Killed at each point between "file seen" and "mail accepted", and started again."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from tests.flows.world import DAY, NAMES, ROOT, District, clean_environment
from tests.flows.zygote import POINTS
from tests.services.postgres_server import PostgresServer
from tests.services.smtp_server import SmtpServer

# Between the commit of "in data" and the settled reply the message may have left: there, and only there,
# a kill without a witness ends in "unknown".
MAY_BE_UNKNOWN = {
    "after tonghop.store.outbox:Outbox.enter_data #1",
    "before tonghop.mail.transport:_say_end #1",
    "after tonghop.mail.transport:_say_end #1",
    "after tonghop.mail.transport:_say_message #1",
    "before tonghop.store.outbox:Outbox.settle #1",
}
WHERE = [f"{when} {point} #1" for point in POINTS for when in ("before", "after")]
WHERE += [f"before tonghop.store.connection:Database.writing #{turn}" for turn in range(2, 9)]


class Zygote:
    """A process that has imported everything and forks a child for each run."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.flows.zygote"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=ROOT,
            env=clean_environment({"PREFECT_SERVER_ALLOW_EPHEMERAL_MODE": "false"}),
            text=True,
        )
        assert self._process.stdout is not None
        assert self._process.stdout.readline() == "ready\n"

    def run(self, district: District, point: str = "", at: str = "14:40") -> tuple[int, Any]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        parameters = {"campaign": "tan-chau", "day": f"{DAY}", "at": f"{DAY}T{at}:00+07:00", "approve": None}
        order = {"environment": district.settings(), "parameters": parameters, "point": point}
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        answer = json.loads(self._process.stdout.readline())
        return answer["signal"], answer["told"]

    def close(self) -> None:
        self._process.communicate(timeout=30)


@pytest.fixture(scope="module")
def zygote() -> Iterator[Zygote]:
    started = Zygote()
    yield started
    started.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def anywhere(district: District, request: pytest.FixtureRequest) -> Iterator[District]:
    """The district on each of the databases."""
    if request.param == "sqlite":
        yield district
        return
    server: PostgresServer = request.getfixturevalue("postgres_server")
    district.database_url = server.new_database()
    yield district
    server.drop_database(district.database_url)


def _count(district: District, statement: str) -> int:
    if district.database_url:
        with psycopg.connect(district.database_url) as connection:
            return connection.execute(statement).fetchone()[0]  # type: ignore[index]
    import sqlite3

    return sqlite3.connect(district.home / "var" / "tonghop.sqlite").execute(statement).fetchone()[0]


@pytest.mark.parametrize("point", WHERE)
def test_killed_anywhere_nothing_is_lost_and_nothing_is_sent_twice(
    zygote: Zygote, anywhere: District, smtp_server: SmtpServer, point: str
) -> None:
    anywhere.send_all()
    struck, told = zygote.run(anywhere, point)
    assert struck == signal.SIGKILL or "#1" not in point, f"nothing struck at {point}: {told}"
    ended, told = zygote.run(anywhere, at="14:42")
    assert ended == 0
    assert "broke" not in told, told
    states = {delivery["state"] for delivery in told["deliveries"]}
    assert len(smtp_server.received) <= 1
    if point in MAY_BE_UNKNOWN:
        assert states <= {"accepted", "unknown"}
    else:
        assert states == {"accepted"}
        assert len(smtp_server.received) == 1
    assert told["edition"] == 1
    assert next(unit for unit in told["units"] if unit["unit"] == "901")["reported"] == len(NAMES)
    assert _count(anywhere, "SELECT COUNT(*) FROM submission") == len(NAMES)
    assert _count(anywhere, "SELECT COUNT(*) FROM submission WHERE state = 'read'") == len(NAMES)
    assert _count(anywhere, "SELECT COUNT(*) FROM entry") == len(NAMES)
    _, again = zygote.run(anywhere, at="14:45")
    assert {delivery["state"] for delivery in again["deliveries"]} == states
    assert len(smtp_server.received) <= 1
