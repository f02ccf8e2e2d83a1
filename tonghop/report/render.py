"""From an edition to a report ready for the mail: words first, then picture, workbook and documents."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import TypeVar

from tonghop.campaigns import Campaign
from tonghop.domain.editions import Edition, OpenFinding, Source
from tonghop.domain.forms import Form
from tonghop.domain.sources import Unreachable
from tonghop.report.charts import charts_of
from tonghop.report.document import docx_of, pdf_of
from tonghop.report.mail_html import html_of
from tonghop.report.mail_text import text_of
from tonghop.report.rendered import Attachment, InlineImage, RenderedReport
from tonghop.report.safe_text import clean
from tonghop.report.view import Material, view_of
from tonghop.report.workbook import workbook_of
from tonghop.words import say

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF = "application/pdf"
LEFT_OUT = ("pdf", "xlsx", "chart", "docx")
"""What a report too heavy for the mail server goes without, the first one first.

The PDF says what the Word draft says; the workbook's totals stand in the mail and its trace can be asked for;
the charts show what the tables say. The draft that is to be signed goes last, the words of the mail never.
"""
Made = TypeVar("Made")


def render(
    edition: Edition,
    campaign: Campaign,
    form: Form,
    findings: Sequence[OpenFinding],
    sources: Sequence[Source],
    unreachable: Sequence[Unreachable],
    made_at: datetime,
    first: Edition | None = None,
) -> RenderedReport:
    """Return the report of an edition: subject, text, HTML, chart and the attachments the campaign asks for.

    ``form`` holds the indicators the campaign counts (``Form.only``). ``findings`` are those still open,
    ``sources`` the cells the figures were read from, ``unreachable`` the places that could not be looked
    into, ``first`` the edition 1 that a later one replaces. The same arguments give the same bytes.

    A chart, workbook or document that cannot be made is named in ``faults`` and in the mail; where the words cannot
    be made the error is raised, and ``render_plain`` still has the figures.
    """
    return next(lighter_and_lighter(edition, campaign, form, findings, sources, unreachable, made_at, first))


def lighter_and_lighter(
    edition: Edition,
    campaign: Campaign,
    form: Form,
    findings: Sequence[OpenFinding],
    sources: Sequence[Source],
    unreachable: Sequence[Unreachable],
    made_at: datetime,
    first: Edition | None = None,
    *,
    where: str = "",
) -> Iterator[RenderedReport]:
    """Yield the report as ``render`` gives it, then without one part more at a time, in the order ``LEFT_OUT``.

    The words name what is left out, and ``where`` (a web address) it can be had. The last has words only.
    """
    material = Material(edition, campaign, form, findings, unreachable, made_at, first)
    faults: list[str] = []
    nothing: tuple[InlineImage, ...] = ()
    images = _attempt("chart", lambda: charts_of(edition, campaign, form), nothing, faults)
    chart_failed = bool(faults)
    attachments = _attachments(material, sources, faults)
    view, legend = view_of(material), _legend(form)
    left_out: tuple[str, ...] = ()
    while True:
        kept = tuple(one for one in attachments if _kind(one) not in left_out)
        shown = nothing if "chart" in left_out else images
        trace = (
            *_trace(campaign, kept, left_out, chart_failed=chart_failed),
            *_left_out(left_out, view.sender, where),
        )
        yield RenderedReport(
            subject=view.opening.subject,
            text=text_of(view, trace, legend),
            html=html_of(view, shown, trace, legend),
            images=shown,
            attachments=kept,
            faults=tuple(faults),
            left_out=left_out,
        )
        there = {_kind(one) for one in kept} | ({"chart"} if shown else set())
        dropped = next((part for part in LEFT_OUT if part in there), None)
        if dropped is None:
            return
        left_out = (*left_out, dropped)


def _attachments(material: Material, sources: Sequence[Source], faults: list[str]) -> tuple[Attachment, ...]:
    makers: dict[str, tuple[str, Callable[[], bytes]]] = {
        "xlsx": (XLSX, lambda: workbook_of(material, sources)),
        "docx": (DOCX, lambda: docx_of(material)),
        "pdf": (PDF, lambda: pdf_of(material)),
    }
    made: list[Attachment] = []
    for kind in material.campaign.file.report.attachments:
        media_type, make = makers[kind]
        content = _attempt(kind, make, b"", faults)
        if content:
            made.append(Attachment(f"{_file_name(material.edition)}.{kind}", media_type, content))
    return tuple(made)


def _attempt(part: str, make: Callable[[], Made], instead: Made, faults: list[str]) -> Made:
    try:
        return make()
    except Exception as error:  # noqa: BLE001 - whatever breaks a picture or a file must not cost the report; it is told in faults
        faults.append(f"{part}: {type(error).__name__}: {clean(str(error))}; the report goes out without it")
        return instead


def _file_name(edition: Edition) -> str:
    return f"bao-cao-{edition.campaign}-{edition.day.isoformat()}-ban-{edition.number}"


def _kind(one: Attachment) -> str:
    return one.filename.rpartition(".")[2]


def _left_out(parts: Sequence[str], sender: str, where: str) -> tuple[str, ...]:
    """Return the sentence that names what a mail server's limit left out, and where to have it."""
    if not parts:
        return ()
    named = ", ".join(say(f"part.{part}") for part in parts)
    had = (
        say("report.too_heavy_at", where=clean(where))
        if where
        else say("report.too_heavy_ask", sender=sender)
    )
    return (f"{say('report.too_heavy', parts=named)} {had}",)


def _trace(
    campaign: Campaign, attachments: Sequence[Attachment], left_out: Sequence[str], *, chart_failed: bool
) -> tuple[str, ...]:
    said = []
    if any(one.media_type == XLSX for one in attachments):
        said.append(say("report.trace_how", sheet=say("sheet.trace")))
    elif "xlsx" in campaign.file.report.attachments and "xlsx" not in left_out:
        said.append(say("report.without_workbook"))
    if any(one.media_type in (DOCX, PDF) for one in attachments):
        said.append(say("report.draft_how"))
    wanted = {"docx", "pdf"} & set(campaign.file.report.attachments) - set(left_out)
    if len([one for one in attachments if one.media_type in (DOCX, PDF)]) < len(wanted):
        said.append(say("report.without_draft"))
    if chart_failed:
        said.append(say("report.without_chart"))
    return tuple(said)


def _legend(form: Form) -> str:
    try:
        return say(f"form.{form.name}.legend")
    except KeyError:
        return ""  # a form without abbreviations needs no legend
