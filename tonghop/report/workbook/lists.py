"""The sheets of changes (from edition 2 on) and of the trace of each figure to its cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tonghop.campaigns import Campaign
from tonghop.domain.editions import Cause, CauseKind, Change, Edition, Source
from tonghop.domain.units import Unit
from tonghop.reading.place_names import document_name, is_document
from tonghop.report.phrases import cause_of, names_of, title_of
from tonghop.report.workbook.cells import BORDER, TITLE, Book, Sheet
from tonghop.words import say

_HASH_SHOWN = 12
_MESSAGE = "message.eml"


def write_changes(book: Book, edition: Edition, campaign: Campaign) -> None:
    """Write each figure that differs from the edition before: old, new, difference, and why."""
    sheet, before = book.sheet(say("sheet.changes")), edition.number - 1
    sheet.text(0, 0, say("report.changes", before=before), TITLE)
    if not edition.changes:
        sheet.text(2, 0, say("sheet.no_changes"))
        return
    titles = (
        say("report.unit"),
        say("report.indicator"),
        say("report.old", number=before),
        say("report.old", number=edition.number),
        say("sheet.difference"),
        say("report.why"),
    )
    sheet.headings(2, titles, (34, 38, 14, 14, 14, 60))
    for row, change in enumerate(edition.changes, start=3):
        _write_change(sheet, row, change, campaign)
    sheet.raw.freeze_panes(3, 1)
    sheet.raw.repeat_rows(2)


def _write_change(sheet: Sheet, row: int, change: Change, campaign: Campaign) -> None:
    both = change.old is not None and change.new is not None
    sheet.text(row, 0, change.name, BORDER)
    sheet.text(row, 1, title_of("indicator", change.indicator), BORDER)
    sheet.figure(row, 2, change.old, "people", BORDER)
    sheet.figure(row, 3, change.new, "people", BORDER)
    sheet.figure(row, 4, (change.new or 0) - (change.old or 0) if both else None, "change", BORDER)
    sheet.text(row, 5, cause_of(change.cause, campaign), BORDER)


def write_trace(book: Book, sources: Sequence[Source], campaign: Campaign, edition: Edition) -> None:
    """Write where each figure was read: file, sheet, cell, sending unit, moment, hash.

    The sender stands there as the unit whose allow-list the address is on, not as an address: the sheet
    goes to other offices, and an address is somebody's.
    """
    sheet = book.sheet(say("sheet.trace"))
    sheet.text(0, 0, say("report.trace"), TITLE)
    if not sources:
        sheet.text(2, 0, say("sheet.no_sources"))
        return
    titles = (
        "report.unit",
        "report.indicator",
        "sheet.value",
        "sheet.raw",
        "sheet.file",
        "sheet.sheet",
        "sheet.cell",
    )
    last = ("sheet.sent_by", "sheet.received_at", "sheet.hash", "sheet.corrected")
    headings = [say(key) for key in (*titles, *last)]
    sheet.headings(2, headings, (28, 34, 12, 14, 40, 18, 8, 28, 18, 18, 60))
    names = names_of(edition.totals)
    senders = campaign.tree(edition.day).by_email
    for row, source in enumerate(sources, start=3):
        _write_source(sheet, row, source, names, senders)
        sheet.moment(row, 8, source.received_at.astimezone(campaign.zone), BORDER)
        sheet.text(row, 10, _correction(source, campaign), BORDER)
    sheet.raw.freeze_panes(3, 1)
    sheet.raw.repeat_rows(2)
    sheet.raw.autofilter(2, 0, 2 + len(sources), len(headings) - 1)


def _write_source(
    sheet: Sheet, row: int, source: Source, names: Mapping[str, str], senders: Mapping[str, Unit]
) -> None:
    sheet.text(row, 0, names.get(source.unit, source.unit), BORDER)
    sheet.text(row, 1, title_of("indicator", source.indicator), BORDER)
    sheet.figure(row, 2, source.value, "people", BORDER)
    sheet.text(row, 3, source.raw, {**BORDER, "align": "right"})
    sheet.text(row, 4, _file(source), BORDER)
    sheet.text(row, 5, source.sheet, BORDER)
    sheet.text(row, 6, source.cell, {**BORDER, "align": "center"})
    sheet.text(row, 7, _sender(source, senders), BORDER)
    sheet.text(row, 9, source.sha256[:_HASH_SHOWN], {**BORDER, "align": "center"})


def _correction(source: Source, campaign: Campaign) -> str:
    """Return whose verdict put the figure in place of the one that was read; empty where it was read."""
    by = source.corrected
    if by is None:
        return ""
    cause = Cause(CauseKind.CORRECTED, by.at, by.officer, by.reason)
    return say("sheet.corrected_from", cause=cause_of(cause, campaign), old=by.old or say("report.no_figure"))


def _file(source: Source) -> str:
    name = document_name(source.name)
    if not source.document or is_document(source.name, source.document):
        return name
    return source.document if source.name == _MESSAGE else f"{name} › {source.document}"


def _sender(source: Source, senders: Mapping[str, Unit]) -> str:
    if source.sender is None:
        return say("sheet.by_folder")
    unit = senders.get(source.sender.casefold())
    return unit.name if unit else say("sheet.by_other")
