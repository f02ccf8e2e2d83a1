"""The sheet that says how to fill the workbook in and send it."""

from __future__ import annotations

from datetime import datetime

from tonghop.campaigns import Campaign
from tonghop.report.safe_text import clean
from tonghop.report.workbook.cells import Book
from tonghop.words import say

_WIDTH = 110


def write_guide(book: Book, campaign: Campaign, at: datetime) -> None:
    """Write the instructions, locked, one a row; ``at`` is when the unit's figures close, each day."""
    sheet = book.sheet(say("form.guide"))
    sheet.raw.set_column(0, 0, 5)
    sheet.raw.set_column(1, 1, _WIDTH)
    sheet.text(0, 0, say("form.guide_title"), {"bold": True, "font_size": 14})
    # Hour and minute are joined by words: figures with a sign between them read like a day.
    words = {
        "issuer": clean(campaign.file.report.issuer),
        "cutoff": say("form.hour", hour=at.hour, minute=f"{at.minute:02d}"),
    }
    for row, line in enumerate(say("form.guide_lines", **words).splitlines(), 2):
        sheet.figure(row, 0, row - 1, "people", {"align": "center", "valign": "top"})
        sheet.text(row, 1, line, {"text_wrap": True, "valign": "top"})
        sheet.raw.set_row(row, 16 * (1 + len(line) // _WIDTH))
    sheet.raw.protect("")
