"""What every part of the draft needs to know, worded once: who reports, on what, of where, as of when."""

from __future__ import annotations

from dataclasses import dataclass

from tonghop.campaigns import Campaign
from tonghop.domain.forms import Form
from tonghop.domain.totals import DayTotals
from tonghop.report.phrases import at_moment
from tonghop.report.safe_text import clean
from tonghop.report.view import Material
from tonghop.words import long_day, say


@dataclass(frozen=True, slots=True)
class Setting:
    """The material with the phrases that several parts share.

    ``title`` as inside a sentence ("kết quả triển khai …"), ``area`` the reporting unit's name likewise,
    ``as_of`` the moment of the figures, ``made_on`` the draft's date in the decree's form.
    """

    material: Material
    title: str
    issuer: str
    area: str
    symbol: str
    as_of: str
    made_on: str

    @classmethod
    def of(cls, material: Material) -> Setting:
        """Return the setting of one edition's draft."""
        campaign, report = material.campaign, material.campaign.file.report
        return cls(
            material=material,
            title=_lower_first(_without_kind(clean(campaign.file.title))),
            issuer=clean(report.issuer),
            area=_lower_first(clean(material.edition.totals.root.name)),
            symbol=clean(report.document.symbol) or say("document.symbol"),
            as_of=at_moment("document.moment", material.edition.totals.as_of, campaign),
            made_on=long_day(material.made_at.astimezone(campaign.zone).date()),
        )

    @property
    def totals(self) -> DayTotals:
        """Return the edition's frozen day."""
        return self.material.edition.totals

    @property
    def campaign(self) -> Campaign:
        """Return the campaign."""
        return self.material.campaign

    @property
    def form(self) -> Form:
        """Return the form with the indicators the campaign counts."""
        return self.material.form

    @property
    def is_same_day(self) -> bool:
        """Return whether the figures are as of the very day they are for."""
        return self.campaign.local_day(self.totals.as_of) == self.totals.day

    @property
    def is_layered(self) -> bool:
        """Return whether units stand between the root and those that report."""
        return any(line.depth > 1 for line in self.totals.lines)


def _lower_first(text: str) -> str:
    return text[:1].lower() + text[1:]


def _without_kind(title: str) -> str:
    """Return a title without a "Báo cáo" in front, which stands above it in capitals already."""
    kind = say("document.kind")
    return title[len(kind) :].strip() if title.casefold().startswith(f"{kind.casefold()} ") else title
