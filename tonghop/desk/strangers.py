"""Messages of senders that no unit lists: shown, and taken in for a unit where an officer knows whose they are."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from tonghop.desk.asking import Asked, AskedHere
from tonghop.desk.handed_in import HandedIn
from tonghop.desk.navigation import Area, about_a_day
from tonghop.desk.upload import unit_of
from tonghop.domain.units import Unit
from tonghop.store import Recorded, SubmissionState
from tonghop.store.answers import WAITED, Quarantined
from tonghop.store.desk import DESK, upload_key

router = about_a_day()
AREA = Area(router)
_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Strangers:
    """What waits, the last first. ``wrong``: the message for which something typed was no unit."""

    shown: tuple[Quarantined, ...]
    more: int
    wrong: int | None = None


def strangers_of(asked: Asked) -> Strangers:
    """Return what came from unknown senders in the week before now; whose it is, only the whole campaign can tell."""
    if not asked.is_whole:
        return Strangers((), 0)
    found = asked.store.answers.quarantined(asked.campaign.name, asked.now - WAITED)[::-1]
    wrong = asked.request.query_params.get("stranger", "")
    is_number = wrong.isascii() and wrong.isdigit() and len(wrong) < 16
    return Strangers(found[:_SHOWN], max(0, len(found) - _SHOWN), int(wrong) if is_number else None)


@router.post("/stranger/{number}/take")
def take(asked: AskedHere, number: int, told: HandedIn) -> Response:
    """Take a message in as the unit's own, with the moment it came, and start an intake that reads it."""
    waiting = (
        asked.store.answers.quarantined(asked.campaign.name, asked.now - WAITED) if asked.is_whole else ()
    )
    message = next((one for one in waiting if one.submission == number), None)
    if message is None:
        raise HTTPException(404)
    unit = unit_of(asked, told.get("unit", ""))
    if unit is None:
        return RedirectResponse(f"{asked.home}/queue?stranger={number}#strangers", 303)
    _release(asked, message, unit)
    asked.audit(
        "take stranger", f"submission {asked.campaign.name}/{asked.day}/{unit.code}", message.sender or "-"
    )
    asked.desk.parts.jobs.intake(asked.campaign, asked.day)
    return RedirectResponse(f"{asked.home}/upload", 303)


def _release(asked: Asked, message: Quarantined, unit: Unit) -> None:
    """Record the same bytes under the same name as the unit's: what waited is received, its first receipt stays.

    Its sender stays on record but is not answered: nobody has vouched for the address.
    """
    key = upload_key(asked.day, asked.officer.name, message.sha256, f"{unit.code}/{message.name}")
    arrival = Recorded(
        source=DESK,
        key=key,
        name=message.name,
        sha256=message.sha256,
        size=message.size,
        sender=message.sender,
        branch=unit.code,
        received_at=message.received_at,
        received_day=asked.campaign.local_day(message.received_at),
        state=SubmissionState.RECEIVED,
        provenance=DESK,
    )
    asked.store.ledger.record(asked.campaign.name, [arrival], asked.desk.parts.clock())
