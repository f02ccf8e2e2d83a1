"""The bytes of one workbook to fill in: labels locked, inputs checked, rates and totals computed in it."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from tonghop.campaigns import Campaign
from tonghop.domain.forms import Form, Indicator, Rate
from tonghop.domain.units import Unit
from tonghop.report.blank_form.guide import write_guide
from tonghop.report.blank_form.limits import limit_count, limit_day, limit_note, mark_doubtful
from tonghop.report.phrases import title_of
from tonghop.report.safe_text import clean
from tonghop.report.workbook.cells import NUMBER_FORMATS, Book, Look, Sheet
from tonghop.words import say

_INPUT: Look = {"border": 1, "bg_color": "#fff9db", "locked": False, "num_format": "#,##0", "align": "right"}
_LOCKED: Look = {"border": 1}
_UNASKED: Look = {"border": 1, "bg_color": "#d9d9d9"}
_HEADING: Look = {"border": 1, "bold": True, "text_wrap": True, "align": "center", "bg_color": "#e8eff7"}
_SUM: Look = {"border": 1, "bold": True, "bg_color": "#e8eff7"}
_SMALL: Look = {"font_size": 9, "font_color": "#51606f"}
_TITLE: Look = {"bold": True, "font_size": 14}
_TOP = 7  # the heading row; above it stand who, which form and which day
_FIRST = 3  # the first column of figures, after ordinal, code and name
_DAY = (4, 2)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a workbook asks: of ``unit``, by which form, a line a reporting unit with the counts it owes."""

    unit: Unit
    form: Form
    lines: tuple[tuple[Unit, tuple[Indicator, ...]], ...]

    @property
    def is_consolidated(self) -> bool:
        """Return whether it is a parent's, with a line for every unit below it and a total."""
        return len(self.lines) > 1 or self.lines[0][0] != self.unit


def book_of(campaign: Campaign, asked: Asked, filled_in: date | None, day: date) -> bytes:
    """Return the workbook; ``filled_in`` stands in the cell of the day, None: left to who fills it in."""
    # Imported here: only this command needs it.
    import xlsxwriter

    written = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(written, options) as workbook:
        workbook.set_properties(
            {
                "title": clean(campaign.file.title),
                "author": clean(campaign.file.report.sender.name),
                # A form has no moment of its own: the same form is the same file.
                "created": datetime.combine(day, time(), UTC),
            }
        )
        book = Book(workbook)
        sheet = book.sheet(say("form.sheet"))
        _write_head(sheet, campaign, asked, filled_in)
        _write_table(sheet, asked)
        _finish(sheet, asked)
        _define_names(workbook, campaign, asked)
        write_guide(book, campaign, campaign.cutoff(day, asked.unit.kind))
    return written.getvalue()


def _write_head(sheet: Sheet, campaign: Campaign, asked: Asked, filled_in: date | None) -> None:
    sheet.text(0, 0, say("form.title"), _TITLE)
    sheet.text(1, 0, campaign.file.title, {"bold": True})
    sheet.text(2, 0, say("form.unit_label"))
    sheet.text(2, 2, asked.unit.name, {"bold": True})
    sheet.text(3, 0, say("form.code_label"), _SMALL)
    sheet.text(3, 2, asked.unit.code, _SMALL)
    sheet.text(4, 0, say("form.day_label"))
    style = sheet.look({**_INPUT, "num_format": NUMBER_FORMATS["day"], "align": "center", "bold": True})
    if filled_in is None:
        sheet.raw.write_blank(*_DAY, None, style)
    else:
        sheet.raw.write_datetime(*_DAY, datetime.combine(filled_in, time()), style)
    limit_day(sheet, _DAY, campaign.file.calendar)
    sheet.text(5, 0, say("form.version_label"), _SMALL)
    sheet.text(5, 2, f"{asked.form.name} · {campaign.name}", _SMALL)
    sheet.text(6, 0, say("form.fill_here"), {"italic": True})


def _write_table(sheet: Sheet, asked: Asked) -> None:
    indicators, rates = asked.form.indicators, asked.form.rates
    titles = [
        *(say(key) for key in ("form.order", "form.code", "form.unit")),
        *(title_of("indicator", one.code) for one in indicators),
        *(title_of("rate", rate.code, "column") for rate in rates),
        say("form.note"),
    ]
    widths = [5.0, 11.0, 34.0, *[13.0] * (len(indicators) + len(rates)), 22.0]
    sheet.raw.set_row(_TOP, 84)
    for column, (title, width) in enumerate(zip(titles, widths, strict=True)):
        sheet.raw.set_column(column, column, width)
        sheet.text(_TOP, column, title, _HEADING)
        sheet.text(
            _TOP + 1, column, say("form.column", number=column + 1), {**_LOCKED, **_SMALL, "align": "center"}
        )
    for place, (unit, owed) in enumerate(asked.lines, 1):
        _write_line(sheet, _TOP + 1 + place, place, unit, owed, asked.form)
    if asked.is_consolidated:
        _write_total(sheet, _TOP + 2 + len(asked.lines), asked)


def _write_line(
    sheet: Sheet, row: int, place: int, unit: Unit, owed: Sequence[Indicator], form: Form
) -> None:
    sheet.figure(row, 0, place, "people", {**_LOCKED, "align": "center"})
    sheet.text(row, 1, unit.code, {**_LOCKED, "num_format": "@"})
    sheet.text(row, 2, unit.name, _LOCKED)
    for indicator in form.indicators:
        at = _column(form, indicator.code)
        if indicator not in owed:
            sheet.text(row, at, "", _UNASKED)
            continue
        sheet.raw.write_blank(row, at, None, sheet.look(_INPUT))
        limit_count(sheet, row, at, indicator, _denominators(form, indicator, owed, row))
    for rate in form.rates:
        _write_rate(sheet, row, rate, form, owed)
    note = len(form.indicators) + len(form.rates) + _FIRST
    sheet.raw.write_blank(row, note, None, sheet.look({**_INPUT, "num_format": "@", "align": "left"}))
    limit_note(sheet, row, note)


def _write_rate(sheet: Sheet, row: int, rate: Rate, form: Form, owed: Sequence[Indicator]) -> None:
    at = _FIRST + len(form.indicators) + form.rates.index(rate)
    if not {rate.numerator, rate.denominator} <= {one.code for one in owed}:
        sheet.text(row, at, "", _UNASKED)
        return
    _write_share(
        sheet, row, at, (_cell(form, rate.numerator, row), _cell(form, rate.denominator, row)), _LOCKED
    )
    if not rate.may_exceed_one:
        above, below = (_cell(form, code, row) for code in (rate.numerator, rate.denominator))
        mark_doubtful(sheet, row, _column(form, rate.numerator), above, below)


def _write_share(sheet: Sheet, row: int, at: int, cells: tuple[str, str], look: Look) -> None:
    """Write a share that is empty until both counts are there: a formula with the value it has now."""
    above, below = cells
    formula = f'=IF(AND(ISNUMBER({above}),ISNUMBER({below}),N({below})>0),{above}/{below},"")'
    style = sheet.look({**look, "num_format": NUMBER_FORMATS["share"], "align": "right"})
    sheet.raw.write_formula(row, at, formula, style, "")


def _write_total(sheet: Sheet, row: int, asked: Asked) -> None:
    form, first = asked.form, _TOP + 2
    for column in (0, 1):
        sheet.text(row, column, "", _SUM)
    sheet.text(row, 2, say("form.total"), _SUM)
    style = sheet.look({**_SUM, "num_format": NUMBER_FORMATS["people"], "align": "right"})
    for indicator in form.indicators:
        at = _column(form, indicator.code)
        cells = f"{_reference(first, at)}:{_reference(row - 1, at)}"
        # Empty until there is a figure: a total of nothing is not zero.
        sheet.raw.write_formula(row, at, f'=IF(COUNT({cells})=0,"",SUM({cells}))', style, "")
    for i, rate in enumerate(form.rates):
        both = (_cell(form, rate.numerator, row), _cell(form, rate.denominator, row))
        _write_share(sheet, row, _FIRST + len(form.indicators) + i, both, _SUM)
    sheet.text(row, _FIRST + len(form.indicators) + len(form.rates), "", _SUM)


def _denominators(
    form: Form, indicator: Indicator, owed: Sequence[Indicator], row: int
) -> tuple[tuple[str, str], ...]:
    """Return title and cell of each count that this one may not pass."""
    codes = {one.code for one in owed}
    return tuple(
        (title_of("indicator", rate.denominator), _cell(form, rate.denominator, row))
        for rate in form.rates
        if rate.numerator == indicator.code and rate.denominator in codes and not rate.may_exceed_one
    )


def _column(form: Form, code: str) -> int:
    return _FIRST + [one.code for one in form.indicators].index(code)


def _cell(form: Form, code: str, row: int) -> str:
    return _reference(row, _column(form, code))


def _reference(row: int, column: int) -> str:
    from xlsxwriter.utility import xl_rowcol_to_cell

    return str(xl_rowcol_to_cell(row, column))


def _finish(sheet: Sheet, asked: Asked) -> None:
    """Lock all but the inputs, without a password: it guards against slips and not against people."""
    sheet.raw.protect("", {"format_columns": True, "format_rows": True})
    sheet.raw.freeze_panes(_TOP + 2, _FIRST)
    sheet.raw.repeat_rows(_TOP, _TOP + 1)
    sheet.raw.set_selection(*_DAY, *_DAY)
    sheet.raw.print_area(
        0, 0, _TOP + 2 + len(asked.lines), _FIRST + len(asked.form.indicators) + len(asked.form.rates)
    )


def _define_names(workbook: Any, campaign: Campaign, asked: Asked) -> None:
    """Name what a machine may ask the workbook: whose it is, by which form, for which day."""
    sheet = say("form.sheet").replace("'", "''")
    workbook.define_name("tonghop_unit", f"='{sheet}'!$C$4")
    workbook.define_name("tonghop_day", f"='{sheet}'!$C$5")
    workbook.define_name("tonghop_form", f'="{asked.form.name}"')
    workbook.define_name("tonghop_campaign", f'="{campaign.name}"')
