"""Today and the call list: what they say of a morning, in one officer's branch, and what one click writes down."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
import yaml
from markupsafe import escape

from tests.desk.office import CAMPAIGN, DAY, NOW, Office, finding
from tests.desk.routes import doors
from tests.sql.world import raw_connection

EVIL = "<script>alert('x')</script>\"'><img src=x onerror=alert(1)>{{7*7}}\u202e\x07"


def test_today_counts_down_to_the_next_moment_of_the_day(desk: Office) -> None:
    client = desk.client()
    assert ">18 phút<" in client.get(f"{desk.path}/today").text  # 13:42, the figures close at 14:00
    desk.clock.go(timedelta(minutes=20))
    page = client.get(f"{desk.path}/today").text
    assert "Còn lại đến giờ lập và gửi" in page
    assert ">38 phút<" in page
    desk.clock.go(timedelta(hours=1))
    assert "Đã qua hạn báo cáo" in desk.client().get(f"{desk.path}/today").text


def test_today_draws_who_reported_in_time_late_held_and_missing(desk: Office) -> None:
    desk.tell("90203", at="14:20")
    desk.clock.go(timedelta(hours=1))
    page = desk.client().get(f"{desk.path}/today").text
    assert 'aria-label="4 đúng hạn, 1 trễ hạn, 2 đang xác minh, 1 chưa báo cáo"' in page
    assert re.search(r"Huyện Tân Biên.*?2/3", page, re.S)


def test_today_tells_of_a_later_report_that_is_held_though_its_unit_counts(desk: Office) -> None:
    client = desk.client()
    assert "báo cáo gửi sau" not in client.get(f"{desk.path}/today").text
    desk.tell("90102", 4820, 2300, 600, 90, 40, at="11:30", findings=(finding("90102"),), name="later.xlsx")
    page = client.get(f"{desk.path}/today").text
    assert "1 đơn vị có báo cáo gửi sau đang chờ xác minh" in page
    assert "2 đơn vị đang xác minh" in page


def test_today_previews_the_edition_and_what_has_changed_since_the_last(desk: Office) -> None:
    client = desk.client()
    page = client.get(f"{desk.path}/today").text
    assert "Chưa lập bản nào" in page
    assert "3.607/16.420" in page  # the sums of the units that count
    totals = desk.app.state.desk.days.get(desk.app.state.desk.parts.campaigns.get(CAMPAIGN), DAY, NOW).totals
    desk.store.editions.freeze(CAMPAIGN, totals, desk.clock())
    assert "vẫn đúng với số liệu hiện có" in client.get(f"{desk.path}/today").text
    desk.tell("90104", at="13:41")
    page = client.get(f"{desk.path}/today").text
    assert "gửi lại sẽ là bản 2" in page
    assert "cần quyết định có gửi bản mới không" in page


def test_today_shows_the_target_in_force_of_several_stages_with_its_decimals(desk: Office) -> None:
    path = desk.home / "campaigns" / CAMPAIGN / "campaign.yaml"
    campaign = yaml.safe_load(path.read_text(encoding="utf-8"))
    first = {"rate": "installs_per_population", "at_least": 0.625, "by": DAY}
    campaign["targets"] = [first, {**first, "at_least": 0.9, "by": DAY + timedelta(days=30)}]
    path.write_text(yaml.safe_dump(campaign, allow_unicode=True), encoding="utf-8")
    page = desk.client().get(f"{desk.path}/today").text
    assert "Chỉ tiêu 62,5%" in page
    assert "Chỉ tiêu 90%" not in page


def test_today_tells_the_last_hour_and_nothing_older(desk: Office) -> None:
    page = desk.client().get(f"{desk.path}/today").text
    lately = page[page.index('id="lately"') :]
    assert "90201/BC 18-8 13h31.xlsx" in lately
    assert "90103/BC" not in lately


def test_today_says_when_the_deadline_passed_without_a_delivery(desk: Office) -> None:
    desk.clock.go(timedelta(hours=2))
    assert "chưa có máy chủ thư nào nhận" in desk.client().get(f"{desk.path}/today").text
    assert "chưa có máy chủ thư nào nhận" not in desk.client("tanbien").get(f"{desk.path}/today").text


def test_a_page_that_asks_for_news_is_sent_none_where_there_is_none(desk: Office) -> None:
    client = desk.client()
    for place in ("today", "owes"):
        page = client.get(f"{desk.path}/{place}").text
        asks = re.search(r'hx-get="([^"]+/live[^"]+)"', page)
        assert asks
        path = asks[1].replace("&amp;", "&")
        assert client.get(path).status_code == 204
        desk.store.calls.put(CAMPAIGN, DAY, "90104", desk.clock(), "lan", "đã gọi")
        assert client.get(path).status_code == 200


def test_the_call_list_has_the_telephone_the_last_report_and_the_reminders(desk: Office) -> None:
    page = desk.client().get(f"{desk.path}/owes").text
    assert 'href="tel:0276000023"' in page
    card = page[page.index('id="owe-90104"') :]
    assert "17/8/2020" in card
    assert "13:00 (chưa gửi được)" in card
    assert 'id="owe-90103"' not in page  # held: it owes no report, it is asked about the doubt


def test_the_call_list_of_one_district(desk: Office) -> None:
    page = desk.client().get(f"{desk.path}/owes", params={"district": "902"}).text
    assert 'id="owe-90203"' in page
    assert 'id="owe-90104"' not in page
    assert desk.client("tanbien").get(f"{desk.path}/owes", params={"district": "901"}).status_code == 404


def test_one_click_writes_down_the_call_and_shows_it_at_once(desk: Office) -> None:
    client = desk.client()
    answer = client.post(
        f"{desk.path}/owes/90104/call", data={"promised": "14:30"}, headers={"HX-Request": "true"}
    )
    assert answer.status_code == 200
    assert "Hẹn gửi lúc 14:30" in answer.text
    assert "đã gọi, hẹn gửi lúc 14:30" in answer.text
    (note,) = desk.store.calls.of_day(CAMPAIGN, DAY)["90104"]
    assert (note.officer, note.promised_at) == ("lan", NOW.replace(hour=14, minute=30))
    assert next(deed.action for deed in desk.store.desk.deeds(NOW, desk.clock(), 9)) == "call"


def test_a_promise_that_was_not_kept_is_told_so(desk: Office) -> None:
    client = desk.client()
    client.post(f"{desk.path}/owes/90104/call", data={"promised": "14:00"})
    desk.clock.go(timedelta(minutes=30))
    assert "Quá giờ hẹn 14:00" in client.get(f"{desk.path}/owes").text
    desk.tell("90104", at="14:10")
    assert 'id="owe-90104"' not in client.get(f"{desk.path}/owes").text


@pytest.mark.parametrize("hour", ["13:00", "25:00", "ab:cd", "14", "١٤:٣٠"])
def test_an_hour_that_has_passed_or_is_none_is_not_written_down(desk: Office, hour: str) -> None:
    answer = desk.client().post(
        f"{desk.path}/owes/90104/call", data={"at": hour}, headers={"HX-Request": "true"}
    )
    assert answer.status_code == 422
    assert "Cần một giờ hẹn chưa qua" in answer.text
    assert desk.store.calls.of_day(CAMPAIGN, DAY) == {}


def test_nobody_answering_is_worth_a_note_as_well(desk: Office) -> None:
    desk.client().post(f"{desk.path}/owes/90203/call", data={"promised": "none"})
    page = desk.client().get(f"{desk.path}/owes").text
    assert "Đã gọi, chưa hẹn được" in page
    assert "Không nghe máy" in desk.store.calls.of_day(CAMPAIGN, DAY)["90203"][0].note


def test_who_was_called_goes_behind_who_was_not(desk: Office) -> None:
    client = desk.client()
    client.post(f"{desk.path}/owes/90104/call", data={"promised": "14:30"})
    page = client.get(f"{desk.path}/owes").text
    assert page.index('id="owe-90203"') < page.index('id="owe-90104"')


def test_another_day_and_another_place_are_reached_from_the_frame(desk: Office) -> None:
    client = desk.client()
    answer = client.get(f"/c/{CAMPAIGN}", params={"day": "2020-08-17", "to": "owes", "on": "2020-08-18"})
    assert answer.headers["location"] == f"/c/{CAMPAIGN}/2020-08-17/owes"
    assert client.get(f"/c/{CAMPAIGN}", params={"to": "//evil"}).headers["location"].endswith("/today")
    assert "Tất cả đơn vị trong phạm vi này đã báo cáo" in client.get(f"/c/{CAMPAIGN}/2020-08-17/owes").text


def test_a_campaign_that_is_over_opens_on_its_last_day(desk: Office) -> None:
    desk.clock.go(timedelta(days=400))
    assert desk.client().get("/").headers["location"] == f"/c/{CAMPAIGN}/2020-12-31/today"


def test_script_in_any_text_is_only_text(desk: Office) -> None:
    evil = EVIL.replace("\x07", "")
    broken = finding("90102", found=EVIL, expected=EVIL, document=EVIL)
    desk.tell("90102", at="13:35", name=f"90102/{EVIL}.xlsx", sender=f"{evil}@x.example", findings=(broken,))
    client = desk.client("quantri")
    client.post(f"{desk.path}/owes/90104/call", data={"note": EVIL})
    client.post(f"{desk.path}/upload", files={"files": (f"{evil}.csv", b"a;b")}, data={"unit": "90104"})
    client.post(f"{desk.path}/upload", data={"unit": EVIL, "came": "<b>"}, files={"files": ("a.csv", b"a")})
    number = max(f.id for f in desk.store.entries.open_findings(CAMPAIGN, DAY) if f.finding.unit == "90102")
    submission = max(s.id for s in desk.store.ledger.submissions(CAMPAIGN) if s.branch == "90102")
    seen = 0
    for door in doors(desk.app):
        if door.changes:
            continue
        places = {"unit": "90102", "code": "90102", "indicator": "installs", "place": 0}
        number_of = submission if "/submission/" in door.path else number
        answer = client.get(door.filled(number=number_of, **places), follow_redirects=True)
        if "text/html" not in answer.headers.get("content-type", ""):
            continue
        seen += "alert(" in answer.text
        assert "<script>alert" not in answer.text, door
        assert "<img src=x" not in answer.text, door
        assert "\u202e" not in answer.text, door
        assert "{{7*7}}" in answer.text or "alert" not in answer.text, door
    assert seen >= 3
    assert str(escape("<script>alert('x')</script>")) in client.get(f"{desk.path}/owes").text


def test_a_campaign_file_that_is_wrong_now_keeps_the_desk_open_and_is_told(desk: Office) -> None:
    client = desk.client()
    file = desk.home / "campaigns" / CAMPAIGN / "campaign.yaml"
    file.write_text(file.read_text(encoding="utf-8") + "\nmisspelt: yes\n", encoding="utf-8")
    page = client.get(f"{desk.path}/today")
    assert page.status_code == 200
    assert "Tệp cấu hình của chiến dịch vừa sửa bị lỗi" in page.text


def test_a_unit_that_was_added_to_the_register_is_there_at_the_next_look(desk: Office) -> None:
    client = desk.client()
    assert "/8 đơn vị" in client.get(f"{desk.path}/today").text
    file = desk.home / "campaigns" / CAMPAIGN / "units.csv"
    line = "90204,Xã Mỏ Công,commune,902,2000-01-01,,yes,,\n"
    file.write_text(file.read_text(encoding="utf-8") + line, encoding="utf-8")
    assert "/9 đơn vị" in client.get(f"{desk.path}/today").text


def test_notes_of_calls_cannot_be_changed(desk: Office) -> None:
    desk.client().post(f"{desk.path}/owes/90104/call", data={"promised": "14:30"})
    with (
        pytest.raises(Exception, match="append-only"),
        raw_connection(f"sqlite:///{desk.home / 'var' / 'tonghop.sqlite'}") as connection,
    ):
        connection.execute("UPDATE call_note SET note = 'khác'")


def test_every_word_of_the_desk_stands_in_the_catalogue_in_both_languages() -> None:
    folder = Path(__file__).parents[2] / "tonghop"
    words = yaml.safe_load((folder / "words" / "messages" / "desk.yaml").read_text(encoding="utf-8"))
    known = {"vi", "en", "vi_one", "en_one"}
    assert all({"vi", "en"} <= text.keys() <= known for text in words.values())
    for template in (folder / "desk" / "templates").glob("*.j2"):
        text = re.sub(r"\{% block body_class %\}\w*", "", template.read_text(encoding="utf-8"))
        bare = re.sub(r"<[^>]*>", " ", re.sub(r"\{[{%#].*?[}%#]\}", " ", text, flags=re.S))
        left = set(re.findall(r"[^\W\d_]{3,}", bare)) - {"Tổng", "hợp", "Tiếng", "Việt", "English", "SHA"}
        assert not left, (template.name, left)
