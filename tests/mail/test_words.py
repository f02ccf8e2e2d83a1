from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from datetime import timedelta
from html.parser import HTMLParser
from zoneinfo import ZoneInfo

import pytest

from tests.mail.samples import DAY, DEADLINE, a_report, deliveries_of
from tonghop.domain.deliveries import DeliveryState
from tonghop.mail.words import MailText, alarm_mail, reminder_mail

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
TITLE = "Kết quả triển khai cài đặt ứng dụng Bluezone"
CUTOFF = DEADLINE.astimezone(ZONE) - timedelta(hours=1)


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.words += data.split()


def read(html: str) -> _Words:
    reader = _Words()
    reader.feed(html)
    return reader


def a_reminder(
    unit: str = "Xã Bình Hòa Nam", late: bool = False, contact: str = "bà Hoa, 0272 000 000"
) -> MailText:
    at = CUTOFF + timedelta(minutes=5 if late else -45)
    return reminder_mail(
        unit, TITLE, DAY, CUTOFF, at, "Phòng Văn hóa và Thông tin", "baocao@duchue.example.vn", contact
    )


def an_alarm(*states: DeliveryState, minutes: int = 10) -> MailText:
    ones = [
        replace(one, state=state, reply="mx:25: 451 <b>later</b>")
        for one, state in zip(deliveries_of(a_report()) * 3, states, strict=False)
    ]
    at = (DEADLINE - timedelta(minutes=minutes)).astimezone(ZONE)
    return alarm_mail("duc-hue", TITLE, DAY, DEADLINE.astimezone(ZONE), at, ones, ["ông Nam, 0272 111 111"])


def test_the_reminder_names_unit_day_cut_off_and_how_to_send() -> None:
    mail = a_reminder()
    assert mail.subject == f"Nhắc báo cáo {TITLE} ngày 18/8/2020: Xã Bình Hòa Nam"
    for words in (
        "Kính gửi: Xã Bình Hòa Nam",
        "Đến 13 giờ 15 ngày 18/8/2020",
        "chưa nhận được báo cáo",
        "Hạn chốt số liệu là 14 giờ 00 ngày 18/8/2020",
        "baocao@duchue.example.vn",
        "bà Hoa, 0272 000 000",
        "không phát sinh",
    ):
        assert words in mail.text
    assert "liên hệ" not in a_reminder(contact="").text


def test_after_the_cut_off_the_reminder_says_late_and_still_wanted() -> None:
    assert "trễ hạn nhưng vẫn được tổng hợp" in a_reminder(late=True).text


@pytest.mark.parametrize(
    ("states", "advice", "not_advice"),
    [
        ((), "tonghop run duc-hue", "tonghop doctor"),
        ((DeliveryState.READY,), "tonghop run duc-hue", "tonghop doctor"),
        ((DeliveryState.DEFERRED,), "tonghop doctor", "không tự gửi lại"),
        (
            (DeliveryState.ACCEPTED, DeliveryState.FAILED),
            "campaigns/duc-hue/campaign.yaml",
            "không tự gửi lại",
        ),
        ((DeliveryState.UNKNOWN,), "không tự gửi lại", "tonghop doctor"),
    ],
)
def test_the_alarm_says_whom_to_call_and_what_fits_the_trouble(
    states: tuple[DeliveryState, ...], advice: str, not_advice: str
) -> None:
    mail = an_alarm(*states)
    assert (
        mail.subject
        == f"CẢNH BÁO: báo cáo {TITLE} ngày 18/8/2020 chưa gửi được, còn 10 phút đến hạn 15 giờ 00"
    )
    assert "Gọi cho ông Nam, 0272 111 111." in mail.text
    assert "Hạn gửi: trước 15 giờ 00; lúc này là 14 giờ 50." in mail.text
    assert advice in mail.text
    assert not_advice not in mail.text


def test_an_alarm_after_the_deadline_does_not_count_minutes() -> None:
    assert an_alarm(minutes=-3).subject.endswith("đã quá hạn 15 giờ 00")
    assert an_alarm(minutes=0).subject.endswith("đã quá hạn 15 giờ 00")


@pytest.mark.parametrize(
    "mail", [a_reminder(), a_reminder(late=True), an_alarm(DeliveryState.UNKNOWN), an_alarm()]
)
def test_html_and_text_say_the_same_and_nothing_comes_from_outside(mail: MailText) -> None:
    words = mail.text.replace("\n- ", "\n").split()
    assert read(mail.html).words == [*mail.subject.split(), *words]
    assert not re.search(r"https?:|url\(|src=", mail.html)
    assert not {"script", "img", "link", "style", "table"} & set(read(mail.html).tags)
    assert unicodedata.is_normalized("NFC", mail.subject + mail.text + mail.html)


def test_names_and_replies_from_outside_stay_text() -> None:
    hostile = '<script>alert(1)</script>\r\nBcc: x"&'
    mail = a_reminder(unit=hostile)
    assert "script" not in read(mail.html).tags
    assert mail.subject.isprintable()
    assert "b" not in read(an_alarm(DeliveryState.DEFERRED).html).tags
    assert "<b>later</b>" in an_alarm(DeliveryState.DEFERRED).text
