"""When units are reminded, and how an address stands after wishes and returned mails."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from pydantic import TypeAdapter, ValidationError

from tonghop.campaigns.reminders import DEFAULT, ReminderTime, reminder_moments
from tonghop.domain.contacts import LetterKind, Returned, ReturnKind, Wish, contact_mark, contact_of
from tonghop.domain.units import Unit

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
DAY = date(2020, 8, 18)
AT = datetime(2020, 8, 18, 6, tzinfo=UTC)
UNIT = Unit("90102", "Xã Tân Đông", "commune", "901", date(2020, 1, 1), None, True, ("a@x.vn",), "0276")
WISH = Wish("a@x.vn", "90102", LetterKind.STOP, "a@x.vn", "đơn vị trả lời", AT)
BACK = Returned(
    "a@x.vn", "90102", ReturnKind.HARD, "5.1.1", "no such user", "reminder", AT, contact_mark(UNIT)
)
LATER = AT + timedelta(minutes=5)


def at(text: str) -> datetime:
    return datetime.combine(DAY, time.fromisoformat(text), ZONE)


@pytest.mark.parametrize(
    ("written", "means"),
    [("13:30", time(13, 30)), ("-60m", timedelta(minutes=-60)), ("+10m", timedelta(minutes=10))],
)
def test_a_reminder_is_set_by_the_clock_or_from_the_cut_off(written: str, means: object) -> None:
    assert TypeAdapter(ReminderTime).validate_python(written) == means


@pytest.mark.parametrize("written", [810, -60, "60", "13h30", "25:00", "-60 phút", None, "-1440m", ""])
def test_what_is_neither_is_refused_with_both_spellings(written: object) -> None:
    with pytest.raises(ValidationError, match=r"13:30|hour must be"):
        TypeAdapter(ReminderTime).validate_python(written)


def test_the_same_moment_said_twice_is_one_and_they_come_in_order() -> None:
    times = (time(13, 40), timedelta(minutes=-20), timedelta(minutes=-60))
    assert reminder_moments(times, DAY, at("14:00"), at("14:40"), ZONE) == (at("13:00"), at("13:40"))


def test_a_reminder_after_the_cut_off_comes_before_the_report_or_not_at_all() -> None:
    assert reminder_moments(DEFAULT, DAY, at("14:00"), at("14:40"), ZONE)[-1] == at("14:10")
    assert reminder_moments(DEFAULT, DAY, at("14:40"), at("14:40"), ZONE) == (at("13:40"), at("14:20"))


def test_a_stop_ends_reminders_and_a_later_resume_brings_them_back() -> None:
    assert not contact_of("a@x.vn", UNIT, WISH, None, None).is_reminded
    resumed = replace(WISH, kind=LetterKind.RESUME, at=LATER)
    assert contact_of("a@x.vn", UNIT, resumed, None, None).is_reminded


def test_a_reminder_that_came_back_for_good_ends_reminders_and_nothing_else_does() -> None:
    assert not contact_of("a@x.vn", UNIT, None, BACK, None).is_reminded
    soft, answer = replace(BACK, kind=ReturnKind.SOFT), replace(BACK, about="answer")
    for back in (soft, answer):
        contact = contact_of("a@x.vn", UNIT, None, back, None)
        assert contact.is_reminded
        assert contact.returned == back
    assert contact_of("a@x.vn", UNIT, None, replace(BACK, kind=ReturnKind.ARRIVED), None).returned is None


def test_a_dead_address_lives_again_when_it_writes_or_its_line_changes_or_a_person_says_so() -> None:
    assert contact_of("a@x.vn", UNIT, None, BACK, LATER).is_reminded
    assert not contact_of("a@x.vn", UNIT, None, BACK, AT - timedelta(hours=1)).is_reminded
    assert contact_of("a@x.vn", replace(UNIT, phone="0276 000 002"), None, BACK, None).is_reminded
    resumed = replace(WISH, kind=LetterKind.RESUME, at=LATER)
    assert contact_of("a@x.vn", UNIT, resumed, BACK, None).is_reminded
