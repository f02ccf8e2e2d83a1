"""The counted figures of earlier days as a data frame, put together column by column."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd


def history_frame(rows: Sequence[tuple[Any, ...]]) -> pd.DataFrame:
    """Return rows of unit, day, indicator, value (people) and origin, ordered by unit, day and indicator.

    Days and texts repeat: each is looked at once, and texts are categories, which are compared as numbers.
    """
    columns = ([row[place] for row in rows] for place in range(5))
    units, days, indicators, values, origins = columns
    (of_units, unit), (of_days, day) = _places(units), _places(days)
    (of_indicators, indicator), (of_origins, origin) = _places(indicators), _places(origins)
    # Sorted here: an ORDER BY would tempt SQLite into the index of units, through all history.
    order = np.lexsort([indicator, day, unit])
    return pd.DataFrame(
        {
            "unit": _category(of_units, unit[order]),
            "day": np.array(of_days, dtype="datetime64[D]").astype("datetime64[s]")[day[order]],
            "indicator": _category(of_indicators, indicator[order]),
            "value": np.array(values, dtype="int64")[order],
            "origin": _category(of_origins, origin[order]),
        }
    )


def _places(values: Sequence[Any]) -> tuple[list[Any], npt.NDArray[np.int64]]:
    """Return what the values are, ascending, and the place of each value there."""
    known = sorted(set(values))
    at = {value: place for place, value in enumerate(known)}
    return known, np.fromiter(map(at.__getitem__, values), dtype=np.int64, count=len(values))


def _category(texts: list[str], places: npt.NDArray[np.int64]) -> pd.Categorical:
    return pd.Categorical.from_codes(places, pd.Index(texts, dtype="str"))
