"""The queue over HTTP: what is listed, who sees what, and what a decision does to the totals."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from tests.desk.office import CAMPAIGN, DAY, Office, finding, office_in
from tests.desk.reviewing import order, ten
from tonghop.domain.verdicts import Decision


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with office_in(tmp_path / "tan-chau", is_filled=False) as opened:
        ten(opened)
        yield opened


def seat(office: Office, name: str = "lan") -> httpx.Client:
    """Return the officer's client, logged in once a test: each login costs its share of a second on purpose."""
    seats: dict[str, httpx.Client] = office.__dict__.setdefault("seats", {})
    if name not in seats:
        seats[name] = office.client(name)
    return seats[name]


def listed(page: httpx.Response) -> list[int]:
    assert page.status_code == 200, page.text[:500]
    part = page.text[page.text.index('class="queue card"') :] if 'class="queue card"' in page.text else ""
    return [int(number) for number in re.findall(r'/queue/(\d+)[?"]', part)]


def decide(office: Office, client: httpx.Client, number: int, verb: str, **told: str) -> httpx.Response:
    seen = re.search(r'name="seen" value="(\d+)"', client.get(f"{office.path}/queue/{number}").text)
    data = {"seen": seen[1] if seen else "0", **told}
    return client.post(f"{office.path}/queue/{number}/{verb}", data=data)


def of_unit(office: Office, unit: str, code: str = "") -> int:
    items = office.store.review.open_items(CAMPAIGN, DAY)
    return next(i.id for i in items if i.unit == unit and code in ("", i.code))


def installs(office: Office, unit: str) -> str:
    """Return the figure as the trace page prints it."""
    page = seat(office).get(f"{office.path}/trace/{unit}/installs").text
    found = re.search(r'class="big">([^<]*)<', page)
    assert found
    return found[1].strip()


def test_the_gravest_come_first_and_of_one_gravity_what_came_first(office: Office) -> None:
    assert listed(seat(office).get(f"{office.path}/queue")) == order(office)


def test_the_list_is_filtered_by_district_rule_unit_and_severity(office: Office) -> None:
    for query, count in (
        ("?severity=critical", 6),
        ("?severity=warning", 4),
        ("?severity=info", 0),
        ("?district=902", 2),
        ("?rule=cumulative-falls", 3),
        ("?unit=suoi+day", 2),
        ("?unit=Suối+Dây", 2),
        ("?unit=90103", 2),
        ("?district=901&rule=cumulative-falls&severity=critical", 3),
        ("?rule=no-such-rule", 0),
        ("?severity=%3Cscript%3E&page=-4", 10),
    ):
        assert len(listed(seat(office).get(f"{office.path}/queue{query}"))) == count, query


def test_each_choice_tells_how_many_it_would_leave(office: Office) -> None:
    page = html.unescape(seat(office).get(f"{office.path}/queue?district=901").text)
    assert "Phải xác minh (5)" in page
    assert "Huyện Tân Biên (2)" in page  # of the other filters as they are


def test_a_page_says_first_what_is_wrong_and_who_sent_it_when(office: Office) -> None:
    number = of_unit(office, "90103", "installs-above-smartphones")
    page = html.unescape(seat(office).get(f"{office.path}/queue/{number}").text)
    assert re.search(
        r"<h1[^>]*>Ô E5: số đã cài đặt 2\.349 lớn hơn số người dùng điện thoại thông minh 2\.204", page
    )
    assert "xa90103@tanchau.example.vn" in page
    assert "09:05 18/8/2020" in page
    assert "0276 000 003" in page
    assert 'class="days-chart"' in page


def test_the_sheet_has_the_cell_marked_and_no_name_of_a_person(office: Office) -> None:
    page = seat(office).get(f"{office.path}/queue/{of_unit(office, '90103')}/sheet").text
    assert re.search(r'<td class="marked right" data-marked>2349<', page)
    assert "Người lập biểu" in html.unescape(page)
    assert "Hằng" not in html.unescape(page)


def test_accepted_figures_count_at_once_and_the_next_finding_is_shown(office: Office) -> None:
    client, number = seat(office), of_unit(office, "90101")
    assert installs(office, "90101") == "–"
    answer = decide(office, client, number, "accept", quick="called")
    assert answer.status_code == 303
    assert re.search(rf"/queue/{order(office)[0]}\?done=\d+$", answer.headers["location"])
    assert installs(office, "90101") == "430"
    (verdict,) = office.store.verdicts.of_unit(CAMPAIGN, "90101", DAY)
    assert (verdict.officer, verdict.reason) == ("lan", "Đã gọi đơn vị, xác nhận số đúng")


def test_a_whole_report_may_be_accepted_with_all_its_findings(office: Office) -> None:
    number = of_unit(office, "90103", "installs-above-smartphones")
    decide(office, seat(office), number, "accept", quick="paper", scope="entry")
    assert "90103" not in {i.unit for i in office.store.review.open_items(CAMPAIGN, DAY)}
    assert installs(office, "90103") == "2.349"


def test_without_a_reason_nothing_is_accepted(office: Office) -> None:
    answer = decide(office, seat(office), of_unit(office, "90101"), "accept")
    assert answer.status_code == 422
    assert "Xin ghi lý do" in html.unescape(answer.text)
    assert installs(office, "90101") == "–"


@pytest.mark.parametrize("typed", ["2.104", "2 104 người"])
def test_a_correction_is_read_as_people_write_and_echoed_before_it_is_kept(
    office: Office, typed: str
) -> None:
    client, number = seat(office), of_unit(office, "90103", "installs-above-smartphones")
    told = {"field": "installs", "value": typed, "spoke_with": "bà Lan, điện thoại", "reason": "gõ nhầm"}
    echo = decide(office, client, number, "correct", **told)
    assert echo.status_code == 200
    assert "Đúng, ghi 2.104" in html.unescape(echo.text)
    assert installs(office, "90103") == "–"
    kept = decide(office, client, number, "correct", **told, sure="installs=2104")
    assert kept.status_code == 303
    assert installs(office, "90103") == "2.104"
    trace = html.unescape(client.get(f"{office.path}/trace/90103/installs").text)
    assert "Nguyễn Thị Lan đã sửa" in trace
    assert "bà Lan, điện thoại" in trace
    assert "2.349 → 2.104" in trace


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("2.755.000", ("thông minh» (2.204)", "lớn hơn «Dân số» (4.391)", "khác rất xa số gần nhất")),
        ("12", ("khác rất xa số gần nhất",)),
        ("2.104", ("nhỏ hơn số gần nhất đã tính (2.193), trong khi số lũy kế không giảm",)),
        ("2.200", ()),
    ],
)
def test_a_correction_that_is_odd_itself_is_told_before_it_is_kept(
    office: Office, typed: str, said: tuple[str, ...]
) -> None:
    told = {"field": "installs", "value": typed, "spoke_with": "bà Lan", "reason": "gõ nhầm"}
    number = of_unit(office, "90103", "installs-above-smartphones")
    shown = html.unescape(decide(office, seat(office), number, "correct", **told).text)
    assert shown.count("Lưu ý:") == len(said)
    assert all(one in shown for one in said)


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        (
            "unit",
            "90203",
            ("«Dân số» khác rất xa số gần nhất đã tính (4.410)", "nhỏ hơn số gần nhất đã tính (282)"),
        ),
        ("unit", "90202", ("đã có báo cáo được tính",)),
        ("day", "17/8/2020", ("đã có báo cáo được tính",)),
        ("day", "19/8/2020", ("ngày này chưa đến",)),
    ],
)
def test_a_report_given_to_another_unit_or_day_is_compared_with_what_is_known_there(
    office: Office, field: str, typed: str, said: tuple[str, ...]
) -> None:
    office.tell(
        "90201", 800, 700, 200, 71, 52, at="11:00", name="b.xlsx", findings=(finding("90201", "wrong-day"),)
    )
    told = {"field": field, "value": typed, "spoke_with": "bà Lan", "reason": "ghi nhầm"}
    number = of_unit(office, "90201", "wrong-day")
    shown = html.unescape(decide(office, seat(office), number, "correct", **told).text)
    doubts = re.findall(r'<p class="note bad">(Lưu ý: [^<]*)</p>', shown)
    assert all(any(one in doubt for doubt in doubts) for one in said), doubts


def test_an_echo_of_another_value_keeps_nothing(office: Office) -> None:
    number = of_unit(office, "90103")
    told = {
        "field": "installs",
        "value": "2.104",
        "spoke_with": "bà Lan",
        "reason": "x",
        "sure": "installs=9",
    }
    assert decide(office, seat(office), number, "correct", **told).status_code == 200
    assert office.store.verdicts.of_unit(CAMPAIGN, "90103", DAY) == ()


def test_what_is_no_count_of_people_is_asked_again(office: Office) -> None:
    number = of_unit(office, "90103")
    for typed in ("", "1,234", "hai nghìn", "-5", "0912345678", "4.39"):
        told = {"field": "installs", "value": typed, "spoke_with": "bà Lan", "reason": "x"}
        answer = decide(office, seat(office), number, "correct", **told)
        assert answer.status_code == 422, typed
        assert "số nguyên không âm" in html.unescape(answer.text)


def test_a_correction_needs_to_say_with_whom_was_spoken(office: Office) -> None:
    told = {"field": "installs", "value": "2104", "reason": "x"}
    answer = decide(office, seat(office), of_unit(office, "90103"), "correct", **told)
    assert answer.status_code == 422
    assert "đã hỏi ai" in html.unescape(answer.text)


def test_a_report_of_another_unit_is_given_to_it_by_its_name(office: Office) -> None:
    number = of_unit(office, "90201")
    told = {"field": "unit", "value": "Thạnh Bình", "spoke_with": "bà Lan", "reason": "ghi nhầm đơn vị"}
    client = seat(office)
    assert decide(office, client, number, "correct", **told).status_code == 422  # of no unit the whole name
    told["value"] = "xa thanh binh"
    assert "Xã Thạnh Bình" in html.unescape(decide(office, client, number, "correct", **told).text)
    assert decide(office, client, number, "correct", **told, sure="unit=90203").status_code == 303
    assert {e.standing for e in office.store.review.unit_entries(CAMPAIGN, "90203", DAY, DAY)} == {"counted"}


def test_a_rejected_report_does_not_count_and_its_findings_are_settled(office: Office) -> None:
    number = of_unit(office, "90104", "cumulative-falls")
    assert decide(office, seat(office), number, "reject", quick="wrong_file").status_code == 303
    assert "90104" not in {i.unit for i in office.store.review.open_items(CAMPAIGN, DAY)}
    assert installs(office, "90104") == "–"


def test_a_waiver_settles_what_it_covers_until_its_day(office: Office) -> None:
    number = of_unit(office, "90101")
    answer = decide(office, seat(office), number, "waive", until="2020-08-25", quick="register")
    assert answer.status_code == 303
    (waiver,) = office.store.verdicts.waivers(CAMPAIGN, DAY, "90101")
    assert (waiver.code, waiver.until.isoformat(), waiver.officer) == (
        "cumulative-falls",
        "2020-08-25",
        "lan",
    )
    assert installs(office, "90101") == "430"


def test_a_waiver_without_an_end_in_reach_is_refused(office: Office) -> None:
    number = of_unit(office, "90101")
    for until in ("", "2020-13-01", "2020-08-17", "2030-01-01"):
        answer = decide(office, seat(office), number, "waive", until=until, quick="register")
        assert answer.status_code == 422, until
    assert office.store.verdicts.waivers(CAMPAIGN, DAY) == ()


def test_a_decision_can_be_undone_and_both_stay_in_the_history(office: Office) -> None:
    client, number = seat(office), of_unit(office, "90101")
    done = decide(office, client, number, "accept", quick="called").headers["location"]
    page = client.get(done).text
    undo = re.search(r'action="([^"]*/verdict/\d+/withdraw)"', page)
    assert undo
    assert client.post(undo[1]).headers["location"] == f"{office.path}/queue/{number}"
    assert installs(office, "90101") == "–"
    decisions = [v.decision for v in office.store.verdicts.of_unit(CAMPAIGN, "90101", DAY)]
    assert decisions == [Decision.ACCEPT, Decision.WITHDRAW]


def test_why_a_decision_cannot_be_taken_back_is_told_on_the_page_that_follows(office: Office) -> None:
    client, number = seat(office), of_unit(office, "90103", "cumulative-falls")
    done = decide(office, client, number, "accept", scope="entry", quick="called").headers["location"]
    (verdict,) = re.findall(r"done=(\d+)", done)
    path = f"{office.path}/verdict/{verdict}/withdraw"
    assert client.post(path).headers["location"] == f"{office.path}/queue"
    again = client.post(path, data={"rule": "cumulative-falls"}).headers["location"]
    assert again == f"{office.path}/queue?rule=cumulative-falls&trouble=verdict.withdrawn"
    told = '<p class="note bad gap-below" role="alert">Quyết định này đã được rút lại trước đó.</p>'
    assert told in html.unescape(client.get(again).text)
    assert 'role="alert"' not in client.get(f"{office.path}/queue?trouble=desk.name").text


def test_of_two_officers_on_one_finding_the_second_is_told_and_overwrites_nothing(office: Office) -> None:
    number = of_unit(office, "90101")
    late = seat(office, "minh")
    late.get(f"{office.path}/queue/{number}")
    decide(office, seat(office, "lan"), number, "accept", reason="đã gọi ông Nam")
    answer = late.post(f"{office.path}/queue/{number}/reject", data={"seen": "0", "reason": "không hợp lý"})
    page = html.unescape(answer.text)
    assert answer.status_code == 409
    assert "Nguyễn Thị Lan đã quyết định trước" in page
    assert "đã gọi ông Nam" in page
    assert "không hợp lý" in page
    assert installs(office, "90101") == "430"
    assert len(office.store.verdicts.of_unit(CAMPAIGN, "90101", DAY)) == 1


def test_a_viewer_sees_everything_and_no_form_and_decides_nothing(office: Office) -> None:
    client, number = seat(office, "xem"), of_unit(office, "90101")
    page = client.get(f"{office.path}/queue/{number}")
    assert page.status_code == 200
    assert f"/queue/{number}/" not in re.sub(r'(hx-get|href)="[^"]*"', "", page.text)
    for verb in ("accept", "correct", "reject", "waive"):
        told = {"reason": "x", "field": "installs", "value": "1", "spoke_with": "y", "until": "2020-08-20"}
        assert client.post(f"{office.path}/queue/{number}/{verb}", data=told).status_code == 403
    assert office.store.verdicts.of_unit(CAMPAIGN, "90101", DAY) == ()


def test_an_officer_of_one_district_sees_decides_and_downloads_nothing_of_another(office: Office) -> None:
    client, number = seat(office, "tanbien"), of_unit(office, "90101")
    assert len(listed(client.get(f"{office.path}/queue"))) == 2
    assert listed(client.get(f"{office.path}/queue?district=901")) == []
    submission = office.store.review.finding(number).submission.id  # type: ignore[union-attr] # it is there
    for path in (
        f"/queue/{number}", f"/queue/{number}/sheet", f"/submission/{submission}/sheet",
        f"/submission/{submission}/file", "/unit/90101", "/unit/901", "/trace/90101/installs", "/edition/1",
    ):  # fmt: skip
        assert client.get(office.path + path).status_code == 404, path
    for verb in ("accept", "correct", "reject", "waive"):
        assert (
            client.post(f"{office.path}/queue/{number}/{verb}", data={"quick": "called"}).status_code == 404
        )
    assert "Tân Hà" not in client.get(f"{office.path}/unit?find=tan").text
    done = decide(office, seat(office), number, "accept", quick="called").headers["location"]
    verdict = re.findall(r"done=(\d+)", done)[0]
    assert client.post(f"{office.path}/verdict/{verdict}/withdraw").status_code == 404
    assert installs(office, "90101") == "430"


def test_a_correction_cannot_move_figures_out_of_or_into_another_district(office: Office) -> None:
    client = seat(office, "tanbien")
    told = {"field": "unit", "value": "90101", "spoke_with": "bà Lan", "reason": "x", "sure": "unit=90101"}
    answer = decide(office, client, of_unit(office, "90201"), "correct", **told)
    assert answer.status_code == 422


def test_script_in_every_text_stays_text(office: Office) -> None:
    evil = "<script>alert(1)</script>"
    told = replace(
        finding("90203", "cumulative-falls", found=evil, expected='"><img src=x onerror=alert(1)>'),
        sheet=evil,
    )
    office.tell(
        "90203", at="11:11", findings=(told,), name=f"{evil}.xlsx", sender=f"{evil}@x.vn", content=b"z"
    )
    client = seat(office)
    decide(office, client, of_unit(office, "90203"), "waive", until="2020-08-25", reason=evil)
    decide(office, client, of_unit(office, "90101"), "accept", reason=evil)
    number = of_unit(office, "90202")
    decide(office, client, number, "correct", field="installs", value=evil, spoke_with=evil, reason=evil)
    for path in (
        "/queue",
        f"/queue/{number}",
        "/unit/90203",
        "/unit/90101",
        "/rules",
        "/trace/90203/installs",
    ):
        page = client.get(office.path + path)
        assert page.status_code == 200
        assert "<script>alert" not in page.text
        assert "<img src=x" not in page.text


def test_the_queue_speaks_english_to_who_chose_it(office: Office) -> None:
    client = seat(office)
    client.post("/language", data={"language": "en", "next": office.path})
    number = of_unit(office, "90103", "installs-above-smartphones")
    page = html.unescape(client.get(f"{office.path}/queue/{number}").text)
    assert "Cell E5: the number of installs 2.349 is larger than the number of smartphone users" in page
    for word in (
        "Accept",
        "Correct",
        "Reject and ask again",
        "Waive",
        "Figures as read",
        "The sheet as the unit made it",
    ):
        assert word in page
    assert "10 findings wait" in client.get(f"{office.path}/queue").text


def test_what_is_not_there_is_not_found(office: Office) -> None:
    for path in (
        "/queue/0",
        f"/queue/{'9' * 20}",
        "/queue/x",
        "/submission/0/sheet",
        "/rules?days=3",
        "/edition/7",
    ):
        assert seat(office).get(office.path + path).status_code == 404, path


def test_a_file_is_saved_as_it_came_and_never_shown(office: Office) -> None:
    client = seat(office)
    submission = office.store.review.finding(of_unit(office, "90103")).submission  # type: ignore[union-attr] # it is there
    answer = client.get(f"{office.path}/submission/{submission.id}/file")
    assert answer.content[:2] == b"PK"
    assert answer.headers["content-disposition"].startswith("attachment;")
    assert answer.headers["content-type"] == "application/octet-stream"


def test_all_that_is_left_is_said_when_nothing_is(office: Office) -> None:
    client = seat(office)
    for number in order(office):
        if number in {i.id for i in office.store.review.open_items(CAMPAIGN, DAY)}:
            decide(office, client, number, "accept", quick="called")
    assert "Không còn gì phải xử lý." in html.unescape(client.get(f"{office.path}/queue").text)
