"""The ranked tables of the mail: a row a unit, a cell a rate, few enough columns for a telephone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tonghop.campaigns import Campaign
from tonghop.domain.forms import Form, Rate
from tonghop.domain.totals import DayTotals, Line
from tonghop.report.facts import Group, carried_day, groups, has_stated
from tonghop.report.phrases import (
    change_mark,
    day_without_year,
    fraction_of,
    state_of,
    title_of,
    upper_first,
)
from tonghop.report.safe_text import clean
from tonghop.words import number, percent, say

# A flat province has over a hundred communes; a mail must stay under 100 KB and be read to its end.
_MOST_ROWS, _HEAD, _TAIL = 60, 20, 20


@dataclass(frozen=True, slots=True)
class Cell:
    """One rate of one unit: ``20,88%``, ``1.021`` of ``4.891``, ``▲ 0,35``; whether the target is reached."""

    percent: str
    people: str
    total: str
    change: str
    reached: bool | None


@dataclass(frozen=True, slots=True)
class Row:
    """One unit: rank, name, its day in sign and words, its cells, and what is special of its figures."""

    rank: str
    name: str
    mark: str
    state: str
    tone: str
    cells: tuple[Cell, ...]
    note: str


@dataclass(frozen=True, slots=True)
class Table:
    """The units of one kind. ``total``: the root's row, in the first; ``gap_after``: rows before a cut."""

    title: str
    ranked_by: str
    columns: tuple[str, ...]
    total: Row | None
    rows: tuple[Row, ...]
    gap_after: int
    omitted: int
    note: str


def tables_of(totals: DayTotals, campaign: Campaign, form: Form) -> tuple[Table, ...]:
    """Return a table for each kind of unit directly below the root."""
    found = groups(totals, campaign, form)
    return tuple(_table(group, totals, is_first=group is found[0]) for group in found)


def _table(group: Group, totals: DayTotals, *, is_first: bool) -> Table:
    lines, gap_after = group.lines, 0
    if len(lines) > _MOST_ROWS:
        lines, gap_after = (*lines[:_HEAD], *lines[-_TAIL:]), _HEAD
    rate = group.rate
    is_layered = any(not line.is_leaf for line in group.lines)
    return Table(
        title=say("report.ranking", kinds=title_of("kind", group.kind, "many")),
        ranked_by=say("report.ranking_by", rate=_mid_sentence(title_of("rate", rate.code))) if rate else "",
        columns=tuple(title_of("rate", one.code, "short") for one in group.rates),
        total=_row(totals.root, group.rates, "", totals.day) if is_first else None,
        rows=tuple(_row(line, group.rates, _rank(line, rate), totals.day) for line in lines),
        gap_after=gap_after,
        omitted=len(group.lines) - len(lines),
        note=say("report.communes_in_workbook") if is_layered else "",
    )


def _mid_sentence(text: str) -> str:
    # "Người dân" is lower-cased inside a sentence, an abbreviation ("CBCCVC, NLĐ") is not.
    return text if text[:2].isupper() else text[:1].lower() + text[1:]


def _rank(line: Line, rate: Rate | None) -> str:
    place = line.ranks.get(rate.code) if rate else None
    return f"{place}." if place else ""


def _row(line: Line, rates: Sequence[Rate], rank: str, day: date) -> Row:
    mark, state, tone = state_of(line)
    return Row(
        rank,
        clean(line.name, 80),
        mark,
        state,
        tone,
        tuple(_cell(line, rate) for rate in rates),
        note_of(line, day),
    )


def note_of(line: Line, day: date) -> str:
    """Return what is special of a line's figures: carried from which day, or a stated total; else empty."""
    carried = carried_day(line)
    said = []
    if carried is not None:
        key = "report.carried_mark" if line.is_leaf else "report.carried_partly"
        said.append(say(key, day=day_without_year(carried, day)))
    if has_stated(line):
        said.append(say("report.stated_mark"))
    return "; ".join(said)


def _cell(line: Line, rate: Rate) -> Cell:
    figure, people = line.rates.get(rate.code), fraction_of(line, rate)
    if figure is None or people is None:
        return Cell(number(None), "", "", "", None)
    reached = None if figure.gap is None or figure.value is None else figure.gap == 0
    return Cell(percent(figure.value), people[0], people[1], change_mark(figure.change), reached)


def column_title(rate: Rate) -> str:
    """Return a rate's short name as a heading of its own."""
    return upper_first(title_of("rate", rate.code, "short"))
