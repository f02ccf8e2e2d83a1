"""Report: freeze the day as a numbered edition and put its message into the outbox, in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import TypedDict

from expectations import load_form
from tasks.step import log, publish_markdown, step
from tonghop.campaigns import Campaign
from tonghop.domain.answers import is_told
from tonghop.domain.deliveries import OutgoingMessage, Recipient, RecipientKind
from tonghop.domain.editions import Edition, OpenFinding, Source
from tonghop.domain.forms import Form
from tonghop.domain.runs import Filed, Intake, Trouble
from tonghop.domain.sources import Unreachable
from tonghop.domain.totals import DayTotals
from tonghop.errors import ConfigurationError
from tonghop.mail.compose import compose
from tonghop.mail.probe import announced_size
from tonghop.mail.relays import parse_relays
from tonghop.mail.signing import sign_if_possible
from tonghop.mail.witness import parse_witness
from tonghop.report import RenderedReport, lighter_and_lighter, render, render_plain
from tonghop.wiring import Occasion
from tonghop.words import say, short_day

_EVERY_SERVER_TAKES = 64 * 1024
_PROBE_SECONDS = 5.0
_SIGNATURE_BYTES = 1500  # a DKIM signature and what dot-stuffing may add
_LATE_BY = timedelta(minutes=5)


@step()
def report(occasion: Occasion, totals: DayTotals, came: Intake, approve: str | None) -> Filed:
    """Return the edition that stands: the one sent already, a new one, or the one that waits for approval.

    The first report of a day is made of what is accepted, whatever is missing. A later change makes the
    next edition where the campaign says ``corrections: send`` or a person approves it; under ``ask`` it
    waits. On a day the calendar excludes nothing is made.
    """
    file = occasion.campaign.file
    if not file.calendar.includes(occasion.day):
        return Filed(why_not=say("run.day_excluded", day=short_day(occasion.day)))
    standing = occasion.store.editions.preview(file.name, totals)
    if standing.latest is not None and not standing.is_new:
        return Filed(standing.latest)
    if standing.latest is not None and file.corrections == "ask" and not approve:
        log().warning("the day has changed since edition %d; approval is needed", standing.latest.number)
        return Filed(standing.latest, pending=standing.changes, waits=True)
    if approve:
        occasion.store.audit(occasion.clock(), "operator", "approve edition", _subject(occasion), approve)
    return _freeze(occasion, totals, came)


def _freeze(occasion: Occasion, totals: DayTotals, came: Intake) -> Filed:
    troubles: list[Trouble] = []
    notes: list[str] = []

    def message_for(edition: Edition) -> OutgoingMessage:
        troubles.clear()  # made again for the next number: what is told is of the one that is stored
        notes[:] = _late(occasion, edition)
        message = _rendered(occasion, edition, came, troubles, notes)
        signed, fault = sign_if_possible(message, occasion.settings)
        troubles.extend([Trouble("sign", fault)] if fault else ())
        return signed

    edition = occasion.store.editions.freeze_with(totals, occasion.now, message_for)
    publish_markdown(f"edition-{edition.campaign}-{edition.day}", _headline(edition))
    return Filed(edition, notes=tuple(notes), troubles=tuple(troubles))


def _rendered(
    occasion: Occasion, edition: Edition, came: Intake, troubles: list[Trouble], notes: list[str]
) -> OutgoingMessage:
    """Return the report's message; where it cannot be rendered, the figures in plain text."""
    material = _material(occasion, edition, came)
    try:
        rendered = render(**material)
        message = _message(occasion, material, rendered)
        limit = room_for(occasion, len(message.content))
        if limit is not None and len(message.content) > limit:
            rendered, message = _light_enough(occasion, material, limit)
            parts = ", ".join(say(f"part.{part}") for part in rendered.left_out)
            notes.append(say("run.left_out", parts=parts or "–"))
        troubles.extend(Trouble("render", fault) for fault in rendered.faults)
    except Exception as error:  # noqa: BLE001 - told in the document; the figures go out
        log().exception("the report could not be rendered; the figures go out as plain text")
        troubles.append(Trouble("render", f"{type(error).__name__}: {error}"))
        return _message(occasion, material, render_plain(**material))
    return message


def _light_enough(
    occasion: Occasion, material: _Material, limit: int
) -> tuple[RenderedReport, OutgoingMessage]:
    """Return the report without as many parts as must go; its words are never left out, however long."""
    where = occasion.settings.desk_url
    for rendered in lighter_and_lighter(**material, where=where):
        message = _message(occasion, material, rendered)
        if len(message.content) + _SIGNATURE_BYTES <= limit:
            break
    return rendered, message


def room_for(occasion: Occasion, size: int) -> int | None:
    """Return the most bytes a message may have: what settings, campaign or mail servers say; None: nothing does.

    The servers are asked only about a message that not every one must take (RFC 5321, 4.5.3.1.7), and never
    long: the deadline is nearer than their answer may be.
    """
    limits = [int(occasion.settings.mail_limit), int(occasion.campaign.file.report.size_limit or 0)]
    if size > _EVERY_SERVER_TAKES:
        left = (occasion.campaign.deadline(occasion.day) - occasion.clock()).total_seconds()
        seconds = min(_PROBE_SECONDS, left / 20) if left > 0 else _PROBE_SECONDS
        with suppress(ConfigurationError):  # told where the message is handed over
            announced = announced_size(parse_relays(occasion.settings.smtp_url), max(seconds, 1.0))
            limits.append(announced or 0)
    return min(filter(None, limits), default=None)


def _late(occasion: Occasion, edition: Edition) -> tuple[str, ...]:
    """Return the word on a first report that was made late, because the machine or the run was."""
    planned, deadline = occasion.campaign.send_at(edition.day), occasion.campaign.deadline(edition.day)
    if edition.number > 1 or edition.made_at < min(planned + _LATE_BY, deadline):
        return ()
    key = "run.made_after_deadline" if edition.made_at >= deadline else "run.made_late"
    local = edition.made_at.astimezone(occasion.campaign.zone)
    at = f"{local:%H:%M} {short_day(local.date())}"
    return (say(key, at=at, planned=f"{planned:%H:%M}", deadline=f"{deadline:%H:%M}"),)


class _Material(TypedDict):
    """What an edition is rendered from, in full or in plain text."""

    edition: Edition
    campaign: Campaign
    form: Form
    findings: Sequence[OpenFinding]
    sources: Sequence[Source]
    unreachable: Sequence[Unreachable]
    made_at: datetime
    first: Edition | None


def _material(occasion: Occasion, edition: Edition, came: Intake) -> _Material:
    store, name = occasion.store, occasion.campaign.name
    earlier = store.editions.all(name, occasion.day) if edition.number > 1 else ()
    return {
        "edition": edition,
        "campaign": occasion.campaign,
        "form": load_form(occasion.campaign.file.form).only(occasion.campaign.file.indicators),
        "findings": [f for f in store.entries.open_findings(name, occasion.day) if is_told(f.finding)],
        "sources": store.editions.sources(edition),
        "unreachable": came.unreachable,
        "made_at": edition.made_at.astimezone(occasion.campaign.zone),
        "first": earlier[0] if earlier else None,
    }


def _message(occasion: Occasion, material: _Material, rendered: RenderedReport) -> OutgoingMessage:
    edition, first = material["edition"], material["first"]
    sender = occasion.campaign.file.report.sender
    return compose(
        key=f"report/{edition.campaign}/{edition.day}/{edition.number}",
        kind="report",
        sender_name=sender.name,
        sender_address=sender.address,
        recipients=recipients_of(occasion),
        subject=rendered.subject,
        text=rendered.text,
        html=rendered.html,
        images=[(i.cid, i.filename, i.content, i.alt) for i in rendered.images],
        attachments=[(a.filename, a.media_type, a.content) for a in rendered.attachments],
        made_at=edition.made_at,
        in_reply_to=occasion.store.editions.message_id(first) if first is not None else None,
    )


def recipients_of(occasion: Occasion) -> tuple[Recipient, ...]:
    """Return the report's recipients, each once: the department, the copies, and the witness if one is set."""
    report_to = occasion.campaign.file.report
    to = [Recipient(address, RecipientKind.TO) for address in report_to.to]
    cc = [Recipient(address, RecipientKind.CC) for address in report_to.cc]
    witness = parse_witness(occasion.settings.witness_url)
    blind = [Recipient(witness.address, RecipientKind.WITNESS)] if witness else []
    each: dict[str, Recipient] = {}
    for one in (*to, *cc):
        each.setdefault(one.address.casefold(), one)
    return (*each.values(), *blind)


def _subject(occasion: Occasion) -> str:
    return f"{occasion.campaign.name} {occasion.day}"


def _headline(edition: Edition) -> str:
    root = edition.totals.root
    return f"Edition {edition.number}: {root.reported}/{root.expected} units"
