"""Alarm: minutes before the deadline there must be an accepted delivery, or a person is woken."""

from __future__ import annotations

from collections import defaultdict
from contextlib import suppress
from datetime import date, datetime, timedelta

from tasks.begin import occasion_for, register
from tasks.deliver import deliver_due, in_order
from tasks.events import tell
from tasks.step import log, step
from tonghop.domain.deliveries import Delivery, DeliveryState, OutgoingMessage, Recipient, RecipientKind
from tonghop.domain.runs import Delivered, Trouble
from tonghop.errors import DatabaseUnavailable, TonghopError
from tonghop.mail.compose import compose
from tonghop.mail.direct import send_directly
from tonghop.mail.relays import parse_relays
from tonghop.mail.signing import sign_if_possible
from tonghop.mail.webhook import post_alarm
from tonghop.mail.words import alarm_mail
from tonghop.wiring import Occasion
from tonghop.words import say, short_day

_POSTED = "alarm by webhook"


@step(name="begin")
def begin_watch(
    campaign: str, day: date | str | None, at: datetime | str | None, wait: bool | None = None
) -> Occasion:
    """Return the occasion of the watch; it goes on without the database, for that may be what failed."""
    occasion = occasion_for(campaign, day, at, wait)
    with suppress(DatabaseUnavailable):  # the next step says so
        register(occasion)
    return occasion


@step()
def try_once(occasion: Occasion) -> Delivered:
    """Return the day's deliveries after one try; a database that is gone is named as a trouble."""
    try:
        return deliver_due(occasion)
    except DatabaseUnavailable as error:
        return Delivered(troubles=(Trouble("deliver", str(error)),))


@step()
def alarm_unless_delivered(occasion: Occasion, tried: Delivered) -> tuple[Delivered, str]:
    """Return the deliveries and the alarm's words; no words where the report was accepted or is not due.

    The report is due from ``send_at`` on, on the days of the calendar. Each stage of the watch alarms once:
    by mail, through another mail server than the one that failed if there is one, and at the web address. Its
    words stand in the run's document too, for where all of these are what fails.
    """
    stage = stage_of(occasion)
    if stage is None or is_accepted(tried):
        return tried, ""
    campaign = occasion.campaign
    words = say(
        "run.alarm",
        campaign=campaign.name,
        day=short_day(occasion.day),
        deadline=f"{campaign.deadline(occasion.day):%H:%M}",
    )
    log().error("%s", words)
    message = _message(occasion, tried, stage)
    told = _told(occasion, tried, stage, message.subject if message else words)
    tell("alarm", f"{campaign.name}/{occasion.day}", told)
    posted = _post(occasion, stage, told)
    mailed = _mail(occasion, tried, message)
    return Delivered(mailed.deliveries, (*tried.troubles, *posted, *mailed.troubles)), words


@step()
def alarm_if_overdue(occasion: Occasion, sent: Delivered) -> Delivered:
    """Return the deliveries; where no report was accepted and no watch comes any more today, the alarm is raised.

    A machine that was off until after the last watch has no other who would say so. What that watch has told is
    not told again, and of past days nothing is.
    """
    campaign = occasion.campaign
    last_watch = campaign.deadline(occasion.day) - timedelta(minutes=min(campaign.watch, default=0))
    if occasion.day != occasion.today or occasion.now < last_watch:
        return sent
    return alarm_unless_delivered(occasion, sent)[0]


def stage_of(occasion: Occasion) -> str | None:
    """Return the watch's stage: its minutes before the deadline, ``early`` or ``late``; None where nothing is due."""
    campaign, day, now = occasion.campaign, occasion.day, occasion.now
    if not campaign.file.calendar.includes(day) or now < campaign.send_at(day):
        return None
    if now >= campaign.deadline(day):
        return "late"
    begun = [one for one in campaign.watch if now >= campaign.deadline(day) - timedelta(minutes=one)]
    return str(min(begun)) if begun else "early"


def is_accepted(sent: Delivered) -> bool:
    """Return whether a report of the day was accepted for everyone it is addressed to (copies apart)."""
    states: dict[str, set[DeliveryState]] = defaultdict(set)
    for one in sent.deliveries:
        if one.kind == "report" and one.recipient.kind is RecipientKind.TO:
            states[one.key].add(one.state)
    return any(found == {DeliveryState.ACCEPTED} for found in states.values())


def _mail(occasion: Occasion, tried: Delivered, message: OutgoingMessage | None) -> Delivered:
    """Return the deliveries after the alarm was put into the outbox and tried; without a database, sent at once."""
    if message is None:
        return Delivered(tried.deliveries)
    failed = _relays_that_failed(occasion, tried)
    try:
        occasion.store.outbox.put(occasion.campaign.name, occasion.day, message, occasion.clock())
        return deliver_due(occasion, {"alarm"}, failed)
    except DatabaseUnavailable:
        relays = in_order(parse_relays(occasion.settings.smtp_url), failed)
        return Delivered((*tried.deliveries, *send_directly(message, relays, occasion.clock)))


def _relays_that_failed(occasion: Occasion, tried: Delivered) -> frozenset[str]:
    """Return the mail servers, as replies name them, that did not take the report."""
    with suppress(TonghopError):
        relays = [str(relay) for relay in parse_relays(occasion.settings.smtp_url)]
        replies = [one.reply for one in _reports(tried) if one.state is not DeliveryState.ACCEPTED]
        return frozenset(relay for relay in relays if any(relay in reply for reply in replies))
    return frozenset()


def _post(occasion: Occasion, stage: str, told: dict[str, object]) -> tuple[Trouble, ...]:
    """Post the alarm unless this stage's was posted; return what went wrong."""
    url, subject = occasion.settings.alarm_webhook, _key(occasion, stage)
    if not url:
        return ()
    with suppress(DatabaseUnavailable):  # rather twice than never
        if occasion.store.is_audited(_POSTED, subject):
            return ()
    try:
        status = post_alarm(url, told)
    except TonghopError as error:
        log().error("%s", error)
        return (Trouble("alarm", str(error)),)
    with suppress(DatabaseUnavailable):
        occasion.store.audit(occasion.clock(), "watch", _POSTED, subject, status)
    return ()


def _told(occasion: Occasion, tried: Delivered, stage: str, text: str) -> dict[str, object]:
    """Return the alarm as a JSON object; ``text`` is what chat services show."""
    deadline = occasion.campaign.deadline(occasion.day)
    return {
        "text": text,
        "campaign": occasion.campaign.name,
        "day": occasion.day.isoformat(),
        "stage": stage,
        "deadline": deadline.isoformat(),
        "at": occasion.now.isoformat(timespec="seconds"),
        "minutes_left": max(int((deadline - occasion.now).total_seconds() // 60), 0),
        "deliveries": [
            {"to": one.recipient.address, "state": one.state.value, "reply": one.reply, "id": one.message_id}
            for one in _reports(tried)
        ],
        "troubles": [trouble.message for trouble in tried.troubles],
    }


def _reports(tried: Delivered) -> list[Delivery]:
    return [
        one
        for one in tried.deliveries
        if one.kind == "report" and one.recipient.kind is not RecipientKind.WITNESS
    ]


def _key(occasion: Occasion, stage: str) -> str:
    return f"alarm/{occasion.campaign.name}/{occasion.day}/{stage}"


def _message(occasion: Occasion, tried: Delivered, stage: str) -> OutgoingMessage | None:
    file, now = occasion.campaign.file, occasion.now
    if not file.alerts.to:
        return None
    written = alarm_mail(
        campaign=file.name,
        title=file.title,
        day=occasion.day,
        deadline=occasion.campaign.deadline(occasion.day),
        at=now,
        deliveries=_reports(tried),
        contacts=file.report.to,
    )
    composed = compose(
        key=_key(occasion, stage),
        kind="alarm",
        sender_name=file.report.sender.name,
        sender_address=file.report.sender.address,
        recipients=tuple(Recipient(address, RecipientKind.TO) for address in file.alerts.to),
        subject=written.subject,
        text=written.text,
        html=written.html,
        made_at=now,
    )
    return sign_if_possible(composed, occasion.settings)[0]
