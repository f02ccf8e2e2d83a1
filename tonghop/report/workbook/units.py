"""The table of all units: which columns it has, and what each takes of a line."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from tonghop.domain.totals import Line, LineFigure, RateFigure
from tonghop.report.facts import in_tree_order, rates_in_order, target_of
from tonghop.report.phrases import state_of, target_percent, title_of, upper_first
from tonghop.report.tables import column_title, note_of
from tonghop.report.view import Material
from tonghop.report.workbook.cells import BORDER, HEADING, STRONG, Look, Sheet
from tonghop.words import number, say

_DEEPEST_OUTLINE = 7
_INKS = {"good": "#1e6b3a", "late": "#8a4b00", "doubt": "#5b3fa0", "bad": "#b3261e"}

Write = Callable[[Sheet, int, int, Line, Look], None]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: the heading over its group, its own, its width in characters, and how a line is written."""

    group: str
    title: str
    width: float
    write: Write


def columns_of(material: Material) -> tuple[Column, ...]:
    """Return the columns: unit, counts and rates, which are printed; then changes, gaps, receipt, note, code."""
    return (
        Column("", say("sheet.rank"), 6, _rank_in(material)),
        Column("", say("report.unit"), 34, _name),
        Column("", say("sheet.state"), 26, _state),
        *_figures(material),
        Column("", say("sheet.completeness"), 11, _completeness),
        Column("", say("sheet.on_time"), 8, _on_time),
        Column("", say("sheet.received_at"), 16, _received_in(material)),
        Column("", say("sheet.note"), 26, _note_in(material)),
        Column(
            "", say("sheet.code"), 11, lambda sheet, row, at, line, look: sheet.text(row, at, line.unit, look)
        ),
    )


def last_printed(columns: Sequence[Column]) -> int:
    """Return the place of the last column that paper has room for in letters one can read: the last rate."""
    printed = {say("sheet.group_counts"), say("sheet.group_rates")}
    return max(place for place, column in enumerate(columns) if column.group in printed)


def write_units(sheet: Sheet, top: int, columns: Sequence[Column], material: Material) -> int:
    """Write two heading rows from ``top`` on and a row a unit; return the last row.

    Units below another fold under it by the sheet's outline; nodes with units below are bold.
    """
    _headings(sheet, top, columns)
    row = top + 1
    for row, line in enumerate(
        in_tree_order(material.edition.totals, material.campaign, material.form), top + 2
    ):
        sheet.raw.set_row(row, 17, None, {"level": min(line.depth, _DEEPEST_OUTLINE)})
        look = BORDER if line.is_leaf else {**BORDER, **STRONG}
        for place, column in enumerate(columns):
            column.write(sheet, row, place, line, look)
    return row


def _headings(sheet: Sheet, top: int, columns: Sequence[Column]) -> None:
    sheet.raw.set_row(top, 20)
    sheet.raw.set_row(top + 1, 96)
    for group, found in groupby(enumerate(columns), key=lambda pair: pair[1].group):
        places = [place for place, _ in found]
        for place in places:
            if group:
                sheet.text(top + 1, place, columns[place].title, HEADING)
            else:
                sheet.merged((top, place), (top + 1, place), columns[place].title, HEADING)
        if group:
            sheet.merged((top, places[0]), (top, places[-1]), group, HEADING)


def _figures(material: Material) -> Iterator[Column]:
    campaign, totals = material.campaign, material.edition.totals
    rates = rates_in_order(campaign, material.form)
    for indicator in material.form.indicators:
        title = title_of("indicator", indicator.code)
        yield Column(
            say("sheet.group_counts"), title, 13, _count(indicator.code, "people", lambda f: f.value)
        )
    for rate in rates:
        title = upper_first(title_of("rate", rate.code))
        yield Column(say("sheet.group_rates"), title, 13, _share(rate.code, "share", lambda f: f.value))
    for code in dict.fromkeys(rate.numerator for rate in rates):
        title = say("sheet.change_people", indicator=title_of("indicator", code, "short"))
        yield Column(say("sheet.group_change"), title, 12, _count(code, "change", lambda f: f.change))
    for rate in rates:
        title = say("sheet.change_points", rate=column_title(rate))
        yield Column(say("sheet.group_change"), title, 12, _share(rate.code, "points", _points))
    for rate in rates:
        target = target_of(campaign, rate.code, totals.day, totals.root)
        if target is not None:
            title = say("sheet.gap_to", rate=column_title(rate), target=target_percent(target.at_least))
            yield Column(say("sheet.group_gap"), title, 13, _share(rate.code, "people", lambda f: f.gap))


def _count(code: str, kind: str, take: Callable[[LineFigure], int | None]) -> Write:
    def write(sheet: Sheet, row: int, at: int, line: Line, look: Look) -> None:
        figure = line.figures.get(code)
        # An earlier day's figure stands in italics; the note beside it names the day.
        carried = figure is not None and figure.carried_from is not None
        sheet.figure(
            row, at, take(figure) if figure else None, kind, {**look, "italic": True} if carried else look
        )

    return write


def _share(code: str, kind: str, take: Callable[[RateFigure], float | None]) -> Write:
    def write(sheet: Sheet, row: int, at: int, line: Line, look: Look) -> None:
        figure = line.rates.get(code)
        sheet.figure(row, at, take(figure) if figure else None, kind, look)

    return write


def _points(figure: RateFigure) -> float | None:
    return None if figure.change is None else round(figure.change, 4)


def _rank_in(material: Material) -> Write:
    rates = rates_in_order(material.campaign, material.form)

    def write(sheet: Sheet, row: int, at: int, line: Line, look: Look) -> None:
        # The place among units of its kind, by the first rate that the unit has.
        first = next(
            (r for r in rates if (f := line.rates.get(r.code)) is not None and f.value is not None), None
        )
        place = line.ranks.get(first.code) if first and line.depth else None
        sheet.figure(row, at, place, "people", {**look, "align": "center"})

    return write


def _received_in(material: Material) -> Write:
    def write(sheet: Sheet, row: int, at: int, line: Line, look: Look) -> None:
        local = line.received_at.astimezone(material.campaign.zone) if line.received_at else None
        sheet.moment(row, at, local if line.is_leaf else None, look)

    return write


def _note_in(material: Material) -> Write:
    def write(sheet: Sheet, row: int, at: int, line: Line, look: Look) -> None:
        sheet.text(row, at, note_of(line, material.edition.day), look)

    return write


def _name(sheet: Sheet, row: int, at: int, line: Line, look: Look) -> None:
    sheet.text(row, at, line.name, {**look, "indent": line.depth})


def _state(sheet: Sheet, row: int, at: int, line: Line, look: Look) -> None:
    mark, words, tone = state_of(line)
    sheet.text(row, at, f"{mark} {words}", {**look, "font_color": _INKS[tone]})


def _completeness(sheet: Sheet, row: int, at: int, line: Line, look: Look) -> None:
    sheet.text(row, at, f"{number(line.reported)}/{number(line.expected)}", {**look, "align": "center"})


def _on_time(sheet: Sheet, row: int, at: int, line: Line, look: Look) -> None:
    sheet.figure(row, at, line.on_time, "people", {**look, "align": "center"})
