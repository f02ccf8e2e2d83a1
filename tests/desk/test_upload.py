"""Handing in on behalf of a unit: through the same intake, in a process of its own."""

from __future__ import annotations

import io
import re
import time as clocks
from collections.abc import Iterator

import httpx
import pytest

from tests.desk.office import CAMPAIGN, DAY, FIGURES, NOW, Office, office_in
from tests.flows.world import workbook
from tests.reading.hostile import corpus
from tonghop.desk import DeskLimits
from tonghop.domain.totals import UnitState
from tonghop.store import SubmissionState

WAIT_SECONDS = 240


def book(desk: Office, name: str, unit: str) -> bytes:
    path = desk.home / f"{unit}.xlsx"
    workbook(path, name, FIGURES[unit], DAY)
    return path.read_bytes()


def hand_in(client: httpx.Client, desk: Office, name: str, content: bytes, **data: str) -> httpx.Response:
    return client.post(f"{desk.path}/upload", data=data, files={"files": (name, content)})


def settled(client: httpx.Client, desk: Office) -> str:
    """Return what the page says once nothing of it waits and no intake is under way."""
    until = clocks.monotonic() + WAIT_SECONDS
    while clocks.monotonic() < until:
        text = client.get(f"{desk.path}/upload/live").text
        if not desk.jobs.state(CAMPAIGN).is_running:
            return client.get(f"{desk.path}/upload/live").text or text
        clocks.sleep(0.3)
    raise AssertionError(text)


def test_a_workbook_from_zalo_goes_through_the_same_intake_and_counts(desk: Office) -> None:
    client = desk.client()
    content = book(desk, "Xã Tân Hội", "90104")
    answer = hand_in(client, desk, "BC Tân Hội.xlsx", content, unit="Xã Tân Hội (90104)", came="13:20")
    assert answer.status_code == 303
    text = settled(client, desk)
    assert "được tính" in text, text + (desk.home / "var/desk/intake-tan-chau.log").read_text()
    (line,) = [one for one in _totals(desk) if one.unit == "90104"]
    assert (line.state, line.figures["installs"].value) == (UnitState.REPORTED, 701)
    assert line.received_at == NOW.replace(hour=13, minute=20)
    (submission,) = [s for s in desk.store.ledger.submissions(CAMPAIGN, DAY) if s.source == "desk"]
    assert (submission.provenance, submission.branch, submission.sender) == ("desk", "90104", None)
    deed = next(iter(desk.store.desk.deeds(NOW, desk.clock(), 9)))
    assert (deed.actor, deed.action, deed.detail) == ("lan", "upload", "zalo, 13:20: BC Tân Hội.xlsx")
    hand_in(client, desk, "BC Tân Hội.xlsx", content, unit="90104", came="13:20")
    settled(client, desk)
    assert len([s for s in desk.store.ledger.submissions(CAMPAIGN, DAY) if s.source == "desk"]) == 1


def test_a_doubt_in_what_was_handed_in_is_told_on_the_same_page(desk: Office) -> None:
    client = desk.client()
    hand_in(client, desk, "BC.xlsx", book(desk, "Xã Suối Dây", "90103"), unit="90103")
    text = settled(client, desk)
    assert "đang xác minh" in text
    assert "2.349" in text
    assert "2.349" not in desk.client("tanbien").get(f"{desk.path}/upload/live").text


def test_the_hostile_corpus_is_taken_in_and_the_desk_goes_on(desk: Office) -> None:
    client = desk.client()
    taken = []
    for part in _batches(12_000_000):
        files = [("files", (name, io.BytesIO(content))) for name, content in part]
        answer = client.post(f"{desk.path}/upload", files=files, timeout=120)
        assert answer.status_code == 303, [name for name, _ in part]
        taken += [name for name, _ in part]
        assert client.get(f"{desk.path}/today").status_code == 200
    text = settled(client, desk)
    assert client.get(f"{desk.path}/owes").status_code == 200
    states = {s.name: s.state for s in desk.store.ledger.submissions(CAMPAIGN, DAY) if s.source == "desk"}
    assert len(states) == len(taken)
    waiting = [name for name, state in states.items() if state is SubmissionState.RECEIVED]
    assert not waiting, (waiting, (desk.home / "var/desk/intake-tan-chau.log").read_text()[-2000:])
    assert "<script>x" not in text
    assert "/etc/passwd" not in text
    assert [line.unit for line in _totals(desk) if line.state is UnitState.REPORTED and line.is_leaf] == [
        "90101", "90102", "90105", "90202",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("data", "content", "said"),
    [
        ({"unit": "Xã Không Có"}, b"x", "Không có đơn vị này"),
        ({"unit": "90104", "came": "13:50"}, b"x", "Giờ gửi phải là giờ đã qua"),
        ({"unit": "90104", "came": "ab:cd"}, b"x", "Giờ gửi phải là giờ đã qua"),
        ({"unit": "90104"}, b"", "Có tệp rỗng"),
    ],
)
def test_what_does_not_fit_is_said_and_nothing_is_taken_in(
    desk: Office, data: dict[str, str], content: bytes, said: str
) -> None:
    before = desk.store.desk.change()
    answer = hand_in(desk.client(), desk, "a.csv", content, **data)
    assert (answer.status_code, said in answer.text) == (422, True)
    assert [a for a, b in zip(desk.store.desk.change()[:-1], before[:-1], strict=True) if a != b] == []


def test_no_file_and_too_large_ones_are_said(tmp_path_factory: pytest.TempPathFactory) -> None:
    limits = DeskLimits(item_bytes=1000, upload_bytes=20_000)
    with office_in(tmp_path_factory.mktemp("o") / "o", limits) as office:
        client = office.client()
        assert "lớn hơn 0 MB" in hand_in(client, office, "a.csv", b"x" * 1001).text
        assert hand_in(client, office, "a.csv", b"x" * 30_000).status_code == 413
        assert client.post(f"{office.path}/upload", data={"unit": "90104"}).status_code == 422
        assert office.store.ledger.submissions(CAMPAIGN) == ()


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd.xlsx", "passwd.xlsx"),
        ("C:\\Windows\\bc.xlsx", "bc.xlsx"),
        ("a\u202excod.exe", "a\ufffdxcod.exe"),
        ("x" * 400 + ".xlsx", None),
        (".hidden", "hidden"),
    ],
)
def test_the_name_of_a_file_leads_nowhere(desk: Office, given: str, kept: str | None) -> None:
    hand_in(desk.client(), desk, given, b"a;b", unit="90104")
    (submission,) = [s for s in desk.store.ledger.submissions(CAMPAIGN, DAY) if s.source == "desk"]
    branch, _, name = submission.name.partition("/")
    assert branch == "90104"
    assert name == kept if kept else len(name) <= 121


def test_the_same_file_for_another_unit_is_another_submission(desk: Office) -> None:
    client = desk.client()
    for unit in ("90104", "90203"):
        hand_in(client, desk, "a.csv", b"a;b", unit=unit)
    assert sorted(s.branch or "" for s in desk.store.ledger.submissions(CAMPAIGN, DAY) if s.source == "desk") == [
        "90104", "90203",
    ]  # fmt: skip


def test_an_officer_of_a_branch_who_names_no_unit_hands_in_for_the_branch(desk: Office) -> None:
    hand_in(desk.client("tanbien"), desk, "a.csv", b"a;b")
    (submission,) = [s for s in desk.store.ledger.submissions(CAMPAIGN, DAY) if s.source == "desk"]
    assert submission.branch == "902"


def test_units_are_suggested_from_the_officers_branch_alone(desk: Office) -> None:
    client = desk.client("tanbien")
    found = client.get(f"{desk.path}/upload/units", params={"unit": "tân"}).text
    assert re.findall(r'value="([^"]+)"', found) == ["Huyện Tân Biên (902)", "Xã Tân Lập (90201)"]


def test_an_intake_that_cannot_finish_is_told_and_the_file_is_kept(desk: Office) -> None:
    client = desk.client()
    folder = desk.home / "campaigns" / CAMPAIGN / "campaign.yaml"
    text = folder.read_text(encoding="utf-8")
    folder.write_text(text + "\nmisspelt: yes\n", encoding="utf-8")
    hand_in(client, desk, "a.csv", b"a;b", unit="90104")
    assert "Lượt đọc vừa rồi chưa hoàn thành" in settled(client, desk)
    folder.write_text(text, encoding="utf-8")
    hand_in(client, desk, "b.csv", b"a;c", unit="90104")
    assert "đang chờ đọc" not in settled(client, desk)


def _totals(desk: Office):  # type: ignore[no-untyped-def]
    parts = desk.app.state.desk
    return parts.days.get(parts.parts.campaigns.get(CAMPAIGN), DAY, NOW).totals.lines


def _batches(size: int) -> Iterator[list[tuple[str, bytes]]]:
    batch: list[tuple[str, bytes]] = []
    for name, content in corpus():
        if len(content) > 36 * 1024 * 1024 or not content:
            continue  # refused before it is taken in: told in another test
        if batch and sum(len(one) for _, one in batch) + len(content) > size:
            yield batch
            batch = []
        batch.append((name, content))
    yield batch
