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
    keys = pd.MultiIndex.from_arrays(
        [np.append(told.units[kept], units[own]), np.append(told.days[kept], of_batch[own])]
    )
    place, unique = pd.factorize(keys)
    table = np.full((len(figures), len(unique)), np.nan)
    table[told.indicators[kept], place[: kept.sum()]] = told.values[kept]
    for row, values in enumerate(figures.values()):
        given = ~np.isnan(values[own])
        table[row, place[kept.sum() :][given]] = values[own][given]
    return Neighbours(
        units=unique.get_level_values(0).to_numpy(dtype=np.int64),
        days=unique.get_level_values(1).to_numpy(dtype=np.int64),
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
    table = pd.DataFrame(
        {"unit": neighbours.units, "day": neighbours.days, "value": neighbours.figures[code]}
    ).dropna()
    before = table.assign(day=table["day"] + 1).rename(columns={"value": "before"})
    both = table.merge(before, on=["unit", "day"])
    both = both[both["before"] > 0]
    both["growth"] = both["value"] / both["before"] - 1
    both["parent"] = neighbours.parents[both["unit"].to_numpy()]
    own = pd.DataFrame({"day": days, "parent": np.where(units >= 0, neighbours.parents[units], -2)})
    found = []
    for keys in (["day"], ["day", "parent"]):
        growth = both.groupby(keys)["growth"].agg(["median", "count"]).reset_index()
        merged = own.merge(growth[growth["count"] >= needed], on=keys, how="left")
        found.append(merged["median"].fillna(0.0).to_numpy(dtype=float))
    highest: Numbers = np.maximum(np.maximum(found[0], found[1]), 0.0)
    return highest


def same_as_others(
    neighbours: Neighbours, columns: Sequence[str], rows: Mapping[str, Numbers], units: Places, days: Numbers
) -> tuple[Numbers, Numbers]:
    """Return per row the first other unit (place in the tree) with the same figures, and the day of those.

    Looked up on the row's own day first, then on the day before. A parent and its child are not compared: an
    only child's figures are its parent's. NaN where nobody has the same.
    """
    whose = _mixed([neighbours.figures[code] for code in columns])
    mine = _mixed([rows[code] for code in columns])
    own = pd.DataFrame({"row": np.arange(len(units)), "key": mine, "day": days, "unit": units})
    own = own[units >= 0]
    base = pd.DataFrame({"key": whose, "day": neighbours.days.astype(float), "other": neighbours.units})
    base["shown"] = base["day"]
    base = base[base["key"].isin(own["key"])]
    tables = [base, base.assign(day=base["day"] + 1)]
    both = pd.concat([own.merge(table, on=["key", "day"]) for table in tables], ignore_index=True)
    unit, other = both["unit"].to_numpy(), both["other"].to_numpy()
    related = (neighbours.parents[unit] == other) | (neighbours.parents[other] == unit)
    first = both[(unit != other) & ~related].drop_duplicates("row")
    from_unit, from_day = np.full(len(units), np.nan), np.full(len(units), np.nan)
    at = first["row"].to_numpy(dtype=np.int64)
    from_unit[at], from_day[at] = first["other"].to_numpy(dtype=float), first["shown"].to_numpy(dtype=float)
    return from_unit, from_day


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
    place = {unit.code: at for at, unit in enumerate(tree.units)}
    units_of: dict[str, set[str]] = {}
    for line in lines:
        content = batch[line.subject].content
        if content and line.entry is not None and line.entry.unit:
            units_of.setdefault(content, set()).add(line.entry.unit)
    found = np.full(len(lines), np.nan)
    for row, line in enumerate(lines):
        subject, entry = batch[line.subject], line.entry
        if not subject.content or entry is None or entry.unit is None:
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
