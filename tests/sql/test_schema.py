"""Building, checking and raising the schema, and what the databases themselves refuse."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from importlib.resources import files
from pathlib import Path

import psycopg
import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory

from tests.sql.world import AT, World, message, raw_connection
from tonghop.domain.verdicts import Decision, Ruling
from tonghop.errors import ConfigurationError, DatabaseOutdated, DatabaseUnavailable
from tonghop.store import Store, open_store, upgrade
from tonghop.store.schema import HEAD

APPEND_ONLY = {
    "edition": "digest",
    "edition_line": "name",
    "edition_figure": "indicator",
    "edition_rate": "rate",
    "attempt": "stage",
    "audit": "detail",
    "verdict": "reason",
    "waiver": "reason",
    "waiver_end": "reason",
    "call_note": "note",
}


def test_the_revision_this_version_expects_is_the_last_migration():
    config = Config()
    config.set_main_option("script_location", str(files("sql") / "schema"))
    assert ScriptDirectory.from_config(config).get_current_head() == HEAD


def test_an_empty_database_is_built_once_by_many_at_the_same_time(empty_url: str):
    with ThreadPoolExecutor(6) as pool:
        stores = list(pool.map(lambda _: open_store(empty_url), range(6)))
    for opened in stores:
        assert opened.ledger.unread("c") == ()
        opened.close()


def test_upgrade_makes_an_empty_database_ready_and_repeats_safely(empty_url: str):
    assert upgrade(empty_url) == HEAD
    assert upgrade(empty_url) == HEAD
    open_store(empty_url, create=False).close()


def test_opening_a_database_with_the_right_schema_does_not_import_alembic(url: str):
    code = (
        "import sys; from tonghop.store import open_store; open_store(sys.argv[1]).close(); "
        "print('alembic' in sys.modules)"
    )
    shown = subprocess.run([sys.executable, "-c", code, url], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "False"


@pytest.mark.parametrize("found", ["0000", "9999"])
def test_another_version_s_schema_is_named_and_left_alone(url: str, found: str):
    with raw_connection(url) as connection:
        connection.execute(f"UPDATE tonghop_revision SET version_num = '{found}'")
    with pytest.raises(DatabaseOutdated, match="tonghop database upgrade") as caught:
        open_store(url)
    assert found in str(caught.value)


def test_a_newer_schema_is_not_taken_back(url: str):
    with raw_connection(url) as connection:
        connection.execute("UPDATE tonghop_revision SET version_num = '9999'")
    with pytest.raises(DatabaseOutdated, match="newer"):
        upgrade(url)


def test_without_create_an_empty_database_stays_empty(postgres_url: str, tmp_path: Path):
    with pytest.raises(DatabaseOutdated, match="tonghop database upgrade"):
        open_store(postgres_url, create=False)
    with pytest.raises(DatabaseUnavailable, match="no such file"):
        open_store(f"sqlite:///{tmp_path / 'none.sqlite'}", create=False)
    assert not (tmp_path / "none.sqlite").exists()


def test_what_was_reported_or_done_cannot_be_changed(url: str):
    with World.on(url) as world:
        world.tell("xã-1", installs=5, population=10)
        edition = world.store.editions.freeze_with(world.day_totals(), AT, lambda e: message(f"k{e.number}"))
        delivery = world.store.outbox.deliveries(world.campaign, edition.day)[0]
        assert world.store.outbox.claim([delivery.id], "me", AT)
        world.store.outbox.settle(delivery.id, delivery.state.ACCEPTED, "250 ok", AT, "data")
        world.store.audit(AT, "officer", "accepted", "entry 1", "by telephone")
        entry = world.store.entries.trace(world.campaign, edition.day, "xã-1")[0].entry
        world.store.verdicts.rule(Ruling(Decision.REJECT, "lan", "nhầm", entry=entry), AT)
        about = (world.campaign, "xã-1", "jump", edition.day, edition.day)
        waiver = world.store.verdicts.waive(*about, "lan", "đính chính", AT)
        world.store.verdicts.end_waiver(waiver.id, "lan", "hết việc", AT)
        with world.store._database.writing() as transaction:
            transaction.run(
                "store/put_call_note", campaign=world.campaign, day=edition.day, unit="xã-1", at=AT,
                officer="lan", note="hẹn gửi", promised_at=None,
            )  # fmt: skip
    for table, column in APPEND_ONLY.items():
        for change in (f"UPDATE {table} SET {column} = 'x'", f"DELETE FROM {table}"):
            with (
                raw_connection(url) as connection,
                pytest.raises((sqlite3.DatabaseError, psycopg.Error), match=f"{table} is append-only"),
            ):
                connection.execute(change)


def test_a_locked_sqlite_says_who_holds_it_and_what_to_do(tmp_path: Path):
    path = tmp_path / "tonghop.sqlite"
    with open_store(f"sqlite:///{path}?timeout=0.2") as opened:
        holder = sqlite3.connect(path, isolation_level=None)
        holder.execute("BEGIN IMMEDIATE")
        with pytest.raises(DatabaseUnavailable, match=r"locked.*another process holds it"):
            opened.audit(AT, "a", "b", "c", "d")
        assert opened.ledger.unread("c") == ()  # readers are not held up
        holder.execute("ROLLBACK")
        holder.close()
        opened.audit(AT, "a", "b", "c", "d")


def test_a_sqlite_writer_takes_its_turn_before_it_reads(tmp_path: Path):
    path = tmp_path / "tonghop.sqlite"
    with open_store(f"sqlite:///{path}") as opened, raw_connection(f"sqlite:///{path}?timeout=0") as other:
        other.isolation_level = None
        with opened._database.writing(), pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")
        with opened._database.reading():
            other.execute("BEGIN IMMEDIATE")
            other.execute("ROLLBACK")


def test_a_wrong_port_is_unavailable_and_the_password_is_nowhere():
    with pytest.raises(DatabaseUnavailable) as caught:
        open_store("postgresql://tonghop:s3cret-word@127.0.0.1:1/tonghop?password=s3cret-word")
    assert "127.0.0.1:1" in str(caught.value)
    assert "TONGHOP_DATABASE_URL" in str(caught.value)
    assert "s3cret-word" not in str(caught.value)


def test_a_wrong_password_is_unavailable_and_nowhere(postgres_url: str):
    with pytest.raises(DatabaseUnavailable, match="authentication failed") as caught:
        open_store(postgres_url.replace("m-mat", "x-mat"))
    assert "x-mat" not in str(caught.value)


def test_a_folder_that_cannot_be_made_is_unavailable(tmp_path: Path):
    (tmp_path / "file").write_text("")
    with pytest.raises(DatabaseUnavailable, match="folder"):
        open_store(f"sqlite:///{tmp_path / 'file' / 'tonghop.sqlite'}")


def test_a_file_that_is_no_database_is_unavailable(tmp_path: Path):
    (tmp_path / "tonghop.sqlite").write_bytes(b"a letter, not a database" * 100)
    with pytest.raises(DatabaseUnavailable, match="not a database"):
        open_store(f"sqlite:///{tmp_path / 'tonghop.sqlite'}")


@pytest.mark.parametrize("url", ["mysql://u:s3cret@h/d", "sqlite://", "no url at all: s3cret"])
def test_another_kind_of_database_is_a_wrong_setting(url: str):
    with pytest.raises(ConfigurationError, match="TONGHOP_DATABASE_URL") as caught:
        open_store(url)
    assert "s3cret" not in str(caught.value)


def test_sqlite_commits_reach_the_disk_and_foreign_keys_hold(tmp_path: Path):
    with open_store(f"sqlite:///{tmp_path / 'tonghop.sqlite'}") as opened:
        with opened._database.reading() as transaction:
            ask = transaction.connection.exec_driver_sql
            found = [
                ask(f"PRAGMA {name}").scalar() for name in ("journal_mode", "synchronous", "foreign_keys")
            ]
        assert found == ["wal", 2, 1]


def test_text_no_database_can_store_is_escaped_not_refused(store: Store):
    world = World(store)
    assert store.ledger.record(world.campaign, [world.arrival("a\x00b\udcff.xlsx")], AT) == 1
    (found,) = store.ledger.unread(world.campaign)
    assert found.name == "a\\x00b\\udcff.xlsx"
