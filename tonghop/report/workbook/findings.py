"""The sheet of what to note: unit, day, message first, then the place. Never an empty table."""

from __future__ import annotations

from collections.abc import Sequence

from tonghop.domain.editions import OpenFinding
from tonghop.domain.totals import DayTotals
from tonghop.report.lists import in_order, sentence_of, unit_of
from tonghop.report.phrases import title_of
from tonghop.report.safe_text import clean
from tonghop.report.workbook.cells import BORDER, TITLE, Book, Look
from tonghop.words import say, short_day

_WIDTHS = (28, 11, 70, 15, 26, 30, 18, 9)
_MESSAGE = 2
_WRAPPED: Look = {**BORDER, "text_wrap": True, "valign": "top"}


def write_findings(book: Book, findings: Sequence[OpenFinding], totals: DayTotals) -> None:
    """Write all open findings, the gravest first, or the sentence that there are none."""
    sheet = book.sheet(say("sheet.findings"))
    sheet.text(0, 0, say("report.findings"), TITLE)
    if not findings:
        sheet.text(2, 0, say("sheet.no_findings"))
        return
    titles = ("report.unit", "sheet.day", "sheet.message", "sheet.severity", "sheet.field", "sheet.file")
    sheet.headings(2, [say(key) for key in (*titles, "sheet.sheet", "sheet.cell")], _WIDTHS)
    names = {line.unit: clean(line.name) for line in totals.lines}
    for row, one in enumerate(in_order(findings), start=3):
        for column, text in enumerate(_texts(one, names)):
            is_grave = column == _MESSAGE and one.finding.holds
            sheet.text(row, column, text, {**_WRAPPED, "bold": is_grave})
    sheet.raw.freeze_panes(3, 1)
    sheet.raw.repeat_rows(2)
    sheet.raw.autofilter(2, 0, 2 + len(findings), len(_WIDTHS) - 1)


def _texts(one: OpenFinding, names: dict[str, str]) -> tuple[str, ...]:
    finding = one.finding
    return (
        unit_of(one, names),
        short_day(one.day),
        sentence_of(one),
        say(f"severity.{finding.severity.value}"),
        title_of("indicator", finding.indicator) if finding.indicator else "",
        finding.document or one.name,
        finding.sheet or "",
        finding.cell or say("sheet.whole_file"),
    )
