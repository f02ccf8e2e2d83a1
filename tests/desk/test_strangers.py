"""Messages of unknown senders are shown and taken in for a unit; the call list tells how addresses stand."""

from __future__ import annotations

import html

from tests.desk.office import CAMPAIGN, DAY, NOW, Office
from tests.desk.test_upload import book, settled
from tonghop.domain.contacts import LetterKind, Returned, ReturnKind, Wish, contact_mark
from tonghop.domain.totals import UnitState
from tonghop.store import SubmissionState


def stranger(desk: Office, content: bytes = b"x", name: str = "BC.xlsx") -> int:
    return desk.receive(
        None,
        at="13:10",
        name=name,
        content=content,
        sender="la@gmail.example",
        state=SubmissionState.QUARANTINED,
    )


def test_a_strangers_message_is_shown_with_sender_and_time_and_what_to_do(desk: Office) -> None:
    number = stranger(desk, name="<img src=x>.xlsx")
    client = desk.client()
    today = client.get(f"{desk.path}/today").text
    assert f'href="{desk.path}/queue#strangers"' in today
    assert "2 báo cáo đến" in html.unescape(today)  # at 13:20 and 13:31; what nobody has read is none
    page = client.get(f"{desk.path}/queue").text
    for told in ("la@gmail.example", "13:10", "units.csv", f"/stranger/{number}/take", "&lt;img src=x"):
        assert told in page, told
    assert "la@gmail.example" not in desk.client("tanchau").get(f"{desk.path}/queue").text
    viewer = desk.client("xem").get(f"{desk.path}/queue").text
    assert "la@gmail.example" in viewer
    assert "/take" not in viewer


def test_a_message_taken_in_for_a_unit_counts_with_the_moment_it_came_and_is_not_answered(
    desk: Office,
) -> None:
    number = stranger(desk, book(desk, "Xã Tân Hội", "90104"))
    client = desk.client()
    path = f"{desk.path}/stranger/{number}/take"
    answer = client.post(path, data={"unit": "Xã không có"})
    assert "Không có đơn vị này" in client.get(answer.headers["location"]).text
    assert client.post(path, data={"unit": "Xã Tân Hội (90104)"}).status_code == 303
    text = settled(client, desk)
    assert "được tính" in text, text + (desk.home / "var/desk/intake-tan-chau.log").read_text()
    days, campaign = desk.app.state.desk.days, desk.app.state.desk.parts.campaigns.get(CAMPAIGN)
    line = next(one for one in days.get(campaign, DAY, NOW).totals.lines if one.unit == "90104")
    assert (line.state, line.received_at) == (UnitState.REPORTED, NOW.replace(hour=13, minute=10))
    (one,) = [s for s in desk.store.ledger.submissions(CAMPAIGN, DAY) if s.id == number]
    assert (one.branch, one.sender, one.provenance) == ("90104", "la@gmail.example", "desk")
    assert number not in desk.store.answers.owed(CAMPAIGN, NOW.replace(hour=0), 99)
    assert "la@gmail.example" not in client.get(f"{desk.path}/queue").text
    assert client.post(path, data={"unit": "90104"}).status_code == 404  # once


def test_only_the_whole_campaign_takes_in_and_only_what_waits(desk: Office) -> None:
    number = stranger(desk)
    assert desk.client("tanchau").post(
        f"{desk.path}/stranger/{number}/take", data={"unit": "90104"}
    ).status_code == 404  # fmt: skip
    read = desk.receive("90104", at="12:00")
    assert desk.client().post(f"{desk.path}/stranger/{read}/take", data={"unit": "90104"}).status_code == 404


def test_the_call_list_tells_which_address_gave_a_mail_back_or_wants_no_reminders(desk: Office) -> None:
    campaign = desk.app.state.desk.parts.campaigns.get(CAMPAIGN)
    unit, other = (next(u for u in campaign.units if u.code == code) for code in ("90104", "90203"))
    (outgoing,) = desk.store.contacts.quoted(CAMPAIGN, ["<90104@tanchau.example.vn>"])
    said = "550 5.1.1 <script>no such user</script>"
    back = Returned(
        unit.emails[0], "90104", ReturnKind.HARD, "5.1.1", said, "reminder", NOW, contact_mark(unit)
    )
    desk.store.contacts.note_refused(CAMPAIGN, [(outgoing.outgoing, back)])
    wish = Wish(other.emails[0], "90203", LetterKind.STOP, other.emails[0], "đơn vị trả lời", NOW)
    desk.store.contacts.wish(CAMPAIGN, wish)
    client = desk.client()
    page = client.get(f"{desk.path}/owes").text
    assert "<script>no" not in page
    told = html.unescape(page)
    cards = {
        code: told[told.index(f'id="owe-{code}"') :].split("</article>")[0] for code in ("90104", "90203")
    }
    assert "thư bị trả lại lúc 13:42: địa chỉ không còn" in cards["90104"]
    assert "no such user" in cards["90104"]
    assert "dừng nhắc" not in cards["90104"]
    assert "13:00" in cards["90104"]  # when it was reminded
    assert "đã đề nghị dừng nhắc lúc 13:42" in cards["90203"]
    noted = client.post(
        f"{desk.path}/owes/90104/call", data={"promised": "14:30"}, headers={"HX-Request": "true"}
    )
    assert "thư bị trả lại" in noted.text
