"""What the rules look back on: the past of the batch's units, and what all units reported just now."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import pandas as pd

from tonghop.domain.entries import Entry
from tonghop.wiring import Occasion

# Beyond these the whole campaign's history is read at once: as quick, and one statement.
_FEW_UNITS = 500


def history_of(occasion: Occasion, entries: Sequence[Entry], days: int) -> pd.DataFrame:
    """Return the counted figures that judging the entries needs.

    Of the entries' own units ``days`` days back; of all units the entries' days and the day before the first,
    so that a figure that is another unit's is seen. Grows with what is new, not with the campaign.
    """
    dates = [entry.day for entry in entries]
    first, last = min(dates, default=occasion.day), max(dates, default=occasion.day)
    until, whole = last + timedelta(days=1), (last - first).days + 1 + days
    units = sorted({entry.unit for entry in entries if entry.unit is not None})
    told, name = occasion.store.entries, occasion.campaign.name
    if len(units) > _FEW_UNITS:
        return told.history(name, until, whole)
    recent = told.history(name, until, (last - first).days + 2)
    if not units:
        return recent
    own = told.history(name, first - timedelta(days=1), days, units)
    return pd.concat([own, recent], ignore_index=True)
