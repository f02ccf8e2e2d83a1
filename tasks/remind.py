"""Remind: at the campaign's times, the units that still owe a report; the others go on the call list."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from expectations import load_form
from tasks.post import mail_of, post
from tasks.step import log, step
from tonghop.campaigns.model import FolderSource, MailboxSource
from tonghop.domain.contacts import Contact
from tonghop.domain.deliveries import OutgoingMessage
from tonghop.domain.runs import Call, Reminded, WhyCall
from tonghop.domain.totals import DayTotals, UnitState
from tonghop.domain.units import Unit, UnitCode
from tonghop.errors import ConfigurationError, TonghopError
from tonghop.mail.compose import Attachment
from tonghop.mail.digest import Turn, digest_mail
from tonghop.mail.parts import media_type_of
from tonghop.mail.words import reminder_mail
from tonghop.report.blank_form import blank_form
from tonghop.settings import environment
from tonghop.sources import own_address
from tonghop.wiring import Occasion

# A schedule may start a breath early by its own clock; a turn must not be lost for that.
_EARLY = timedelta(seconds=30)
# After the deadline the report is out: a turn that was missed is made good for this long, not for ever.
_MAKE_GOOD = timedelta(hours=1)
# Bytes of the Message-ID that nobody can guess: whoever quotes it has seen the mail.
_SECRET = 20


@step()
def remind_owing(occasion: Occasion, totals: DayTotals) -> Reminded:
    """Return whom this run reminds: one mail a unit and turn, put into the outbox before any is sent.

    A unit's turns are the campaign's times that have come; only the latest counts, so that a machine that was
    down makes good one mail and not three. A unit whose report is held does not owe one: it is asked about the
    doubt instead. On a day that the calendar excludes nobody is reminded.
    """
    if not occasion.campaign.file.calendar.includes(occasion.day):
        return Reminded(occasion.day)
    tree = occasion.tree
    owing = [tree[line.unit] for line in totals.in_state(UnitState.MISSING)]
    contacts = occasion.store.contacts.of(occasion.campaign.name, owing)
    round_ = _Round(occasion, contacts)
    for unit in owing:
        round_.take(unit)
    reminded = round_.outcome(owing)
    _put_digest(occasion, totals, reminded, round_)
    log().info(
        "%d reminded, %d before, %d to be called",
        len(reminded.by_mail), len(reminded.already), len(reminded.calls),
    )  # fmt: skip
    return reminded


def turns_of(occasion: Occasion, unit: Unit) -> tuple[datetime | None, datetime | None]:
    """Return the unit's turn that is due now (None: none has come, or it is too late) and the next to come."""
    moments = occasion.campaign.reminders(occasion.day, unit.kind)
    now = occasion.now
    come = [at for at in moments if at <= now + _EARLY]
    to_come = next((at for at in moments if at > now + _EARLY), None)
    if not come:
        return None, to_come
    is_too_late = now >= occasion.campaign.deadline(occasion.day) and now > come[-1] + _MAKE_GOOD
    return (None if is_too_late else come[-1]), to_come


@dataclass
class _Round:
    """The reminders of one run."""

    occasion: Occasion
    contacts: Mapping[str, Contact]
    put: list[UnitCode] = field(default_factory=list)
    already: list[UnitCode] = field(default_factory=list)
    unreached: dict[UnitCode, WhyCall] = field(default_factory=dict)
    last: set[UnitCode] = field(default_factory=set)
    turn: datetime | None = None
    next_at: datetime | None = None

    def take(self, unit: Unit) -> None:
        """Remind a unit if its turn has come and a mail can reach it."""
        due, to_come = turns_of(self.occasion, unit)
        self.turn = max(filter(None, (self.turn, due)), default=None)
        self.next_at = min(filter(None, (self.next_at, to_come)), default=None)
        addresses = [a for a in unit.emails if self.contacts[a.casefold()].is_reminded]
        if not addresses:
            self.unreached[unit.code] = self._why(unit)
        elif due is not None:
            if to_come is None:
                self.last.add(unit.code)
            (self.put if self._put(unit, addresses, due) else self.already).append(unit.code)

    def outcome(self, owing: Sequence[Unit]) -> Reminded:
        """Return what the round came to, the calls in the order of the register."""
        whys = dict.fromkeys(self.last, WhyCall.SILENT) | self.unreached
        calls = tuple(Call(u.code, u.name, u.phone, whys[u.code]) for u in owing if u.code in whys)
        return Reminded(
            day=self.occasion.day,
            by_mail=tuple(self.put),
            by_telephone=tuple(self.unreached),
            already=tuple(self.already),
            calls=calls,
            turn=self.turn,
            next_at=self.next_at,
        )

    def _why(self, unit: Unit) -> WhyCall:
        if not unit.emails:
            return WhyCall.NO_ADDRESS
        is_dead = any(self.contacts[a.casefold()].is_dead for a in unit.emails)
        return WhyCall.RETURNED if is_dead else WhyCall.STOPPED

    def _put(self, unit: Unit, addresses: Sequence[str], turn: datetime) -> bool:
        occasion = self.occasion
        key = f"{_stem(occasion)}{unit.code}/{turn:%H%M}"
        if occasion.store.outbox.message(key) is not None:  # before the workbook is made once more
            return False
        message = _message(occasion, unit, addresses, key)
        return post(occasion, occasion.day, message)


def _stem(occasion: Occasion) -> str:
    return f"reminder/{occasion.campaign.name}/{occasion.day}/"


def _message(occasion: Occasion, unit: Unit, addresses: Sequence[str], key: str) -> OutgoingMessage:
    campaign, file = occasion.campaign, occasion.campaign.file
    mailbox = _mailbox(occasion)
    form = _form(occasion, unit)
    written = reminder_mail(
        unit=unit.name,
        title=file.title,
        day=occasion.day,
        cutoff=campaign.cutoff(occasion.day, unit.kind),
        at=occasion.now,
        sender=file.report.sender.name,
        address=mailbox or file.report.sender.address,
        form=form[0][0] if form else "",
        has_folder=any(isinstance(source, FolderSource) for source in file.sources),
        can_stop=mailbox is not None,
    )
    sender = file.report.sender.address
    return mail_of(
        occasion,
        key,
        "reminder",
        addresses,
        written,
        attachments=form,
        message_id=f"<{secrets.token_hex(_SECRET)}@{sender.rpartition('@')[2].lower()}>",
        headers=_headers(mailbox, sender),
    )


def _headers(mailbox: str | None, sender: str) -> dict[str, str]:
    if mailbox is None:
        return {}
    reply = {} if mailbox == sender.casefold() else {"Reply-To": mailbox}
    return {**reply, "List-Unsubscribe": f"<mailto:{mailbox}?subject=DUNG%20NHAC>"}


def _mailbox(occasion: Occasion) -> str | None:
    """Return the address whose mail is taken in, so that a reply is read; None where no mailbox is looked into."""
    boxes = [source for source in occasion.campaign.file.sources if isinstance(source, MailboxSource)]
    for source in boxes:
        try:
            if found := own_address(source, environment()):
                return found.casefold()
        except ConfigurationError as error:  # told where the mailbox is looked into
            log().warning("%s", error)
    return occasion.campaign.file.report.sender.address.casefold() if boxes else None


def _form(occasion: Occasion, unit: Unit) -> tuple[Attachment, ...]:
    """Return the unit's own workbook of the day, the bytes of ``tonghop form``; none where it cannot be made."""
    file = occasion.campaign.file
    form = load_form(file.form).only(file.indicators)
    try:
        made = blank_form(occasion.campaign, form, unit.code, occasion.day, fill_in_day=True)
    except (ValueError, KeyError, TonghopError) as error:
        log().warning("%s is reminded without its workbook: %s", unit.code, error)
        return ()
    return ((made.filename, media_type_of(made.filename), made.content),)


def _put_digest(occasion: Occasion, totals: DayTotals, reminded: Reminded, round_: _Round) -> None:
    """Put the turn's digest into the outbox, once a turn; nobody is written to about a turn that did nothing."""
    file, turn = occasion.campaign.file, reminded.turn
    to = file.digest.to or file.alerts.to
    told = [*reminded.by_mail, *reminded.already]
    if turn is None or not to or not (told or reminded.calls):
        return
    tree, times = occasion.tree, _times(occasion)
    written = digest_mail(
        Turn(
            title=file.title,
            sender=file.report.sender.name,
            day=occasion.day,
            at=occasion.now,
            turn=turn,
            next_at=round_.next_at,
            reported=totals.root.reported,
            expected=totals.root.expected,
            reminded=[(unit, times.get(unit.code, 1)) for unit in tree.units if unit.code in set(told)],
            calls=reminded.calls,
        )
    )
    key = f"digest/{file.name}/{occasion.day}/{turn:%H%M}"
    post(occasion, occasion.day, mail_of(occasion, key, "digest", to, written))


def _times(occasion: Occasion) -> dict[UnitCode, int]:
    """Return how many reminders of the day each unit was written."""
    stem = _stem(occasion)
    keys = {d.key for d in occasion.store.outbox.deliveries(occasion.campaign.name, occasion.day)}
    counted: dict[UnitCode, int] = {}
    for key in keys:
        if key.startswith(stem):
            unit = key.removeprefix(stem).rpartition("/")[0]
            counted[unit] = counted.get(unit, 0) + 1
    return counted
