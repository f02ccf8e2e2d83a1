"""The accepted figures of the days before, laid out by row and day so that a rule looks back in one stroke."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt
import pandas as pd

from expectations.lines import Line
from tonghop.domain.entries import Origin
from tonghop.errors import RuleBroken

Numbers = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]

HISTORY_COLUMNS = ("unit", "day", "indicator", "value")
ORIGINS = tuple(origin.value for origin in Origin)
# Day 1 of Unix time as ``date.toordinal`` counts.
_UNIX_EPOCH = date(1970, 1, 1).toordinal()


@dataclass(frozen=True, slots=True)
class Told:
    """The accepted figures as arrays: ``units`` and ``indicators`` are places in the given sequences, -1: none.

    ``days`` are ordinals, ``values`` people, ``origins`` places in ``ORIGINS``. One element a figure.
    """

    units: Places
    days: Places
    indicators: Places
    values: Numbers
    origins: Places


@dataclass(frozen=True, slots=True)
class Past:
    """What each judged row's unit had reported on each of the ``length`` days before the row's day.

    ``windows``: by indicator a table of rows × days, oldest first, NaN where nothing was accepted. ``day`` is
    each row's day (ordinal). The row's own figure, and any of its own day, is never in it.
    """

    windows: Mapping[str, Numbers]
    day: Numbers
    length: int

    def last(self, code: str) -> tuple[Numbers, Numbers]:
        """Return per row the last accepted value and its day (ordinal); NaN where there is none."""
        window = self.windows[code]
        given = ~np.isnan(window)
        place = self.length - 1 - np.argmax(given[:, ::-1], axis=1)
        some = given.any(axis=1)
        values = np.where(some, window[np.arange(len(window)), place], np.nan)
        return values, np.where(some, self.day - self.length + place, np.nan)

    def middle(self, code: str) -> Numbers:
        """Return per row the median of what was accepted; NaN where nothing was."""
        return median_of(self.windows[code])


def told_by(history: pd.DataFrame, units: Sequence[str], indicators: Sequence[str]) -> Told:
    """Return the history's rows as arrays. Raises ``RuleBroken`` where a column is not there."""
    lacking = [column for column in HISTORY_COLUMNS if column not in history.columns]
    if lacking:
        raise RuleBroken(
            f"history: no column {', '.join(lacking)}; nothing was judged; "
            f"the statement under sql/ must return {', '.join(HISTORY_COLUMNS)}"
        )
    days = pd.to_datetime(history["day"]).to_numpy().astype("datetime64[D]").astype(np.int64) + _UNIX_EPOCH
    return Told(
        units=_places(history["unit"], units),
        days=days,
        indicators=_places(history["indicator"], indicators),
        values=history["value"].to_numpy(dtype=float),
        origins=_places(history["origin"], ORIGINS)
        if "origin" in history
        else np.full(len(history), -1, dtype=np.int64),
    )


def _places(column: pd.Series[str], known: Sequence[str]) -> Places:
    # Texts repeat over days and indicators: each is looked up once; categories are numbers already.
    if isinstance(column.dtype, pd.CategoricalDtype):
        codes, texts = column.cat.codes.to_numpy(), column.cat.categories
    else:
        codes, texts = pd.factorize(column)
    at = {text: place for place, text in enumerate(known)}
    places = np.array([*(at.get(str(text), -1) for text in texts), -1], dtype=np.int64)
    found: Places = places[codes]
    return found


def past_of(lines: Sequence[Line], units: Places, told: Told, indicators: Sequence[str], length: int) -> Past:
    """Return what the rows look back on: at most ``length`` days, and no days before anybody's first report.

    ``units``: each row's place among the units that ``told`` counts by, -1 for a row without a unit.
    """
    day = np.array([line.entry.day.toordinal() if line.entry else np.nan for line in lines], dtype=float)
    wanted = np.unique(units[units >= 0])
    height = len(wanted)
    rows = np.where(units >= 0, np.searchsorted(wanted, units), height)
    first = int(np.nanmin(day, initial=np.inf, where=~np.isnan(day))) - length if height else 0
    width = (int(np.nanmax(day)) - first) if height else length
    kept = (told.days >= first) & (told.days < first + width) & np.isin(told.units, wanted)
    length = min(length, first + width - int(np.min(told.days[kept], initial=first + width - 1)))
    cube = np.full((len(indicators), height + 1, width), np.nan)
    at_unit, at_day = np.searchsorted(wanted, told.units[kept]), told.days[kept] - first
    known = told.indicators[kept]
    cube[known[known >= 0], at_unit[known >= 0], at_day[known >= 0]] = told.values[kept][known >= 0]
    column = np.nan_to_num(day - first).astype(np.int64)[:, None] + np.arange(-length, 0)[None, :]
    column = np.clip(column, 0, width - 1)
    windows = {code: cube[place][rows[:, None], column] for place, code in enumerate(indicators)}
    return Past(windows, day, length)


def median_of(table: Numbers) -> Numbers:
    """Return the median of each row's numbers, NaN for a row without any.

    One sort of the whole table: numpy's own median without missing values goes row by row.
    """
    if not table.size:
        return np.full(len(table), np.nan)
    ordered = np.sort(table, axis=1)  # NaN stands last
    count = (~np.isnan(table)).sum(axis=1)
    rows = np.arange(len(table))
    low, high = np.maximum(count - 1, 0) // 2, np.minimum(count // 2, table.shape[1] - 1)
    middle: Numbers = np.where(count > 0, (ordered[rows, low] + ordered[rows, high]) / 2, np.nan)
    return middle
