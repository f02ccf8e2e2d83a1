"""All that a report says, worded and in order, before it becomes HTML or plain text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from tonghop.campaigns import Campaign
from tonghop.domain.editions import Edition, OpenFinding
from tonghop.domain.forms import Form
from tonghop.domain.sources import Unreachable
from tonghop.report import lists, notices, tables
from tonghop.report.headlines import Headline, headlines
from tonghop.report.opening import Opening, opening_of
from tonghop.report.phrases import at_moment
from tonghop.report.safe_text import clean
from tonghop.words import say


@dataclass(frozen=True, slots=True)
class Material:
    """What a report is made of: the edition and all that is known around it."""

    edition: Edition
    campaign: Campaign
    form: Form
    findings: Sequence[OpenFinding]
    unreachable: Sequence[Unreachable]
    made_at: datetime
    first: Edition | None = None


@dataclass(frozen=True, slots=True)
class View:
    """The mail's parts from top to bottom."""

    opening: Opening
    notices: tuple[notices.Notice, ...]
    headlines: tuple[Headline, ...]
    tables: tuple[tables.Table, ...]
    changes: lists.Changes
    below: tuple[lists.Below, ...]
    findings: lists.Remarks
    closing: tuple[str, ...]
    sender: str


def view_of(material: Material) -> View:
    """Return what the report says, from the edition's frozen lines alone."""
    edition, campaign, form = material.edition, material.campaign, material.form
    return View(
        opening=opening_of(edition, campaign, material.first),
        notices=notices.notices_of(edition.totals, campaign, material.unreachable),
        headlines=headlines(edition.totals, campaign, form),
        tables=tables.tables_of(edition.totals, campaign, form),
        changes=lists.changes_of(edition),
        below=lists.below_of(edition.totals, campaign, form),
        findings=lists.remarks_of(material.findings, edition.totals),
        closing=(
            say("report.recomputed"),
            say("report.next_edition", number=edition.number),
            at_moment("report.made_at", material.made_at, campaign),
        ),
        sender=clean(campaign.file.report.sender.name),
    )
