"""What is judged: one submission's entries and totals, with the day it should be about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tonghop.domain.entries import Entry, StatedTotal


@dataclass(frozen=True, slots=True)
class Subject:
    """One reading as validation takes it.

    ``today`` is the campaign's local date now; ``expected_day`` the day the submission should be about.
    ``content`` is the hash of its bytes (empty: not known, or no other submission has them), ``seen_for`` the codes
    of the units for which the same bytes were read before.
    """

    entries: tuple[Entry, ...]
    totals: tuple[StatedTotal, ...]
    today: date
    expected_day: date
    content: str = ""
    seen_for: tuple[str, ...] = ()
