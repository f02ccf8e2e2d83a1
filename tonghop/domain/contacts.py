"""What is known of the addresses that units are reminded at: wishes, and mails that came back."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from tonghop.domain.units import Unit, UnitCode


class LetterKind(StrEnum):
    """What a message is beside, or instead of, a submission."""

    BOUNCE = "bounce"
    STOP = "stop"
    RESUME = "resume"


class ReturnKind(StrEnum):
    """What a notice says of one recipient.

    ``hard``: the address does not exist any more, so no further mail can reach it. ``soft``: it was not
    reached this time (full, late, refused by a policy). ``arrived``: the other server says it has the mail.
    """

    HARD = "hard"
    SOFT = "soft"
    ARRIVED = "arrived"


@dataclass(frozen=True, slots=True)
class Returned:
    """One of our mails that came back. ``about``: that mail's kind; ``status``: "5.1.1"; ``said``: by their server."""

    address: str
    unit: UnitCode | None
    kind: ReturnKind
    status: str
    said: str
    about: str
    at: datetime
    contact: str = ""


@dataclass(frozen=True, slots=True)
class Wish:
    """That an address be reminded no more, or again: who said so (an address, or an officer), why, when."""

    address: str
    unit: UnitCode | None
    kind: LetterKind
    actor: str
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Contact:
    """One address of one unit as it stands.

    ``stopped``: the wish that holds, if any. ``returned``: the last mail that came back and that nothing has
    followed since (a message from that address, a line changed in units.csv, a wish to be reminded again).
    """

    address: str
    unit: UnitCode
    stopped: Wish | None = None
    returned: Returned | None = None

    @property
    def is_dead(self) -> bool:
        """Return whether a reminder came back for good, so that no other is sent there."""
        back = self.returned
        return back is not None and back.kind is ReturnKind.HARD and back.about == "reminder"

    @property
    def is_reminded(self) -> bool:
        """Return whether reminders go to this address."""
        return self.stopped is None and not self.is_dead


def contact_mark(unit: Unit) -> str:
    """Return what changes when the unit's line in units.csv is changed by hand: name, place, addresses, telephone.

    A mail that came back is remembered with it, because a corrected line is a reason to try again.
    """
    said = (unit.code, unit.name, unit.kind, unit.parent or "", ";".join(unit.emails), unit.phone)
    return hashlib.sha256("\x1f".join(said).encode()).hexdigest()[:16]


def contact_of(
    address: str, unit: Unit, wish: Wish | None, back: Returned | None, heard_at: datetime | None
) -> Contact:
    """Return how an address stands by the last wish, the last mail that came back and the last one heard from it."""
    contact = Contact(address, unit.code)
    if wish is not None and wish.kind is LetterKind.STOP:
        contact = replace(contact, stopped=wish)
    if back is None or back.kind is ReturnKind.ARRIVED:
        return contact
    is_mended = back.contact != contact_mark(unit) or (heard_at is not None and heard_at > back.at)
    is_resumed = wish is not None and wish.kind is LetterKind.RESUME and wish.at > back.at
    return contact if is_mended or is_resumed else replace(contact, returned=back)
