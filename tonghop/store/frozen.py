"""Totals as rows of an edition and back, and the hash by which two states of a day are told apart."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from tonghop.domain.totals import DayTotals, Line, LineFigure, RateFigure, Timeliness, UnitState
from tonghop.domain.units import UnitCode


def digest_of(totals: DayTotals) -> str:
    """Return a hash of the day, its units, their states and figures.

    What only follows from other days (change, previous day) or from the clock is left out: a correction of
    yesterday makes no new edition of today.
    """
    lines = [[line.unit, _standing(line), _said(line)] for line in totals.lines]
    content = json.dumps(
        [totals.campaign, totals.day.isoformat(), lines], ensure_ascii=True, separators=(",", ":")
    )
    return hashlib.sha256(content.encode()).hexdigest()


def _standing(line: Line) -> str:
    # A report that came late and is held changes no figure: it makes no new edition until it is accepted.
    return str(UnitState.MISSING if line.state is UnitState.HELD else line.state)


def _said(line: Line) -> list[Any]:
    return [
        [code, figure.value, figure.carried_from.isoformat() if figure.carried_from else None, figure.stated]
        for code, figure in sorted(line.figures.items())
    ]


def line_rows(edition_id: int, totals: DayTotals) -> Iterator[dict[str, Any]]:
    """Yield one row a line."""
    for position, line in enumerate(totals.lines):
        yield {
            "edition_id": edition_id,
            "position": position,
            "unit": line.unit,
            "name": line.name,
            "kind": line.kind,
            "parent": line.parent,
            "depth": line.depth,
            "state": str(line.state),
            "timeliness": str(line.timeliness) if line.timeliness else None,
            "received_at": line.received_at,
            "expected": line.expected,
            "reported": line.reported,
            "on_time": line.on_time,
            "is_leaf": line.is_leaf,
        }


def figure_rows(edition_id: int, totals: DayTotals) -> Iterator[dict[str, Any]]:
    """Yield one row a line and indicator."""
    for line in totals.lines:
        for position, figure in enumerate(line.figures.values()):
            yield {
                "edition_id": edition_id,
                "unit": line.unit,
                "position": position,
                "indicator": figure.indicator,
                "value": figure.value,
                "previous": figure.previous,
                "previous_day": figure.previous_day,
                "carried_from": figure.carried_from,
                "is_stated": figure.stated,
                "entry_id": figure.entry,
            }


def rate_rows(edition_id: int, totals: DayTotals) -> Iterator[dict[str, Any]]:
    """Yield one row a line and rate, with the line's place by it."""
    for line in totals.lines:
        for position, rate in enumerate(line.rates.values()):
            yield {
                "edition_id": edition_id,
                "unit": line.unit,
                "position": position,
                "rate": rate.rate,
                "value": rate.value,
                "previous": rate.previous,
                "target": rate.target,
                "gap": rate.gap,
                "place": line.ranks.get(rate.rate),
            }


def totals_from(
    edition: Mapping[str, Any],
    lines: Iterable[Mapping[str, Any]],
    figures: Iterable[Mapping[str, Any]],
    rates: Iterable[Mapping[str, Any]],
) -> DayTotals:
    """Return the totals exactly as they were frozen, each list in the order of its positions."""
    by_unit: dict[UnitCode, dict[str, LineFigure]] = {}
    for row in figures:
        by_unit.setdefault(row["unit"], {})[row["indicator"]] = _figure(row)
    rated: dict[UnitCode, dict[str, RateFigure]] = {}
    ranks: dict[UnitCode, dict[str, int]] = {}
    for row in rates:
        rated.setdefault(row["unit"], {})[row["rate"]] = _rate(row)
        if row["place"] is not None:
            ranks.setdefault(row["unit"], {})[row["rate"]] = row["place"]
    frozen = tuple(
        _line(row, by_unit.get(row["unit"], {}), rated.get(row["unit"], {}), ranks.get(row["unit"], {}))
        for row in lines
    )
    return DayTotals(edition["campaign"], edition["day"], edition["as_of_at"], frozen)


def _figure(row: Mapping[str, Any]) -> LineFigure:
    return LineFigure(
        indicator=row["indicator"],
        value=row["value"],
        entry=row["entry_id"],
        carried_from=row["carried_from"],
        stated=bool(row["is_stated"]),
        previous=row["previous"],
        previous_day=row["previous_day"],
    )


def _rate(row: Mapping[str, Any]) -> RateFigure:
    return RateFigure(row["rate"], row["value"], row["previous"], row["target"], row["gap"])


def _line(
    row: Mapping[str, Any],
    figures: Mapping[str, LineFigure],
    rates: Mapping[str, RateFigure],
    ranks: Mapping[str, int],
) -> Line:
    return Line(
        unit=row["unit"],
        name=row["name"],
        kind=row["kind"],
        parent=row["parent"],
        depth=row["depth"],
        state=UnitState(row["state"]),
        timeliness=Timeliness(row["timeliness"]) if row["timeliness"] else None,
        received_at=row["received_at"],
        expected=row["expected"],
        reported=row["reported"],
        on_time=row["on_time"],
        figures=figures,
        rates=rates,
        ranks=ranks,
        is_leaf=bool(row["is_leaf"]),
    )
