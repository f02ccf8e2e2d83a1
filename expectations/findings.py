"""A broken rule at a row as a finding: with its place, and its values in Vietnamese form."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import date

from expectations.lines import Line
from expectations.ruleset import Rule
from expectations.vocabulary import Column, Holds
from tonghop.domain.findings import Finding
from tonghop.domain.units import UnitTree
from tonghop.words import number, percent, say, short_day

# Beyond this a number is written with a power of ten: a slip of 300 digits must fit the sentence.
_LONGEST = 1e15
_DECIMALS_SHOWN = 2


def finding_of(
    rule: Rule,
    line: Line,
    row: int,
    values: Mapping[str, Sequence[float]],
    columns: Mapping[str, Column],
    tree: UnitTree,
) -> Finding:
    """Return the finding of a rule at one row; ``values`` are the frame's columns, ``row`` the position."""
    entry = line.entry
    sheet, cell = _place(rule.at, line)
    about = rule.at if rule.at in columns and columns[rule.at].about == rule.at else None
    typed = line.rates[rule.at].decimals if rule.at in line.rates else _DECIMALS_SHOWN

    def write(column: str | None, decimals: int) -> str | None:
        if column is None:
            return None
        if columns[column].holds is Holds.UNIT:
            return _name(values[column][row], tree)
        return _write(columns[column].holds, values[column][row], decimals)

    arguments = {place: write(column, _DECIMALS_SHOWN) or "" for place, column in rule.arguments.items()}
    return Finding(
        code=rule.code,
        severity=rule.severity,
        document=line.row.document,
        unit=None if entry is None else entry.unit,
        indicator=about,
        sheet=sheet,
        cell=cell,
        found=write(rule.found, typed),
        expected=write(rule.expected, max(typed, _DECIMALS_SHOWN)),
        arguments={**_names(rule.at), **arguments, **_absence(about, line)},
    )


def _place(at: str, line: Line) -> tuple[str, str | None]:
    row = line.row
    if at == "day":
        return row.sheet, None if line.entry is None else line.entry.day_cell
    place = row.figures.get(at) or line.rates.get(at)
    # A column that is not there at all has no cell: the finding stands at the row's label.
    return (row.sheet, row.cell) if place is None else (place.sheet, place.cell)


def _absence(indicator: str | None, line: Line) -> dict[str, str]:
    """Return what makes a sentence say that there is no such column, where it would speak of a cell left blank."""
    return {"sentence": "absent"} if indicator is not None and indicator not in line.row.figures else {}


def _names(at: str) -> dict[str, str]:
    if at in ("day", "unit"):
        return {}
    key = f"rules.name.{at}"
    return {"name": say(key), "name_en": say(key, "en")}


def _name(place: float, tree: UnitTree) -> str:
    return tree.units[int(place)].name if math.isfinite(place) else ""


def _write(holds: Holds, value: float, decimals: int) -> str:
    if not math.isfinite(value):
        return ""
    if holds is Holds.DAY:
        return short_day(date.fromordinal(int(value)))
    if abs(value) >= _LONGEST:
        return f"{value:.2e}".replace(".", ",")
    if holds is Holds.FRACTION:
        return percent(value, decimals=min(max(decimals, 0), 6))
    return _count(value)


def _count(value: float) -> str:
    whole = math.trunc(value)
    fraction = f"{abs(value):.6f}".rstrip("0").partition(".")[2]
    sign = "-" if value < 0 and whole == 0 and fraction else ""
    return sign + number(whole) + (f",{fraction}" if fraction else "")
