"""The lists below the tables: what changed since the edition before, who is below target, what to note."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from tonghop.campaigns import Campaign, Target
from tonghop.domain.editions import Change, Edition, OpenFinding
from tonghop.domain.findings import Severity
from tonghop.domain.forms import Form, Rate
from tonghop.domain.totals import DayTotals
from tonghop.report.facts import below_target, children, judged, leaves, rates_in_order, target_of
from tonghop.report.phrases import cause_of, names_of, target_percent, title_of, upper_first
from tonghop.report.safe_text import clean
from tonghop.words import message_of, number, percent, say

_MOST_CHANGES, _MOST_BELOW, _MOST_REMARKS = 20, 30, 12
_GRAVEST_FIRST = (Severity.CRITICAL, Severity.WARNING, Severity.INFO)


@dataclass(frozen=True, slots=True)
class UnitChanges:
    """The changed figures of a unit: indicator, old and new of each; and who changed them, when and why."""

    name: str
    figures: tuple[tuple[str, str, str], ...]
    causes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """The changed figures by unit; ``more``: what the workbook has."""

    title: str
    columns: tuple[str, str, str]
    units: tuple[UnitChanges, ...]
    more: str


@dataclass(frozen=True, slots=True)
class Below:
    """The units that want people to one target: name, share, gap; the lowest share first."""

    title: str
    rows: tuple[tuple[str, str, str], ...]
    more: str


@dataclass(frozen=True, slots=True)
class Remark:
    """One finding: unit, sentence and place."""

    severity: str
    is_grave: bool
    unit: str
    message: str
    place: str


@dataclass(frozen=True, slots=True)
class Remarks:
    """The findings worth knowing, the gravest first."""

    rows: tuple[Remark, ...]
    more: str


def changes_of(edition: Edition, campaign: Campaign) -> Changes:
    """Return what differs from the edition before, and why; no rows for edition 1."""
    before = edition.number - 1
    left = len(edition.changes) - _MOST_CHANGES
    names = names_of(edition.totals)
    by_unit = groupby(edition.changes[:_MOST_CHANGES], key=lambda change: (change.unit, change.name))
    return Changes(
        title=say("report.changes", before=before),
        columns=(
            say("report.unit_and_indicator"),
            say("report.old", number=before),
            say("report.old", number=edition.number),
        ),
        units=tuple(
            _unit_changes(names.get(code, clean(name, 80)), tuple(of), campaign)
            for (code, name), of in by_unit
        ),
        more=say("report.more_changes", count=number(left), sheet=say("sheet.changes")) if left > 0 else "",
    )


def _unit_changes(name: str, changes: Sequence[Change], campaign: Campaign) -> UnitChanges:
    causes = dict.fromkeys(cause_of(change.cause, campaign) for change in changes)
    return UnitChanges(name, tuple(map(_change, changes)), tuple(cause for cause in causes if cause))


def _change(change: Change) -> tuple[str, str, str]:
    none = say("report.no_figure")
    return title_of("indicator", change.indicator), number(change.old, none), number(change.new, none)


def below_of(totals: DayTotals, campaign: Campaign, form: Form) -> tuple[Below, ...]:
    """Return for each rate with a target the units directly below the root that do not reach it.

    It states figures and no judgement: whom to remind or criticise is for the department to advise on
    ("tham mưu UBND huyện phê bình, nhắc nhở").
    """
    wanted = (
        (rate, target_of(campaign, rate.code, totals.day, totals.root))
        for rate in rates_in_order(campaign, form)
    )
    return tuple(_below(totals, rate, target) for rate, target in wanted if target is not None)


def _below(totals: DayTotals, rate: Rate, target: Target) -> Below:
    lines = children(totals)
    short, known = below_target(lines, rate.code), judged(lines, rate.code)
    places = {"rate": upper_first(title_of("rate", rate.code)), "target": target_percent(target.at_least)}
    more = []
    if len(short) > _MOST_BELOW:
        more.append(upper_first(say("report.and_more", count=number(len(short) - _MOST_BELOW))) + ".")
    if any(not line.is_leaf for line in lines):
        below = leaves(totals)
        counts = number(len(below_target(below, rate.code))), number(judged(below, rate.code))
        more.append(say("report.below_leaves", count=counts[0], all=counts[1]))
        more.append(say("report.names_in_workbook"))
    return Below(
        title=_below_title(len(short), known, places),
        rows=tuple(
            (clean(line.name, 80), percent(f.value), number(f.gap)) for line, f in short[:_MOST_BELOW]
        ),
        more=" ".join(more),
    )


def _below_title(short: int, known: int, places: Mapping[str, str]) -> str:
    if not known:
        return say("report.below_unknown", **places)
    if not short:
        return say("report.below_none", count=known, all=number(known), **places)
    return say("report.below_title", count=number(short), all=number(known), **places)


def in_order(findings: Sequence[OpenFinding]) -> tuple[OpenFinding, ...]:
    """Return the findings by weight, otherwise in the order they came."""
    return tuple(sorted(findings, key=lambda one: _GRAVEST_FIRST.index(one.finding.severity)))


def remarks_of(findings: Sequence[OpenFinding], totals: DayTotals) -> Remarks:
    """Return the findings the mail shows: critical ones and warnings, at most a dozen."""
    names = names_of(totals)
    worth = [one for one in in_order(findings) if one.finding.severity is not Severity.INFO]
    left = len(worth) - _MOST_REMARKS
    return Remarks(
        rows=tuple(_remark(one, names) for one in worth[:_MOST_REMARKS]),
        more=say("report.more_findings", count=number(left), sheet=say("sheet.findings")) if left > 0 else "",
    )


def _remark(one: OpenFinding, names: dict[str, str]) -> Remark:
    finding = one.finding
    return Remark(
        severity=say(f"severity.{finding.severity.value}"),
        is_grave=finding.holds,
        unit=unit_of(one, names),
        message=sentence_of(one),
        place=place_of(one),
    )


def unit_of(one: OpenFinding, names: dict[str, str]) -> str:
    """Return the name of the unit a finding stands on, or that it is not known."""
    return names.get(one.finding.unit or "", "") or say("sheet.no_unit")


def sentence_of(one: OpenFinding) -> str:
    """Return a finding's sentence, safe to show.

    A code the catalogue does not know is shown as it is: a rule that is newer than its wording must not
    cost the department its report.
    """
    try:
        return clean(message_of(one.finding), 400)
    except KeyError:
        return clean(one.finding.code)


def place_of(one: OpenFinding) -> str:
    """Return ``tệp a.xlsx, trang tính Sheet1, ô C7`` as far as it is known."""
    finding = one.finding
    parts = [say("report.place_document", document=clean(finding.document or one.name, 80))]
    if finding.sheet:
        parts.append(say("report.place_sheet", sheet=clean(finding.sheet, 80)))
    if finding.cell:
        parts.append(say("report.place_cell", cell=clean(finding.cell, 20)))
    return ", ".join(parts)
