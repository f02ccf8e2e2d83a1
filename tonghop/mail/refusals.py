"""What a sender is told whose message was too large to be taken in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from tonghop.mail.replies import one_line
from tonghop.mail.words import MailText, rendered
from tonghop.words import say, short_day
from tonghop.words.forms import clock


@dataclass(frozen=True, slots=True)
class TooLarge:
    """A message that was refused for its size. ``reason``: the size and the limit; the moment is local."""

    unit: str
    title: str
    received_at: datetime
    reason: str
    sender: str
    address: str


def refusal_mail(told: TooLarge) -> MailText:
    """Return the mail that says that nothing was read, why, and what to send instead."""
    places = {
        "unit": one_line(told.unit),
        "title": told.title,
        "at": f"{clock(told.received_at)} ngày {short_day(told.received_at.date())}",
        "reason": told.reason,
        "sender": told.sender,
        "address": told.address,
    }
    keys = ("answer.greeting", "mail.refused.what", "mail.refused.how", "mail.closing")
    blocks = [say("answer.reply_above"), *(say(key, **places) for key in keys), told.sender]
    return rendered(say("mail.refused.subject", **places), [*blocks, say("mail.automatic")])
