"""The reports of a month as measures make them: what they say, and what they would say without a fault."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

Values = dict[str, int]


@dataclass(frozen=True)
class Report:
    """One unit's report of one day.

    ``fault`` is the kind of fault put into it, empty for a clean one; the reports of one ``episode`` are one
    fault. ``increase`` is the day's increase as stated, if the unit states one; ``content`` names the file's
    bytes; ``truth`` is what it would have said without the fault.
    """

    unit: str
    day: date
    values: Values
    truth: Values
    fault: str = ""
    episode: int = 0
    increase: int | None = None
    content: str = ""


@dataclass(frozen=True)
class Month:
    """The reports by day, each day's in the order of the units."""

    days: tuple[date, ...]
    reports: Mapping[date, tuple[Report, ...]]
