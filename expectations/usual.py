"""How a cumulative figure usually grows: robust, of the unit's own past, the judged figure left out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from expectations.history import Numbers, Past, median_of

# The median distance from the median is this share of a normal spread.
_MAD_TO_SPREAD = 1.4826
# Evidence of a rounded number: the decimal logarithm of how seldom a count falls on such a number by chance.
_STEPS = (1000, 500, 100, 50, 10)


@dataclass(frozen=True, slots=True)
class Usual:
    """How the figure of each row grew before: people a day.

    ``per_day`` and ``spread``: NaN where nothing was reported before. ``days``: since the figure last changed
    (repeating yesterday's figure is taken for not counting anew, so what follows may catch up).
    ``since`` is the day of that change, ``enough`` tells that the past is long enough to speak of a habit.
    """

    per_day: Numbers
    spread: Numbers
    days: Numbers
    since: Numbers
    sound: Numbers
    enough: np.typing.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class _Steps:
    """Where a window's figure changed: there the figure and the increase a day since the change before."""

    changed: np.typing.NDArray[np.bool_]
    rates: Numbers
    increases: Numbers


def usual_of(past: Past, code: str, parameters: Mapping[str, float]) -> Usual:
    """Return how the cumulative figure ``code`` usually grows, from its last few changes.

    The median of the increases a day, and the median distance from it (MAD) as their spread. Where the past
    is flat the MAD is nought: a share of the usual increase and of the figure then stand for it. Where it is
    short, the largest increase seen or a share of the figure stands for both, so that the first days of a
    campaign, when figures double, hold nothing.
    """
    steps = _steps(past.windows[code])
    last, last_day = past.last(code)
    kept = _latest(steps.rates, int(parameters["usual_over_reports"]))
    seen = (~np.isnan(kept)).sum(axis=1)
    enough = seen >= parameters["usual_needs_reports"]
    middle = median_of(kept)
    mad = median_of(np.abs(kept - middle[:, None])) * _MAD_TO_SPREAD
    growing = np.maximum(middle, 0)
    least = np.maximum(
        np.maximum(
            parameters["least_spread_of_usual"] * growing, parameters["least_spread_of_figure"] * last
        ),
        parameters["least_spread_people"],
    )
    largest = np.nanmax(np.nan_to_num(kept, nan=0.0), axis=1, initial=0.0)
    short = np.maximum(np.maximum(largest, parameters["short_history_growth"] * last), least)
    place = past.length - 1 - np.argmax(steps.changed[:, ::-1], axis=1)
    some = steps.changed.any(axis=1)
    since = np.where(some, past.day - past.length + place, np.nan)
    spread = np.where(enough, np.maximum(mad, least), short)
    still = np.minimum(last_day - since, parameters["catch_up_days"])
    rows = np.arange(len(place))
    leapt = enough & (steps.rates[rows, place] > growing + parameters["leap_spreads"] * spread)
    return Usual(
        per_day=np.where(enough, np.round(growing), np.round(short)),
        spread=spread,
        days=past.day - last_day + still,
        since=since,
        sound=np.where(leapt, last - steps.increases[rows, place], last),
        enough=enough,
    )


def _steps(window: Numbers) -> _Steps:
    width = window.shape[1]
    at = np.arange(width)
    given = ~np.isnan(window)
    before = _place_before(given, at)
    earlier = np.where(before >= 0, np.take_along_axis(window, np.maximum(before, 0), axis=1), np.nan)
    changed = given & ~(window == earlier)
    base = _place_before(changed, at)
    from_value = np.where(base >= 0, np.take_along_axis(window, np.maximum(base, 0), axis=1), np.nan)
    increases = np.where(changed, window - from_value, np.nan)
    return _Steps(changed, increases / np.maximum(at[None, :] - base, 1), increases)


def _place_before(
    flags: np.typing.NDArray[np.bool_], at: np.typing.NDArray[np.int64]
) -> np.typing.NDArray[np.int64]:
    """Return per cell the place of the last flag strictly before it, -1 where there is none."""
    upto = np.maximum.accumulate(np.where(flags, at[None, :], -1), axis=1)
    return np.concatenate([np.full((len(flags), 1), -1), upto[:, :-1]], axis=1)


def _latest(table: Numbers, count: int) -> Numbers:
    """Return the table with all but each row's last ``count`` numbers left out."""
    given = ~np.isnan(table)
    from_end = np.cumsum(given[:, ::-1], axis=1)[:, ::-1]
    kept: Numbers = np.where(given & (from_end <= count), table, np.nan)
    return kept


def roundness_of(past: Past, code: str, figures: Numbers) -> tuple[Numbers, Numbers]:
    """Return how unlikely by chance the round numbers up to today's figure are, and how many they are.

    The first is a decimal logarithm: 3 says one in a thousand. Counted are the latest reports in a row, today's
    included, whose figures, or whose increases, fall on tens, fifties, hundreds, five hundreds or thousands;
    a repeated figure counts once. NaN where today's figure is missing, 0 where it is the last one again.
    """
    evidence, count = np.where(np.isnan(figures), np.nan, 0.0), np.where(np.isnan(figures), np.nan, 0.0)
    last, _ = past.last(code)
    # Four of five reports end in no run at all: only the others are looked at.
    rows = np.flatnonzero(
        ~np.isnan(figures) & (figures != last) & ((figures % 10 == 0) | ((figures - last) % 10 == 0))
    )
    window = np.concatenate([past.windows[code][rows], figures[rows, None]], axis=1)
    steps = _steps(window)
    by_value, of_values = _run_of(np.where(steps.changed, window, np.nan))
    by_increase, of_increases = _run_of(steps.increases)
    evidence[rows] = np.maximum(by_value, by_increase)
    count[rows] = np.where(by_increase > by_value, of_increases, of_values)
    return evidence, count


def _run_of(table: Numbers) -> tuple[Numbers, Numbers]:
    weights = np.zeros(table.shape)
    whole = np.nan_to_num(table, nan=1.0)
    for step in reversed(_STEPS):
        weights = np.where((whole != 0) & (np.mod(whole, step) == 0), np.log10(step), weights)
    given = ~np.isnan(table)
    plain = np.cumsum((given & (weights == 0))[:, ::-1], axis=1)[:, ::-1] > 0
    counted = given & ~plain
    return np.where(counted, weights, 0.0).sum(axis=1), counted.sum(axis=1).astype(float)


def stillness_of(past: Past, code: str, figures: Numbers, usual: Usual) -> tuple[Numbers, Numbers]:
    """Return for how many days the figure has stood still, and since when; NaN where today's is another one.

    Saturdays and Sundays do not count: many offices count on Monday.
    """
    last, _ = past.last(code)
    same = (figures == last) & ~np.isnan(usual.since)
    since = np.where(same, usual.since, np.nan)
    return np.where(same, _working_days(since, past.day), np.nan), since


def _working_days(since: Numbers, until: Numbers) -> Numbers:
    """Return the days from Monday to Friday after ``since`` up to ``until``, both ordinals (1 is a Monday)."""

    def upto(day: Numbers) -> Numbers:
        weeks, rest = np.divmod(day, 7)
        counted: Numbers = weeks * 5 + np.minimum(rest, 5)
        return counted

    return upto(until) - upto(since)
