"""The call list: who still owes a report, how to reach them, who was reminded and what they promised."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Annotated, Any

from fastapi import Form, Query
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from tonghop.desk.asking import Asked, AskedHere
from tonghop.desk.navigation import Area, Place, about_a_day
from tonghop.desk.pages import language_of
from tonghop.desk.spoken import names_of
from tonghop.domain.calls import CallNote, Reminded
from tonghop.domain.contacts import Contact
from tonghop.domain.periods import moment
from tonghop.domain.totals import UnitState
from tonghop.domain.units import Unit
from tonghop.sources.names import shown
from tonghop.words import say

router = about_a_day()
AREA = Area(router, Place("owes", "phone"))
_A_PAGE = 60
_LONGEST_NOTE = 500
_QUARTER = timedelta(minutes=15)
_PRESETS = 4
District = Annotated[str, Query(max_length=40)]
PageNumber = Annotated[int, Query(alias="page", ge=1, le=1000)]


@dataclass(frozen=True, slots=True)
class Owing:
    """A unit on the call list. ``last``: the last earlier day with a report that counted."""

    unit: Unit
    parent: str
    last: date | None
    reminders: tuple[Reminded, ...]
    calls: tuple[CallNote, ...]

    @property
    def promised_at(self) -> datetime | None:
        """Return by when the unit said it would send, at the last call in which it did."""
        return next((call.promised_at for call in self.calls if call.promised_at is not None), None)


@router.get("/owes")
def owes(asked: AskedHere, district: District = "", page: PageNumber = 1) -> Response:
    """Return the call list, of one district if one is named."""
    return asked.desk.pages.page(asked, "owes.html.j2", **_context(asked, district, page))


@router.get("/owes/live")
def owes_live(
    asked: AskedHere, district: District = "", page: PageNumber = 1, seen: Annotated[str, Query(max_length=80)] = ""
) -> Response:  # fmt: skip
    """Return the list alone, or nothing (204) where nothing changed since ``seen``."""
    if seen == _stamp(asked):
        return Response(status_code=204)
    return asked.desk.pages.page(asked, "part_owes.html.j2", **_context(asked, district, page))


@router.post("/owes/{unit}/call")
def note_call(
    asked: AskedHere,
    unit: str,
    promised: Annotated[str, Form(max_length=5)] = "",
    at: Annotated[str, Form(max_length=5)] = "",
    note: Annotated[str, Form(max_length=_LONGEST_NOTE)] = "",
) -> Response:
    """Note a call: ``promised`` (a preset's button: HH:MM, or ``none`` for nobody answered) before the field ``at``."""
    called = asked.unit(unit)
    told = promised or at
    by = _moment(asked, told)
    words = shown(" ".join(note.split()), _LONGEST_NOTE)
    if by is None and promised != "none" and (told or not words):
        return _card(asked, called, status=422, trouble="desk.owes.trouble")
    language = "vi"  # what is kept is the office's own language
    if promised == "none":
        words = words or say("desk.owes.nobody", language)
    asked.store.calls.put(asked.campaign.name, asked.day, unit, asked.now, asked.officer.name, words, by)
    asked.audit("call", f"unit {asked.campaign.name}/{asked.day}/{unit}", f"{told} {words}".strip())
    return _card(asked, called)


def _card(asked: Asked, unit: Unit, *, status: int = 200, trouble: str = "") -> Response:
    """Return the unit's card to a page that swaps it in, else the way back to the list."""
    if "hx-request" not in asked.request.headers:
        if trouble:
            raise HTTPException(422)
        return RedirectResponse(f"{asked.home}/owes", 303)
    one = _owing(asked, [unit])[0]
    context: dict[str, Any] = {"one": one, "contacts": _contacts(asked, [one]), "trouble": trouble}
    context["name_of"] = names_of(asked)
    return asked.desk.pages.page(
        asked, "part_owe.html.j2", status=status, presets=presets_of(asked), **context
    )


def _context(asked: Asked, district: str, page: int) -> dict[str, Any]:
    stamp = _stamp(asked)
    below = asked.tree.branch(asked.top.code)[1:]
    districts = [unit for unit in below if not asked.tree.is_leaf(unit.code)]
    within = asked.visible
    if district:
        within = frozenset(unit.code for unit in asked.tree.branch(asked.unit(district).code))
    missing = [line.unit for line in asked.totals().in_state(UnitState.MISSING) if line.unit in within]
    owing = _owing(asked, [asked.tree[code] for code in missing])
    owing.sort(key=_urgency)
    first = (page - 1) * _A_PAGE
    return {
        "stamp": stamp,
        "districts": districts,
        "district": district,
        "page": page,
        "pages": max(1, -(-len(owing) // _A_PAGE)),
        "count": len(owing),
        "called": sum(bool(one.calls) for one in owing),
        "owing": owing[first : first + _A_PAGE],
        "contacts": _contacts(asked, owing[first : first + _A_PAGE]),
        "presets": presets_of(asked),
        "name_of": names_of(asked),
        "trouble": "",
    }


def _owing(asked: Asked, units: list[Unit]) -> list[Owing]:
    store, name, day = asked.store, asked.campaign.name, asked.day
    calls, reminders = store.calls.of_day(name, day), store.calls.reminders(name, day)
    last = store.calls.last_reports(name, day, [unit.code for unit in units])
    return [
        Owing(
            unit,
            asked.tree[unit.parent].name if unit.parent in asked.tree and unit.parent else "",
            last.get(unit.code),
            reminders.get(unit.code, ()),
            calls.get(unit.code, ()),
        )
        for unit in units
    ]


def _contacts(asked: Asked, owing: Sequence[Owing]) -> Mapping[str, Contact]:
    """Return how the addresses of these units stand: a reminder to one that came back has reached nobody."""
    return asked.store.contacts.of(asked.campaign.name, [one.unit for one in owing])


def _urgency(one: Owing) -> tuple[bool, float]:
    """Return the place in the list: nobody called yet, then by the hour promised; ties keep the register's order."""
    promised = one.promised_at or (one.calls[0].at if one.calls else None)
    return bool(one.calls), promised.timestamp() if promised else 0.0


def presets_of(asked: Asked) -> list[str]:
    """Return the hours that a unit is likely to name: quarters of an hour from now, none after midnight."""
    quarter = asked.now.replace(minute=asked.now.minute // 15 * 15, second=0, microsecond=0)
    hours = [quarter + _QUARTER * step for step in range(1, 2 * _PRESETS)]
    late_enough = [at for at in hours if at - asked.now >= timedelta(minutes=5)]
    return [at.strftime("%H:%M") for at in late_enough[:_PRESETS] if at.date() == asked.now.date()]


def _moment(asked: Asked, told: str) -> datetime | None:
    """Return the moment of an hour to come today; None where it is none."""
    try:
        hour = time.fromisoformat(told) if len(told) == len("14:30") else None
    except ValueError:
        return None
    if hour is None:
        return None
    promised = moment(asked.now.date(), hour, asked.campaign.zone)
    return promised if promised > asked.now else None


def _stamp(asked: Asked) -> str:
    told = (asked.store.desk.change(), asked.now.strftime("%H:%M"), language_of(asked.request))
    return hashlib.sha256(repr(told).encode()).hexdigest()[:16]
