"""The last accepted figure before an entry's day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from tonghop.errors import RuleBroken

HISTORY_COLUMNS = ("unit", "day", "indicator", "value")
# Day 1 of Unix time as ``date.toordinal`` counts.
_UNIX_EPOCH = date(1970, 1, 1).toordinal()


class LastAccepted(NamedTuple):
    """Per entry the last accepted earlier value and its day (an ordinal); NaN where there is none."""

    values: npt.NDArray[np.float64]
    days: npt.NDArray[np.float64]


def last_accepted(
    units: Sequence[str | None], days: Sequence[date | None], indicator: str, history: pd.DataFrame
) -> LastAccepted:
    """Return the last accepted value of ``indicator`` strictly before each entry's day.

    ``history`` has the columns unit, day, indicator, value. Raises ``RuleBroken`` where one is not there.
    """
    asked = pd.DataFrame(
        {
            "unit": pd.array([*units], dtype="str"),
            "on": [0 if day is None else day.toordinal() for day in days],
        }
    ).rename_axis("position")
    earlier = _of_indicator(history, indicator, set(units))
    if earlier.empty:
        nothing = np.full(len(asked), np.nan)
        return LastAccepted(nothing, nothing)
    merged = pd.merge_asof(
        asked.dropna(subset="unit").reset_index().sort_values("on", kind="stable"),
        earlier.sort_values("on", kind="stable"),
        on="on",
        by="unit",
        allow_exact_matches=False,
    )
    merged = merged.set_index("position").reindex(asked.index)
    return LastAccepted(merged["value"].to_numpy(dtype=float), merged["last_day"].to_numpy(dtype=float))


def _of_indicator(history: pd.DataFrame, indicator: str, units: set[str | None]) -> pd.DataFrame:
    lacking = [column for column in HISTORY_COLUMNS if column not in history.columns]
    if lacking:
        raise RuleBroken(
            f"history: no column {', '.join(lacking)}; nothing was judged; "
            f"the statement under sql/ must return {', '.join(HISTORY_COLUMNS)}"
        )
    kept = history[(history["indicator"] == indicator) & history["unit"].isin(units)]
    days = pd.to_datetime(kept["day"]).to_numpy().astype("datetime64[D]").astype(np.int64) + _UNIX_EPOCH
    return pd.DataFrame(
        {
            "unit": kept["unit"].to_numpy(),
            "on": days,
            "last_day": days.astype(float),
            "value": kept["value"].to_numpy(dtype=float),
        }
    ).astype({"unit": "str"})
