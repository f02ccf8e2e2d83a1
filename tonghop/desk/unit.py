"""One unit: its figures over the days, what it sent and when, what was found, decided and said on the telephone."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from fastapi import Query
from starlette.responses import Response

from tonghop.desk.asking import Asked, AskedHere
from tonghop.desk.navigation import Area, Place, about_a_day
from tonghop.desk.queue_order import district_of
from tonghop.desk.spoken import spoken
from tonghop.desk.subject import History, days_of, drawn
from tonghop.domain.periods import is_late
from tonghop.domain.review import DayFigure, UnitEntry
from tonghop.domain.units import Unit
from tonghop.reading.text import key, unaccented

router = about_a_day()
AREA = Area(router, Place("unit", "house"))
DAYS = 60
_MOST = 200


@dataclass(frozen=True, slots=True)
class UnitDay:
    """A day of a unit: its figures by indicator, and when the first good report came (None: none did)."""

    day: date
    figures: dict[str, DayFigure]
    came_at: datetime | None
    is_late: bool
    is_held: bool
    is_owed: bool

    @property
    def look(self) -> str:
        """Return how the day stands: ``on``, ``late``, ``held`` or ``missing``."""
        if self.came_at is None:
            return "held" if self.is_held else "missing"
        return "late" if self.is_late else "on"


@router.get("/unit")
def units(asked: AskedHere, find: str = Query("", max_length=80)) -> Response:
    """Return the units of the officer's branch whose name or code holds what is looked for."""
    wanted = unaccented(key(find))
    fitting = [
        unit
        for unit in asked.tree.units
        if unit.code in asked.visible and (find.strip() == unit.code or wanted in unaccented(key(unit.name)))
    ]
    above = {
        unit.code: asked.tree[district].name
        for unit in fitting[:_MOST]
        if (district := district_of(asked.tree, unit.code)) is not None and district != unit.code
    }
    context: dict[str, Any] = {
        "found": fitting[:_MOST],
        "count": len(fitting),
        "find": find.strip(),
        "above": above,
    }
    return asked.desk.pages.page(asked, "units.html.j2", **context)


@router.get("/unit/{code}")
def unit(asked: AskedHere, code: str) -> Response:
    """Return a unit's page, or 404 for one outside the officer's branch."""
    one = asked.unit(code)
    since, until = asked.day - timedelta(days=DAYS - 1), asked.day
    review, campaign = asked.store.review, asked.campaign.name
    known = review.unit_figures(campaign, code, since, until)
    entries = review.unit_entries(campaign, code, since, until)
    days = _days(asked, one, known, entries)
    below = asked.tree.children(code)
    return asked.desk.pages.page(
        asked,
        "unit.html.j2",
        unit=one,
        below=below,
        above=asked.tree[one.parent] if one.parent in asked.visible and one.code != asked.tree.root else None,
        codes=[i.code for i in asked.form.indicators if i.is_asked_of(one.kind)],
        histories=_histories(asked, one, known),
        days=days,
        looks=Counter(d.look for d in days),
        sent=_sent(entries),
        findings=review.unit_findings(campaign, code, since, until),
        verdicts=tuple(reversed(asked.store.verdicts.of_unit(campaign, code, since))),
        waivers=asked.store.verdicts.waivers(campaign, since, code),
        calls=review.calls(campaign, code, since, until),
        reminders=review.reminders(campaign, code, since, until),
        **spoken(asked),
    )


def _sent(entries: tuple[UnitEntry, ...]) -> list[UnitEntry]:
    """Return what the unit sent: a report that an officer corrected once, as it stands now."""
    submissions = {entry.entry: entry.submission for entry in entries}
    return [e for e in entries if e.replaced_by is None or submissions.get(e.replaced_by) != e.submission]


def _histories(asked: Asked, unit: Unit, known: tuple[DayFigure, ...]) -> list[History]:
    """Return the pictures of a unit's cumulative figures, and of one that is not where it has no other."""
    asked_of = [i for i in asked.form.indicators if i.is_asked_of(unit.kind)]
    chosen = [i.code for i in asked_of if i.cumulative] or [i.code for i in asked_of[:1]]
    found = [(code, days_of(known, code)) for code in chosen]
    first = min((day for _, days in found for day in days), default=asked.day)
    since = min(first, asked.day - timedelta(days=13))
    return [drawn(asked, code, known, since) for code, days in found if days]


def _days(
    asked: Asked, unit: Unit, known: tuple[DayFigure, ...], entries: tuple[UnitEntry, ...]
) -> list[UnitDay]:
    """Return the days on which something is known or owed, the latest first."""
    first = min((entry.day for entry in entries), default=asked.day)
    by_indicator = {i.code: days_of(known, i.code) for i in asked.form.indicators}
    days = []
    for back in range((asked.day - first).days + 1):
        day = asked.day - timedelta(days=back)
        of_day = [entry for entry in entries if entry.day == day]
        # As the totals have it: a report that stays held, also one that a later one supersedes, was none in time.
        good = [entry.received_at for entry in of_day if entry.is_accepted]
        came_at = min(good, default=None)
        is_owed = unit.reports and asked.campaign.file.calendar.includes(day)
        if not of_day and not is_owed:
            continue
        cutoff = asked.campaign.cutoff(day, unit.kind)
        days.append(
            UnitDay(
                day,
                {code: days_[day] for code, days_ in by_indicator.items() if day in days_},
                came_at,
                came_at is not None and is_late(came_at, cutoff),
                any(entry.standing == "held" for entry in of_day),
                is_owed,
            )
        )
    return days
