"""What a run has seen and done so far, handed from step to step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from tonghop.domain.contacts import Returned
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


class Begun(Protocol):
    """Readings that were begun while more was still being collected; ``Incoming`` stands here without bytes."""

    def begin(self, batch: Sequence[Incoming]) -> None:
        """Have submissions read, with their bytes."""
        ...

    def has_begun(self, about: Incoming) -> bool:
        """Return whether a submission is being read or was."""
        ...

    def readings(self, asked: Sequence[Incoming]) -> tuple[Reading, ...]:
        """Return the readings of submissions that were begun, in the order asked."""
        ...

    def close(self) -> None:
        """End what reads."""
        ...


@dataclass(frozen=True, slots=True)
class Intake:
    """What came, and how far it has got.

    ``new`` counts submissions not seen before. ``unreachable`` sources could not be looked into, which is
    never the same as nothing having come; ``refused`` things are too large to be fetched; ``answered`` counts
    the submitters' answers that were made; ``returned`` are our own mails that came back. ``begun`` holds the
    readings that were begun as soon as their submissions were recorded. ``incoming`` and ``readings`` run side
    by side; ``judged`` are the readings with entries and findings.
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
    returned: tuple[Returned, ...] = ()
    begun: Begun | None = field(default=None, repr=False, compare=False)


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
    """The state of the outbox after a try. ``elsewhere``: the ids of deliveries that another process has in hand."""

    deliveries: tuple[Delivery, ...] = ()
    troubles: tuple[Trouble, ...] = ()
    elsewhere: frozenset[int] = frozenset()


class WhyCall(StrEnum):
    """Why a unit that owes must be called: what keeps a mail from being enough."""

    NO_ADDRESS = "no_address"
    STOPPED = "stopped"
    RETURNED = "returned"
    SILENT = "silent"


@dataclass(frozen=True, slots=True)
class Call:
    """A unit to be called, with its telephone number (empty where none is known)."""

    unit: UnitCode
    name: str
    phone: str
    why: WhyCall


@dataclass(frozen=True, slots=True)
class Reminded:
    """Whom a run reminded, and who must be called.

    ``by_telephone``: the units that no mail reaches; ``calls``: these with number and reason, and those that
    stay silent after the last reminder. ``turn``: the moment this run's reminders were set for, None before
    the first and when it is too late; ``next_at``: the next one.
    """

    day: date
    by_mail: tuple[UnitCode, ...] = ()
    by_telephone: tuple[UnitCode, ...] = ()
    already: tuple[UnitCode, ...] = ()
    calls: tuple[Call, ...] = ()
    turn: datetime | None = None
    next_at: datetime | None = None
