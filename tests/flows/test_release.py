"""A mail that waited in quarantine is taken in once its sender is listed, with the moment it came."""

from __future__ import annotations

import os
from datetime import datetime, time
from email.message import EmailMessage
from pathlib import Path

import pytest

from tests.flows.world import DAY, FIGURES, NAMES, ZONE, District, workbook
from tests.services.smtp_server import SmtpServer
from tonghop.store import Store, Submission, SubmissionState, open_store

STRANGER = "vanphong@tanha.example.vn"
LISTED = "tanha@tanchau.example.vn"


@pytest.fixture
def waiting(district: District, tmp_path: Path) -> District:
    """A district whose mailbox got a good report at 13:10, from an address that no unit lists."""
    box = tmp_path / "box"
    for folder in ("cur", "new", "tmp"):
        (box / folder).mkdir(parents=True)
    district.configure(sources=[{"kind": "mailbox", "url": f"maildir://{box}"}])
    workbook(tmp_path / "bc.xlsx", NAMES["90101"], FIGURES["90101"], DAY)
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = (
        STRANGER,
        "baocao@tanchau.example.vn",
        "Báo cáo ngày 18/8/2020",
    )
    mail.set_content("Xã gửi báo cáo.")
    kind = {"maintype": "application", "subtype": "vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
    mail.add_attachment((tmp_path / "bc.xlsx").read_bytes(), **kind, filename="Báo cáo.xlsx")
    (box / "new" / "1.tanha").write_bytes(mail.as_bytes())
    came = datetime.combine(DAY, time(13, 10), ZONE).timestamp()
    os.utime(box / "new" / "1.tanha", (came, came))
    return district


def intake(district: District, at: str) -> dict:
    code, told, error = district.tonghop("intake", "tan-chau", "--at", f"{DAY}T{at}:00+07:00")
    assert code in (0, 1), error
    return told


def list_sender(district: District) -> None:
    units = district.home / "campaigns" / "tan-chau" / "units.csv"
    units.write_text(
        units.read_text(encoding="utf-8").replace(LISTED, f"{LISTED};{STRANGER}"), encoding="utf-8"
    )


def opened(district: District) -> Store:
    return open_store(f"sqlite:///{district.home / 'var' / 'tonghop.sqlite'}")


def only(store: Store) -> Submission:
    (one,) = store.ledger.submissions("tan-chau", DAY)
    return one


def test_listing_the_sender_takes_in_what_waits_once_and_in_time(
    waiting: District, smtp_server: SmtpServer
) -> None:
    assert intake(waiting, "13:20")["entries"] == {}
    with opened(waiting) as store:
        assert only(store).state is SubmissionState.QUARANTINED
    list_sender(waiting)
    told = intake(waiting, "14:30")  # after the cut-off, which is 14:00
    assert (told["new"], told["entries"], told["answered"]) == (1, {"accepted": 1}, 1)
    with opened(waiting) as store:
        one = only(store)
        assert (one.state, one.branch, one.sender) == (SubmissionState.READ, "90101", STRANGER)
        assert one.received_at.astimezone(ZONE).time() == time(13, 10)
        audited = "submission tan-chau/2020-08-18/90101"
        deeds = store.desk.deeds(datetime(2000, 1, 1, tzinfo=ZONE), datetime(2100, 1, 1, tzinfo=ZONE), 99)
        assert [(d.actor, d.detail) for d in deeds if d.subject == audited] == [("intake", STRANGER)]
    _, status, _ = waiting.tonghop("status", "tan-chau", "--day", f"{DAY}")
    (line,) = [line for line in status["units"] if line["unit"] == "90101"]
    assert (line["state"], line["timeliness"]) == ("reported", "on_time")
    assert status["quarantined"] == []
    again = intake(waiting, "14:35")
    assert (again["new"], again["entries"], again["answered"]) == (0, {}, 0)


def test_what_waits_of_others_goes_on_waiting(waiting: District) -> None:
    intake(waiting, "13:20")
    told = intake(waiting, "13:30")
    assert (told["new"], told["entries"]) == (0, {})
    with opened(waiting) as store:
        assert only(store).state is SubmissionState.QUARANTINED


def test_a_lost_original_is_told_and_keeps_nothing_else_from_its_way(waiting: District) -> None:
    intake(waiting, "13:20")
    list_sender(waiting)
    vault = waiting.home / "var" / "submissions"
    for file in [path for path in vault.rglob("*") if path.is_file()]:
        file.unlink()
    code, told, _ = waiting.tonghop("intake", "tan-chau", "--at", f"{DAY}T13:30:00+07:00")
    assert code == 3
    assert any("release" in text for text in told["failed"])
    with opened(waiting) as store:
        assert only(store).state is SubmissionState.QUARANTINED
