"""The next edition under ``corrections: ask``: offered with its changes, sent once, by whom it is kept."""

from __future__ import annotations

import html
import re
import time as clocks
from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import httpx
import pytest
import yaml

from tests.desk.office import CAMPAIGN, DAY, Office, office_in
from tests.desk.reviewing import ten
from tests.desk.test_review_pages import freeze
from tests.services.smtp_server import SmtpServer
from tonghop.desk.jobs import RUN, Job, JobState
from tonghop.domain.verdicts import Correction, Decision, Ruling

WAIT_SECONDS = 240
REASON = "--day sai; đã thống nhất với ông Nam"


@pytest.fixture
def office(tmp_path: Path, smtp_server: SmtpServer) -> Iterator[Office]:
    """Return the desk of a day whose first edition was made, and of which a figure was corrected since."""
    with office_in(tmp_path / "tan-chau", smtp_url=smtp_server.url) as opened:
        ten(opened)
        freeze(opened)
        correct(opened, "2100")
        yield opened


def correct(office: Office, value: str) -> None:
    item = next(i for i in office.store.review.open_items(CAMPAIGN, DAY) if i.unit == "90105")
    ruling = Ruling(
        Decision.CORRECT, "lan", "ghi nhầm cột", item.entry, item.id, Correction("installs", value, "ông Nam")
    )
    office.clock.go(timedelta(minutes=2))
    office.store.verdicts.rule(ruling, office.clock())


def digest(page: httpx.Response) -> str:
    found = re.search(r'name="digest" value="([0-9a-f]{64})"', page.text)
    assert found, page.text[:300]
    return found[1]


def send(client: httpx.Client, office: Office, of: str, reason: str = REASON) -> httpx.Response:
    return client.post(f"{office.path}/edition/next", data={"digest": of, "reason": reason})


def numbers(office: Office) -> list[int]:
    return [one.number for one in office.store.editions.all(CAMPAIGN, DAY)]


def deeds(office: Office) -> list[tuple[str, str, str]]:
    found = office.store.desk.deeds(office.clock() - timedelta(hours=1), office.clock(), 50)
    return [
        (d.actor, d.subject, d.detail)
        for d in found
        if d.action == "approve edition" and d.actor != "operator"
    ]


@pytest.mark.parametrize("page", ["today", "edition"])
def test_what_would_change_is_listed_old_and_new_with_its_cause(office: Office, page: str) -> None:
    told = html.unescape(office.client().get(f"{office.path}/{page}").text)
    assert "Lập và gửi bản 2, thay thế bản 1" in told
    row = re.search(r"<tr><th[^>]*>Thị trấn Tân Châu.*?</tr>", told, re.DOTALL)
    assert row
    words = re.sub(r"<[^>]+>|\s+", " ", row[0])
    for word in ("2.210", "2.100", "Nguyễn Thị Lan", "ghi nhầm cột"):
        assert word in words, word


def test_an_approved_edition_is_made_and_sent_once_however_often_it_is_pressed(
    office: Office, smtp_server: SmtpServer
) -> None:
    client = office.client()
    shown = digest(client.get(f"{office.path}/edition"))
    assert [send(client, office, shown).status_code for _ in range(3)] == [303, 303, 303]
    assert "Đang lập và gửi bản 2" in client.get(f"{office.path}/edition/next/live").text
    assert "Lập và gửi bản" not in client.get(f"{office.path}/today").text
    until = clocks.monotonic() + WAIT_SECONDS
    while office.jobs.state(CAMPAIGN, RUN, DAY).is_running and clocks.monotonic() < until:
        clocks.sleep(0.3)
    log = (office.home / "var/desk/run-tan-chau.log").read_text(encoding="utf-8")
    told = client.get(f"{office.path}/edition/next/live").text
    assert "Đã lập bản 2" in told, told + log
    assert "so@tayninh.example.vn: máy chủ đã nhận" in told
    assert send(client, office, shown).status_code == 303  # the button of a page that was left open
    assert not office.jobs.state(CAMPAIGN, RUN, DAY).is_running
    assert numbers(office) == [1, 2]
    subjects = [
        str(message_from_bytes(one.content, policy=default)["Subject"]) for one in smtp_server.received
    ]
    assert ["thay thế bản 1" in one.casefold() for one in sorted(subjects)].count(True) == 1, subjects
    assert deeds(office) == [("lan", f"edition {CAMPAIGN}/{DAY}/2", REASON)]


def test_a_state_of_the_day_that_nobody_has_seen_is_not_approved(office: Office) -> None:
    client = office.client()
    shown = digest(client.get(f"{office.path}/edition"))
    office.tell("90203", at="13:40")
    answer = send(client, office, shown)
    assert answer.status_code == 409
    assert "Số liệu vừa thay đổi" in answer.text
    assert f'value="{html.escape(REASON)}"' in answer.text
    assert digest(answer) != shown
    assert office.jobs.state(CAMPAIGN, RUN) == JobState()
    assert deeds(office) == []


def test_without_a_reason_nothing_is_sent(office: Office) -> None:
    client = office.client()
    assert send(client, office, digest(client.get(f"{office.path}/edition")), " \t").status_code == 422
    assert office.jobs.state(CAMPAIGN, RUN) == JobState()


def test_only_an_officer_of_the_whole_campaign_approves(office: Office) -> None:
    shown = digest(office.client("quantri").get(f"{office.path}/edition"))
    viewer, branch = office.client("xem"), office.client("tanchau")
    page = viewer.get(f"{office.path}/edition").text
    assert "đang chờ duyệt" in page
    assert 'name="digest"' not in page
    assert 'id="approval"' not in branch.get(f"{office.path}/today").text
    assert branch.get(f"{office.path}/edition/next/live").status_code == 404
    assert [send(one, office, shown).status_code for one in (viewer, branch)] == [403, 404]
    assert office.jobs.state(CAMPAIGN, RUN) == JobState()


def test_nobody_is_asked_where_corrections_are_sent_at_once(office: Office) -> None:
    file = office.home / "campaigns" / CAMPAIGN / "campaign.yaml"
    told = yaml.safe_load(file.read_text(encoding="utf-8"))
    file.write_text(yaml.safe_dump({**told, "corrections": "send"}, allow_unicode=True), encoding="utf-8")
    client = office.client()
    assert 'id="approval"' not in client.get(f"{office.path}/today").text
    assert send(client, office, "0" * 64).status_code == 404


def test_what_is_as_it_was_is_not_sent_again_to_a_page_that_looks(office: Office) -> None:
    client = office.client()
    stamp = re.search(r"next/live\?seen=(\w+)", client.get(f"{office.path}/today").text)
    assert stamp
    assert client.get(f"{office.path}/edition/next/live?seen={stamp[1]}").status_code == 204
    correct_again = office.store.verdicts.of_unit(CAMPAIGN, "90105", DAY)[-1]
    office.store.verdicts.rule(
        Ruling(Decision.WITHDRAW, "lan", "nhầm", withdraws=correct_again.id), office.clock()
    )
    told = client.get(f"{office.path}/edition/next/live?seen={stamp[1]}")
    assert told.status_code == 200
    assert "Lập và gửi" not in told.text  # the day is again what was sent


def test_a_command_that_cannot_be_started_has_failed(office: Office) -> None:
    campaign = office.app.state.desk.parts.campaigns.get(CAMPAIGN)
    assert office.jobs.approve(campaign, DAY, "x", "a\0b")
    until = clocks.monotonic() + 20
    while office.jobs.state(CAMPAIGN, RUN, DAY).is_running and clocks.monotonic() < until:
        clocks.sleep(0.05)
    assert office.jobs.state(CAMPAIGN, RUN, DAY).has_failed
    assert Job(RUN, DAY, "x", "a") == Job(RUN, DAY, "x", "b")  # the digest decides, not the words
    assert "chưa hoàn thành" in office.client().get(f"{office.path}/today").text
