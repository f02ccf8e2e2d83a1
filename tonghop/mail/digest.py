"""The digest: what the department is told at each turn of reminding."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from tonghop.domain.runs import Call
from tonghop.domain.units import Unit
from tonghop.mail.replies import one_line
from tonghop.mail.words import MailText, Points, rendered
from tonghop.words import number, say, short_day
from tonghop.words.forms import clock


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn of a day's reminders: the units that were reminded, each with how often today, and the calls.

    ``turn`` and ``next_at`` (None: the last) are the moments set for it, ``at`` when it was made; all are in
    the campaign's zone.
    """

    title: str
    sender: str
    day: date
    at: datetime
    turn: datetime
    next_at: datetime | None
    reported: int
    expected: int
    reminded: Sequence[tuple[Unit, int]]
    calls: Sequence[Call]


def digest_mail(turn: Turn) -> MailText:
    """Return the mail that names whom this turn reminded and who must be called, with telephone numbers."""
    places = {
        "title": turn.title,
        "day": short_day(turn.day),
        "at": clock(turn.at),
        "turn": clock(turn.turn),
        "next": clock(turn.next_at) if turn.next_at else "",
        "reported": number(turn.reported),
        "expected": number(turn.expected),
    }

    def said(key: str, **more: str) -> str:
        return say(f"remind.digest.{key}", **(places | more))

    silent = say("remind.no_phone")
    reminded = [
        said(
            "reminded_one",
            name=one_line(unit.name),
            unit=unit.code,
            times=str(times),
            phone=unit.phone or silent,
        )
        for unit, times in turn.reminded
    ]
    calls = [
        said("call_one", name=one_line(call.name), unit=call.unit, phone=call.phone or silent,
             why=say(f"remind.why.{call.why}"))
        for call in turn.calls
    ]  # fmt: skip
    blocks: list[str | Points] = [said("what")]
    if calls:
        blocks.append(Points(said("calls", count=number(len(calls))), tuple(calls)))
    if reminded:
        blocks.append(Points(said("reminded", count=number(len(reminded))), tuple(reminded)))
    blocks += [
        said("next" if turn.next_at else "last"),
        turn.sender,
        say("mail.automatic"),
    ]
    subject = said("subject", reminded=number(len(reminded)), calls=number(len(calls)))
    return rendered(subject, blocks)
