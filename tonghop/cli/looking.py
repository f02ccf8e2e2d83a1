"""``tonghop status`` and ``tonghop trace``: what the store knows, without changing it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time

from tasks.aggregate import add_up
from tasks.begin import check_against_form
from tasks.conclude import definitions_of, delivery_of, line_of
from tonghop.cli.checking import finding_of
from tonghop.cli.contacts import contacts_of
from tonghop.domain.totals import Line, UnitState
from tonghop.domain.units import UnitTree
from tonghop.domain.verdicts import CorrectedBy, Verdict
from tonghop.errors import ConfigurationError
from tonghop.reading.place_names import document_name
from tonghop.settings import read_settings
from tonghop.sources.names import shown
from tonghop.store import Traced
from tonghop.store.answers import WAITED
from tonghop.wiring import Occasion, occasion_of
from tonghop.words import say, short_day

Told = Mapping[str, object]


def status_of(campaign: str, day: date | None) -> Told:
    """Return who reported, who owes (with address and telephone), what is held, editions and deliveries."""
    occasion = _occasion(campaign, day)
    totals = add_up(occasion, occasion.now)
    tree = occasion.tree
    owes = [tree[line.unit] for line in totals.in_state(UnitState.MISSING)]
    store, name = occasion.store, occasion.campaign.name
    return {
        "campaign": name,
        "day": occasion.day.isoformat(),
        "in_calendar": occasion.campaign.file.calendar.includes(occasion.day),
        "note": ""
        if occasion.campaign.file.calendar.includes(occasion.day)
        else say("run.day_excluded", day=short_day(occasion.day)),
        "deadline": occasion.campaign.deadline(occasion.day).isoformat(),
        "rates": definitions_of(occasion),
        "units": [line_of(line) for line in totals.lines],
        "owes": [{"unit": u.code, "name": u.name, "emails": list(u.emails), "phone": u.phone} for u in owes],
        **contacts_of(occasion, tree.units),
        "held": [line.unit for line in totals.in_state(UnitState.HELD)],
        "findings": [
            {
                "submission": f.submission,
                "file": shown(document_name(f.name)),
                "received_at": f.received_at.isoformat(),
                **finding_of(f.finding),
            }
            for f in store.entries.open_findings(name, occasion.day)
        ],
        "quarantined": [
            {"submission": q.submission, "sender": q.sender, "received_at": q.received_at.isoformat()}
            for q in store.answers.quarantined(name, _week_before(occasion))
        ],
        "editions": [
            {
                "number": e.number,
                "made_at": e.made_at.isoformat(),
                "reported": e.totals.root.reported,
                "expected": e.totals.root.expected,
            }
            for e in store.editions.all(name, occasion.day)
        ],
        "deliveries": [delivery_of(d, occasion) for d in store.outbox.deliveries(name, occasion.day)],
    }


def _week_before(occasion: Occasion) -> datetime:
    """Return the moment a week before the day ends: what waits longer in quarantine is no surprise any more."""
    return datetime.combine(occasion.day, time.max, occasion.campaign.zone) - WAITED


def trace_of(campaign: str, unit: str, indicator: str, day: date | None) -> Told:
    """Return every place a figure was read from, the one that counts first; one carried forward leads to its own day.

    Raises ``ConfigurationError`` for a unit or an indicator the campaign does not have.
    """
    occasion = _occasion(campaign, day)
    tree = occasion.tree
    if unit not in tree:
        raise ConfigurationError(f"unit {unit!r} is not below {tree.root} on {occasion.day}; see units.csv")
    if indicator not in occasion.campaign.file.indicators:
        known = ", ".join(occasion.campaign.file.indicators)
        raise ConfigurationError(f"indicator {indicator!r} is not counted; allowed: {known}")
    lines = {line.unit: line for line in add_up(occasion, occasion.now).lines}
    total = lines[unit]
    figure = total.figures.get(indicator)
    return {
        "campaign": campaign,
        "day": occasion.day.isoformat(),
        "unit": unit,
        "name": total.name,
        "indicator": indicator,
        "value": figure.value if figure else None,
        "state": total.state.value,
        "carried_from": figure.carried_from.isoformat() if figure and figure.carried_from else None,
        "sources": [_source(occasion, traced) for traced in _traced(occasion, tree, lines, unit, indicator)],
    }


def _traced(
    occasion: Occasion, tree: UnitTree, lines: Mapping[str, Line], unit: str, indicator: str
) -> tuple[Traced, ...]:
    """Return where the unit's own figure was read, first the one carried from an earlier day if one stands in.

    Of a sum, where each figure that is in it was.
    """
    store, name, day = occasion.store.entries, occasion.campaign.name, occasion.day
    figures = [lines[one.code].figures[indicator] for one in tree.branch(unit)]
    used = {figure.entry: figure.carried_from or day for figure in figures if figure.entry is not None}
    is_read = tree.is_leaf(unit) or lines[unit].figures[indicator].entry is not None
    days = sorted(set(used.values()) - ({day} if is_read else set()))
    of = unit if is_read else None
    found = [t for then in days for t in store.trace(name, then, of, indicator) if t.entry in used]
    place = {code: number for number, code in enumerate(lines)}
    found.sort(key=lambda traced: place[traced.source.unit])
    own = store.trace(name, day, unit, indicator)
    return (*found, *own) if is_read else tuple(found) or own


def _source(occasion: Occasion, traced: Traced) -> dict[str, object]:
    source = traced.source
    return {
        "unit": source.unit,
        "state": traced.standing.value,
        "value": source.value,
        "raw": source.raw,
        "file": shown(document_name(source.name)),
        "document": shown(source.document),
        "sheet": source.sheet,
        "cell": source.cell,
        "sha256": source.sha256,
        "sender": source.sender,
        "received_at": source.received_at.astimezone(occasion.campaign.zone).isoformat(timespec="seconds"),
        "source": source.source,
        "corrected": _correction(occasion, source.corrected) if source.corrected else None,
        "verdicts": [_verdict(occasion, v) for v in occasion.store.verdicts.of_entry(traced.entry)],
    }


def _correction(occasion: Occasion, by: CorrectedBy) -> Told:
    return {
        "verdict": by.verdict,
        "officer": by.officer,
        "at": by.at.astimezone(occasion.campaign.zone).isoformat(timespec="seconds"),
        "reason": by.reason,
        "spoke_with": by.spoke_with,
        "old": by.old,
        "new": by.new,
    }


def _verdict(occasion: Occasion, verdict: Verdict) -> Told:
    return {
        "verdict": verdict.id,
        "decision": verdict.decision.value,
        "officer": verdict.officer,
        "at": verdict.at.astimezone(occasion.campaign.zone).isoformat(timespec="seconds"),
        "reason": verdict.reason,
        "rule": verdict.code,
        "field": verdict.field,
        "old": verdict.old,
        "new": verdict.new,
        "withdrawn_by": verdict.withdrawn_by,
    }


def _occasion(campaign: str, day: date | None) -> Occasion:
    """Return the occasion of a look: the register is brought up to date, nothing else changes."""
    occasion = occasion_of(read_settings(), campaign, day, None)
    check_against_form(occasion)
    occasion.store.units.sync(campaign, occasion.campaign.units)
    return occasion
