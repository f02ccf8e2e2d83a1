"""The one frame that is judged: a row a stated row, a column a thing that rules compare."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from expectations.covers import covers_of
from expectations.lines import Line
from expectations.memory import memory_columns
from expectations.ruleset import RuleSet
from expectations.subject import Subject
from tonghop.domain.entries import Entry
from tonghop.domain.forms import Rate
from tonghop.domain.reading import Figure
from tonghop.domain.units import Unit, UnitTree

Numbers = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

# A percent is printed with few decimals; more come from a formula's cell and say nothing of the typist.
_MOST_DECIMALS = 6
_COMMUNE = "commune"


def build_frame(
    batch: Sequence[Subject],
    lines: Sequence[Line],
    rules: RuleSet,
    history: pd.DataFrame,
    tree: UnitTree,
    *,
    apart: bool = False,
) -> pd.DataFrame:
    """Return the columns of ``vocabulary.columns_of``, one row a line, index 0, 1, 2 …

    Figures in doubt are missing here: reading has told of them. Raises ``RuleBroken`` for a history
    without its columns. ``apart``: the submissions are not compared with each other.
    """
    covers = covers_of(lines, tree)
    entries = [line.entry for line in lines]
    units = [None if entry is None else tree.get(entry.unit) for entry in entries]
    columns: dict[str, Any] = {**_days(batch, lines, entries), **_units(entries, units, tree)}
    figures: dict[str, Numbers] = {}
    owing = np.array([unit is not None and unit.reports for unit in units])
    # A parent's row above its children's is a heading or a total: nothing is owed there but below.
    owing &= ~covers.is_owner
    stated = [line.row.figures for line in lines]
    is_entry = np.array([entry is not None for entry in entries])
    for indicator in rules.form.indicators:
        code = indicator.code
        values, in_doubt = _figures(stated, code)
        figures[code] = values
        asked = _asked(units, indicator.is_asked_of)
        columns[code] = np.where(is_entry, values, np.nan)
        columns[f"{code}_is_owed"] = owing & asked & ~in_doubt & indicator.required
        columns[f"{code}_as_total"] = np.where(covers.is_owner, values, np.nan)
        columns[f"{code}_added_up"] = covers.add_up(values, asked, indicator.is_asked_of)
    columns |= memory_columns(batch, lines, rules, history, tree, columns, apart=apart)
    for rate in rules.form.rates:
        columns |= _rate(lines, rate, figures, columns, is_entry)
    return pd.DataFrame(columns)


def _days(
    batch: Sequence[Subject], lines: Sequence[Line], entries: Sequence[Entry | None]
) -> dict[str, Numbers | Flags]:
    today = np.array([batch[line.subject].today.toordinal() for line in lines], dtype=float)
    stated = np.array(
        [e.stated_day.toordinal() if e and e.stated_day else np.nan for e in entries], dtype=float
    )
    return {
        "day": np.array([e.day.toordinal() if e else np.nan for e in entries], dtype=float),
        "stated_day": stated,
        "today": today,
        "day_has_come": ~(stated > today),
    }


def _units(entries: Sequence[Entry | None], units: Sequence[Unit | None], tree: UnitTree) -> dict[str, Flags]:
    # An entry whose label fits no unit has its finding from reading and is not judged twice.
    pairs = zip(entries, units, strict=True)
    strange = [entry is not None and entry.unit is not None and unit is None for entry, unit in pairs]
    not_owing = [unit is not None and not unit.reports and tree.is_leaf(unit.code) for unit in units]
    communes = [unit is not None and unit.kind == _COMMUNE for unit in units]
    return {
        "unit_is_valid": ~np.array(strange),
        "unit_reports": ~np.array(not_owing),
        "unit_is_commune": np.array(communes, dtype=bool),
    }


def _asked(units: Sequence[Unit | None], is_asked_of: Callable[[str], bool]) -> Flags:
    """Return where a figure is owed; of a row that has no unit of the tree it is."""
    by_kind = {kind: is_asked_of(kind) for kind in {unit.kind for unit in units if unit is not None}}
    if all(by_kind.values()):
        return np.ones(len(units), dtype=bool)
    return np.array([unit is None or by_kind[unit.kind] for unit in units])


def _figures(stated: Sequence[Mapping[str, Figure]], code: str) -> tuple[Numbers, Flags]:
    """Return per line its figure, NaN where there is none without doubt, and whether it is in doubt."""
    found = [figures.get(code) for figures in stated]
    in_doubt = np.array([f is not None and f.doubt is not None for f in found])
    # A number that is None becomes NaN.
    values = np.array([None if f is None else f.number for f in found], dtype=float)
    return np.where(in_doubt, np.nan, values), in_doubt


def _rate(
    lines: Sequence[Line],
    rate: Rate,
    figures: Mapping[str, Numbers],
    columns: Mapping[str, Any],
    is_entry: Flags,
) -> dict[str, Numbers]:
    stated = _ratio(figures[rate.numerator], figures[rate.denominator])
    of_rows = _ratio(columns[f"{rate.numerator}_added_up"], columns[f"{rate.denominator}_added_up"])
    declared = [line.rates.get(rate.code) for line in lines]
    decimals = np.array([np.nan if d is None else d.decimals for d in declared], dtype=float)
    return {
        f"{rate.code}_declared": np.array(
            [np.nan if d is None else d.fraction for d in declared], dtype=float
        ),
        f"{rate.code}_decimals": np.clip(decimals, 0, _MOST_DECIMALS),
        # A total's percent is compared with its rows: its own count may be the slip, and is told already.
        f"{rate.code}_recomputed": np.where(is_entry | np.isnan(of_rows), stated, of_rows),
    }


def _ratio(numerator: Numbers, denominator: Numbers) -> Numbers:
    over = np.where(denominator > 0, denominator, np.nan)
    ratio: Numbers = numerator / over
    return ratio
