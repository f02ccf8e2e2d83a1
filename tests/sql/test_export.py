"""The record of a day: whole, of one state, and the same on any database."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime, timedelta
from pathlib import Path

from tests.sql.world import AT, DAY, World, message
from tonghop.domain.deliveries import DeliveryState
from tonghop.domain.findings import Finding, Severity
from tonghop.domain.verdicts import Decision, Ruling
from tonghop.report.archive import csv_chunks
from tonghop.store.export import TABLES

SINCE, UNTIL = AT - timedelta(hours=8), AT + timedelta(hours=16)
BEFORE = DAY - timedelta(days=1)


def live(world: World) -> None:
    """A day with everything in it, and another beside it that must stay out."""
    world.tell("xã-1", day=BEFORE, installs=4, population=10)
    world.tell("xã-2", day=BEFORE, installs=3, population=10)
    world.tell("xã-3", day=DAY - timedelta(days=5), installs=1, population=10)
    jump = Finding("jump", Severity.CRITICAL, unit="xã-1", indicator="installs", found="=1+1", expected="5")
    world.tell("xã-1", installs=5, population=10, findings=[jump])
    edition = world.store.editions.freeze_with(world.day_totals(), AT, lambda e: message(f"k{e.number}"))
    for one in world.store.outbox.deliveries(world.campaign, DAY):
        world.store.outbox.claim([one.id], "me", AT)
        world.store.outbox.settle(one.id, DeliveryState.ACCEPTED, "250 ok", AT, "data")
    entry = world.store.entries.trace(world.campaign, DAY, "xã-1")[0].entry
    world.store.verdicts.rule(Ruling(Decision.REJECT, "lan", "nhầm", entry=entry), UNTIL + timedelta(days=1))
    world.store.verdicts.waive(world.campaign, "xã-2", "jump", DAY, DAY, "lan", "đính chính", AT)
    world.store.audit(AT, "operator", "export", f"{world.campaign} {DAY}", "an archive")
    world.store.audit(
        UNTIL + timedelta(days=2), "operator", "approve edition", f"{world.campaign} {DAY}", "ok"
    )
    world.store.audit(UNTIL + timedelta(days=2), "operator", "approve edition", "another 2020-08-18", "no")
    assert edition.number == 1


def record(world: World, day: date = DAY) -> dict[str, list[dict[str, str]]]:
    with world.store.export.day(world.campaign, day, SINCE, UNTIL) as opened:
        made = {}
        for name in TABLES:
            content = b"".join(csv_chunks(*opened.table(name))).decode("utf-8-sig")
            made[name] = list(csv.DictReader(io.StringIO(content, newline=""), strict=True))
        assert [opened.content(number) for number, _ in opened.messages] == [message("k1").content]
    return made


def test_the_day_is_whole_and_other_days_stay_out_unless_a_figure_was_carried_from_them(url: str):
    with World.on(url, missing="carry_forward") as world:
        live(world)
        found = record(world)
    assert {row["day"] for row in found["entries"]} == {f"{DAY}", f"{BEFORE}", f"{DAY - timedelta(days=5)}"}
    used = {row["entry_id"] for row in found["edition_figures"] if row["entry_id"]}
    assert used <= {row["id"] for row in found["entries"]}
    assert {row["carried_from"] for row in found["edition_figures"]} >= {f"{BEFORE}"}
    assert len(found["deliveries"]) == len(found["attempts"]) == 3
    assert [row["decision"] for row in found["verdicts"]] == ["reject"]
    assert [row["reason"] for row in found["waivers"]] == ["đính chính"]
    assert [row["found"] for row in found["findings"]] == ["'=1+1"]
    assert [row["action"] for row in found["audit"]] == ["reject", "waive", "approve edition"]


def test_a_day_without_carried_figures_has_its_own_submissions_only(url: str):
    with World.on(url) as world:
        live(world)
        assert {row["received_day"] for row in record(world)["submissions"]} == {f"{DAY}"}


def test_the_same_day_gives_the_same_tables_on_either_database(postgres_url: str, tmp_path: Path):
    records = []
    for url in (postgres_url, f"sqlite:///{tmp_path / 'tonghop.sqlite'}"):
        with World.on(url) as world:
            live(world)
            records.append(record(world))
    assert records[0] == records[1]


def test_a_run_that_goes_on_meanwhile_is_not_half_in_the_record(url: str):
    with World.on(url) as world:
        live(world)
        with world.store.export.day(world.campaign, DAY, SINCE, UNTIL) as opened:
            before = len(list(opened.table("entries")[1]))
            world.tell("xã-2", installs=9, population=10)
            assert len(list(opened.table("entries")[1])) == before
            assert len(list(opened.table("figures")[1])) == before * 2


def test_a_table_is_standard_csv_and_taking_one_apostrophe_off_gives_the_text_back():
    texts = ["=1+1", "-5", "'quoted", 'a "b", c', "hai\ndòng", "+84", "@x", "", "5.658", "\tx"]
    moment = datetime.fromisoformat("2020-08-18T14:40:00+07:00")
    rows = [(text, -5, None, True, moment, DAY) for text in texts]
    content = b"".join(csv_chunks(("text", "n", "none", "is", "at", "day"), rows))
    assert content.startswith(b"\xef\xbb\xbftext,n,none,is,at,day\r\n")
    read = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True))[1:]
    assert [row[0].removeprefix("'") if row[0][:1] == "'" else row[0] for row in read] == texts
    assert not [row[0] for row in read if row[0][:1] in ("=", "+", "-", "@", "\t")]
    assert read[0][1:] == ["-5", "", "1", "2020-08-18T07:40:00.000000+00:00", "2020-08-18"]
