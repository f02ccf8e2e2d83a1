"""From an edition to the draft "Báo cáo": the head, the body's sections, the end and the annexes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from tonghop.report.document.annexes import annexes_of, names_annex
from tonghop.report.document.parts import Draft, Paragraph, Role
from tonghop.report.document.sections import sections_of
from tonghop.report.document.setting import Setting
from tonghop.report.phrases import at_moment, upper_first
from tonghop.report.safe_text import clean
from tonghop.report.view import Material
from tonghop.words import number, say, short_day
from tonghop.words.forms import POINTS

_LONGEST = 400
_POINTS, _NO_BREAK = f" {POINTS}", "\u00a0"


def draft_of(material: Material) -> Draft:
    """Return the draft of an edition: worded, in order, without number, signature or seal.

    It is made of the edition's frozen lines and the campaign's ``report:`` keys alone, so that the same
    edition gives the same document.
    """
    setting, edition = Setting.of(material), material.edition
    report = material.campaign.file.report
    subject = say("document.subject", title=upper_first(setting.title), day=short_day(edition.day))
    return Draft(
        superior=clean(report.superior).upper(),
        issuer=clean(report.issuer).upper(),
        number=say("document.number", symbol=setting.symbol),
        mark=say("document.draft"),
        nation=say("document.nation"),
        motto=say("document.motto"),
        place_date=say("document.place_date", place=clean(report.place), day=setting.made_on),
        kind=say("document.kind"),
        subject=subject,
        edition=say("document.edition", number=edition.number, before=edition.number - 1)
        if edition.number > 1
        else "",
        addressees=_addressees(report.document.addressees),
        body=tuple(_in_sentences(p) for p in (*_opening(setting), *sections_of(setting), _closing(setting))),
        signer=clean(report.signer).upper(),
        sent_to=say("document.sent_to"),
        copies=_copies(setting),
        annexes=annexes_of(setting),
        author=clean(report.sender.name),
        made_at=material.made_at,
    )


def _in_sentences(paragraph: Paragraph) -> Paragraph:
    """Return a paragraph with the words for places written small inside it: ``xã Mỹ Bình``, ``huyện An Lão``.

    The decree's Phụ lục II writes the common noun before a place's name small; a register writes it large.
    A number and its unit ``điểm %`` stay on one line.
    """
    pattern = _places(say("document.place_words"), say("document.kept_places"))
    text = pattern.sub(_small, paragraph.text)
    return Paragraph(paragraph.role, text.replace(_POINTS, _POINTS.replace(" ", _NO_BREAK)))


@cache
def _places(words: str, kept: str) -> re.Pattern[str]:
    return re.compile(rf"(?<=[\s(])(?!(?:{kept})\b)({words}) (\w)")


def _small(found: re.Match[str]) -> str:
    # "… và Xã hội" is no place: a place's own name begins with a capital or a figure.
    return found[0] if found[2].islower() else f"{found[1].lower()} {found[2]}"


def _addressees(names: Sequence[str]) -> tuple[str, ...]:
    if len(names) <= 1:
        return tuple(say("document.addressed", name=clean(name)) for name in names)
    ends = [";"] * (len(names) - 1) + ["."]
    listed = (
        say("document.addressed_one", name=clean(name), end=end)
        for name, end in zip(names, ends, strict=True)
    )
    return (say("document.addressed_all"), *listed)


def _opening(setting: Setting) -> tuple[Paragraph, ...]:
    paper = setting.material.campaign.file.report.document
    bases = "; ".join(clean(base, _LONGEST) for base in paper.bases)
    places = {
        "issuer": setting.issuer,
        "title": setting.title,
        "area": setting.area,
        # An edition of a later day tells both days apart.
        "of_day": "" if setting.is_same_day else say("document.of_day", day=short_day(setting.totals.day)),
        "as_of": setting.as_of,
    }
    said = say("document.opening_by", bases=bases, **places) if bases else say("document.opening", **places)
    return (*_later(setting), Paragraph(Role.TEXT, upper_first(said)))


def _later(setting: Setting) -> tuple[Paragraph, ...]:
    edition, first = setting.material.edition, setting.material.first
    if edition.number == 1:
        return ()
    places = {"number": str(edition.number), "before": str(edition.number - 1)}
    said = say("document.later_same", **places)
    if edition.changes:
        annex = names_annex(setting, changes=True)
        said = say("document.later", count=number(len(edition.changes)), annex=annex, **places)
    if first is not None and first.number == 1:
        said = f"{said} {at_moment('document.first_made', first.made_at, setting.material.campaign)}"
    return (Paragraph(Role.TEXT, said),)


def _closing(setting: Setting) -> Paragraph:
    said = say(
        "document.closing",
        title=setting.title,
        area=setting.area,
        day=short_day(setting.totals.day),
        issuer=setting.issuer,
    )
    return Paragraph(Role.TEXT, said)


def _copies(setting: Setting) -> tuple[str, ...]:
    paper = setting.material.campaign.file.report.document
    return (
        say("document.as_above"),
        *(say("document.copy", name=clean(name)) for name in paper.copies),
        say("document.archive", archive=clean(paper.archive) or say("document.archive_default")),
    )
