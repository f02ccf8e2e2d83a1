"""What changed in the last hour, and what is in trouble: in the officer's branch only."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from tonghop.desk.asking import Asked
from tonghop.desk.spoken import names_of
from tonghop.desk.standing import Standing
from tonghop.domain.deliveries import DeliveryState
from tonghop.domain.findings import Severity
from tonghop.domain.totals import UnitState
from tonghop.store import Preview
from tonghop.store.answers import WAITED

AN_HOUR = timedelta(hours=1)
_LOOKED_AT, _SHOWN = 400, 12
# What came and is no report: of an unknown sender and not read, or without figures.
_NO_REPORT = ("arrival.quarantined", "arrival.ignored")
# Deeds of the audit that stand in the list in their own right already.
_TOLD_OTHERWISE = ("verdict", "accept", "correct", "reject", "withdraw")


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened. ``word`` names its sentence (``desk.event.WORD``), ``places`` fill it."""

    at: datetime
    word: str
    places: dict[str, str] = field(default_factory=dict)
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Lately:
    """The last things that happened, the last one first, how many more there were, and how many reports came."""

    events: tuple[Event, ...]
    more: int
    arrivals: int


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something that wants a person. ``word`` names its sentence (``desk.trouble.WORD``); ``tone``: bad or doubt."""

    word: str
    tone: str
    places: dict[str, object] = field(default_factory=dict)
    to: str = ""


def lately_of(asked: Asked) -> Lately:
    """Return what happened in the hour before now."""
    arrivals = _arrivals(asked)
    events = [*arrivals, *_verdicts(asked), *_deliveries(asked), *_deeds(asked)]
    events.sort(key=lambda event: event.at, reverse=True)
    reports = sum(event.word not in _NO_REPORT for event in arrivals)
    return Lately(tuple(events[:_SHOWN]), max(0, len(events) - _SHOWN), reports)


def _arrivals(asked: Asked) -> list[Event]:
    looked = asked.store.desk
    return [
        Event(one.at, f"arrival.{one.state}", {"name": one.name, "unit": _name(asked, one.unit)}, one.unit)
        for one in looked.arrivals(asked.campaign.name, asked.now - AN_HOUR, asked.now, _LOOKED_AT)
        if asked.sees(one.unit)
    ]


def _verdicts(asked: Asked) -> list[Event]:
    looked, name_of = asked.store.desk, names_of(asked)
    return [
        Event(
            one.at,
            f"verdict.{one.decision}",
            {"officer": name_of(one.officer), "unit": _name(asked, one.unit)},
            one.unit,
        )
        for one in looked.verdicts(asked.campaign.name, asked.now - AN_HOUR, asked.now, _LOOKED_AT)
        if asked.sees(one.unit)
    ]


def _deliveries(asked: Asked) -> list[Event]:
    looked = asked.store.desk
    return [
        Event(one.at, f"delivery.{one.state}", {"address": one.address, "subject": one.subject})
        for one in looked.deliveries(asked.campaign.name, asked.now - AN_HOUR, asked.now, _LOOKED_AT)
    ]


def _deeds(asked: Asked) -> list[Event]:
    """Return what was done at the desk in this campaign; who sees only a branch sees only their own deeds."""
    name_of = names_of(asked)
    return [
        Event(
            one.at,
            "deed",
            {"officer": name_of(one.actor), "action": one.action, "subject": _subject(asked, one.subject)},
        )
        for one in asked.store.desk.deeds(asked.now - AN_HOUR, asked.now, _LOOKED_AT)
        if (asked.is_whole or one.actor == asked.officer.name)
        and f" {asked.campaign.name}/" in one.subject
        and not one.action.startswith(_TOLD_OTHERWISE)
    ]


def _subject(asked: Asked, subject: str) -> str:
    """Return what a deed was done to, by its unit's name where it has one: ``unit tan-chau/2020-08-18/90104``."""
    last = subject.rsplit("/", 1)[-1]
    return asked.tree[last].name if asked.sees(last) and last in asked.tree else subject.split(" ", 1)[-1]


def troubles_of(asked: Asked, standing: Standing, preview: Preview) -> tuple[Trouble, ...]:
    """Return what wants a person now, the worst first."""
    found = [*_of_sending(asked, preview)] if asked.is_whole else []
    if standing.whole.held:
        found.append(Trouble("held", "doubt", {"count": standing.whole.held}, "queue"))
    later = _later_held(asked)
    if later:
        found.append(Trouble("later_held", "doubt", {"count": later}, "queue"))
    if standing.whole.missing:
        found.append(Trouble("missing", "doubt", {"count": standing.whole.missing}, "owes"))
    if asked.is_whole:
        found += _of_intake(asked)
    return tuple(sorted(found, key=lambda trouble: trouble.tone))


def _of_sending(asked: Asked, preview: Preview) -> list[Trouble]:
    """Return what is wrong with the day's report: not accepted in time, failed, or nobody knows."""
    name, day = asked.campaign.name, asked.day
    reports = [d for d in asked.store.outbox.deliveries(name, day) if d.kind == "report"]
    found = []
    for state in (DeliveryState.FAILED, DeliveryState.UNKNOWN, DeliveryState.DEFERRED):
        addresses = sorted({d.recipient.address for d in reports if d.state is state})
        if addresses:
            found.append(Trouble(f"delivery.{state}", "bad", {"addresses": ", ".join(addresses)}))
    is_owed = asked.campaign.file.calendar.includes(day) and asked.now >= asked.campaign.deadline(day)
    if is_owed and not any(d.state is DeliveryState.ACCEPTED for d in reports):
        found.append(Trouble("unsent", "bad"))
    if preview.latest is not None and preview.is_new:
        found.append(
            Trouble(
                "pending" if preview.changes else "pending_states",
                "doubt",
                {"number": preview.latest.number, "count": len(preview.changes)},
                "edition" if asked.campaign.file.corrections == "ask" else "",
            )
        )
    return found


def _later_held(asked: Asked) -> int:
    """Return how many units count with an earlier report, or none, while a held one of theirs waits: no tally of
    the day tells it, and it is what changes the next edition."""
    held = {line.unit for line in asked.totals().lines if line.state is UnitState.HELD}
    waiting = {
        item.unit
        for item in asked.store.review.open_items(asked.campaign.name, asked.day)
        if item.severity == Severity.CRITICAL.value and item.unit is not None and asked.sees(item.unit)
    }
    return len(waiting - held)


def _of_intake(asked: Asked) -> list[Trouble]:
    strangers = asked.store.answers.quarantined(asked.campaign.name, asked.now - WAITED)
    found = [Trouble("quarantined", "doubt", {"count": len(strangers)}, "strangers")] if strangers else []
    if asked.campaign.name in asked.desk.parts.campaigns.broken:
        found.append(Trouble("configuration", "bad"))
    return found


def _name(asked: Asked, unit: str | None) -> str:
    return asked.tree[unit].name if unit is not None and unit in asked.tree else "?"
