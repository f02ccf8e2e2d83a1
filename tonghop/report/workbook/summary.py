"""The summary sheet: what the mail says first, then every unit under its parent."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tonghop.report.headlines import headlines
from tonghop.report.notices import notices_of
from tonghop.report.opening import opening_of
from tonghop.report.phrases import at_moment
from tonghop.report.safe_text import clean
from tonghop.report.view import Material
from tonghop.report.workbook.cells import TITLE, Book, Look, Sheet
from tonghop.report.workbook.units import columns_of, last_printed, write_units
from tonghop.words import say

_NOTE: Look = {"italic": True, "font_size": 10, "font_color": "#51606f"}
# A paragraph longer than this many characters across is hard to read, however wide the table is.
_READABLE = 170


def write_summary(book: Book, material: Material) -> None:
    """Write the sheet; its heading rows stay on screen and are printed again on every page.

    Above the table stand three lines only, because all above it is frozen with it; the rest stands below.
    """
    sheet = book.sheet(say("sheet.summary"))
    columns = columns_of(material)
    for place, column in enumerate(columns):
        sheet.raw.set_column(place, place, column.width)
    over = _readable_width([column.width for column in columns[: last_printed(columns) + 1]])
    top = _title_block(sheet, material, over)
    last = write_units(sheet, top, columns, material)
    last = _below(sheet, last + 2, material, over)
    sheet.raw.outline_settings(visible=True, symbols_below=False)
    sheet.raw.freeze_panes(top + 2, 2)
    sheet.raw.repeat_rows(top, top + 1)
    sheet.raw.print_area(0, 0, last, last_printed(columns))


def _readable_width(widths: Sequence[float]) -> tuple[int, float]:
    """Return the last column that a paragraph may cover, and the width up to there."""
    last = next((i for i in range(len(widths)) if sum(widths[: i + 1]) >= _READABLE), len(widths) - 1)
    return last, sum(widths[: last + 1])


def _title_block(sheet: Sheet, material: Material, over: tuple[int, float]) -> int:
    """Write title, first line and what is wanting; return the row the table begins in."""
    opening = opening_of(material.edition, material.campaign, material.first)
    sheet.banner(0, f"{opening.title}. {opening.day}. {opening.edition}".upper(), over, TITLE)
    sheet.banner(1, " ".join((*opening.later[:1], opening.first_line)), over, {"bold": True})
    wanting = notices_of(material.edition.totals, material.unreachable)
    if wanting:
        sheet.banner(2, "   ".join(f"{notice.mark} {notice.title}" for notice in wanting), over)
    return 3


def _below(sheet: Sheet, row: int, material: Material, over: tuple[int, float]) -> int:
    """Write the paragraphs below the table; return the last row."""
    for text in _paragraphs(material):
        sheet.banner(row, text, over)
        row += 1
    for key in ("sheet.state_note", "sheet.number_note", "sheet.outline_note"):
        sheet.banner(row, say(key), over, _NOTE)
        row += 1
    return row - 1


def _paragraphs(material: Material) -> Iterator[str]:
    totals, campaign = material.edition.totals, material.campaign
    yield from opening_of(material.edition, campaign, material.first).later
    for one in headlines(totals, campaign, material.form):
        target = f" {one.target}: {one.gap}." if one.target else ""
        yield f"{one.title}: {one.percent} ({one.people}); {one.change}.{target}"
    for notice in notices_of(totals, material.unreachable):
        items = f": {'; '.join(notice.items)}." if notice.items else ""
        yield f"{notice.mark} {notice.title}{items} {notice.why}".strip()
    yield at_moment("report.made_at", material.made_at, campaign)
    yield clean(campaign.file.report.sender.name)
