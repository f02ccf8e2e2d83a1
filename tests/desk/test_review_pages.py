"""The pages of units, editions, rules and traces: what they tell, and to whom."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path

import httpx
import pytest

from tests.desk.office import CAMPAIGN, DAY, NOW, Office, finding, office_in
from tests.desk.reviewing import ten
from tonghop.adding import add_up_day
from tonghop.domain.deliveries import DeliveryState, OutgoingMessage, Recipient, RecipientKind
from tonghop.domain.editions import Edition
from tonghop.domain.totals import Timeliness
from tonghop.domain.verdicts import Correction, Decision, Ruling

PIXEL = bytes.fromhex("89504e470d0a1a0a0000000d49484452")


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with office_in(tmp_path / "tan-chau", is_filled=False) as opened:
        ten(opened)
        yield opened


def message(edition: Edition) -> OutgoingMessage:
    """Return an edition's mail with a picture and a file, as the product makes them."""
    mail = EmailMessage()
    mail["Subject"], mail["From"], mail["To"] = (
        f"Báo cáo bản {edition.number}",
        "a@x.vn",
        "so@tayninh.example.vn",
    )
    mail.set_content(f"Bản chữ {edition.number}")
    body = '<style>p{color:red}</style><p>Bản HTML</p><img src="cid:bieu-do"><script>alert(1)</script>'
    mail.add_alternative(body, subtype="html")
    mail.get_payload()[1].add_related(PIXEL, "image", "png", cid="<bieu-do>")  # type: ignore[union-attr,index] # its second part
    mail.add_attachment(
        b"PK-so-lieu", maintype="application", subtype="octet-stream", filename="Số liệu 18-8.xlsx"
    )
    recipient = Recipient("so@tayninh.example.vn", RecipientKind.TO)
    return OutgoingMessage(
        f"report/{CAMPAIGN}/{DAY}/{edition.number}", "report", f"<{edition.number}@x.vn>", "a@x.vn",
        f"Báo cáo bản {edition.number}", (recipient,), mail.as_bytes(),
    )  # fmt: skip


def freeze(office: Office) -> Edition:
    """Make the edition of the day as it stands, with its message in the outbox."""
    desk = office.app.state.desk
    campaign = desk.parts.campaigns.get(CAMPAIGN)
    form = desk.parts.form_of(campaign.file.form)
    totals = add_up_day(office.store, campaign, form, DAY, office.clock())
    return office.store.editions.freeze_with(totals, office.clock(), message)


def two_editions(office: Office) -> None:
    """Freeze the day, let an officer correct a figure, and freeze it again."""
    freeze(office)
    item = next(i for i in office.store.review.open_items(CAMPAIGN, DAY) if i.unit == "90105")
    correction = Correction("installs", "2100", "ông Nam, điện thoại")
    ruling = Ruling(Decision.CORRECT, "lan", "ghi nhầm cột", item.entry, item.id, correction)
    office.store.verdicts.rule(ruling, office.clock() + timedelta(minutes=1))
    office.clock.go(timedelta(minutes=2))
    freeze(office)


def seen(page: httpx.Response) -> str:
    assert page.status_code == 200, page.text[:300]
    return html.unescape(page.text)


def test_an_edition_shows_exactly_what_was_sent_in_a_frame_where_nothing_runs(office: Office) -> None:
    freeze(office)
    client = office.client()
    page = seen(client.get(f"{office.path}/edition/1"))
    assert '<iframe class="mail" sandbox ' in page
    assert "Bản chữ 1" in page
    body = client.get(f"{office.path}/edition/1/mail")
    policy = body.headers["content-security-policy"]
    assert policy.startswith("sandbox;")
    assert "script-src" not in policy
    assert "default-src 'none'" in policy
    assert body.headers["x-frame-options"] == "SAMEORIGIN"
    assert 'src="data:image/png;base64,' in body.text
    ordinary = client.get(f"{office.path}/edition/1").headers
    assert ordinary["x-frame-options"] == "DENY"
    assert "sandbox" not in ordinary["content-security-policy"]


def test_an_attachment_is_saved_byte_for_byte(office: Office) -> None:
    freeze(office)
    answer = office.client().get(f"{office.path}/edition/1/file/0")
    assert answer.content == b"PK-so-lieu"
    assert "attachment;" in answer.headers["content-disposition"]
    assert "S%E1%BB%91%20li%E1%BB%87u" in answer.headers["content-disposition"]
    assert office.client().get(f"{office.path}/edition/1/file/1").status_code == 404


def test_deliveries_are_told_with_the_servers_replies(office: Office) -> None:
    freeze(office)
    (delivery,) = office.store.outbox.deliveries(CAMPAIGN, DAY)
    office.store.outbox.claim([delivery.id], "test", office.clock())
    reply = "250 2.0.0 Ok: queued as 4F"
    office.store.outbox.settle(
        delivery.id, DeliveryState.ACCEPTED, reply, office.clock(), "data", office.clock()
    )
    page = seen(office.client().get(f"{office.path}/edition/1"))
    assert "250 2.0.0 Ok: queued as 4F" in page
    assert "máy chủ đã nhận" in page


def test_the_difference_of_two_editions_tells_old_and_new_who_and_why(office: Office) -> None:
    two_editions(office)
    page = seen(office.client().get(f"{office.path}/edition/difference?old=1&new=2"))
    row = re.search(r"<tr><th[^>]*>Thị trấn Tân Châu.*?</tr>", page, re.DOTALL)
    assert row
    told = re.sub(r"<[^>]+>|\s+", " ", row[0])
    assert "2.210" in told
    assert "2.100" in told
    assert "-110" in told
    assert "Nguyễn Thị Lan" in told
    assert "ghi nhầm cột" in told
    back = seen(office.client().get(f"{office.path}/edition/difference?old=2&new=1"))
    assert "+110" in back


def test_totals_and_the_next_edition_follow_a_verdict_and_the_first_stays_as_it_was(office: Office) -> None:
    two_editions(office)
    first, second = office.store.editions.all(CAMPAIGN, DAY)
    value = {
        e.number: next(x for x in e.totals.lines if x.unit == "901").figures["installs"].value
        for e in (first, second)
    }
    assert value[1] is not None
    assert value[2] == value[1] - 110
    page = seen(office.client().get(f"{office.path}/trace/90105/installs"))
    assert "Bản 1: 2.210" in re.sub(r"<[^>]+>", "", page)
    assert "Bản 2: 2.100" in re.sub(r"<[^>]+>", "", page)
    assert "ông Nam, điện thoại" in page


def test_a_units_page_has_its_history_timeliness_findings_verdicts_and_calls(office: Office) -> None:
    two_editions(office)
    office.store.calls.put(CAMPAIGN, DAY, "90105", office.clock(), "minh", "sẽ gửi lại", NOW)
    office.remind("90105")
    client = office.client()
    page = seen(client.get(f"{office.path}/unit/90105"))
    for told in (
        "0276 000 005",
        "ghi nhầm cột",
        "Trần Văn Minh gọi điện: sẽ gửi lại",
        "Gửi thư nhắc",
        "2.210 → 2.100",
    ):
        assert told in page, told
    assert page.count('class="days-chart"') == 2
    strip = re.findall(r'<li class="k-(on|late|held|missing)" title="', page)
    assert (len(strip), strip.count("missing")) == (14, 1)


def test_a_sum_is_traced_to_its_parts_and_a_part_to_its_cell(office: Office) -> None:
    client = office.client()
    page = seen(client.get(f"{office.path}/trace/901/installs"))
    assert f'href="{office.path}/trace/90105/installs"' in page
    part = seen(client.get(f"{office.path}/trace/90105/installs"))
    sheet = re.search(r'hx-get="([^"]*/sheet\?[^"]*)"', part)
    assert sheet
    assert re.search(r"data-marked>2210<", client.get(sheet[1], headers={"hx-request": "true"}).text)


def test_a_carried_figure_leads_to_the_day_it_is_of(office: Office) -> None:
    path = office.home / "campaigns" / CAMPAIGN / "campaign.yaml"
    told = path.read_text(encoding="utf-8").replace("missing: leave_out", "missing: carry_forward")
    path.write_text(told, encoding="utf-8")
    office.clock.go(timedelta(days=1))
    after = f"/c/{CAMPAIGN}/{DAY + timedelta(days=1)}"
    client = office.client()
    page = seen(client.get(f"{after}/trace/90105/installs"))
    there = f"{office.path}/trace/90105/installs"
    assert f'<a href="{there}">Xem nguồn của số đó</a>' in page
    assert "sha256" in seen(client.get(there)).casefold().replace("-", "")


def test_the_rules_tell_how_often_each_fired_and_was_let_pass(office: Office) -> None:
    item = next(i for i in office.store.review.open_items(CAMPAIGN, DAY) if i.unit == "90101")
    ruling = Ruling(Decision.ACCEPT, "lan", "đã gọi", item.entry, item.id)
    office.store.verdicts.rule(ruling, office.clock())
    page = seen(office.client().get(f"{office.path}/rules"))
    rule = next(one for one in page.split('<li class="card rule">') if "<code>cumulative-falls</code>" in one)
    assert "Số lũy kế giảm" in rule
    told = re.sub(r"<[^>]+>|\s+", " ", rule)
    assert "3 lần, ở 3 đơn vị" in re.sub(r"\s+", " ", told)
    assert "Cho qua 1 · sửa 0 · trả lại 0 · đang mở 2" in rule


def test_an_officer_of_a_district_sees_no_whole_report_and_no_counts_of_others(office: Office) -> None:
    two_editions(office)
    client = office.client("tanbien")
    assert "chỉ tài khoản toàn chiến dịch" in seen(client.get(f"{office.path}/edition"))
    for path in ("/edition/1", "/edition/1/mail", "/edition/1/file/0", "/edition/difference?old=1&new=2"):
        assert client.get(office.path + path).status_code == 404
    assert "Cho qua" not in seen(client.get(f"{office.path}/rules"))


def test_the_chart_shows_a_later_held_figure_beside_the_one_that_counts(office: Office) -> None:
    office.tell(
        "90105", 12400, 7900, 7700, 310, 288, at="13:20", findings=(finding("90105", "cumulative-falls"),)
    )
    items = office.store.review.open_items(CAMPAIGN, DAY)
    number = next(i.id for i in items if (i.unit, i.code) == ("90105", "cumulative-falls"))
    client = office.client()
    for place in (f"queue/{number}", "unit/90105"):
        page = seen(client.get(f"{office.path}/{place}"))
        picture = page[page.index('<svg class="days-chart"') : page.index("</svg>", page.index("days-chart"))]
        (held,) = re.findall(r'class="days-held" cx="([\d.]+)" cy="([\d.]+)"', picture)
        counted = dict(re.findall(r'class="days-counted" cx="([\d.]+)" cy="([\d.]+)"', picture))
        assert held[0] in counted, place
        assert float(held[1]) < float(counted[held[0]]), place  # 7.700 stands above 2.210
        assert "Ngày 18/8/2020: 2.210 được tính; báo cáo gửi sau ghi 7.700, đang xác minh." in picture
        legend = page[page.index("</svg>", page.index("days-chart")) :].split("</figure>")[0]
        assert all(told in legend for told in ("được tính", "đang xác minh, chưa tính", "7.700", "2.210"))


def test_a_report_that_stayed_held_makes_no_unit_punctual(office: Office) -> None:
    office.tell("90104", at="14:10", name="b.xlsx")  # the one of 09:30 is held, the cut-off is at 14:00
    days, campaign = office.app.state.desk.days, office.app.state.desk.parts.campaigns.get(CAMPAIGN)
    (line,) = [one for one in days.get(campaign, DAY, NOW).totals.lines if one.unit == "90104"]
    assert line.timeliness is Timeliness.LATE
    page = seen(office.client().get(f"{office.path}/unit/90104"))
    assert '<li class="k-late" title="18/8/2020: trễ hạn 14:10">' in page


def test_a_corrected_report_is_one_that_was_sent_not_two(office: Office) -> None:
    two_editions(office)
    page = seen(office.client().get(f"{office.path}/unit/90105"))
    sent = page[page.index('id="sent"') :].split("</section>")[0]
    assert sent.count("a.xlsx") == 1
    assert sent.count("đã sửa theo quyết định") == 1
    assert sent.count("<li>") == int(re.findall(r"num\">(\d+)<", sent)[0])


@pytest.mark.parametrize("unit", ["90103", "90105", "90203"])
def test_a_units_days_add_up_to_the_days_drawn(office: Office, unit: str) -> None:
    page = seen(office.client().get(f"{office.path}/unit/{unit}"))
    card = page[page.index('id="time"') :].split("</section>")[0]
    assert sum(map(int, re.findall(r'strong">(\d+)<', card))) == card.count("<li class=")


def test_who_decided_or_called_is_told_by_their_name_not_the_account(office: Office) -> None:
    office.store.calls.put(CAMPAIGN, DAY, "90203", office.clock(), "minh", "sẽ gửi lại")
    item = next(i for i in office.store.review.open_items(CAMPAIGN, DAY) if i.unit == "90101")
    ruling = Ruling(Decision.ACCEPT, "lan", "đã gọi", item.entry, item.id)
    office.store.verdicts.rule(ruling, office.clock())
    client = office.client("xem")
    assert "Nguyễn Thị Lan chấp nhận số liệu của Xã Tân Hà" in seen(client.get(f"{office.path}/today"))
    assert "Trần Văn Minh" in seen(client.get(f"{office.path}/owes"))
