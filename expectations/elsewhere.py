"""What the other report of the same unit and day says: its own beside its parent's consolidated one."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from expectations.history import ORIGINS, Numbers, Places, Told
from expectations.lines import Line
from tonghop.domain.entries import Origin

_OWN = ORIGINS.index(Origin.OWN)
_KEYS = ["unit", "day", "origin"]


def origins_of(lines: Sequence[Line]) -> Places:
    """Return per row who gave it, as a place in ``ORIGINS``; -1 for a total."""
    return np.array(
        [ORIGINS.index(line.entry.origin) if line.entry else -1 for line in lines], dtype=np.int64
    )


def of_days(told: Told, days: Numbers) -> Told:
    """Return what is told of some days only: a country's history is searched once and not an indicator."""
    kept = np.isin(told.days, np.unique(days[~np.isnan(days)]).astype(np.int64)) & (told.origins >= 0)
    return Told(
        told.units[kept], told.days[kept], told.indicators[kept], told.values[kept], told.origins[kept]
    )


def told_elsewhere(
    told: Told,
    indicator: int,
    units: Places,
    days: Numbers,
    origins: Places,
    figures: Numbers,
    *,
    with_batch: bool,
) -> Numbers:
    """Return per row the figure of the other report of its unit and day: the one that counts, NaN where none is.

    A row of a consolidated report is compared with the unit's own, of the batch too; an own report with a
    consolidated one that counted before it came. So a difference is told once, of the report that came later.
    ``told``: of the rows' days (``of_days``).
    """
    at = np.nan_to_num(days, nan=-1).astype(np.int64)
    asked = (units >= 0) & (origins >= 0)
    kept = told.indicators == indicator
    if not (origins[asked] != _OWN).any() and not (told.origins[kept] != _OWN).any():
        return np.full(len(units), np.nan)
    own = asked & (origins == _OWN) & ~np.isnan(figures) & with_batch
    known = pd.DataFrame(
        {
            "unit": np.append(told.units[kept], units[own]),
            "day": np.append(told.days[kept], at[own]),
            "origin": np.append(told.origins[kept], origins[own]),
            "value": np.append(told.values[kept], figures[own]),
        }
    ).drop_duplicates(_KEYS, keep="last")
    rows = pd.DataFrame({"unit": np.where(asked, units, -2), "day": at, "origin": 1 - origins})
    found: Numbers = rows.merge(known, on=_KEYS, how="left")["value"].to_numpy(dtype=float)
    return found
