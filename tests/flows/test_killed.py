"""Killed at each point between "file seen" and "mail accepted", and started again."""

from __future__ import annotations

import signal
import sqlite3
from collections.abc import Iterator

import psycopg
import pytest

from tests.flows.world import NAMES, District
from tests.flows.zygote import POINTS
from tests.services.postgres_server import PostgresServer
from tests.services.smtp_server import SmtpServer

# Between the commit of "in data" and the settled reply the message may have left: there, and only there,
# a kill without a witness ends in "unknown".
MAY_BE_UNKNOWN = {
    "after tonghop.store.outbox:Outbox.claim #1",
    "before tonghop.mail.transport:_say_end #1",
    "after tonghop.mail.transport:_say_end #1",
    "after tonghop.mail.transport:_say_message #1",
    "before tonghop.store.outbox:Outbox.settle_all #1",
}
WHERE = [f"{when} {point} #1" for point in POINTS for when in ("before", "after")]
WHERE += [f"before tonghop.store.connection:Database.writing #{turn}" for turn in range(2, 9)]


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
            return connection.execute(statement).fetchone()[0]
    return sqlite3.connect(district.home / "var" / "tonghop.sqlite").execute(statement).fetchone()[0]


@pytest.mark.parametrize("point", WHERE)
def test_killed_anywhere_nothing_is_lost_and_nothing_is_sent_twice(
    anywhere: District, smtp_server: SmtpServer, point: str
) -> None:
    anywhere.send_all()
    code, _, error = anywhere.run(point=point)
    assert code == -signal.SIGKILL or "#1" not in point, f"nothing struck at {point}: {error}"
    code, told, error = anywhere.run("14:42")
    assert code in (0, 1), error
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
    if point in MAY_BE_UNKNOWN:
        _, again, _ = anywhere.run("14:45")
        assert {delivery["state"] for delivery in again["deliveries"]} == states
        assert len(smtp_server.received) <= 1


@pytest.mark.parametrize(
    "point",
    [
        "before tonghop.store.packs:write_for_good #1",
        "after tonghop.store.packs:write_for_good #1",
        "before tonghop.store.packs:Packs._note #1",
        "after tonghop.store.vault:Vault.keep #1",
        "before tonghop.reading.ahead:ReadAhead.begin #1",
    ],
)
def test_killed_while_many_are_stored_in_one_pack_nothing_is_lost(district: District, point: str) -> None:
    district.send_all()
    for number in range(8):
        district.send("90101", (5200, 2600, 430 + number, 90, 61), name=f"BC {number}.xlsx")
    code, _, error = district.run(point=point)
    assert code == -signal.SIGKILL, f"nothing struck at {point}: {error}"
    code, told, error = district.run("14:42")
    assert code in (0, 1), error
    assert next(unit for unit in told["units"] if unit["unit"] == "901")["reported"] == len(NAMES)
    dealt_with = "SELECT COUNT(*) FROM submission WHERE state IN ('read', 'duplicate')"
    assert _count(district, dealt_with) == len(NAMES) + 8
    assert list((district.home / "var" / "submissions" / "packs").glob("*.tar"))
