"""The small mails as text and HTML: the reminder to a unit, the alarm to the people in charge."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from html import escape
from math import ceil

from tonghop.domain.deliveries import Delivery, DeliveryState
from tonghop.mail.replies import one_line
from tonghop.words import say, short_day
from tonghop.words.forms import clock

_PAGE = (
    '<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width, initial-scale=1">'
    '<meta name="color-scheme" content="light dark"><title>{title}</title></head>'
    '<body style="margin:0;padding:16px;font:16px/1.5 Arial,Helvetica,sans-serif;overflow-wrap:anywhere">'
    '<div style="max-width:600px;margin:0 auto">{body}</div></body></html>'
)


@dataclass(frozen=True, slots=True)
class MailText:
    """What one mail says: the same words as text and as HTML without any outside part."""

    subject: str
    text: str
    html: str


@dataclass(frozen=True, slots=True)
class Points:
    """A heading and the points under it, one of the blocks a small mail is made of."""

    heading: str
    points: tuple[str, ...]


def reminder_mail(
    unit: str,
    title: str,
    day: date,
    cutoff: datetime,
    at: datetime,
    sender: str,
    address: str,
    contact: str = "",
    language: str = "vi",
    *,
    form: str = "",
    has_folder: bool = False,
    can_stop: bool = False,
) -> MailText:
    """Return the polite reminder to a unit that still owes the report of ``day``.

    ``cutoff`` and ``at`` are in the campaign's zone; ``address``: where reports are sent; ``contact``: name
    and telephone of the person to ask, empty where none is set. ``form``: the attached workbook's file name,
    empty where none is attached; ``has_folder``: reports may be laid in a shared folder as well; ``can_stop``:
    a reply is read and may ask for no more reminders.
    """
    places = {
        "unit": one_line(unit),
        "title": title,
        "day": short_day(day),
        "cutoff": clock(cutoff),
        "at": f"{clock(at)} {'ngày ' if language == 'vi' else ''}{short_day(at.date())}",
        "sender": sender,
        "address": address,
        "contact": contact,
        "form": one_line(form),
    }

    def said(key: str) -> str:
        return say(key, language, **places)

    ways = ("attached" if form else "form", "reply", *(["folder"] if has_folder else []), "nothing")
    how = tuple(said(f"mail.reminder.how.{each}") for each in ways)
    blocks: list[str | Points] = [
        said("mail.greeting"),
        said("mail.reminder.missing"),
        said("mail.reminder.before" if at <= cutoff else "mail.reminder.after"),
        Points(said("mail.reminder.how"), how),
        said("mail.reminder.crossed"),
        *([said("mail.contact")] if contact else []),
        said("mail.closing"),
        sender,
        said("mail.automatic"),
        *([said("mail.reminder.stop")] if can_stop else []),
    ]
    return rendered(said("mail.reminder.subject"), blocks, language)


def alarm_mail(
    campaign: str,
    title: str,
    day: date,
    deadline: datetime,
    at: datetime,
    deliveries: Sequence[Delivery],
    contacts: Sequence[str] = (),
    language: str = "vi",
) -> MailText:
    """Return the alarm that no mail server has taken the report of ``day`` for everyone it is owed to.

    ``deliveries``: those of the report, empty where none was made; ``contacts``: "name, telephone" of whom to
    call. It says what stands where, and what to do for each way in which a delivery can be stuck.
    """
    places = {"campaign": campaign, "title": title, "day": short_day(day), "deadline": clock(deadline)}
    in_doubt = (one.message_id for one in deliveries if one.state is DeliveryState.UNKNOWN)
    places |= {"message_id": next(in_doubt, "")}
    places |= {"at": clock(at), "minutes": str(max(ceil((deadline - at).total_seconds() / 60), 0))}

    def said(key: str, **more: str) -> str:
        return say(key, language, **(places | more))

    states = Points(said("mail.alarm.states"), tuple(_stands(one, language) for one in deliveries))
    calls = [said("mail.alarm.todo.call", contact=each) for each in contacts]
    ways = [said(f"mail.alarm.todo.{way}") for way in _ways(deliveries)]
    blocks: list[str | Points] = [
        said("mail.alarm.what"),
        states if deliveries else said("mail.alarm.none"),
        Points(said("mail.alarm.todo"), (*calls, *ways, said("mail.alarm.todo.otherwise"))),
        said("mail.automatic"),
    ]
    return rendered(
        said("mail.alarm.subject" if at < deadline else "mail.alarm.subject.late"), blocks, language
    )


def _stands(one: Delivery, language: str) -> str:
    state = say(f"mail.state.{one.state}", language)
    reply = one_line(one.reply)
    said = say("mail.alarm.recipient", language, address=one.recipient.address, state=state, reply=reply)
    return said.strip()


def _ways(deliveries: Sequence[Delivery]) -> Sequence[str]:
    """Return which advice fits the states the deliveries are in."""
    states = {one.state for one in deliveries}
    ways = []
    if not deliveries or DeliveryState.READY in states:
        ways.append("run")
    if DeliveryState.DEFERRED in states:
        ways.append("deferred")
    if DeliveryState.FAILED in states:
        ways.append("failed")
    if states & {DeliveryState.UNKNOWN, DeliveryState.IN_DATA}:
        ways.append("unknown")
    return ways


def rendered(subject: str, blocks: Sequence[str | Points], language: str) -> MailText:
    """Return the mail of these blocks: paragraphs and lists, the same words in both forms."""
    text = "\n\n".join(_as_text(block) for block in blocks) + "\n"
    body = "".join(_as_html(block) for block in blocks)
    return MailText(
        one_line(subject), text, _PAGE.format(language=language, title=escape(subject), body=body)
    )


def _as_text(block: str | Points) -> str:
    if isinstance(block, str):
        return block
    return "\n".join([block.heading, *(f"- {point}" for point in block.points)])


def _as_html(block: str | Points) -> str:
    if isinstance(block, str):
        return f'<p style="margin:0 0 12px">{escape(block)}</p>'
    points = "".join(f'<li style="margin:0 0 6px">{escape(point)}</li>' for point in block.points)
    return (
        f'<p style="margin:0 0 6px"><strong>{escape(block.heading)}</strong></p>'
        f'<ul style="margin:0 0 12px;padding-left:20px">{points}</ul>'
    )
