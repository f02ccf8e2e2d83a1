"""Puts the sheets together into the bytes of one workbook."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC

from tonghop.domain.editions import Source
from tonghop.report.safe_text import clean
from tonghop.report.view import Material
from tonghop.report.workbook.cells import Book
from tonghop.report.workbook.findings import write_findings
from tonghop.report.workbook.lists import write_changes, write_trace
from tonghop.report.workbook.summary import write_summary


def workbook_of(material: Material, sources: Sequence[Source]) -> bytes:
    """Return the xlsx: summary, changes (from edition 2 on), findings, trace; the same bytes each time.

    Every text is written as text, never as formula or link, and every figure as a number.
    """
    # Imported here: only a report needs it.
    import xlsxwriter

    written = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(written, options) as workbook:
        workbook.set_properties(
            {
                "title": clean(material.campaign.file.title),
                "author": clean(material.campaign.file.report.sender.name),
                "created": material.made_at.astimezone(UTC),
            }
        )
        book = Book(workbook)
        write_summary(book, material)
        if material.edition.number > 1:
            write_changes(book, material.edition, material.campaign)
        write_findings(book, material.findings, material.edition.totals)
        write_trace(book, sources, material.campaign, material.edition)
    return written.getvalue()
