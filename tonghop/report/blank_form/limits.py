"""What may be typed into which cell, with the sentence that says why not."""

from __future__ import annotations

from collections.abc import Sequence

from tonghop.campaigns.model import Calendar
from tonghop.domain.forms import Indicator
from tonghop.report.phrases import title_of
from tonghop.report.workbook.cells import Sheet
from tonghop.words import number, say, short_day

# More than the country has people.
LARGEST = 100_000_000
_LONGEST_NOTE = 200
# A spreadsheet cuts longer ones off, or calls the file damaged.
_TITLE, _TEXT = 32, 255


def limit_day(sheet: Sheet, at: tuple[int, int], calendar: Calendar) -> None:
    """Let the cell hold a day of the campaign only."""
    ends = {"start": short_day(calendar.start), "end": short_day(calendar.end)}
    rule = {
        "validate": "date",
        "criteria": "between",
        "minimum": calendar.start,
        "maximum": calendar.end,
        **_said("form.day_title", say("form.day_hint"), say("form.day_wrong", **ends)),
    }
    sheet.raw.data_validation(*at, *at, rule)


def limit_count(
    sheet: Sheet, row: int, column: int, indicator: Indicator, not_above: Sequence[tuple[str, str]]
) -> None:
    """Let the cell hold a whole number from 0, at most those it is a part of (title and cell of each)."""
    wrong = say("form.count_wrong", largest=number(LARGEST))
    largest: int | str = LARGEST
    if not_above:
        cells = ",".join(cell for _, cell in not_above)
        # While nothing stands in those, there is nothing to compare with.
        largest = f"=IF(COUNT({cells})=0,{LARGEST},MIN({cells}))"
        wrong = say("form.above_wrong", denominators=", ".join(title for title, _ in not_above))
    hint = say("form.cumulative_hint" if indicator.cumulative else "form.count_hint")
    rule = {"validate": "integer", "criteria": "between", "minimum": 0, "maximum": largest}
    title = title_of("indicator", indicator.code, "short")
    sheet.raw.data_validation(row, column, row, column, {**rule, **_said("", hint, wrong, title)})


def limit_note(sheet: Sheet, row: int, column: int) -> None:
    """Let the note be short, and say what has no place in it."""
    wrong = say("form.note_wrong", longest=_LONGEST_NOTE)
    rule = {"validate": "length", "criteria": "<=", "value": _LONGEST_NOTE}
    sheet.raw.data_validation(row, column, row, column, {**rule, **_said("form.note", wrong, wrong)})


def mark_doubtful(sheet: Sheet, row: int, column: int, above: str, below: str) -> None:
    """Paint a count red that is larger than what it is a part of: what is pasted passes by the checks."""
    formula = f"=AND(ISNUMBER({above}),ISNUMBER({below}),{above}>{below})"
    look = {"bg_color": "#f4b6b0"}
    sheet.raw.conditional_format(
        row, column, row, column, {"type": "formula", "criteria": formula, "format": sheet.look(look)}
    )


def _said(key: str, hint: str, wrong: str, title: str = "") -> dict[str, object]:
    return {
        "input_title": (title or say(key))[:_TITLE],
        "input_message": hint[:_TEXT],
        "error_title": say("form.wrong_title")[:_TITLE],
        "error_message": wrong[:_TEXT],
        "error_type": "stop",
    }
