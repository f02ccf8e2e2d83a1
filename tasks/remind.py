"""Remind: the units that still owe a report and have an address; the others go on the call list."""

from __future__ import annotations

from tasks.step import log, step
from tonghop.domain.deliveries import OutgoingMessage, Recipient, RecipientKind
from tonghop.domain.runs import Reminded
from tonghop.domain.totals import DayTotals, UnitState
from tonghop.domain.units import Unit, UnitCode
from tonghop.mail.compose import compose
from tonghop.mail.words import reminder_mail
from tonghop.wiring import Occasion


@step()
def remind_owing(occasion: Occasion, totals: DayTotals) -> Reminded:
    """Return whom this run reminds: one mail a unit and occasion, put into the outbox before any is sent.

    A unit whose report is held does not owe one: it is asked about the doubt instead. On a day that the
    calendar excludes nobody is reminded.
    """
    if not occasion.campaign.file.calendar.includes(occasion.day):
        return Reminded(occasion.day)
    tree = occasion.campaign.tree(occasion.day)
    owing = [tree[line.unit] for line in totals.in_state(UnitState.MISSING)]
    put: list[UnitCode] = []
    already: list[UnitCode] = []
    for unit in owing:
        if unit.emails:
            (put if _put(occasion, unit) else already).append(unit.code)
    by_telephone = tuple(unit.code for unit in owing if not unit.emails)
    log().info("%d reminded, %d before, %d to be called", len(put), len(already), len(by_telephone))
    return Reminded(occasion.day, tuple(put), by_telephone, tuple(already))


def _put(occasion: Occasion, unit: Unit) -> bool:
    message = _message(occasion, unit)
    return occasion.store.outbox.put(occasion.campaign.name, occasion.day, message, occasion.clock())


def _message(occasion: Occasion, unit: Unit) -> OutgoingMessage:
    campaign = occasion.campaign
    cutoff = campaign.cutoff(occasion.day, unit.kind)
    written = reminder_mail(
        unit=unit.name,
        title=campaign.file.title,
        day=occasion.day,
        cutoff=cutoff,
        at=occasion.now,
        sender=campaign.file.report.sender.name,
        address=campaign.file.report.sender.address,
    )
    return compose(
        key=f"reminder/{campaign.name}/{occasion.day}/{unit.code}/{_turn(occasion, unit)}",
        kind="reminder",
        sender_name=campaign.file.report.sender.name,
        sender_address=campaign.file.report.sender.address,
        recipients=tuple(Recipient(address, RecipientKind.TO) for address in unit.emails),
        subject=written.subject,
        text=written.text,
        html=written.html,
        made_at=occasion.now,
    )


def _turn(occasion: Occasion, unit: Unit) -> str:
    """Return which reminder of the day this is: each is sent once, however often the flow runs."""
    left = (occasion.campaign.cutoff(occasion.day, unit.kind) - occasion.now).total_seconds() / 60
    if left > 30:
        return "first"
    return "last" if left > 0 else "overdue"
