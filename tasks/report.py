"""Report: freeze the day as a numbered edition and put its message into the outbox, in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
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
from tonghop.mail.compose import compose
from tonghop.mail.witness import parse_witness
from tonghop.report import RenderedReport, render, render_plain
from tonghop.wiring import Occasion
from tonghop.words import say, short_day


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

    def message_for(edition: Edition) -> OutgoingMessage:
        material = _material(occasion, edition, came)
        try:
            rendered = render(**material)
            troubles.extend(Trouble("render", fault) for fault in rendered.faults)
        except Exception as error:  # noqa: BLE001 - told in the document; the figures go out
            log().exception("the report could not be rendered; the figures go out as plain text")
            troubles.append(Trouble("render", f"{type(error).__name__}: {error}"))
            rendered = render_plain(**material)
        return _message(occasion, edition, rendered, material["first"])

    edition = occasion.store.editions.freeze_with(totals, occasion.now, message_for)
    publish_markdown(f"edition-{edition.campaign}-{edition.day}", _headline(edition))
    return Filed(edition, troubles=tuple(troubles))


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


def _message(
    occasion: Occasion, edition: Edition, rendered: RenderedReport, first: Edition | None
) -> OutgoingMessage:
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
    """Return the report's recipients: the department, the copies, and the witness if one is set."""
    report_to = occasion.campaign.file.report
    to = [Recipient(address, RecipientKind.TO) for address in report_to.to]
    cc = [Recipient(address, RecipientKind.CC) for address in report_to.cc]
    witness = parse_witness(occasion.settings.witness_url)
    blind = [Recipient(witness.address, RecipientKind.WITNESS)] if witness else []
    return (*to, *cc, *blind)


def _subject(occasion: Occasion) -> str:
    return f"{occasion.campaign.name} {occasion.day}"


def _headline(edition: Edition) -> str:
    root = edition.totals.root
    return f"Edition {edition.number}: {root.reported}/{root.expected} units"
