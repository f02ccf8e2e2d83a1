"""What a row has in common with other units: their figures of the day or the day before, their growth, their file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from expectations.history import Numbers, Places, Told
from expectations.lines import Line
from expectations.subject import Subject
from tonghop.domain.units import UnitTree

# Odd 64-bit numbers: a row of figures becomes one number to be looked up.
_MIX = np.uint64(0x9E3779B97F4A7C15)
_FOLD = np.uint64(0xC2B2AE3D27D4EB4F)
# More than the ordinal of any day.
_SPAN = 1 << 22


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Every unit's figures on the days that the batch is about and the days before: a row a unit and day.

    ``units`` are places in the tree, ``parents`` by such a place the parent's (-1: none), ``days`` ordinals.
    """

    units: Places
    days: Places
    figures: Mapping[str, Numbers]
    parents: Places


def neighbours_of(
    tree: UnitTree,
    told: Told,
    units: Places,
    days: Numbers,
    figures: Mapping[str, Numbers],
    *,
    with_batch: bool,
) -> Neighbours:
    """Return the accepted figures of those days, and over them what the batch itself brings."""
    of_batch = np.nan_to_num(days, nan=-1).astype(np.int64)
    about = np.unique(of_batch[units >= 0])
    kept = np.isin(told.days, np.union1d(about, about - 1)) & (told.units >= 0) & (told.indicators >= 0)
    own = (units >= 0) & with_batch
    keys = _key(np.append(told.units[kept], units[own]), np.append(told.days[kept], of_batch[own]))
    place, unique = pd.factorize(keys)
    table = np.full((len(figures), len(unique)), np.nan)
    table[told.indicators[kept], place[: kept.sum()]] = told.values[kept]
    for row, values in enumerate(figures.values()):
        given = ~np.isnan(values[own])
        table[row, place[kept.sum() :][given]] = values[own][given]
    return Neighbours(
        units=unique // _SPAN,
        days=unique % _SPAN,
        figures=dict(zip(figures, table, strict=True)),
        parents=parents_of(tree),
    )


def parents_of(tree: UnitTree) -> Places:
    """Return by a unit's place in the tree its parent's place, -1 for the root."""
    place = {unit.code: at for at, unit in enumerate(tree.units)}
    return np.array([place.get(unit.parent or "", -1) for unit in tree.units], dtype=np.int64)


def growth_of_others(neighbours: Neighbours, code: str, units: Places, days: Numbers, needed: int) -> Numbers:
    """Return per row the middle growth of the day among the other units, a fraction of their figure, 0 or more.

    Among the row's sisters or in the whole tree, whichever grew more: a directive is felt by all at once.
    Fewer than ``needed`` units tell nothing.
    """
    given = ~np.isnan(neighbours.figures[code])
    keys, values = _key(neighbours.units, neighbours.days)[given], neighbours.figures[code][given]
    order = np.argsort(keys)
    before = _looked_up(keys - 1, keys[order], values[order])  # the same unit's of the day before
    some = before > 0
    with np.errstate(invalid="ignore"):
        growth = np.divide(values, before, out=np.full(len(values), np.nan), where=some) - 1
    some &= ~np.isnan(growth)  # endless by endless says nothing
    if not some.any():
        return np.zeros(len(units))
    growth, grown = growth[some], neighbours.units[given][some]
    day, of_row = neighbours.days[given][some], np.nan_to_num(days, nan=-1).astype(np.int64)
    parent = np.where(units >= 0, neighbours.parents[units], -2)
    of_all = _median_in(day, growth, of_row, needed)
    of_sisters = _median_in(
        _key(neighbours.parents[grown] + 2, day), growth, _key(parent + 2, of_row), needed
    )
    highest: Numbers = np.maximum(np.maximum(of_all, of_sisters), 0.0)
    return highest


def _median_in(groups: Places, values: Numbers, asked: Places, needed: int) -> Numbers:
    """Return per asked group the median of its values, 0 for one of fewer than ``needed``."""
    order = np.lexsort((values, groups))
    found, start, count = np.unique(groups[order], return_index=True, return_counts=True)
    values = values[order]
    medians = (values[start + (count - 1) // 2] + values[start + count // 2]) / 2
    enough = count >= needed
    median = _looked_up(asked, found[enough], medians[enough])
    return np.where(np.isnan(median), 0.0, median)


def _looked_up(asked: Places, keys: Places, values: Numbers) -> Numbers:
    """Return the value of each asked key among ascending ``keys``, NaN for one that is not there."""
    if not len(keys):
        return np.full(len(asked), np.nan)
    place = np.minimum(np.searchsorted(keys, asked), len(keys) - 1)
    return np.where(keys[place] == asked, values[place], np.nan)


def _key(units: Places, days: Places) -> Places:
    """Return a unit and a day as one number; of the same unit, days in a row are numbers in a row."""
    key: Places = units * _SPAN + days
    return key


def same_as_others(
    neighbours: Neighbours, columns: Sequence[str], rows: Mapping[str, Numbers], units: Places, days: Numbers
) -> tuple[Numbers, Numbers]:
    """Return per row the first other unit (place in the tree) with the same figures, and the day of those.

    Looked up on the row's own day first, then on the day before. A parent and its child are not compared: an
    only child's figures are its parent's. NaN where nobody has the same.
    """
    whose = _mixed([*(neighbours.figures[code] for code in columns), neighbours.days.astype(float)])
    order = np.argsort(whose, kind="stable")
    asked = np.flatnonzero(units >= 0)
    from_unit, from_day = np.full(len(units), np.nan), np.full(len(units), np.nan)
    for day in (days[asked] - 1, days[asked]):  # the row's own day has the last word
        mine = _mixed([*(rows[code][asked] for code in columns), day])
        row, at = _pairs(mine, whose[order])
        unit, other = units[asked[row]], neighbours.units[order[at]]
        related = (neighbours.parents[unit] == other) | (neighbours.parents[other] == unit)
        fits = (unit != other) & ~related
        found, first = np.unique(row[fits], return_index=True)
        from_unit[asked[found]] = other[fits][first]
        from_day[asked[found]] = day[found]
    return from_unit, from_day


def in_each_file(
    neighbours: Neighbours, figures: Mapping[str, Numbers], units: Places, days: Numbers, files: Places
) -> Neighbours:
    """Return the rows of a batch as units beside each other in their own submission (``files``: its number) only."""
    given = (units >= 0) & ~np.isnan(days)
    return Neighbours(
        units=units[given],
        days=days_apart(days, files)[given].astype(np.int64),
        figures={code: values[given] for code, values in figures.items()},
        parents=neighbours.parents,
    )


def days_apart(days: Numbers | float, files: Places) -> Numbers:
    """Return days such that those of two submissions are never the same: each counts from an epoch of its own."""
    apart: Numbers = days + files.astype(float) * _SPAN
    return apart


def _pairs(
    asked: npt.NDArray[np.uint64], keys: npt.NDArray[np.uint64]
) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """Return the places of equal keys, of each asked one in turn with all those among the ascending ``keys``."""
    start, end = np.searchsorted(keys, asked, "left"), np.searchsorted(keys, asked, "right")
    count = end - start
    row = np.repeat(np.arange(len(asked)), count)
    nth = np.arange(len(row)) - np.repeat(np.cumsum(count) - count, count)
    return row, start[row] + nth


def _mixed(columns: Sequence[Numbers]) -> npt.NDArray[np.uint64]:
    mixed = np.zeros(len(columns[0]), dtype=np.uint64)
    for values in columns:
        bits = np.nan_to_num(values, nan=-1.0).view(np.uint64)
        mixed = (mixed ^ (bits * _MIX)) * _FOLD
        mixed ^= mixed >> np.uint64(29)
    return mixed


def same_file(batch: Sequence[Subject], lines: Sequence[Line], tree: UnitTree) -> Numbers:
    """Return per row another unit (place in the tree) that the very same file was read for, NaN where none.

    Of the batch, and of what ``Subject.seen_for`` tells of earlier ones.
    """
    found = np.full(len(lines), np.nan)
    known = [(row, line) for row, line in enumerate(lines) if batch[line.subject].content]
    if not known:
        return found
    place = {unit.code: at for at, unit in enumerate(tree.units)}
    units_of: dict[str, set[str]] = {}
    for _, line in known:
        if line.entry is not None and line.entry.unit:
            units_of.setdefault(batch[line.subject].content, set()).add(line.entry.unit)
    alone = {content for content, units in units_of.items() if len(units) == 1}
    for row, line in known:
        subject, entry = batch[line.subject], line.entry
        if entry is None or entry.unit is None:
            continue
        if subject.content in alone and not subject.seen_for:
            continue
        own = {e.unit for e in subject.entries}
        others = sorted({*units_of.get(subject.content, ()), *subject.seen_for} - own)
        found[row] = next((place[code] for code in others if code in place), np.nan)
    return found


def sums_of_children(
    neighbours: Neighbours, code: str, units: Places, days: Numbers, counts: npt.NDArray[np.bool_]
) -> Numbers:
    """Return per row of a parent what its children reported for the day by themselves, added up.

    ``counts``: by place in the tree, whether a unit's figure belongs in its parent's sum. NaN where one of
    those children has not reported, and for a unit without any.
    """
    has_parent = neighbours.parents >= 0
    awaited = np.bincount(neighbours.parents[has_parent & counts], minlength=len(counts))
    values = neighbours.figures[code]
    parents = neighbours.parents[neighbours.units]
    given = ~np.isnan(values) & counts[neighbours.units] & (parents >= 0)
    table = pd.DataFrame({"parent": parents[given], "day": neighbours.days[given], "value": values[given]})
    sums = table.groupby(["parent", "day"])["value"].agg(["sum", "count"]).reset_index()
    sums = sums[sums["count"] == awaited[sums["parent"]]]
    own = pd.DataFrame({"parent": units, "day": days})
    merged: Numbers = own.merge(sums, on=["parent", "day"], how="left")["sum"].to_numpy(dtype=float)
    return merged
