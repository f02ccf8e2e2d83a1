"""What a run has seen and done so far, handed from step to step."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from tonghop.domain.deliveries import Delivery
from tonghop.domain.editions import Change, Edition
from tonghop.domain.entries import Judged
from tonghop.domain.reading import Incoming, Reading
from tonghop.domain.sources import Refused, Unreachable, Waiting
from tonghop.domain.units import UnitCode


@dataclass(frozen=True, slots=True)
class Trouble:
    """A step that broke while the run went on without it: what failed, what follows, what to do."""

    step: str
    message: str


@dataclass(frozen=True, slots=True)
class Intake:
    """What came, and how far it has got.

    ``new`` counts submissions not seen before. ``unreachable`` sources could not be looked into, which is
    never the same as nothing having come; ``refused`` things are too large to be fetched; ``answered`` counts
    the submitters' answers that were made. ``incoming`` and
    ``readings`` run side by side; ``judged`` are the readings with entries and findings.
    """

    new: int = 0
    unreachable: tuple[Unreachable, ...] = ()
    waiting: tuple[Waiting, ...] = ()
    refused: tuple[Refused, ...] = ()
    incoming: tuple[Incoming, ...] = field(default=(), repr=False)
    readings: tuple[Reading, ...] = field(default=(), repr=False)
    judged: tuple[Judged, ...] = field(default=(), repr=False)
    troubles: tuple[Trouble, ...] = ()
    answered: int = 0


@dataclass(frozen=True, slots=True)
class Filed:
    """What became of the report: the edition that stands, or the changes that wait for a person.

    ``waits`` tells that the day has changed since and a person must approve the next edition (policy
    ``ask``); ``pending`` are the figures that differ. ``why_not``
    says in words why nothing is sent (a day the calendar excludes); ``notes`` what else is to be known of
    the report that was made (late, without a part that was too heavy).
    """

    edition: Edition | None = None
    pending: tuple[Change, ...] = ()
    waits: bool = False
    why_not: str = ""
    notes: tuple[str, ...] = ()
    troubles: tuple[Trouble, ...] = ()


@dataclass(frozen=True, slots=True)
class Delivered:
    """The state of the outbox after a try."""

    deliveries: tuple[Delivery, ...] = ()
    troubles: tuple[Trouble, ...] = ()


@dataclass(frozen=True, slots=True)
class Reminded:
    """Whom a run reminded, and who has no address and is on the call list."""

    day: date
    by_mail: tuple[UnitCode, ...] = ()
    by_telephone: tuple[UnitCode, ...] = ()
    already: tuple[UnitCode, ...] = ()
