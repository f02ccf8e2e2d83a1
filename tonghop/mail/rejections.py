"""What a submitter is told when an officer sends a report back: why, and how to send the right one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from tonghop.mail.replies import one_line
from tonghop.mail.words import MailText, Points, rendered
from tonghop.words import say, short_day
from tonghop.words.forms import clock

_LONGEST_REASON = 500


@dataclass(frozen=True, slots=True)
class SentBack:
    """A report that an officer sent back. ``unit``: its name, empty where nobody knows it; ``file``: the file's
    name, empty for a mail (the answer stands below it); moments are local.
    """

    number: int
    unit: str
    title: str
    day: date
    file: str
    received_at: datetime
    reason: str
    sender: str
    address: str


def rejection_mail(told: SentBack) -> MailText:
    """Return the mail that asks for the report again, with the officer's reason in his own words."""
    places = {
        "number": str(told.number),
        "unit": one_line(told.unit),
        "title": told.title,
        "day": short_day(told.day),
        "at": f"{clock(told.received_at)} ngày {short_day(told.received_at.date())}",
        "files": one_line(told.file),
        "reason": one_line(told.reason)[:_LONGEST_REASON],
        "sender": told.sender,
        "address": told.address,
    }

    def said(key: str) -> str:
        return say(key, **places)

    blocks: list[str | Points] = [
        say("answer.reply_above"),
        said("answer.greeting") if told.unit else said("answer.greeting.nobody"),
        said("mail.rejected.what"),
        *([said("answer.files")] if told.file else []),
        said("mail.rejected.reason"),
        Points(said("mail.rejected.how"), (said("mail.rejected.mend"), said("mail.rejected.right"))),
        said("mail.closing"),
        told.sender,
        said("mail.automatic"),
    ]
    return rendered(said("mail.rejected.subject"), blocks)
