"""The subject and the first lines: as of when, who reported, which edition."""

from __future__ import annotations

from dataclasses import dataclass

from tonghop.campaigns import Campaign
from tonghop.domain.editions import Edition
from tonghop.report.phrases import at_moment, completeness_words
from tonghop.report.safe_text import clean
from tonghop.words import number, say, short_day
from tonghop.words.forms import clock


@dataclass(frozen=True, slots=True)
class Opening:
    """The first things read. ``later`` tells a later edition, or one made after the deadline; it stands first."""

    subject: str
    title: str
    day: str
    edition: str
    later: tuple[str, ...]
    as_of: str
    completeness: str

    @property
    def first_words(self) -> str:
        """Return the first paragraph: which edition it is, who reported, then what else is to be known of it."""
        return " ".join((*self.later[:1], self.first_line, *self.later[1:]))

    @property
    def first_line(self) -> str:
        """Return ``Tính đến 14 giờ 40 ngày 18/8/2020: 11/11 đơn vị đã báo cáo, tất cả đúng hạn.``"""
        return f"{self.as_of}: {self.completeness}."


def opening_of(edition: Edition, campaign: Campaign, first: Edition | None) -> Opening:
    """Return subject and first lines; ``first`` tells when edition 1 was made."""
    return Opening(
        subject=subject_of(edition, campaign),
        title=clean(campaign.file.title),
        day=say("report.of_day", day=short_day(edition.day)),
        edition=say("report.edition", number=edition.number),
        later=_later(edition, campaign, first),
        as_of=at_moment("report.as_of", edition.totals.as_of, campaign),
        completeness=completeness_words(edition.totals.root),
    )


def subject_of(edition: Edition, campaign: Campaign) -> str:
    """Return ``[Đức Huệ] Báo cáo … ngày 18/8/2020 – 11/11 đơn vị``; a later edition says so in front."""
    root = edition.totals.root
    return say(
        "report.subject" if edition.number == 1 else "report.subject_later",
        place=clean(campaign.file.report.place),
        name=name_of(campaign),
        day=short_day(edition.day),
        reported=number(root.reported),
        expected=number(root.expected),
        number=edition.number,
        before=edition.number - 1,
    )


def name_of(campaign: Campaign) -> str:
    """Return ``Báo cáo kết quả …``; a title that already begins so is left alone."""
    title = clean(campaign.file.title)
    prefix = say("report.name", title="").strip()
    if title.casefold().startswith(prefix.casefold()):
        return title
    return say("report.name", title=title[:1].lower() + title[1:])


def _later(edition: Edition, campaign: Campaign, first: Edition | None) -> tuple[str, ...]:
    if edition.number == 1:
        return _after_deadline(edition, campaign)
    before, count = edition.number - 1, len(edition.changes)
    said = [
        say("report.later", number=edition.number, before=before),
        say("report.later_changes", count=number(count), before=before)
        if count
        else say("report.later_same", before=before),
    ]
    if first is not None and first.number == 1:
        said.append(at_moment("report.first_made", first.made_at, campaign))
    return tuple(said)


def _after_deadline(edition: Edition, campaign: Campaign) -> tuple[str, ...]:
    """Return the sentence of a report that was only made when its time had passed: the machine was off."""
    deadline = campaign.deadline(edition.day)
    if edition.made_at < deadline:
        return ()
    places = {"deadline": clock(deadline), "due": short_day(edition.day)}
    return (at_moment("report.after_deadline", edition.made_at, campaign, **places),)
