"""The one frame that is judged: a row a stated row, a column a thing that rules compare."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from expectations.covers import Covers, covers_of
from expectations.lines import Line
from expectations.memory import memory_columns
from expectations.ruleset import RuleSet
from expectations.subject import Subject
from tonghop.domain.entries import Entry
from tonghop.domain.forms import Rate
from tonghop.domain.units import UnitTree

Numbers = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

# A percent is printed with few decimals; more come from a formula's cell and say nothing of the typist.
_MOST_DECIMALS = 6


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
    columns: dict[str, Any] = {**_days(batch, lines), **_units(lines, tree)}
    figures: dict[str, Numbers] = {}
    owing, kinds = _owing(lines, tree, covers), _kinds(lines, tree)
    is_entry = np.array([line.entry is not None for line in lines])
    for indicator in rules.form.indicators:
        code = indicator.code
        values, in_doubt = _figures(lines, code)
        figures[code] = values
        asked = _asked(kinds, indicator.is_asked_of)
        columns[code] = np.where(is_entry, values, np.nan)
        columns[f"{code}_is_owed"] = owing & asked & ~in_doubt & indicator.required
        columns[f"{code}_as_total"] = np.where(covers.is_owner, values, np.nan)
        columns[f"{code}_added_up"] = covers.add_up(values, asked, indicator.is_asked_of)
    columns |= memory_columns(batch, lines, rules, history, tree, columns, apart=apart)
    for rate in rules.form.rates:
        columns |= _rate(lines, rate, figures, columns, is_entry)
    return pd.DataFrame(columns)


def _days(batch: Sequence[Subject], lines: Sequence[Line]) -> dict[str, Numbers | Flags]:
    entries = [line.entry for line in lines]
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


def _units(lines: Sequence[Line], tree: UnitTree) -> dict[str, Flags]:
    # An entry whose label fits no unit has its finding from reading and is not judged twice.
    named = [(line.entry.unit if line.entry else None) for line in lines]
    strange = np.array([unit is not None and unit not in tree for unit in named])
    not_owing = [
        unit is not None and unit in tree and not tree[unit].reports and tree.is_leaf(unit) for unit in named
    ]
    return {
        "unit_is_valid": ~strange,
        "unit_reports": ~np.array(not_owing),
    }


def _owing(lines: Sequence[Line], tree: UnitTree, covers: Covers) -> Flags:
    # A parent's row above its children's is a heading or a total: nothing is owed there but below.
    reports = [
        bool(e and e.unit is not None and e.unit in tree and tree[e.unit].reports) for e in _entries(lines)
    ]
    return np.array(reports) & ~covers.is_owner


def _kinds(lines: Sequence[Line], tree: UnitTree) -> list[str | None]:
    """Return per line the kind of its unit, None where it has none of the tree."""
    named = (None if entry is None else entry.unit for entry in _entries(lines))
    return [tree[unit].kind if unit is not None and unit in tree else None for unit in named]


def _asked(kinds: Sequence[str | None], is_asked_of: Callable[[str], bool]) -> Flags:
    by_kind = {kind: kind is None or is_asked_of(kind) for kind in set(kinds)}
    return np.array([by_kind[kind] for kind in kinds])


def _entries(lines: Sequence[Line]) -> list[Entry | None]:
    return [line.entry for line in lines]


def _figures(lines: Sequence[Line], code: str) -> tuple[Numbers, Flags]:
    """Return per line its figure, NaN where there is none without doubt, and whether it is in doubt."""
    found = [line.row.figures.get(code) for line in lines]
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
    decimals = [np.nan if d is None else min(max(d.decimals, 0), _MOST_DECIMALS) for d in declared]
    return {
        f"{rate.code}_declared": np.array(
            [np.nan if d is None else d.fraction for d in declared], dtype=float
        ),
        f"{rate.code}_decimals": np.array(decimals, dtype=float),
        # A total's percent is compared with its rows: its own count may be the slip, and is told already.
        f"{rate.code}_recomputed": np.where(is_entry | np.isnan(of_rows), stated, of_rows),
    }


def _ratio(numerator: Numbers, denominator: Numbers) -> Numbers:
    over = np.where(denominator > 0, denominator, np.nan)
    ratio: Numbers = numerator / over
    return ratio
