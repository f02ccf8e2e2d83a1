"""Waivers: ended with a reason, or undone at once by who gave them by mistake."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from tonghop.desk.asking import Asked, AskedHere
from tonghop.desk.handed_in import HandedIn
from tonghop.desk.navigation import Area, about_a_day
from tonghop.desk.queue_order import Filters
from tonghop.domain.verdicts import Waiver
from tonghop.words import say

router = about_a_day()
AREA = Area(router)


@dataclass(frozen=True, slots=True)
class Waived:
    """A waiver just given, and the number of the finding it was given on: what the next page offers to undo."""

    waiver: Waiver
    finding: int


@router.post("/waiver/{number}/end")
def end(asked: AskedHere, number: int, told: HandedIn) -> Response:
    """End a waiver. What it settled stays settled; undone at once by its own officer, that is open again."""
    waiver = _waiver(asked, number)
    if waiver is None:
        raise HTTPException(404)
    finding = told.get("undo", "")
    is_undone = bool(finding) and _is_fresh(asked, waiver)
    reason = told.get("reason") or (say("queue.undo.reason") if is_undone else "")
    if not reason:
        raise HTTPException(422)
    verdicts, at = asked.store.verdicts, asked.desk.parts.clock()
    opened = verdicts.end_waiver(number, asked.officer.name, reason, at, reopen=is_undone)
    if opened is not None:
        subject = f"waiver {asked.campaign.name}/{asked.day}/{waiver.unit}"
        asked.audit("end waiver", subject, f"{number}: {reason}")
    return RedirectResponse(_after(asked, waiver, told, finding if is_undone else "", opened), 303)


def waived_of(asked: Asked) -> Waived | None:
    """Return the waiver that the address tells of as just given, if this officer gave it and it still holds."""
    told, _, finding = asked.request.query_params.get("done", "").removeprefix("w").partition("-")
    if not (_is_number(told) and _is_number(finding)):
        return None
    waiver = _waiver(asked, int(told))
    if waiver is None or waiver.ended_at is not None or not _is_fresh(asked, waiver):
        return None
    return Waived(waiver, int(finding))


def _after(asked: Asked, waiver: Waiver, told: dict[str, str], finding: str, opened: int | None) -> str:
    """Return where one goes on: to the finding that is open again, the list, or the page the form stood on."""
    if finding:
        query = Filters.of(told).here
        mark = f"{query}{'&' if query else '?'}done={'waiver-undone' if opened else 'waiver-kept'}"
        return f"{asked.home}/queue{f'/{finding}' if opened and _is_number(finding) else ''}{mark}"
    return f"{asked.home}/unit/{waiver.unit}" if told.get("back") == "unit" else f"{asked.home}/rules#waivers"


def _waiver(asked: Asked, number: int) -> Waiver | None:
    found = asked.store.verdicts.waivers(asked.campaign.name, date.min)
    return next((one for one in found if one.id == number and asked.sees(one.unit)), None)


def _is_fresh(asked: Asked, waiver: Waiver) -> bool:
    """Return whether the officer gave it today: what was let pass for days is not opened again by one press."""
    is_own = waiver.officer == asked.officer.name
    return is_own and asked.campaign.local_day(waiver.at) == asked.campaign.local_day(asked.now)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 16
