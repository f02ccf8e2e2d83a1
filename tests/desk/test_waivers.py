"""Waivers are ended with a reason, or undone at once; both are kept."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from tests.desk.office import CAMPAIGN, DAY, Office, office_in
from tests.desk.reviewing import order, ten
from tests.desk.test_queue import decide, installs, of_unit, seat
from tests.desk.test_review_pages import freeze


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with office_in(tmp_path / "tan-chau") as opened:
        ten(opened)
        yield opened


def waive(office: Office, unit: str = "90101") -> tuple[int, int, httpx.Response]:
    """Waive a rule for a unit; return the finding it was given on, the waiver and the page that follows."""
    number = of_unit(office, unit)
    answer = decide(office, seat(office), number, "waive", until="2020-08-25", quick="register")
    (waiver,) = office.store.verdicts.waivers(CAMPAIGN, DAY, unit)
    return number, waiver.id, seat(office).get(answer.headers["location"])


def undo(office: Office, page: httpx.Response) -> httpx.Response:
    form = re.search(r'action="([^"]+/waiver/\d+/end)".*?name="undo" value="(\d+)"', page.text, re.DOTALL)
    assert form, page.text[:500]
    return seat(office).post(form[1], data={"undo": form[2]})


def test_the_undo_beside_a_waiver_just_given_opens_its_findings_again(office: Office) -> None:
    before = order(office)
    number, waiver, page = waive(office)
    assert number not in order(office)
    answer = undo(office, page)
    assert answer.headers["location"].split("?")[0] == f"{office.path}/queue/{number}"
    assert order(office) == before
    assert installs(office, "90101") == "–"
    following = seat(office).get(answer.headers["location"]).text
    assert "cảnh báo được mở lại" in following
    (ended,) = office.store.verdicts.waivers(CAMPAIGN, DAY, "90101")
    assert (ended.id, ended.ended_by) == (waiver, "lan")
    again = undo(office, page)
    assert "cảnh báo được mở lại" not in seat(office).get(again.headers["location"]).text


def test_what_an_edition_was_made_of_stays_and_the_officer_is_told(office: Office) -> None:
    number, _waiver, page = waive(office)
    office.clock.go(timedelta(minutes=1))
    freeze(office)
    answer = undo(office, page)
    assert "giữ nguyên" in seat(office).get(answer.headers["location"]).text
    assert number not in order(office)
    assert installs(office, "90101") == "430"


@pytest.mark.parametrize("place", ["rules", "unit/90101"])
def test_a_waiver_in_force_is_ended_with_a_reason_and_what_it_let_pass_stays(
    office: Office, place: str
) -> None:
    number, waiver, _page = waive(office)
    client = office.client("minh")
    page = client.get(f"{office.path}/{place}").text
    assert f"/waiver/{waiver}/end" in page
    path = f"{office.path}/waiver/{waiver}/end"
    assert client.post(path).status_code == 422
    assert client.post(path, data={"undo": str(number)}).status_code == 422  # another's is not undone
    assert client.post(path, data={"reason": "đã cập nhật", "back": place.split("/")[0]}).status_code == 303
    page = client.get(f"{office.path}/{place}").text
    assert f"/waiver/{waiver}/end" not in page
    assert "Trần Văn Minh chấm dứt" in page
    assert number not in order(office)
    deed = next(
        d for d in office.store.desk.deeds(office.clock() - timedelta(hours=1), office.clock(), 9)
        if d.action == "end waiver"
    )  # fmt: skip
    assert (deed.actor, deed.detail) == ("minh", f"{waiver}: đã cập nhật")


def test_a_waiver_of_days_ago_is_ended_and_not_undone(office: Office) -> None:
    number, waiver, page = waive(office)
    office.clock.go(timedelta(minutes=50))
    assert "undo" in page.text
    old = office.store.verdicts.waive(
        CAMPAIGN,
        "90102",
        "installs-above-smartphones",
        DAY,
        DAY,
        "lan",
        "x",
        office.clock() - timedelta(days=1),
    )
    path = f"{office.path}/waiver/{old.id}/end"
    assert seat(office).post(path, data={"undo": str(number)}).status_code == 422
    assert waiver != old.id


def test_who_may_not_see_a_unit_does_not_end_its_waiver(office: Office) -> None:
    _number, waiver, _page = waive(office)
    path = f"{office.path}/waiver/{waiver}/end"
    assert office.client("tanbien").post(path, data={"reason": "x"}).status_code == 404
    viewer = office.client("xem")
    assert viewer.post(path, data={"reason": "x"}).status_code == 403
    assert path not in viewer.get(f"{office.path}/rules").text
    assert seat(office).post(f"{office.path}/waiver/99/end", data={"reason": "x"}).status_code == 404
