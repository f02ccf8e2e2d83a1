"""All that a report says, worded and in order, before it becomes HTML or plain text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from tonghop.campaigns import Campaign
from tonghop.domain.editions import Edition, OpenFinding
from tonghop.domain.forms import Form
from tonghop.domain.sources import Unreachable
from tonghop.report.headlines import Headline, headlines
from tonghop.report.lists import Below, Changes, Remarks, below_of, changes_of, remarks_of
from tonghop.report.notices import Notice, notices_of
from tonghop.report.opening import Opening, opening_of
from tonghop.report.phrases import at_moment
from tonghop.report.safe_text import clean
from tonghop.report.tables import Table, tables_of
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
    notices: tuple[Notice, ...]
    headlines: tuple[Headline, ...]
    tables: tuple[Table, ...]
    changes: Changes
    below: tuple[Below, ...]
    findings: Remarks
    closing: tuple[str, ...]
    sender: str

    @property
    def doubts(self) -> tuple[Notice, ...]:
        """Return the notices that touch the totals, for the line below the first one."""
        return tuple(notice for notice in self.notices if notice.tone in ("bad", "doubt"))


def view_of(material: Material) -> View:
    """Return what the report says, from the edition's frozen lines alone."""
    edition, campaign, form = material.edition, material.campaign, material.form
    return View(
        opening=opening_of(edition, campaign, material.first),
        notices=notices_of(edition.totals, material.unreachable),
        headlines=headlines(edition.totals, campaign, form),
        tables=tables_of(edition.totals, campaign, form),
        changes=changes_of(edition, campaign),
        below=below_of(edition.totals, campaign, form),
        findings=remarks_of(material.findings, edition.totals),
        closing=(
            say("report.recomputed"),
            say("report.next_edition", number=edition.number),
            at_moment("report.made_at", material.made_at, campaign),
        ),
        sender=clean(campaign.file.report.sender.name),
    )
