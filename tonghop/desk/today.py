"""Today: how long is left, who has reported, what would be sent now, what changed, what is in trouble."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from fastapi import Query
from markupsafe import Markup
from starlette.responses import Response

from tonghop.desk import pictures
from tonghop.desk.approval import approval_of
from tonghop.desk.asking import Asked, AskedHere
from tonghop.desk.lately import Lately, Trouble, lately_of, troubles_of
from tonghop.desk.navigation import Area, Place, about_a_day
from tonghop.desk.pages import language_of
from tonghop.desk.standing import Standing, look_of, standing_of
from tonghop.domain.totals import DayTotals, Line
from tonghop.store import Preview
from tonghop.words import say

router = about_a_day()
AREA = Area(router, Place("today", "clock"))
_MOST_UNITS = 120


@router.get("/today")
def today(asked: AskedHere) -> Response:
    """Return the page of the day."""
    approval = approval_of(asked)
    return asked.desk.pages.page(asked, "today.html.j2", approval=approval, **_context(asked))


@router.get("/today/live")
def today_live(asked: AskedHere, seen: str = Query("", max_length=80)) -> Response:
    """Return the page's live part, or nothing (204) where nothing changed since ``seen``."""
    if seen == _stamp(asked):
        return Response(status_code=204)
    return asked.desk.pages.page(asked, "part_today.html.j2", **_context(asked))


@dataclass(frozen=True, slots=True)
class Step:
    """A moment of the day: ``name`` is its word's, ``kinds`` whose figures close then."""

    name: str
    at: datetime
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RateNow:
    """A rate of the whole as it would be reported now; fractions 0–1, people, change in percentage points."""

    code: str
    value: float | None
    numerator: int | None
    denominator: int | None
    change: float | None
    target: float | None
    gap: int | None
    picture: Markup


def _context(asked: Asked) -> dict[str, Any]:
    stamp = _stamp(asked)
    totals, preview = asked.totals(), asked.preview()
    standing = standing_of(totals, _MOST_UNITS)
    steps = steps_of(asked)
    lately: Lately = lately_of(asked)
    troubles: tuple[Trouble, ...] = troubles_of(asked, standing, preview)
    say_here = partial(say, language=language_of(asked.request))
    return {
        "stamp": stamp,
        "totals": totals,
        "standing": standing,
        "look_of": look_of,
        "bar": pictures.bar,
        "steps": steps,
        "next_step": next((step for step in steps if step.at > asked.now), None),
        "deadline": asked.campaign.deadline(asked.day),
        "rates": _rates(asked, totals),
        "preview": preview if asked.is_whole else None,
        "changes": _changes(asked, preview),
        "curve": _curve(asked, standing, totals, steps, say_here),
        "lately": lately,
        "troubles": troubles,
    }


def _stamp(asked: Asked) -> str:
    """Return what differs when the page would: something was recorded, or another minute began."""
    told = (asked.store.desk.change(), asked.now.strftime("%H:%M"), asked.day, language_of(asked.request))
    return hashlib.sha256(repr(told).encode()).hexdigest()[:16]


def steps_of(asked: Asked) -> tuple[Step, ...]:
    """Return the day's moments in order: cut-offs of the kinds that report, sending, deadline."""
    campaign, day = asked.campaign, asked.day
    closing: dict[datetime, list[str]] = {}
    for kind in dict.fromkeys(unit.kind for unit in asked.tree.owing):
        closing.setdefault(campaign.cutoff(day, kind), []).append(kind)
    steps = [Step("cutoff", at, tuple(kinds)) for at, kinds in closing.items()]
    steps += [Step("send", campaign.send_at(day)), Step("deadline", campaign.deadline(day))]
    return tuple(sorted(steps, key=lambda step: step.at))


def _changes(asked: Asked, preview: Preview) -> int:
    return len([change for change in preview.changes if asked.sees(change.unit)])


def _rates(asked: Asked, totals: DayTotals) -> list[RateNow]:
    root, language = totals.root, language_of(asked.request)
    found = []
    for rate in asked.form.rates:
        figure = root.rates.get(rate.code)
        value = figure.value if figure else None
        target = figure.target if figure else None
        found.append(
            RateNow(
                rate.code,
                value,
                _value(root, rate.numerator),
                _value(root, rate.denominator),
                figure.change if figure else None,
                target,
                figure.gap if figure else None,
                pictures.meter(value or 0.0, target, say(f"rate.{rate.code}", language)),
            )
        )
    # The one with a target in front: it is the one people ask about.
    return sorted(found, key=lambda one: one.target is None)


def _value(line: Line, indicator: str) -> int | None:
    figure = line.figures.get(indicator)
    return figure.value if figure else None


def _curve(
    asked: Asked, standing: Standing, totals: DayTotals, steps: tuple[Step, ...], say_here: partial[str]
) -> Markup:
    came = [
        line.received_at.astimezone(asked.campaign.zone)
        for line in totals.lines
        if line.is_leaf and line.expected and line.received_at is not None and look_of(line) in ("on", "late")
    ]
    deadline = asked.campaign.deadline(asked.day)
    since = min([deadline.replace(hour=6, minute=0), deadline - timedelta(hours=4)])
    until = max([deadline + timedelta(hours=1), *came])
    marks = [pictures.Mark(step.at, "cut", say_here(f"desk.step.{step.name}")) for step in steps[:1]]
    marks.append(pictures.Mark(deadline, "due", say_here("desk.step.deadline")))
    if since < asked.now < until:
        marks.append(pictures.Mark(asked.now, "now", say_here("desk.now")))
    label = say_here(
        "desk.curve.label",
        reported=standing.whole.reported,
        expected=standing.whole.expected,
        on_time=standing.whole.on_time,
    )
    return pictures.curve(came, standing.whole.expected, since, until, asked.now, marks, label)
