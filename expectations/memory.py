"""The columns that look beyond the row: at the unit's own past, and at what the other units report."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from expectations.elsewhere import of_days, origins_of, told_elsewhere
from expectations.history import Numbers, Past, Places, past_of, told_by
from expectations.lines import Line
from expectations.others import (
    Neighbours,
    days_apart,
    growth_of_others,
    in_each_file,
    neighbours_of,
    same_as_others,
    same_file,
    sums_of_children,
)
from expectations.ruleset import RuleSet
from expectations.subject import Subject
from expectations.usual import Usual, roundness_of, stillness_of, usual_of
from tonghop.domain.forms import Form
from tonghop.domain.units import UnitTree

Columns = dict[str, Any]
Flags = npt.NDArray[np.bool_]


def memory_columns(
    batch: Sequence[Subject],
    lines: Sequence[Line],
    rules: RuleSet,
    history: pd.DataFrame,
    tree: UnitTree,
    columns: Mapping[str, Any],
    *,
    apart: bool,
) -> Columns:
    """Return the columns of history and of other units; ``columns`` are those of the rows themselves.

    The stated sums of parents whose children reported by themselves come back completed. ``apart``: rows are
    compared with what was accepted only, not with each other.
    """
    codes = [indicator.code for indicator in rules.form.indicators]
    place = {unit.code: at for at, unit in enumerate(tree.units)}
    units = np.array(
        [place.get(line.entry.unit or "", -1) if line.entry else -1 for line in lines], dtype=np.int64
    )
    told = told_by(history, list(place), codes)
    past = past_of(lines, units, told, codes, rules.history_days)
    figures = {code: columns[code] for code in codes}
    neighbours = neighbours_of(tree, told, units, past.day, figures, with_batch=not apart)
    found: Columns = {}
    usual: dict[str, Usual] = {}
    origins, same_days = origins_of(lines), of_days(told, past.day)
    for number, indicator in enumerate(rules.form.indicators):
        code = indicator.code
        found[f"{code}_elsewhere"] = told_elsewhere(
            same_days, number, units, past.day, origins, figures[code], with_batch=not apart
        )
        found[f"{code}_last"], found[f"{code}_last_day"] = past.last(code)
        if indicator.cumulative:
            usual[code] = usual_of(past, code, rules.parameters)
            found |= _growth(lines, past, usual[code], code, figures[code], found)
            found |= _beside_others(neighbours, code, figures[code], units, past, rules.parameters)
        else:
            found[f"{code}_middle"] = past.middle(code)
            found[f"{code}_awaited"] = found[f"{code}_middle"]
        found[f"{code}_times"] = _power(figures[code], found[f"{code}_awaited"])
        found |= _sums(neighbours, tree, rules.form, code, units, past, columns)
    found |= _stillness(past, usual, figures, rules)
    own = _keeps_its_own(figures, found, rules.form)
    files = np.array([line.subject for line in lines], dtype=np.int64)
    beside = in_each_file(neighbours, figures, units, past.day, files) if apart else neighbours
    found |= _copies(neighbours, beside, np.where(own, -1, units), past, figures, rules, files)
    found["same_file_as"] = np.where(own, np.nan, same_file(batch, lines, tree))
    return found


def _growth(
    lines: Sequence[Line], past: Past, usual: Usual, code: str, figures: Numbers, found: Mapping[str, Any]
) -> Columns:
    last, last_day = found[f"{code}_last"], found[f"{code}_last_day"]
    stated = np.full(len(lines), np.nan)
    for row, figure in _increases(lines, code):
        stated[row] = figure
    roundness, reports = roundness_of(past, code, figures)
    return {
        # Where the past is short nothing is awaited but the last figure.
        f"{code}_awaited": np.where(usual.enough, np.round(last + usual.days * usual.per_day), last),
        f"{code}_sound": usual.sound,
        f"{code}_increase": figures - last,
        f"{code}_increase_declared": stated,
        # After a day without a report nobody knows which day the stated increase begins on.
        f"{code}_increase_computed": np.where(last_day == past.day - 1, figures - last, np.nan),
        f"{code}_days": usual.days,
        f"{code}_usual": usual.per_day,
        f"{code}_spread": usual.spread,
        f"{code}_roundness": roundness,
        f"{code}_round_reports": reports,
    }


def _increases(lines: Sequence[Line], code: str) -> Iterator[tuple[int, float]]:
    for row, line in enumerate(lines):
        entry = line.entry
        for figure in entry.increases if entry is not None else ():
            if figure.indicator == code and figure.number is not None:
                yield row, figure.number


def _beside_others(
    neighbours: Neighbours,
    code: str,
    figures: Numbers,
    units: Places,
    past: Past,
    parameters: Mapping[str, float],
) -> Columns:
    large = np.where(figures >= parameters["shared_smallest"], units, -1)
    shared, _ = same_as_others(neighbours, [code], {code: figures}, large, past.day)
    needed = int(parameters["others_needed"])
    return {
        f"{code}_shared_with": shared,
        f"{code}_of_others": growth_of_others(neighbours, code, units, past.day, needed),
    }


def _power(figures: Numbers, awaited: Numbers) -> Numbers:
    """Return 10, 100 or 1.000: how many times the figure is the awaited one, or the awaited one the figure."""
    fine = (figures > 0) & (awaited > 0)
    ratio = np.divide(figures, awaited, out=np.ones(len(figures)), where=fine)
    times: Numbers = np.where(fine, 10.0 ** np.abs(np.round(np.log10(ratio))), np.nan)
    return times


def _sums(
    neighbours: Neighbours,
    tree: UnitTree,
    form: Form,
    code: str,
    units: Places,
    past: Past,
    columns: Mapping[str, Any],
) -> Columns:
    if not np.isin(units, neighbours.parents).any():
        return {}
    indicator = next(one for one in form.indicators if one.code == code)
    counts = np.array(
        [
            (unit.reports or not tree.is_leaf(unit.code)) and indicator.is_asked_of(unit.kind)
            for unit in tree.units
        ]
    )
    added_up, as_total = columns[f"{code}_added_up"], columns[f"{code}_as_total"]
    sums = sums_of_children(neighbours, code, units, past.day, counts)
    alone = np.isnan(added_up) & np.isnan(as_total) & ~np.isnan(sums)
    return {
        f"{code}_added_up": np.where(alone, sums, added_up),
        f"{code}_as_total": np.where(alone, columns[code], as_total),
    }


def _stillness(
    past: Past, usual: Mapping[str, Usual], figures: Mapping[str, Numbers], rules: RuleSet
) -> Columns:
    """Return for how many working days all cumulative figures of the row stand still that used to grow."""
    height = len(past.day)
    days, since, growth = np.full(height, np.inf), np.full(height, np.nan), np.zeros(height)
    full = {code: np.zeros(height, dtype=bool) for code in usual}
    for rate in rules.form.rates:
        if rate.numerator in full:
            of = figures[rate.denominator]
            full[rate.numerator] |= figures[rate.numerator] >= rules.parameters["full_from"] * of
    for code, habit in usual.items():
        still, began = stillness_of(past, code, figures[code], habit)
        given = ~np.isnan(figures[code]) & ~full[code]
        days = np.where(given, np.minimum(days, np.nan_to_num(still, nan=-1.0)), days)
        since = np.where(given, np.fmax(since, began), since)
        growth += np.where(given, np.nan_to_num(still * habit.per_day), 0.0)
    told = np.isfinite(days) & (days > 0) & (growth >= rules.parameters["still_from_people"])
    return {"still_days": np.where(told, days, np.nan), "still_since": np.where(told, since, np.nan)}


def _keeps_its_own(figures: Mapping[str, Numbers], found: Mapping[str, Any], form: Form) -> Flags:
    """Return where a row's population, telephones and staff are the ones its unit reported last.

    Of two units with the same figures or the same file, it is the other one that took them over.
    """
    fixed = [i.code for i in form.indicators if not i.cumulative]
    known, differs = np.zeros((2, len(next(iter(figures.values())))), dtype=bool)
    for code in fixed:
        last = found[f"{code}_last"]
        given = ~np.isnan(figures[code]) & ~np.isnan(last)
        known |= given
        differs |= given & (figures[code] != last)
    own: Flags = known & ~differs
    return own


def _copies(
    neighbours: Neighbours,
    beside: Neighbours,
    units: Places,
    past: Past,
    figures: Mapping[str, Numbers],
    rules: RuleSet,
    files: Places,
) -> Columns:
    """Return whose figures a row repeats, all of them. Small figures meet by chance.

    ``beside``: what the batch itself brings, where it is no part of ``neighbours``: rows are then compared with
    those of their own submission (``files``) only.
    """
    large = sum((values >= rules.parameters["copied_smallest"]).astype(int) for values in figures.values())
    asked = np.where(large >= rules.parameters["copied_figures"], units, -1)
    whose, day = same_as_others(neighbours, list(figures), figures, asked, past.day)
    if beside is not neighbours:
        other, other_day = same_as_others(beside, list(figures), figures, asked, days_apart(past.day, files))
        day = np.where(np.isnan(whose), other_day - days_apart(0.0, files), day)
        whose = np.where(np.isnan(whose), other, whose)
    return {"copied_from": whose, "copied_day": day}
