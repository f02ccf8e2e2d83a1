"""What a reader must know before trusting the totals: missing, held, carried, stated, unreachable."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tonghop.domain.sources import Unreachable
from tonghop.domain.totals import DayTotals, Line, Timeliness, UnitState
from tonghop.report.facts import carried_day, has_stated, leaves
from tonghop.report.phrases import LATE_MARK, MARKS, day_without_year, names_of
from tonghop.report.safe_text import clean, source_name, without_credentials
from tonghop.words import number, say

# Up to the first number names stand in one row, up to the second by parent, above it only counts by parent.
_IN_A_ROW, _BY_PARENT = 12, 60


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing to know: a title with its count, the names, and what follows from it."""

    tone: str
    mark: str
    title: str
    items: tuple[str, ...]
    why: str = ""


def notices_of(totals: DayTotals, unreachable: Sequence[Unreachable]) -> tuple[Notice, ...]:
    """Return the notices, the gravest first; empty where everything came in time and counts."""
    shown = leaves(totals)
    missing, held = totals.in_state(UnitState.MISSING), totals.in_state(UnitState.HELD)
    waiting = {line.unit for line in (*missing, *held)}
    carried = [line for line in shown if carried_day(line) is not None and line.unit not in waiting]
    late = [line for line in shown if line.timeliness is Timeliness.LATE]
    parts = [
        _unreachable(unreachable),
        _named("bad", MARKS[UnitState.MISSING], "report.missing", totals, missing, _follows(missing)),
        _named("doubt", MARKS[UnitState.HELD], "report.held", totals, held, _follows(held)),
        _named("doubt", "↺", "report.carried", totals, carried, _follows(carried)),
        _named("doubt", "Σ", "report.stated", totals, _stated(totals), say("report.stated_why")),
        _named("late", LATE_MARK, "report.late", totals, late),
        _named("plain", MARKS[UnitState.CONFIRMED_ZERO], "report.zero", totals, _zero(totals)),
        _incomplete(totals, (*missing, *held)),
    ]
    return tuple(part for part in parts if part is not None)


def _named(
    tone: str,
    mark: str,
    key: str,
    totals: DayTotals,
    lines: Sequence[Line],
    why: str = "",
) -> Notice | None:
    if not lines:
        return None
    items, rest = _names(lines, totals)
    return Notice(tone, mark, say(key, count=number(len(lines))), items, " ".join(filter(None, (rest, why))))


def _follows(lines: Sequence[Line]) -> str:
    """Return what becomes of the figures of units whose own of the day do not count."""
    stand_in = sum(1 for line in lines if carried_day(line) is not None)
    if not stand_in:
        return say("report.left_out", count=len(lines))
    return say("report.stands_in" if stand_in == len(lines) else "report.stands_in_partly")


def _names(lines: Sequence[Line], totals: DayTotals) -> tuple[tuple[str, ...], str]:
    if len(lines) <= _IN_A_ROW:
        full = names_of(totals)
        return (", ".join(_with_day(line, full[line.unit], totals.day) for line in lines),), ""
    by_parent: dict[str, list[Line]] = {}
    titles = {line.unit: clean(line.name) for line in totals.lines}
    for line in lines:
        by_parent.setdefault(titles.get(line.parent or "", clean(line.name)), []).append(line)
    if len(lines) > _BY_PARENT:
        counts = (
            say("report.by_parent_count", parent=p, count=number(len(of))) for p, of in by_parent.items()
        )
        return ("; ".join(counts),), say("report.names_in_workbook")
    return tuple(_of_parent(parent, of, totals.day) for parent, of in by_parent.items()), ""


def _of_parent(parent: str, lines: Sequence[Line], day: date) -> str:
    names = ", ".join(_with_day(line, clean(line.name), day) for line in lines)
    return say("report.by_parent", parent=parent, count=number(len(lines)), names=names)


def _with_day(line: Line, name: str, day: date) -> str:
    carried = carried_day(line)
    return say("report.carried_of", name=name, day=day_without_year(carried, day)) if carried else name


def _stated(totals: DayTotals) -> list[Line]:
    # The root inherits the mark from below; only the nodes whose own total stands in are named.
    own = [line for line in totals.lines if has_stated(line)]
    parents = {line.parent for line in own}
    return [line for line in own if line.unit not in parents]


def _zero(totals: DayTotals) -> tuple[Line, ...]:
    return totals.in_state(UnitState.CONFIRMED_ZERO)


def _unreachable(unreachable: Sequence[Unreachable]) -> Notice | None:
    if not unreachable:
        return None
    items = tuple(
        say("report.unreachable_one", source=source_name(one.source), reason=without_credentials(one.reason))
        for one in unreachable
    )
    title = say("report.unreachable", count=number(len(unreachable)))
    return Notice("bad", "!", title, items, say("report.unreachable_why"))


def _incomplete(totals: DayTotals, waiting: Sequence[Line]) -> Notice | None:
    compared = any(figure.change is not None for figure in totals.root.figures.values())
    if not compared or all(carried_day(line) is not None for line in waiting):
        return None
    return Notice("plain", "i", say("report.note"), (say("report.incomplete_change").rstrip("."),))
