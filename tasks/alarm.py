"""Alarm: minutes before the deadline there must be an accepted delivery, or a person is woken."""

from __future__ import annotations

from tasks.deliver import deliver_due
from tasks.step import log, step
from tonghop.domain.deliveries import DeliveryState, OutgoingMessage, Recipient, RecipientKind
from tonghop.domain.runs import Delivered
from tonghop.mail.compose import compose
from tonghop.mail.words import alarm_mail
from tonghop.wiring import Occasion
from tonghop.words import say, short_day


@step()
def alarm_unless_delivered(occasion: Occasion, tried: Delivered) -> tuple[Delivered, str]:
    """Return the deliveries and the alarm's words; no words where the report was accepted or is not due.

    The report is due from ``send_at`` on, on the days of the calendar. The alarm goes out by mail once a
    minute of the watch; its words stand in the run's document too, for where mail itself is what fails.
    """
    campaign = occasion.campaign
    due = campaign.file.calendar.includes(occasion.day) and occasion.now >= campaign.send_at(occasion.day)
    if not due or is_accepted(tried):
        return tried, ""
    words = say(
        "run.alarm",
        campaign=campaign.name,
        day=short_day(occasion.day),
        deadline=f"{campaign.deadline(occasion.day):%H:%M}",
    )
    log().error("%s", words)
    if not campaign.file.alerts.to:
        return tried, words
    occasion.store.outbox.put(campaign.name, occasion.day, _message(occasion, tried), occasion.clock())
    return deliver_due(occasion), words


def is_accepted(sent: Delivered) -> bool:
    """Return whether the report was accepted for at least one of those it is addressed to."""
    return any(
        d.kind == "report" and d.state is DeliveryState.ACCEPTED and d.recipient.kind is RecipientKind.TO
        for d in sent.deliveries
    )


def _message(occasion: Occasion, tried: Delivered) -> OutgoingMessage:
    file, now = occasion.campaign.file, occasion.now
    written = alarm_mail(
        campaign=file.name,
        title=file.title,
        day=occasion.day,
        deadline=occasion.campaign.deadline(occasion.day),
        at=now,
        deliveries=[d for d in tried.deliveries if d.kind == "report"],
        contacts=file.report.to,
    )
    return compose(
        key=f"alarm/{file.name}/{occasion.day}/{now:%H%M}",
        kind="alarm",
        sender_name=file.report.sender.name,
        sender_address=file.report.sender.address,
        recipients=tuple(Recipient(address, RecipientKind.TO) for address in file.alerts.to),
        subject=written.subject,
        text=written.text,
        html=written.html,
        made_at=now,
    )
